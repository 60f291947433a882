"""Central as a model: a durable database whose commits may be cut by crashes, and the answers of docs/protocol.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import NamedTuple

from branch_console.central.decide import Held, Refused, check_new, compare, place
from branch_console.central.erasures import Target, erased_acts, targets
from branch_console.central.problems import STATUS
from branch_console.rules.journal import Entry
from tests.simulation.journal import ZERO_HASH, Chains, erase_acts, head_of, later_writer, make_entry, new_uuid
from tests.simulation.world import BASE_MS, World


class CrashError(Exception):
    """The process died here."""


class Response(NamedTuple):
    """What central sends back; `epoch` as its header says."""

    status: int
    code: str
    body: Mapping[str, object]
    epoch: str
    retry_after: str | None = None


@dataclass
class Database:
    """What survives a crash of central. A backup is a copy of it."""

    epoch: str
    chains: Chains = field(default_factory=dict)
    feeds: dict[str, list[Entry]] = field(default_factory=dict)
    effects: dict[tuple[str, int], int] = field(default_factory=dict)
    erased: set[Target] = field(default_factory=set)
    quarantined: dict[str, dict[int, str]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    """Central's present journal of each branch."""
    revoked: set[str] = field(default_factory=set)
    reports: dict[str, Mapping[str, int | str]] = field(default_factory=dict)

    def copy(self) -> "Database":
        """A backup."""
        return Database(
            self.epoch,
            {name: list(chain) for name, chain in self.chains.items()},
            {name: list(feed) for name, feed in self.feeds.items()},
            dict(self.effects),
            set(self.erased),
            {name: dict(found) for name, found in self.quarantined.items()},
            dict(self.branches),
            dict(self.writers),
            set(self.revoked),
            dict(self.reports),
        )


class Central:
    """Central's process and its database."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.db = Database(new_uuid(world.rng))
        self.backups: list[Database] = []
        self.restores = 0
        self.up = True
        self.version = 2
        self.busy_until = -1.0
        self.too_old_until = -1.0
        self.max_entries = 1000
        self.crash_rate = 0.0

    # ---- commits ----

    def commit(self, *transactions: object) -> None:
        """Carry out each transaction whole; the process may die before, between and behind them."""
        for transaction in transactions:
            self.maybe_crash("before commit")
            assert callable(transaction)
            transaction()
        self.maybe_crash("after commit")

    def maybe_crash(self, where: str) -> None:
        """Die with the run's probability."""
        if self.world.chance(self.crash_rate):
            self.world.tell("central crashes", where)
            self.up = False
            self.world.at(self.world.rng.uniform(0.5, 8.0), self.start)
            raise CrashError

    def start(self) -> None:
        """Come back with what was durable."""
        self.up = True

    def backup(self) -> None:
        """Keep a copy of the database."""
        self.backups.append(self.db.copy())

    def restore(self) -> None:
        """Go back to some backup, under a new epoch and with new journals of central's own."""
        if self.backups:
            self.db = self.world.rng.choice(self.backups).copy()
            self.db.epoch = new_uuid(self.world.rng)
            self.db.writers = {branch: later_writer(branch, self.db.epoch) for branch in self.db.writers}
            self.restores += 1
            self.world.tell("central restored, epoch", self.db.epoch[:4])
            for branch in self.db.writers:
                self.publish(branch)  # what administrators did after the backup is done again

    # ---- answers ----

    def answer(self, status: int, code: str = "", body: Mapping[str, object] | None = None) -> Response:
        """An answer under the present epoch."""
        return Response(status, code, body or {}, self.db.epoch)

    def refuses(self, terminal: str) -> Response | None:
        """What keeps central from even looking at a request."""
        world = self.world
        if world.now < self.busy_until and not world.healed:
            date = formatdate(BASE_MS / 1000 + world.now + 5, usegmt=True)
            asked = (None, "3", date, "soon")[int(world.now) % 4]
            return self.answer(429 if world.rng.random() < 0.7 else 503, "busy")._replace(retry_after=asked)
        if world.now < self.too_old_until and not world.healed:
            return self.answer(426, "client-too-old")
        if terminal in self.db.revoked:
            return self.answer(403, "terminal-revoked")
        if terminal not in self.db.branches:
            return self.answer(401, "unknown-terminal")
        if world.chance(0.01):
            return self.answer(401, "invalid-token")
        return None

    def token(self, terminal: str) -> Response:
        """POST /v1/token."""
        return self.refuses(terminal) or self.answer(200, "", {"access_token": "t", "expires_in": 90})

    def head(self, terminal: str, report: Mapping[str, int | str]) -> Response:
        """GET /v1/journal/head."""
        refusal = self.refuses(terminal)
        if refusal:
            return refusal
        self.db.reports[terminal] = report
        seq, head = head_of(self.db.chains.get(terminal, []))
        listed = [{"seq": each, "code": code} for each, code in self.db.quarantined.get(terminal, {}).items()]
        return self.answer(200, "", {"seq": seq, "hash": head, "epoch": self.db.epoch, "quarantined": listed})

    def push(self, terminal: str, entries: list[Entry]) -> Response:
        """POST /v1/journal."""
        refusal = self.refuses(terminal)
        if refusal:
            return refusal
        if len(entries) > self.max_entries:
            return self.answer(413, "too-large")
        chain = self.db.chains.get(terminal, [])
        refusal = self.misfit(terminal, chain, entries)
        if refusal:
            return refusal
        fresh = self.fresh(chain, entries)
        if fresh and self.world.chance(0.05):
            fresh = fresh[: max(1, len(fresh) // 2)]  # central may take a part
        if fresh:
            self.store(terminal, fresh)
        seq, head = head_of(self.db.chains.get(terminal, []))
        listed = self.db.quarantined.get(terminal, {})
        found = [{"seq": each.seq, "code": listed[each.seq]} for each in entries if each.seq in listed]
        through = min(seq, entries[-1].seq)
        head = self.db.chains[terminal][through - 1].hash if through else ZERO_HASH
        return self.answer(200, "", {"accepted_through": through, "head_hash": head, "quarantined": found})

    def misfit(self, terminal: str, chain: list[Entry], entries: list[Entry]) -> Response | None:
        """Another's entries, fork, gap or broken chain against the chain that central holds, as central decides it."""
        held = Held(terminal, self.db.branches[terminal], *head_of(chain))
        known = place(held, entries)
        if isinstance(known, Refused):
            return self.refused(known)
        first = entries[0].seq
        hashes = [entry.hash for entry in chain[first - 1 : first - 1 + known]]
        found = compare(entries[:known], hashes) or check_new(held, entries[known:])
        return None if found is None else self.refused(found)

    def refused(self, found: Refused) -> Response:
        """The answer to a push that does not fit."""
        return self.answer(STATUS[found.code][0], found.code, found.members)

    def fresh(self, chain: list[Entry], entries: list[Entry]) -> list[Entry]:
        """Those that central does not hold yet."""
        return [entry for entry in entries if entry.seq > len(chain)]

    def store(self, terminal: str, fresh: list[Entry]) -> None:
        """Rows, effects and everything that follows from them, in one transaction."""
        self.commit(lambda: self.put(terminal, fresh))

    def put(self, terminal: str, fresh: list[Entry]) -> None:
        """What the transaction does."""
        self.put_rows(terminal, fresh)
        self.put_effects(fresh)

    def put_effects(self, fresh: list[Entry]) -> None:
        """Stands for everything that central does because of an entry."""
        for entry in fresh:
            place = (entry.terminal, entry.seq)
            self.db.effects[place] = self.db.effects.get(place, 0) + 1

    def put_rows(self, terminal: str, fresh: list[Entry]) -> None:
        """The journal, the feed, quarantine, erasures."""
        db = self.db
        chain = db.chains.setdefault(terminal, [])
        feed = db.feeds.setdefault(fresh[0].branch, [])
        for entry in fresh:
            chain.append(entry)
            feed.append(entry)
            if entry.version > self.version or "poison" in entry.type:
                db.quarantined.setdefault(terminal, {})[entry.seq] = "unknown-version"
        self.erase(feed, fresh)

    def erase(self, feed: list[Entry], fresh: list[Entry]) -> None:
        """Obey the erasures among new entries of a branch, and those that came before them."""
        db = self.db
        db.erased.update(target for entry in fresh for target in targets(entry))
        concerned = {subject for _writer, _seq, subject in db.erased}
        if any(entry.subject in concerned for entry in fresh):
            acts = {act for _subject, act in erased_acts(db.erased, feed)}
            erase_acts(db.chains, acts)
            erase_acts({"feed": feed}, acts)

    def feed(self, terminal: str, cursor: str | None, limit: int) -> Response:
        """GET /v1/feed, without the waiting."""
        refusal = self.refuses(terminal)
        if refusal:
            return refusal
        branch = self.db.branches[terminal]
        feed = self.db.feeds.get(branch, [])
        position = 0
        if cursor is not None:
            epoch, _, at = cursor.partition(":")
            position = int(at)
            if epoch != self.db.epoch or position > len(feed):
                return self.answer(410, "resync")
        page = feed[position : position + limit]
        position += len(page)
        body = {
            "entries": [entry for entry in page if entry.terminal != terminal],
            "cursor": f"{self.db.epoch}:{position}",
            "more": position < len(feed),
            "poll_after_ms": 0,
        }
        return self.answer(200, "", body)

    # ---- what central does by itself ----

    def publish(self, branch: str) -> None:
        """Write something for a branch: staff, reference."""
        writer = self.db.writers.setdefault(branch, f"central/{branch}")
        chain = self.db.chains.setdefault(writer, [])
        rng = self.world.rng
        subject = f"staff/{new_uuid(rng)}"
        entry = make_entry(
            chain,
            writer,
            id=new_uuid(rng),
            type="staff.registered",
            version=1,
            branch=branch,
            subject=subject,
            clock=f"{int(1_795_000_000_000 + self.world.now * 1000):013d}-0000",
            data={"name": f"n{len(chain)}"},
        )
        self.put_rows(writer, [entry])

    def upgrade(self) -> None:
        """A new version: what could not be folded is folded now."""
        self.version = 3
        for terminal, found in self.db.quarantined.items():
            for seq in list(found):
                if self.db.chains[terminal][seq - 1].type != "sim.poison":
                    del found[seq]
