"""Two branches that are cut off hand the same person the same once-only gift: central confirms exactly one."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from branch_console.gift_views import LineIn, OfferLine
from branch_console.rules.errors import RuleError
from branch_console.services.gifts.board import GiftBoard
from tests.fixtures.central import CentralProcess, until, url_of
from tests.services.branch import PASSWORD, Branch, Terminal
from tests.services.conftest import staffed
from tests.services.gifts.conftest import DOCUMENT, know, run_campaign, sample, spent

TWELVE = "d12_spend_200"
NOODLES = "NOODLE-2KG"
EXPIRES = "2099-06-30"
ANOTHER = "44030519900101123X"
SENT = 5
PER_TERMINAL = 1


@dataclass(frozen=True)
class Site:
    """One branch with one terminal at which a guide works."""

    branch: Branch
    terminal: Terminal

    @property
    def gifts(self) -> GiftBoard:
        return self.terminal.services.gifts

    def customer(self, document: str = DOCUMENT) -> str:
        (found,) = self.gifts.people(document)
        return found.id

    def line(self, person: str) -> OfferLine:
        return next(each for each in self.gifts.check(person).lines if each.campaign == TWELVE)

    def cut(self) -> None:
        self.terminal.services.cut_network(True)
        self.terminal.wait_offline()

    def reconnect(self) -> None:
        self.terminal.services.cut_network(False)
        self.terminal.services.try_now()

    def give(self, person: str) -> str:
        """Hand over by what this terminal alone knows; the claim's subject."""
        begun = self.gifts.begin(person, TWELVE)
        assert (begun.right, bool(begun.terms)) == ("暂发，待中心确认", True)
        self.gifts.hand_over(begun.claim, "", "signature_note", "领取单 3", True, "", "")
        return begun.claim

    def on_the_shelf(self) -> int:
        return sum(each.quantity - each.short for each in self.gifts.stock() if each.place == "shelf")

    def exceptions(self) -> list[str]:
        """Claims that wait for the supervisor."""
        return [each.subject for each in self.gifts.claims("exceptions", 0, 20) if not each.settled]

    def wait_ruled(self, claim: str) -> None:
        """Until central's ruling is on the terminal."""
        self.terminal.wait(
            lambda: any(each.subject == claim and each.ruling_words for each in self.gifts.claims("all", 0, 20))
        )


def provisional() -> str:
    """The sample of Double Twelve, running today, with one gift for each terminal and outage."""
    content = sample(TWELVE)
    for name in ("per_terminal", "per_staff", "per_campaign"):
        content, times = re.subn(rf"^{name} = .*$", f"{name} = {PER_TERMINAL}", content, flags=re.MULTILINE)
        assert times == 1
    return content


@pytest.fixture
def sites(central: CentralProcess, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    made = []
    for code in ("B1", "B2"):
        branch = staffed(central, code)
        made.append(Site(branch, Terminal(tmp_path / code, branch, f"K-{code}").enrol()))
    run_campaign(central, provisional(), TWELVE)
    know(central, born="1949-12-31", insider=False, open_hold=False, payments=spent(30000))
    for site in made:
        site.terminal.login("wang")
        site.terminal.wait(lambda site=site: any(each.status == "running" for each in site.gifts.campaigns()))  # type: ignore[misc]
        site.gifts.receive(None, "N-1", (LineIn(NOODLES, "L1", EXPIRES, str(SENT)),), "", "li", PASSWORD)
        site.terminal.wait(lambda site=site: site.line(site.customer()).verdict == "ELIGIBLE")  # type: ignore[misc]
        until(lambda site=site: site.gifts._counter.claimed.place())  # type: ignore[misc]
        site.terminal.wait_drained()
    yield made[0], made[1]
    for site in made:
        site.terminal.services.stop()


def rulings(central: CentralProcess) -> dict[str, object]:
    """How central ruled on each claim, by what it published."""
    return {
        str(subject): outcome
        for subject, outcome in central.sql(
            "SELECT subject, convert_from(wire, 'utf8')::jsonb->'data'->>'outcome' FROM entry"
            " WHERE type = 'claim.adjudicated'"
        )
    }


def given_by_caps(central: CentralProcess) -> object:
    """How often the person's right counts as used."""
    return central.sql("SELECT sum(used)::int FROM cap_use WHERE scope = 'person'")[0][0]


def check_totals(central: CentralProcess, sites: tuple[Site, Site]) -> None:
    """What left is what is missing on the shelves, at the branches and at central, and within the stated bound."""
    (bound,) = central.sql("SELECT bound_count, bound_fen FROM campaign_version")[0:1]
    assert bound == (2 * PER_TERMINAL, 2 * PER_TERMINAL * 2900)
    for site in sites:
        page = site.gifts.campaign(TWELVE)
        assert str(bound[0]) in page.bound
        assert "58.00" in page.bound
        assert site.on_the_shelf() == SENT - 1
    until(
        lambda: (
            central.sql("SELECT branch, quantity, short FROM stock_balance WHERE location = 'shelf' ORDER BY 1")
            == [("B1", SENT - 1, 0), ("B2", SENT - 1, 0)]
        )
    )
    left = central.sql("SELECT count(*) FROM entry WHERE type = 'claim.handed_over'")[0][0]
    assert left == bound[0]


def both_give(sites: tuple[Site, Site]) -> list[str]:
    """Cut off from central and from each other, both hand the same person the same gift, and no more."""
    people = [site.customer() for site in sites]
    for site in sites:
        site.cut()
    claims = []
    for site, person in zip(sites, people, strict=True):
        assert site.line(person).verdict == "PROVISIONAL"
        claims.append(site.give(person))
        assert site.line(person).verdict == "ALREADY_CLAIMED"
        with pytest.raises(RuleError):
            site.gifts.begin(person, TWELVE)
        with pytest.raises(RuleError):
            site.gifts.begin(site.customer(ANOTHER), TWELVE)
    return claims


def settled_by_the_supervisor(site: Site, claim: str) -> None:
    """It is in their list with central's ruling, and leaves it with a reason; nobody else may."""
    (line,) = [each for each in site.gifts.claims("exceptions", 0, 20) if each.subject == claim]
    assert line.ruling_words.startswith("重复")
    with pytest.raises(RuleError) as refused:
        site.gifts.settle(claim, "accepted_as_loss", "客户两处领取")
    assert refused.value.code == "role_may_not"
    site.terminal.again()
    site.terminal.login("liu")
    site.gifts.settle(claim, "accepted_as_loss", "客户两处领取")
    assert site.exceptions() == []
    site.terminal.wait_drained()


def test_exactly_one_is_confirmed_and_the_other_is_settled_by_the_supervisor(
    central: CentralProcess, sites: tuple[Site, Site]
) -> None:
    claims = both_give(sites)
    for site, claim in zip(sites, claims, strict=True):
        site.reconnect()
        site.wait_ruled(claim)
    assert sorted(map(str, rulings(central).values())) == ["confirmed", "duplicate_accepted"]
    assert given_by_caps(central) == 1
    check_totals(central, sites)
    first, second = (rulings(central)[claim] == "confirmed" for claim in claims)
    assert (first, second) == (True, False), "the first journal that came up stands"
    assert sites[0].exceptions() == []
    assert sites[1].exceptions() == [claims[1]]
    settled_by_the_supervisor(sites[1], claims[1])
    assert len(rulings(central)) == 2


def test_a_restored_central_confirms_exactly_one_again(
    central: CentralProcess, sites: tuple[Site, Site], postgres_url: str
) -> None:
    name = str(central.sql("SELECT current_database()")[0][0])
    central.stop()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}_old TEMPLATE {name}".encode())
    central.start()
    try:
        for site in sites:
            site.terminal.wait_drained()
        claims = both_give(sites)
        for site, claim in zip(sites, claims, strict=True):
            site.reconnect()
            site.wait_ruled(claim)
        before = rulings(central)
        for site in sites:
            site.terminal.wait_drained()
            site.cut()
        central.stop()
        central.database = url_of(postgres_url, f"{name}_old")
        central.start()
        central.command("epoch", "renew", "--database", central.database)
        assert rulings(central) == {}
        for site in reversed(sites):
            site.reconnect()
        until(lambda: given_by_caps(central) == 1 and len(rulings(central)) == 2, seconds=60)
        for site in sites:
            site.terminal.wait_drained()
        after = rulings(central)
        assert (set(after), Counter(after.values())) == (set(before), Counter(before.values())), "one, and only one"
        check_totals(central, sites)
        until(lambda: sum(len(site.exceptions()) for site in sites) >= 1, seconds=60)
    finally:
        for site in sites:
            site.terminal.services.stop()
        central.stop()
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}_old WITH (FORCE)".encode())
