"""Light terminals for tests of gifts: journals made with the rules, pushed with central's own functions.

`World` is one database with branches and campaigns; `Till` one terminal of it, which knows nothing of a network: what
it writes waits until `push`, what others wrote comes with `pull`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import orjson
from psycopg.types.json import Jsonb

from branch_console.central.adjudication import Court, adjudicate_all
from branch_console.central.batch import parse_stored, read_batch
from branch_console.central.database import Connection
from branch_console.central.facts import Facts, load_facts
from branch_console.central.ingest import push
from branch_console.central.publish import first_writer, uuid7
from branch_console.rules.clock import tick
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.folding import FOLDS, fold_subject
from branch_console.rules.gifts.parts import drawer
from branch_console.rules.journal import FIRST_PREV, Data, Entry, seal
from branch_console.rules.reference import Reference
from branch_console.security.signing import make_checkpoint, new_signing_key, public_jwk

DAY = datetime(2026, 11, 12, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai
SKU = "OIL-5L"
NO_RIGHT: Data = {"kind": "provisional", "id": None, "epoch": None}

_WORDS = '{ zh = "字", en = "words" }'
_DISCLOSED = ("kinds", "conditions", "method", "times", "quantity_or_probability", "delivery", "organiser", "contact")
_CAMPAIGN = """
id = "{name}"
version = {version}
effective_from = 2026-11-01
title = {words}
runs = {{ from = {starts}, to = {ends} }}
identity = "document"
{more}
unit_cost_fen = {cost}
unit_value_fen = {value}
tax_treatment = "to_confirm"
compliance_reference = "C-1"
disclosure = {{ {disclosure} }}
reward = {reward}
offline = {offline}
rule = {{ type = "all", of = [ {rule} ] }}
"""
ONCE = '{ type = "claims_below", scope = "person", window = "campaign", cap = 1 }'


def campaign_text(
    name: str = "oil",
    version: int = 1,
    *,
    offline: str = '{ mode = "provisional", per_terminal = 3, per_campaign = 3 }',
    reward: str = f'{{ kind = "gift", choices = [ {{ sku = "{SKU}" }} ] }}',
    rule: str = ONCE,
    more: str = "quantity = 100\nbudget_fen = 1000000",
    cost: int = 5000,
    value: int = 6000,
    runs: tuple[date, date] = (date(2026, 11, 1), date(2026, 11, 30)),
) -> str:
    """The document of a campaign that gives everybody one thing once."""
    disclosure = ", ".join(f"{each} = {_WORDS}" for each in _DISCLOSED)
    return _CAMPAIGN.format(
        name=name,
        version=version,
        starts=runs[0].isoformat(),
        ends=runs[1].isoformat(),
        words=_WORDS,
        more=more,
        cost=cost,
        value=value,
        disclosure=disclosure,
        reward=reward,
        offline=offline,
        rule=rule,
    )


@dataclass
class World:
    """One database of central, and who rules in it."""

    connection: Connection
    facts: Facts
    court: Court = field(default_factory=lambda: Court(Reference()))

    @classmethod
    async def open(cls, connection: Connection, *branches: str) -> "World":
        """Begin with these branches."""
        world = cls(connection, await load_facts(connection))
        for branch in branches:
            await connection.execute(
                "INSERT INTO branch (code, name, timezone, language) VALUES (%s, 'x', 'Asia/Shanghai', 'zh')", (branch,)
            )
            await connection.execute(
                "INSERT INTO writer (name, branch, label, registered_at) VALUES (%s, %s, 'central', '2026-01-01Z')",
                (first_writer(branch), branch),
            )
        return world

    async def campaign(self, text: str, status: str = "running") -> Campaign:
        """Publish a campaign without its life cycle."""
        campaign = read_campaign("campaigns/x.v1.toml", text)
        await self.connection.execute(
            "INSERT INTO campaign_version (id, version, content, sha256, rule_hash, author, state, approved_by,"
            " approved_at) VALUES (%s, %s, %s, %s, %s, 'a', 'published', 'b', now())",
            (campaign.id, campaign.version, text, sha256(text.encode()).hexdigest(), campaign.rule_hash),
        )
        await self.connection.execute(
            "INSERT INTO campaign (id, status, version) VALUES (%s, %s, %s) ON CONFLICT (id)"
            " DO UPDATE SET status = excluded.status, version = excluded.version",
            (campaign.id, status, campaign.version),
        )
        name = f"campaigns/{campaign.id}.v{campaign.version}.toml"
        await self.connection.execute(
            "INSERT INTO reference_document (name, sha256, content, published_at, signature)"
            " VALUES (%s, 'x', %s, '2026-11-01', 'x')",
            (name, text),
        )
        return campaign

    async def fact(self, person: str, name: str, value: object) -> None:
        """Import one fact of a person."""
        [(number,)] = await self.rows("INSERT INTO fact_import (source, rows) VALUES ('x', 1) RETURNING id")
        await self.connection.execute(
            "INSERT INTO person_fact (person, name, value, as_of, kind, source, import)"
            " VALUES (%s, %s, %s, now(), 'document', 'x', %s)"
            " ON CONFLICT (person, name) DO UPDATE SET value = excluded.value, as_of = excluded.as_of,"
            " import = excluded.import",
            (person, name, Jsonb(value), number),
        )

    async def till(self, branch: str) -> "Till":
        """A new terminal, whose clock is right."""
        till = Till(branch)
        await self.connection.execute(
            "INSERT INTO writer (name, branch, label, public_key, clock_offset_ms, registered_at)"
            " VALUES (%s, %s, 'x', %s, 0, '2026-01-02Z')",
            (till.terminal, branch, public_jwk(till.seed)["x"]),
        )
        return till

    async def rule(self) -> int:
        """Rule on everything that waits."""
        return await adjudicate_all(self.connection, self.court)

    async def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return cast(list[tuple[Any, ...]], await (await self.connection.execute(statement, values)).fetchall())

    async def state(self, branch: str, subject: str) -> Any:
        """The fold of a subject as central has it."""
        [(state,)] = await self.rows("SELECT state FROM state WHERE branch = %s AND subject = %s", branch, subject)
        return FOLDS[subject.partition("/")[0]].load(state)

    async def outcomes(self, *claims: str) -> list[str | None]:
        """What was ruled on these claims, by the mirror."""
        found = dict(await self.rows("SELECT claim::text, outcome FROM claim_right"))
        return [found.get(claim) for claim in claims]

    async def outcome_counts(self) -> Counter[str | None]:
        """How many claims were ruled how."""
        return Counter(outcome for (outcome,) in await self.rows("SELECT outcome FROM claim_right"))

    async def used(self, scope: str = "quantity", campaign: str = "oil") -> int:
        """How much of a counter of the whole campaign is taken."""
        rows = await self.rows("SELECT used FROM cap_use WHERE campaign = %s AND scope = %s", campaign, scope)
        return sum(used for (used,) in rows)


@dataclass
class Till:
    """One terminal: its journal, and what it has read of others."""

    branch: str
    terminal: str = field(default_factory=uuid7)
    seed: bytes = field(default_factory=new_signing_key)
    entries: list[Entry] = field(default_factory=list)
    read: dict[tuple[str, int], Entry] = field(default_factory=dict)
    moment: datetime = DAY
    clock: str = "0000000000000-0000"
    pushed: int = 0

    def write(self, type_: str, subject: str, data: Data, *, staff: str = "g01", id_: str | None = None) -> Entry:
        """Append to the journal, one second later than the entry before."""
        self.moment += timedelta(seconds=1)
        self.clock = tick(self.clock, int(self.moment.timestamp() * 1000))
        last = self.entries[-1] if self.entries else None
        entry = seal(
            terminal=self.terminal,
            seq=len(self.entries) + 1,
            prev=last.hash if last else FIRST_PREV,
            id=id_ or uuid7(),
            type=type_,
            version=1,
            branch=self.branch,
            subject=subject,
            staff=staff,
            at=self.moment.isoformat(timespec="milliseconds"),
            clock=self.clock,
            data=data,
        )
        self.entries.append(entry)
        return entry

    def claim(
        self,
        campaign: Campaign,
        person: str,
        *,
        right: Data = NO_RIGHT,
        claim: str | None = None,
        how: str = "handed_over",
        source: str = "shelf",
        keys: dict[str, str] | None = None,
        staff: str = "g01",
    ) -> str:
        """Hand the reward over (or reserve it, or give a voucher for it); returns the claim's id."""
        claim = claim or uuid7()
        physical = campaign.reward.kind == "gift"
        move: Data = {
            "sku": SKU,
            "lot": "",
            "expires_on": None,
            "quantity": 1,
            "source": drawer(self.terminal) if source == "drawer" else source,
            "target": "customer",
            "kind": "hand_over",
            "value_fen": campaign.unit_value_fen,
        }
        data: Data = {
            "campaign": {"id": campaign.id, "version": campaign.version, "rule_hash": campaign.rule_hash},
            "recipient": {"keys": keys or {"person": person}, "name": "", "phone": "", "journey": None},
            "reward": {
                "kind": campaign.reward.kind,
                "sku": SKU if physical else None,
                "quantity": 1,
                "amount": 0,
                "value_fen": campaign.unit_value_fen,
                "cost_fen": campaign.unit_cost_fen,
            },
            "right": right,
            "evidence": {
                "verdict": "PROVISIONAL",
                "checked_at": self.moment.isoformat(timespec="milliseconds"),
                "facts_digest": "0" * 64,
                "facts": "{}",
                "tree": "{}",
            },
        }
        moves: list[Any] = [move] if physical else []
        if how == "handed_over":
            number = f"R{self.terminal[-4:].upper()}-{len(self.entries) + 1:04d}"
            receipt: Data = {
                "number": number,
                "confirmed_by": "signature_note",
                "note": "签字单",
                "provisional_terms": True,
            }
            data |= {"moves": moves, "receipt": receipt, "second_staff": None}
        elif how == "reserved":
            data |= {"stock": moves, "expires_at": (self.moment + timedelta(minutes=30)).isoformat()}
        else:
            data |= {"code": "V-000001", "expires_on": "2026-12-31"}
        self.write(f"claim.{how}", f"claim/{claim}", data, staff=staff)
        return claim

    def stock_drawer(self, quantity: int) -> None:
        """Goods go from the shelf into the terminal's own drawer."""
        move: Data = {
            "sku": SKU,
            "lot": "",
            "expires_on": None,
            "quantity": quantity,
            "source": "shelf",
            "target": drawer(self.terminal),
            "kind": "transfer",
            "value_fen": 0,
        }
        data: Data = {"moves": [move], "reason": "opening", "second_staff": None, "note": None}
        self.write("stock.transferred", f"stock/{uuid7()}", data)

    def give_back(self, claim: str, *, reopens: bool) -> None:
        """The customer brings the gift back."""
        move: Data = {
            "sku": SKU,
            "lot": "",
            "expires_on": None,
            "quantity": 1,
            "source": "customer",
            "target": "quarantine",
            "kind": "return",
            "value_fen": 6000,
        }
        data: Data = {"moves": [move], "reason": "changed_mind", "note": None, "reopens": reopens, "second_staff": None}
        self.write("claim.returned", f"claim/{claim}", data)

    def release(self, claim: str) -> None:
        """A reservation or voucher is given up."""
        self.write("claim.released", f"claim/{claim}", {"why": "customer_left", "note": None})

    async def push(self, connection: Connection, *, again: int = 0) -> None:
        """Send what central has not acknowledged; `again`: so many of the entries before once more."""
        first = max(0, self.pushed - again)
        some = self.entries[first:]
        if not some:
            return
        point = make_checkpoint(self.seed, self.terminal, some[-1].seq, some[-1].hash, datetime.now(UTC))
        body = orjson.dumps({"entries": [each.wire() for each in some], "checkpoint": point})
        async with connection.transaction():
            answer = await push(connection, self.terminal, read_batch(body), Reference())
        assert answer.quarantined == []
        self.pushed = answer.accepted_through

    async def pull(self, connection: Connection) -> None:
        """Read what others of the branch, and central, have written."""
        cursor = await connection.execute(
            "SELECT wire FROM entry WHERE branch = %s AND writer <> %s", (self.branch, self.terminal), binary=True
        )
        for (wire,) in await cursor.fetchall():
            entry = parse_stored(cast(bytes, wire))
            self.read[entry.terminal, entry.seq] = entry
            self.clock = max(self.clock, entry.clock)

    def about(self, kind: str) -> dict[str, list[Entry]]:
        """All entries it has about subjects of a kind."""
        found: dict[str, list[Entry]] = {}
        for entry in [*self.read.values(), *self.entries]:
            if entry.kind == kind:
                found.setdefault(entry.subject, []).append(entry)
        return found

    def folded(self, kind: str) -> dict[str, Any]:
        """The states of all subjects of a kind, by subject."""
        return {
            subject: fold_subject(FOLDS[kind], entries, Reference())[0] for subject, entries in self.about(kind).items()
        }


async def receive(till: Till, quantity: int, sku: str = SKU) -> None:
    """Goods come to the branch's shelf, straight from the supplier."""
    move: Data = {
        "sku": sku,
        "lot": "",
        "expires_on": None,
        "quantity": quantity,
        "source": "supplier",
        "target": "shelf",
        "kind": "receive",
        "value_fen": 0,
    }
    data: Data = {"note_number": "N-1", "moves": [move], "second_staff": "g02", "note": None}
    till.write("stock.received", f"stock/{uuid7()}", data)


async def push_all(connection: Connection, tills: Sequence[Till]) -> None:
    """Everybody is heard."""
    for till in tills:
        await till.push(connection)
