"""Figures of journeys, and what holds for all, on a few rows each, where one sees at once what must come out."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.statistics.counting import funnel_lines
from branch_console.rules.statistics.definition import grouped
from branch_console.rules.statistics.facts import Facts, StepFact
from branch_console.rules.statistics.figures import FIGURES, value
from branch_console.rules.statistics.instants import Days, Scope
from branch_console.rules.statistics.linking import linked
from branch_console.rules.statistics.tallies import tallies
from branch_console.rules.statistics.tally import by_day
from tests.rules.statistics.row_help import DAY, DAYS, at, journey, on


@pytest.mark.parametrize(
    ("moment", "cutoff", "day", "minute"),
    [
        ("2026-11-18T15:59:59.999Z", 0, 18, 1439),
        ("2026-11-18T16:00:00.000Z", 0, 19, 0),
        ("2026-11-19T17:29:59.000+08:00", 1050, 19, 1439),
        ("2026-11-19T17:30:00.000+08:00", 1050, 20, 0),
    ],
)
def test_the_business_day_is_that_of_the_branch(moment: str, cutoff: int, day: int, minute: int) -> None:
    found = Days(DAYS.zone, cutoff).instant(moment)
    assert found is not None
    assert (found.day, found.minute) == (date(2026, 11, day), minute)


@pytest.mark.parametrize(
    "moment", [None, "", "2026-13-40T00:00:00.000Z", "2026-11-19T10:00:00", "9999-12-31T23:00:00Z"]
)
def test_what_is_no_moment_stands_on_no_day(moment: str | None) -> None:
    assert Days(DAYS.zone).instant(moment) is None


def test_wallets_that_wait_for_central_stand_apart() -> None:
    end = at("19 11:00")
    rows = (journey("a", confirmed=at("19 12:00"), finished=end), journey("b", finished=end), journey("c"))
    facts = Facts(journeys=rows)
    assert value("journeys.onboarded", facts, on()).rows == rows[:1]
    assert value("journeys.waiting", facts, on()).rows == rows[1:2]
    earlier = on(now="19 11:30")
    assert value("journeys.onboarded", facts, earlier).value == 0
    assert value("journeys.waiting", facts, earlier).value == 2


def test_a_wallet_counts_once_on_the_day_of_its_first_journey() -> None:
    ends = [("a", "19 11:00"), ("b", "20 11:00"), ("c", "19 10:30")]
    rows = tuple(journey(name, wallet="w", finished=at(end), confirmed=at(end)) for name, end in ends)
    facts = linked(Facts(journeys=rows))
    assert [row.subject for row in value("journeys.onboarded", facts, on(19, 20)).rows] == ["journey/c"]
    assert value("journeys.onboarded", facts, on(20)).value == 0


def test_no_data_is_not_zero() -> None:
    silent = Facts(silent=frozenset({DAY}))
    assert value("journeys.received", silent, on()).value is None
    assert value("gifts.cost", silent, on()).value is None
    assert value("journeys.received", silent, on(19, 20)).value == 0
    assert value("journeys.completed", Facts(), on()).value is None


def test_the_same_part_of_a_day_is_compared() -> None:
    facts = Facts(journeys=(journey("a", "19 10:00"), journey("b", "19 10:30"), journey("c", "19 11:00")))
    assert value("journeys.received", facts, on(until=10 * 60 + 30)).value == 1
    assert value("journeys.received", facts, on(now="19 10:30")).value == 2


def test_a_median_is_not_moved_by_one_that_took_for_ever() -> None:
    minutes = [5, 6, 7, 8, 9, 10, 11, 12, 13, 2000]
    rows = [journey(str(n), finished=DAYS.instant(at("19 10:00").at + timedelta(minutes=n))) for n in minutes]
    scope = Scope(DAY, DAY + timedelta(days=2), at("25 10:00").at)
    assert value("journeys.minutes_median", Facts(journeys=tuple(rows)), scope).value == 9.5
    assert value("journeys.minutes_p90", Facts(journeys=tuple(rows)), scope).value == 13


def test_the_funnel_goes_by_the_flow_and_keeps_what_it_does_not_know() -> None:
    def step(name: str, step: str, status: str = "done", cohort: str = "19 10:00") -> StepFact:
        return StepFact(f"journey/{name}", step, at(cohort), at("20 10:00"), at("20 10:05"), status, active_ms=61_000)

    steps = (step("a", "need"), step("b", "need", "failed"), step("a", "old"), step("c", "need", cohort="18 10:00"))
    dropped = journey("b", abandoned=at("20 10:06"), last_step="need", abandoned_reason="no_time")
    found = by_day(tallies(Facts(steps=steps, journeys=(journey("a"), dropped))))
    lines = funnel_lines(found[DAY], ["need", "counter"])
    assert [line.step for line in lines] == ["need", "counter", "old"]
    need, counter, _ = lines
    assert need.reached is not None and need.seconds is not None and need.dropped is not None
    assert (need.reached.value, need.seconds.value, need.dropped.value) == (2, 61, 1)
    assert counter.reached is None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["18", "19", "20"]), st.booleans()), max_size=12))
def test_the_groups_of_a_figure_are_the_whole(made: list[tuple[str, str, bool]]) -> None:
    rows = tuple(
        journey(str(n), f"{day} 10:00", segment=segment, finished=at(f"{day} 11:00") if done else None)
        for n, (segment, day, done) in enumerate(made)
    )
    facts = Facts(journeys=rows)
    for name in ("journeys.received", "journeys.waiting", "journeys.completed"):
        whole = value(name, facts, on(19, 20))
        parts = grouped(FIGURES[name], facts, on(19, 20), "segment")
        assert sorted(row.subject for part in parts.values() for row in part.rows) == sorted(
            row.subject for row in whole.rows
        )
        assert sum(len(part.of) for part in parts.values()) == len(whole.of)


def test_a_figure_of_one_person_is_theirs() -> None:
    facts = Facts(journeys=(journey("a"), journey("b", started_by="g2")))
    assert value("journeys.received", facts, on(staff="g2")).rows == facts.journeys[1:]
    assert isinstance(on().as_of, datetime)
