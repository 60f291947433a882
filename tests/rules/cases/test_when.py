"""Moments as staff type them. Now is Sunday, 2026-11-22 09:30 in Shenzhen, 30 December, or what a test says."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from branch_console.rules.cases.when import read_past, read_when, short
from branch_console.rules.errors import RuleError
from branch_console.rules.reference import Reference
from branch_console.rules.working_time.calendar import Calendar
from tests.rules.flow_help import documents

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)
NEW_YEAR = datetime(2026, 12, 30, 18, 0, tzinfo=ZONE)
REFERENCE = Reference.parse({name: text for name, text in documents().items() if name.startswith("calendars/")})


def calendar() -> Calendar:
    found = REFERENCE.newest_calendar("cn_branch", NOW.date())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("17:30", "2026-11-22 17:30"),
        ("9:31", "2026-11-22 09:31"),
        ("09:30", "2026-11-23 09:30"),  # now has passed
        ("08:00", "2026-11-23 08:00"),
        ("11-23 10:00", "2026-11-23 10:00"),
        ("1-5 10:00", "2027-01-05 10:00"),
        ("11-22 08:00", "2026-11-22 08:00"),  # today, and past: for the rules to refuse, not to be read as next year
        ("2026-12-01 14:00", "2026-12-01 14:00"),
        ("2025-12-01 14:00", "2025-12-01 14:00"),
        ("１４：３０", "2026-11-22 14:30"),
        ("11－23　10：00", "2026-11-23 10:00"),
        (" 11/23  10:00 ", "2026-11-23 10:00"),
    ],
)
def test_moments_to_come(typed: str, moment: str) -> None:
    assert read_when(typed, NOW, ZONE).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("+1", "2026-11-23 09:30"),  # Sunday is no work: from Monday 08:30
        ("+4", "2026-11-23 14:00"),  # 3.5 hours until lunch, half an hour after it
        ("＋ 8", "2026-11-24 09:00"),  # 7.5 hours on Monday
    ],
)
def test_hours_of_work(typed: str, moment: str) -> None:
    assert read_when(typed, NOW, ZONE, calendar()).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "when_unreadable"),
        ("tomorrow", "when_unreadable"),
        ("25:00", "when_unreadable"),
        ("2-30 10:00", "when_unreadable"),
        ("10", "when_unreadable"),
        ("+0", "when_too_far"),
        ("+401", "when_too_far"),
        ("[/]", "when_unreadable"),
    ],
)
def test_what_is_no_moment(typed: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_when(typed, NOW, ZONE, calendar())
    assert refused.value.code == code


def test_hours_of_work_need_a_calendar() -> None:
    with pytest.raises(RuleError, match="when_no_calendar"):
        read_when("+2", NOW, ZONE)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("18:00", "2026-12-30 18:00"),
        ("18:01", "2026-12-29 18:01"),
        ("12-31 10:00", "2025-12-31 10:00"),
        ("12-28 10:00", "2026-12-28 10:00"),
        ("2026-12-31 10:00", "2026-12-31 10:00"),
    ],
)
def test_moments_that_were(typed: str, moment: str) -> None:
    assert read_past(typed, NEW_YEAR, ZONE).strftime("%Y-%m-%d %H:%M") == moment


def test_the_year_of_a_leap_day_must_have_it() -> None:
    with pytest.raises(RuleError, match="when_unreadable"):
        read_when("02-29 10:00", NOW, ZONE)


def test_a_moment_is_shown_as_it_would_be_typed() -> None:
    assert short(NEW_YEAR, ZONE) == "12-30 18:00"
    assert read_when(short(NEW_YEAR, ZONE), NOW, ZONE) == NEW_YEAR
