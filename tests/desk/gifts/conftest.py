"""A gift desk over a real encrypted store: what central would send comes as a page of a feed."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import orjson
import pytest

from branch_console.demo.history import Clock
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.reserving import Hold
from branch_console.rules.canonical import canonical
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.gifts.subjects import campaign_subject
from branch_console.rules.journal import Data, format_at
from branch_console.rules.staff import Role, subject_for
from branch_console.security.claimed import Hasher
from branch_console.security.claimed_make import make_filter
from branch_console.security.signing import sign
from branch_console.security.unlock_errors import WrongLoginError
from data import gift_queries as gifts
from data.agreement import read_agreement
from data.store import Store
from tests.data.world import CENTRAL_SEED, OWN, Writer
from tests.desk.conftest import PASSWORD, ROLES, desk_store, first_page, published

SAMPLES = Path(__file__).parents[3] / "data" / "campaigns"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)
SPACE = UUID("0195f000-0000-7000-8000-00000000feed")
RICE, OIL = "RICE-5KG", "OIL-5L"
LOT = "2027-06-30"


def key(name: str) -> str:
    """A keyed hash of an invented number."""
    return "k1:" + (name * 43)[:43]


ANNA = Person({"person": (key("anna"),), "phone": (key("tel"),)}, "安*娜", "139****5678")
"""Invented."""


def spending(*fens: int, on: str = "2026-11-20") -> list[dict[str, Any]]:
    return [{"on": on, "fen": fen, "merchant": "M1", "mcc": "5411", "kind": "spend"} for fen in fens]


@dataclass
class World:
    """One terminal, and what central says to it."""

    store: Store
    clock: Clock
    central: Writer
    online: bool = True
    page: int = 0
    facts: dict[str, Any] = field(default_factory=lambda: {"born": "1990-05-06", "insider": False, "open_hold": False})

    def desk(self, staff: str = "wang") -> Desk:
        def second_person(staff: str, password: str) -> Role:
            if password != PASSWORD:
                raise WrongLoginError
            return ROLES[staff]

        return Desk(self.store, staff, ROLES[staff], self.clock, second_person)

    def booth(self, staff: str = "wang", *, online: bool | None = None) -> Booth:
        claimed = gifts.ClaimedFilter(self.store)
        return Booth(self.desk(staff), self.online if online is None else online, NOW - timedelta(hours=2), claimed)

    def say(self, about: str, kind: str, data: Data) -> None:
        """An entry of central arrives."""
        self.page += 1
        applied = self.store.apply_feed([self.central.write(about, kind, data, staff=None)], f"c{self.page}", "epoch-1")
        assert not applied.broken

    def publish(self, name: str, content: str) -> None:
        self.say(subject_for("reference", name), "reference.published", published(name, content))

    def run(self, name: str = "spend_500_30d", status: str = "running", **changes: str) -> Campaign:
        """Publish a sample campaign, with lines of its text changed, and let it run."""
        content = (SAMPLES / f"{name}.v1.toml").read_text(encoding="utf-8")
        for old, new in changes.items():
            before = next(line for line in content.splitlines() if line.startswith(f"{old} = "))
            content = content.replace(before, f"{old} = {new}")
        self.publish(f"campaigns/{name}.v1.toml", content)
        self.status(name, status)
        return read_campaign("x", content)

    def status(self, name: str, status: str, **more: Any) -> None:
        """Central says how a campaign stands."""
        said: Data = {"id": name, "status": status, "version": 1, "approved_by": "head-office", **more}
        self.say(campaign_subject(name), "campaign.status_changed", said)

    def know(
        self,
        person: Person = ANNA,
        claims: dict[str, Any] | None = None,
        at: datetime | None = None,
        owing: dict[str, list[str]] | None = None,
        **facts: Any,
    ) -> None:
        """What central answers about a customer, as it is kept for the day."""
        self.facts |= facts
        rows = [
            {"name": name, "value": value, "as_of": format_at(at or NOW - timedelta(minutes=5)), "source": "server"}
            for name, value in self.facts.items()
        ]
        said = {
            "facts": rows,
            "claims": claims or {scope: [] for scope in person.keys},
            "owing": owing or {},
            "server_time": format_at(self.clock()),
        }
        gifts.put_facts(self.store, person.newest_keys, orjson.dumps(said).decode(), self.clock())

    def shelve(self, sku: str, quantity: int, number: str = "N1") -> None:
        """A delivery without a dispatch."""
        from branch_console.desk.gifts.goods import TypedLine
        from branch_console.desk.gifts.stock import receive

        line = TypedLine(sku, "L1", LOT, str(quantity))
        receive(self.booth(), None, number, [line], "", "li", PASSWORD)

    def lease(self, campaign: str, quantity: int, epoch: str = "") -> str:
        name = str(uuid5(SPACE, f"lease{self.page}"))
        self.say(
            f"lease/{name}",
            "lease.granted",
            {
                "campaign": campaign,
                "terminal": OWN,
                "quantity": quantity,
                "unit_cost_fen": 6900,
                "epoch": epoch or read_agreement(self.store).epoch,
                "expires_at": format_at(NOW + timedelta(days=7)),
            },
        )
        return name

    def entitle(
        self, campaign: Campaign, person: Person = ANNA, *, seed: bytes = CENTRAL_SEED, epoch: str = "epoch-1"
    ) -> tuple[str, str]:
        """Central gives a right to this branch; returns its id and signature."""
        name = str(uuid5(SPACE, f"entitlement{self.page}"))
        said: Data = {
            "campaign": campaign.id,
            "version": campaign.version,
            "keys": {"person": person.key("person")},
            "skus": list(campaign.skus),
            "value_fen": campaign.unit_value_fen,
            "expires_on": "2026-12-31",
            "home_branch": "SZFT",
            "epoch": epoch,
        }
        signature = sign(seed, canonical({**said, "subject": f"entitlement/{name}"}))
        self.say(f"entitlement/{name}", "entitlement.issued", {**said, "signature": signature})
        return name, signature

    def list_claims(self, *claimed: tuple[str, str]) -> None:
        """The list of who has claimed (campaign, person key) arrives."""
        hasher = Hasher(self.store.identity.tenant_keys)
        members = [hasher.member(*each) for each in claimed]
        content = make_filter(members, CENTRAL_SEED, epoch="epoch-1", sequence=1, at=NOW)
        gifts.ClaimedFilter(self.store).put(content, "etag", self.clock())

    def hold(self, claim: str) -> Hold:
        return Hold(claim, self.clock() + timedelta(minutes=30), "epoch-1")

    def claim(self, subject: str) -> ClaimState:
        state = self.store.state(subject)
        assert isinstance(state, ClaimState)
        return state

    def on_shelf(self, sku: str) -> int:
        return sum(
            each.quantity
            for each in gifts.balances(self.store, self.clock())
            if each.slot.sku == sku and each.slot.location == "shelf"
        )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = desk_store(tmp_path)
    yield World(store, Clock(NOW), copy(first_page()[1]))
    store.close()
