"""Rows of one subject: the same whenever and wherever they are made."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from branch_console.rules.gifts.states import CampaignState
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.deriving_all import KINDS, derive
from branch_console.rules.statistics.facts import ClockFact, Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.packing import pack, unpack
from branch_console.rules.statistics.tallies import tallies
from tests.rules.cases.case_help import CASE, SAMPLES, act, entry, fold
from tests.rules.cases.case_help import at as case_at
from tests.rules.gifts import gift_help
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import reference, states

DAYS = Days(ZoneInfo("Asia/Shanghai"))
HOUR = 60
TOLD = [(5, "case.decided"), (6, "case.notified")]
PAUSED: dict[str, Any] = {
    "why": "external_appraisal",
    "note": "第三方鉴定",
    "told": True,
    "basis": "鉴定",
    "until": None,
}


def limits(*later: Entry, known: Reference | None = None) -> dict[str, ClockFact]:
    """The limits of a complaint by their clocks, once these entries have come."""
    state = fold([entry(0, "case.registered"), *later])
    found = derive(CASE, state, DAYS, reference() if known is None else known, confirmed=False)
    return {each.clock: each for each in found.clocks}


def due(found: dict[str, ClockFact], clock: str) -> date:
    limit = found[clock].due
    assert limit is not None
    return limit.day


def test_every_kind_gives_rows_and_no_other() -> None:
    branch = make(2)
    found = states(branch.entries)
    assert {subject.partition("/")[0] for subject in found} == KINDS
    for subject, state in found.items():
        facts = derive(subject, state, DAYS, reference(), confirmed=True)
        assert facts != Facts() or subject.startswith("rating/")
    assert derive("campaign/1", CampaignState(), DAYS, reference(), confirmed=True) == Facts()


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_wallet_is_confirmed_when_central_holds_the_end_of_its_journey(confirmed: bool) -> None:
    rows = [
        derive(subject, state, DAYS, Reference(), confirmed=confirmed).journeys[0]
        for subject, state in states(make(2).entries).items()
        if subject.startswith("journey/")
    ]
    assert {row.confirmed == (row.finished if confirmed else None) for row in rows} == {True}
    assert {row.finished is None for row in rows} == {True, False}


def test_a_limit_that_rests_has_no_row_until_it_goes_on() -> None:
    """Each hour that it rests moves its due moment by one: there is no day on which it runs out."""
    running, resting = limits(), limits(entry(HOUR, "case.paused", **PAUSED))
    assert "statutory" in running
    assert "statutory" not in resting
    day = 24 * HOUR
    gone_on = limits(entry(HOUR, "case.paused", **PAUSED), entry(3 * day, "case.resumed"))
    assert (due(gone_on, "statutory") - due(running, "statutory")).days in {2, 3}


def test_an_open_limit_stays_as_it_is_however_late_rows_are_made() -> None:
    """Rows are made at what happened last, so a note that says nothing of the limit changes none of its moments."""
    early, late = limits(), limits(entry(60 * 24 * HOUR, "case.noted"))
    assert {name: each.due for name, each in early.items()} == {name: late[name].due for name in early}
    assert {(each.stopped, each.dropped) for each in late.values()} == {(None, None)}


@pytest.mark.parametrize(
    ("received", "limited"),
    [
        ("9999-12-31T23:59:59.000Z", False),
        ("0001-01-01T00:00:00.000+08:00", False),
        ("1926-01-01T00:00:00.000+08:00", False),
        ("1970-01-01T00:00:00.000+08:00", True),
        ("2026-11-31T00:00:00.000Z", False),
        ("2026-09-18T12:00:00.000", False),
    ],
)
def test_a_wrong_clock_stops_nothing(received: str, limited: bool) -> None:
    """Whatever a terminal wrote, its case gives rows that can be kept and counted, and soon."""
    told = [entry(5, "case.decided"), entry(6, "case.notified")]
    state = fold([entry(0, "case.registered", received_at=received), *told])
    facts = derive(CASE, state, Days(ZoneInfo("Asia/Shanghai"), 1050), reference(), confirmed=False)
    assert unpack(*pack(facts)) == facts
    assert bool(facts.clocks) == limited
    assert {key[1] for key in tallies(facts)} >= {"cases.decided"}


def test_a_case_is_escalated_from_when_it_is_first_known_at_level_2() -> None:
    levels = [entry(HOUR * number, "case.escalated", level=number) for number in (1, 2, 3)]
    moments = []
    for state in (fold([entry(0, "case.registered"), *levels[:count]]) for count in (1, 2, 3)):
        (row,) = derive(CASE, state, DAYS, reference(), confirmed=False).cases
        moments.append(row.escalated)
    assert moments == [None, DAYS.instant(levels[1].at), DAYS.instant(levels[1].at)]


@pytest.mark.parametrize(
    ("acts", "ended"),
    [
        ([(5, "case.decided")], None),
        ([*TOLD], 6),
        ([*TOLD, (90, "case.closed")], 6),
        ([*TOLD, (90, "case.closed"), (95, "case.reopened")], None),
        ([*TOLD, (90, "case.reopened"), (91, "case.decided"), (92, "case.notified"), (99, "case.closed")], 92),
        ([*TOLD, (90, "case.review_applied")], None),
        ([*TOLD, (90, "case.review_applied"), (99, "case.review_notified", "upheld")], 99),
        ([*TOLD, (90, "case.review_applied"), (99, "case.review_notified", "changed")], None),
        ([*TOLD, (90, "case.merged")], 6),
        ([*TOLD, (90, "case.merged"), (91, "case.unmerged")], 6),
        ([(90, "case.merged"), (91, "case.unmerged")], None),
        ([(90, "case.withdrawn")], 90),
    ],
)
def test_a_case_is_open_until_the_customer_knows(acts: list[Any], ended: int | None) -> None:
    """What is done with it afterwards does not open it for the days before."""
    more = {"case.unmerged": {"merge": act(90)}}
    made = [
        entry(minute, kind, {**SAMPLES[kind], **more.get(kind, {}), **({"outcome": said[0]} if said else {})})
        for minute, kind, *said in acts
    ]
    (row,) = derive(CASE, fold([entry(0, "case.registered"), *made]), DAYS, reference(), confirmed=False).cases
    assert row.ended == (None if ended is None else DAYS.instant(case_at(ended)))


def test_a_claim_is_released_unless_it_is_handed_over_all_the_same() -> None:
    released = gift_help.entry(5, "claim.released", {"why": "customer_left", "note": None})
    acts = [gift_help.reserved(0), released, gift_help.handed_over(9)]
    states = [gift_help.fold(acts[:count]) for count in (1, 2, 3)]
    rows = [derive(gift_help.CLAIM, state, DAYS, Reference(), confirmed=False).claims[0] for state in states]
    assert [row.released for row in rows] == [None, DAYS.instant(released.at), None]


def test_without_its_policy_a_case_has_no_limits() -> None:
    assert limits(known=Reference()) == {}
