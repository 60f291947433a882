"""Targets: the days of a period add up to its total exactly, weighted by working days; and what is expected by now."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.targets import Expected, Target, Targets, expected, target_for, worked_share
from branch_console.rules.working_time.workdays import workday
from tests.rules.flow_help import documents, reference
from tests.rules.working_time.clock_help import SHANGHAI, calendar

NAME = "targets/branch_targets.v1.toml"
FIGURE = "journeys.onboarded"


def target(first: str, last: str, total: int) -> Target:
    return Target(
        branch="SZ01", figure=FIGURE, first=date.fromisoformat(first), last=date.fromisoformat(last), total=total
    )


def found(period: Target, day: date, at: str | None = None) -> Expected:
    now = None if at is None else datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=SHANGHAI)
    asked = expected(period, calendar(), day, now)
    assert asked is not None
    return asked


def numbers(asked: Expected) -> list[Fraction | int]:
    return [asked.workday, asked.workdays, asked.day_total, asked.by_now]


def document(version: int, effective: date, *targets: Target, name: str = "branch_targets") -> Targets:
    return Targets(id=name, version=version, effective_from=effective, targets=list(targets))


def test_the_published_sample() -> None:
    on = date(2026, 11, 20)
    sample = target_for(reference().targets.values(), "SZ01", FIGURE, on)
    assert sample is not None
    assert (sample.total, sample.first, sample.last) == (210, date(2026, 11, 1), date(2026, 11, 30))
    asked = found(sample, on)
    assert numbers(asked) == [15, 21, 10, 150]
    for each in reference().targets.values():
        assert each.sample is not None
        for row in each.targets:
            assert row.confirm
            assert FIGURES[row.figure].how == "count", "only counts can be spread over days"


def test_october_has_holidays_and_a_saturday_that_is_worked() -> None:
    october = target("2026-10-01", "2026-10-31", 180)
    assert found(october, date(2026, 10, 31)).workdays == 18
    holiday = found(october, date(2026, 10, 3))
    assert numbers(holiday) == [0, 18, 0, 0]
    saturday = found(october, date(2026, 10, 10))
    assert numbers(saturday) == [3, 18, 10, 30]
    sunday = found(october, date(2026, 10, 11), "15:00")
    assert numbers(sunday) == [3, 18, 0, 30]


def test_within_a_day_it_grows_with_working_time() -> None:
    november, friday = target("2026-11-01", "2026-11-30", 210), date(2026, 11, 20)
    minutes = {"08:30": 0, "10:15": 105, "12:00": 210, "13:00": 210, "17:30": 450, "23:00": 450}
    for at, share in ((at, Fraction(worked, 450)) for at, worked in minutes.items()):
        asked = found(november, friday, at)
        assert asked.day_by_now == 10 * share
        assert asked.by_now == 140 + 10 * share
        assert asked.day_total == 10
    assert worked_share(calendar(), date(2026, 11, 21), datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)) == 0


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 60), st.integers(1, 999), st.integers(0, 1440))
def test_the_days_add_up_to_the_total(first: date, length: int, total: int, minute: int) -> None:
    last = min(first + timedelta(days=length), date(2026, 12, 31))
    period = target(first.isoformat(), last.isoformat(), total)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = [day for day in days if workday(calendar(), day).working]
    if not worked:
        assert expected(period, calendar(), first, None) is None
        return
    whole = [found(period, day) for day in days]
    assert sum(each.day_total for each in whole) == whole[-1].by_now == total
    assert {each.day_total for each in whole if each.day_total} == {Fraction(total, len(worked))}
    midday = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI) + timedelta(minutes=minute)
    early, late = (expected(period, calendar(), first, now) for now in (midday, midday + timedelta(minutes=30)))
    assert early is not None
    assert late is not None
    assert early.by_now <= late.by_now <= whole[0].by_now


def test_no_working_day_no_expectation_and_no_day_outside() -> None:
    assert expected(target("2026-10-01", "2026-10-07", 10), calendar(), date(2026, 10, 3), None) is None
    with pytest.raises(ValueError, match="not in the target's period"):
        expected(target("2026-10-01", "2026-10-31", 10), calendar(), date(2026, 11, 1), None)


def test_a_period_in_a_year_that_nobody_has_published_is_estimated() -> None:
    assert not found(target("2026-12-15", "2027-01-15", 10), date(2026, 12, 16)).calendar_known
    assert found(target("2026-12-01", "2026-12-31", 10), date(2026, 12, 16)).calendar_known


def test_the_newest_version_in_force_counts() -> None:
    day, old, new = date(2026, 11, 20), target("2026-11-01", "2026-11-30", 1), target("2026-11-01", "2026-11-30", 2)
    first, second = document(1, date(2026, 1, 1), old), document(2, date(2026, 11, 10), new)
    assert target_for([second, first], "SZ01", FIGURE, day) == new
    assert target_for([second, first], "SZ01", FIGURE, date(2026, 11, 9)) == old
    assert target_for([first], "SZ02", FIGURE, day) is None
    assert target_for([first], "SZ01", "journeys.received", day) is None
    assert target_for([first, document(3, date(2026, 1, 1))], "SZ01", FIGURE, day) is None, "taken back"
    extra = document(1, date(2026, 11, 1), new, name="campaign_month")
    assert target_for([first, extra], "SZ01", FIGURE, day) == new


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("first = 2026-11-01", "first = 2026-10-31", "targets.1.first"),
        ("last = 2026-12-31", "last = 2026-11-30", "targets.2.last"),
        ("last = 2026-12-31", "last = 2027-12-31", "targets.2.last"),
        ("total = 230", "total = 0", "targets.2.total"),
        ('figure = "journeys.onboarded"', 'figure = "Onboarded"', "targets.0.figure"),
    ],
)
def test_a_wrong_document_names_its_line(old: str, new: str, key: str) -> None:
    with pytest.raises(ReferenceFormatError) as wrong:
        Reference.parse({NAME: documents()[NAME].replace(old, new, 1)})
    assert wrong.value.key == key
