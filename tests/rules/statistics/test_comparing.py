"""The day to compare with, over make-up weekends, holidays and years that nobody has published; and the same time."""

from datetime import date, datetime, timedelta

import pytest

from branch_console.rules.statistics.comparing import Comparable, comparable, same_time_before
from branch_console.rules.statistics.instants import Days, Scope
from branch_console.rules.working_time.calendar import Override
from tests.rules.working_time.clock_help import SHANGHAI, calendar


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-20", "2026-11-19"),  # Friday, Thursday
        ("2026-11-23", "2026-11-20"),  # Monday, Friday
        ("2026-10-08", "2026-09-30"),  # after National Day
        ("2026-10-10", "2026-10-09"),  # a Saturday that is worked
        ("2026-10-12", "2026-10-10"),  # the Monday after it: that Saturday, not Friday
        ("2026-02-24", "2026-02-14"),  # after Spring Festival: the made-up Saturday before it
        ("2026-01-04", "2025-12-31"),  # a Sunday that is worked
    ],
)
def test_the_working_day_before(day: str, before: str) -> None:
    assert comparable(calendar(), date.fromisoformat(day)) == Comparable(date.fromisoformat(before), True)


def test_nothing_is_comparable_with_a_day_that_is_not_worked() -> None:
    assert comparable(calendar(), date(2026, 10, 3)) is None
    assert comparable(calendar(), date(2026, 11, 21)) is None
    closed = Override.model_validate(
        {"day": date(2026, 11, 20), "working": False, "why": {"zh": "装修", "en": "Works"}, "hours": []}
    )
    moved = calendar().model_copy(update={"version": 2, "overrides": [closed]})
    assert comparable(moved, date(2026, 11, 23)) == Comparable(date(2026, 11, 19), True)
    assert comparable(moved, date(2026, 11, 20)) is None
    shut = [closed.model_copy(update={"day": date(2026, 11, 20) - timedelta(days=n)}) for n in range(60)]
    assert comparable(calendar().model_copy(update={"version": 3, "overrides": shut}), date(2026, 11, 23)) is None


def test_a_year_that_nobody_has_published_is_said() -> None:
    assert comparable(calendar(), date(2027, 3, 2)) == Comparable(date(2027, 3, 1), False)
    assert comparable(calendar(), date(2027, 1, 1)) == Comparable(date(2026, 12, 31), False)


def scope(at: str, cutoff: int = 0) -> tuple[Scope, Days]:
    moment = datetime.fromisoformat(at)
    days = Days(SHANGHAI, cutoff)
    instant = days.instant(moment)
    assert instant is not None
    return Scope(instant.day, instant.day, moment, staff="g1"), days


def test_the_same_time_of_day_and_never_the_whole_day() -> None:
    asked, days = scope("2026-11-23T10:15:30+08:00")
    found = same_time_before(calendar(), asked)
    assert found is not None
    assert (found.scope.first, found.scope.last, found.scope.staff) == (date(2026, 11, 20), date(2026, 11, 20), "g1")
    assert found.scope.as_of == datetime(2026, 11, 20, 10, 15, 30, tzinfo=SHANGHAI)
    assert found.scope.covers(days.instant("2026-11-20T10:15:30.000+08:00"))
    assert not found.scope.covers(days.instant("2026-11-20T10:15:31.000+08:00"))
    assert not found.scope.covers(days.instant("2026-11-19T10:00:00.000+08:00"))


def test_a_day_that_is_over_is_compared_with_a_whole_day() -> None:
    asked = Scope(date(2026, 11, 23), date(2026, 11, 23), datetime(2026, 11, 24, tzinfo=SHANGHAI))
    found = same_time_before(calendar(), asked)
    assert found is not None
    assert found.scope.covers(Days(SHANGHAI).instant("2026-11-20T23:59:59.999+08:00"))


def test_with_a_cut_off_the_evening_counts_on_both_sides() -> None:
    asked, days = scope("2026-11-19T18:00:00+08:00", cutoff=17 * 60 + 30)
    assert asked.first == date(2026, 11, 20)
    found = same_time_before(calendar(), asked)
    assert found is not None
    assert found.scope.first == date(2026, 11, 19)
    assert found.scope.covers(days.instant("2026-11-18T17:45:00.000+08:00"))
    assert not found.scope.covers(days.instant("2026-11-18T18:15:00.000+08:00"))


def test_several_days_have_no_comparable_one() -> None:
    with pytest.raises(ValueError, match="one day"):
        same_time_before(calendar(), Scope(date(2026, 11, 2), date(2026, 11, 6), datetime.now(SHANGHAI)))
