"""Figures of cases, gifts, ratings and terminals on a few rows each, where one sees at once what must come out."""

from datetime import date, timedelta
from typing import Any

import pytest

from branch_console.rules.statistics.facts import (
    CaseFact,
    CheckFact,
    Facts,
    RatingFact,
    TerminalFact,
)
from branch_console.rules.statistics.figures import split, value
from branch_console.rules.statistics.figures_clocks import age
from branch_console.rules.statistics.instants import Instant, Scope
from branch_console.rules.statistics.linking import linked
from branch_console.rules.statistics.preferences import chosen, preferences
from tests.rules.statistics.row_help import DAYS, at, claim, clock, journey, on


def test_what_is_open_and_late_is_a_miss() -> None:
    """Divided by what is resolved this would be 100 % (Frappe)."""
    rows = (
        clock("kept", "19 23:59", "19 10:00"),
        clock("late", "19 23:59", "20 10:00"),
        clock("open", "19 23:59"),
        clock("withdrawn", "19 23:59", dropped=at("18 10:00")),
        clock("withdrawn late", "19 23:59", dropped=at("20 10:00")),
        clock("praise", "19 23:59", complaint=False),
        clock("not yet due", "20 23:59"),
    )
    rate = value("clocks.statutory", Facts(clocks=rows), on(19, 20, now="20 12:00"))
    assert (rate.value, len(rate.rows), len(rate.of)) == (1 / 4, 1, 4)
    assert value("clocks.overdue", Facts(clocks=rows), on(20, now="20 12:00")).rows == rows[2:3]


def test_a_repeat_is_of_the_same_customer_and_matter_within_30_days() -> None:
    def case(name: str, received: Instant, **changed: Any) -> CaseFact:
        said = {"keys": ("k1",), "business": "B04", "reason": "C09"}
        return CaseFact(f"case/{name}", "SZ01", changed.pop("kind", "complaint"), "", received, **{**said, **changed})

    def later(**time: int) -> Instant:
        found = DAYS.instant(at("01 10:00").at + timedelta(**time))
        assert found is not None
        return found

    first = case("first", later(days=-3), closed=later())
    others = {
        "last moment": case("a", later(days=30)),
        "too late": case("b", later(days=30, seconds=1)),
        "before it was closed": case("c", later(seconds=-1)),
        "another matter": case("d", later(days=1), reason="C10"),
        "another customer": case("e", later(days=1), keys=("k2",)),
        "nobody knows whose": case("f", later(days=1), keys=()),
        "merged": case("g", later(days=1), merged=True),
        "praise": case("h", later(days=1), kind="praise"),
    }
    found = linked(Facts(cases=(first, *others.values()))).cases
    assert [row.subject for row in found if row.repeat_of] == ["case/a"]
    rate = value(
        "cases.repeat_rate", Facts(cases=found), Scope(date(2026, 11, 1), date(2026, 12, 9), later(days=40).at)
    )
    assert (rate.value, rate.of) == (1.0, (found[0],))


@pytest.mark.parametrize("name", ["cases.withdrawn", "cases.escalated", "gifts.released"])
def test_what_becomes_of_a_cohort_later_was_not_known_before(name: str) -> None:
    """A frozen day is asked for as of its freezing: what its complaints and claims come to later restates nothing."""
    later = at("21 10:00")
    facts = Facts(
        cases=(CaseFact("case/a", "SZ01", "complaint", "", at("19 10:00"), withdrawn=later, escalated=later),),
        claims=(claim("a", status="released", released=later),),
    )
    assert value(name, facts, on(now="20 09:00")).value == 0
    assert value(name, facts, on(now="21 18:00")).value == 1


def test_few_ratings_have_no_percentage() -> None:
    rows = [RatingFact(f"rating/{n}", f"case/{n}", 5 if n else 1, at("19 10:00")) for n in range(10)]
    nine, ten = (value("ratings.csat", Facts(ratings=tuple(rows[:n])), on()) for n in (9, 10))
    assert (nine.value, len(nine.rows), len(nine.of)) == (None, 8, 9)
    assert (ten.value, ten.interval and round(ten.interval.low, 2)) == (0.9, 0.6)


def test_refused_checks_are_in_the_rate() -> None:
    checks = tuple(CheckFact(f"check/{n}", "d12", at("19 10:00"), "g1", "ELIGIBLE" if n else "NO") for n in range(4))
    assert value("gifts.eligible", Facts(), on()).value is None
    assert value("gifts.eligible", Facts(checks=checks), on()).value == 3 / 4
    assert {
        name: part.value for name, part in split("gifts.checks", Facts(checks=checks), on(), "verdict").items()
    } == {
        "ELIGIBLE": 3,
        "NO": 1,
    }


def test_cost_for_each_wallet_has_both_its_rows() -> None:
    done = journey("a", finished=at("19 11:00"), confirmed=at("19 12:00"))
    facts = Facts(journeys=(done,), claims=(claim("a", cost_fen=4500), claim("b", cost_fen=1500)))
    found = value("gifts.cost_per_wallet", facts, on())
    assert (found.value, len(found.rows), found.of) == (6000, 2, (done,))
    assert value("gifts.cost_per_wallet", Facts(claims=facts.claims), on()).value is None


def test_terminals_that_have_not_synced_after_the_day_leave_it_incomplete() -> None:
    rows = (
        TerminalFact("terminal/a", "K-01", at("01 10:00"), synced=at("20 00:00"), pending=3),
        TerminalFact("terminal/b", "K-02", at("01 10:00"), synced=at("19 23:59"), pending=4),
        TerminalFact("terminal/c", "K-03", at("01 10:00"), pending=5),
        TerminalFact("terminal/d", "K-04", at("01 10:00"), revoked=at("02 10:00"), pending=9),
        TerminalFact("terminal/e", "K-05", at("20 10:00"), synced=at("20 10:00"), pending=9),
    )
    found = value("terminals.complete", Facts(terminals=rows), on())
    assert (found.rows, found.of) == (rows[:1], rows[:3])
    assert value("terminals.pending", Facts(terminals=rows), on()).value == 12


@pytest.mark.parametrize(
    ("day", "name"), [(16, "0-3"), (15, "4-7"), (12, "4-7"), (11, "8-15"), (4, "8-15"), (3, ">15")]
)
def test_the_age_of_what_is_open(day: int, name: str) -> None:
    assert age(CaseFact("case/a", "SZ01", "complaint", "received", at(f"{day:02} 23:00")), on()) == name


def test_preferences_are_of_customers() -> None:
    rows = [claim(f"r{n}", person=f"p{n}") for n in range(8)]
    rows += [claim("again", person="p1"), claim("o1", person="p1", sku="OIL"), claim("o2", person="p9", sku="OIL")]
    few = preferences(chosen(Facts(claims=tuple(rows))).values())
    assert [(each.item, each.takers, each.customers, each.share) for each in few] == [
        ("RICE", 8, 9, None),
        ("OIL", 2, 9, None),
    ]
    other = chosen(Facts(claims=(claim("o3", person="p10", sku="OIL"), claim("o4", person="p9", sku="OIL"))))
    more = preferences([*chosen(Facts(claims=tuple(rows))).values(), *other.values()])
    assert [each.share and each.share.share for each in more] == [0.8, 0.3]
