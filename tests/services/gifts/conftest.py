"""Gifts at a real central: a campaign that runs, facts that are imported, goods that were received."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from branch_console.central import campaigns
from branch_console.central.administration import Office
from branch_console.central.facts_import import Row, import_facts
from branch_console.gift_views import LineIn, OfferLine
from branch_console.security.keys import unb64url
from branch_console.services.gifts import online
from branch_console.services.gifts.board import GiftBoard
from data.right_lists import Lease, leases
from tests.fixtures.central import CentralProcess
from tests.services.branch import PASSWORD, Branch, Terminal
from tests.services.conftest import MakeTerminal

SAMPLES = Path(__file__).parents[3] / "data" / "campaigns"
DOCUMENT = "11010519491231002X"
SPEND = "spend_500_30d"
RICE = "RICE-5KG"
SIGNED = ("signature_note", "领取单 17", False)


@dataclass(frozen=True)
class Core:
    """A bank's wallet core that knows one customer."""

    facts: dict[str, Any]
    name: str = "invented"

    def rows(self) -> Iterator[Row]:
        at = datetime.now(UTC) - timedelta(seconds=1)
        for number, (fact, value) in enumerate(self.facts.items()):
            yield Row(f"row {number}", "document", DOCUMENT, None, fact, value, at)


def know(central: CentralProcess, **facts: Any) -> None:
    """An import arrives."""

    async def work(at: Office) -> None:
        keys = {version: unb64url(key) for version, key in at.facts.tenant_keys.items()}
        await import_facts(at.connection, keys, Core(facts), datetime.now(UTC))

    central.office(work)


def spent(*fens: int) -> list[dict[str, Any]]:
    on = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    return [{"on": on, "fen": fen, "merchant": "M1", "mcc": "5411", "kind": "spend"} for fen in fens]


def run_campaign(central: CentralProcess, content: str, name: str = SPEND) -> None:
    """A campaign on its whole way: written by one, tried, submitted, approved by another."""

    async def work(at: Office) -> None:
        await campaigns.add(at, content, f"{name}.v1.toml", "author", None)
        await campaigns.tried(at, name, {"people": 10})
        await campaigns.submit(at, name)
        await campaigns.approve(at, name, "approver")

    central.office(work)


def sample(name: str = SPEND) -> str:
    """A sample campaign that runs today, whatever day that is."""
    content = (SAMPLES / f"{name}.v1.toml").read_text(encoding="utf-8")
    today = datetime.now(UTC).date()
    first, last = (today - timedelta(days=5)).isoformat(), (today + timedelta(days=60)).isoformat()
    when = {"effective_from": "2026-01-01", "from": first, "to": last}
    for member, value in when.items():
        content = re.sub(rf"^{member} = .*$", f"{member} = {value}", content, flags=re.MULTILINE)
    return content


@dataclass(frozen=True)
class Counter:
    """A terminal at which a campaign runs."""

    terminal: Terminal
    central: CentralProcess

    @property
    def gifts(self) -> GiftBoard:
        return self.terminal.services.gifts

    def customer(self) -> str:
        (found,) = self.gifts.people(DOCUMENT)
        return found.id

    def line(self, person: str, *, refresh: bool = False) -> OfferLine:
        return next(each for each in self.gifts.check(person, refresh).lines if each.campaign == SPEND)

    def rice(self) -> int:
        return sum(each.quantity for each in self.gifts.stock() if each.sku == RICE and each.place == "shelf")


def own_leases(counter: Counter) -> list[Lease]:
    """What the terminal has and has not given back."""
    store = counter.terminal.store
    return leases(store, counter.terminal.services.gifts._counter.desk().now())


def wait_leased(counter: Counter, *but: str) -> Lease:
    """A lease is here that is open and none of these."""

    def there() -> list[Lease]:
        return [each for each in own_leases(counter) if each.status == "open" and each.id not in but]

    counter.terminal.wait(lambda: bool(there()))
    (found,) = there()
    return found


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Central may take its time: what is asked at the counter must be answered, on a machine with much to do, too."""
    for name in ("FACTS_SECONDS", "HOLD_SECONDS", "RELEASE_SECONDS"):
        monkeypatch.setattr(online, name, 60.0)


@pytest.fixture
def counter(branch_alone: Branch, make_terminal: MakeTerminal) -> Counter:
    run_campaign(branch_alone.central, sample())
    know(branch_alone.central, born="1949-12-31", insider=False, open_hold=False, payments=spent(38000))
    terminal = make_terminal("K-01").login("wang")
    made = Counter(terminal, branch_alone.central)
    terminal.wait_drained()
    terminal.wait(lambda: any(each.status == "running" for each in made.gifts.campaigns()))
    line = LineIn(RICE, "L1", (datetime.now(UTC) + timedelta(days=200)).date().isoformat(), "5")
    made.gifts.receive(None, "N-1", (line,), "", "li", PASSWORD)
    return made
