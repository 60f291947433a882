"""Days and years: the published lists, the bank's own days, years that nobody knows yet, documents that are wrong."""

from datetime import date, timedelta

import pytest

from branch_console.rules.documents import ReferenceFormatError, read_document
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import elapsed, is_open
from branch_console.rules.working_time.warnings import CalendarWarning, calendar_warnings
from branch_console.rules.working_time.workdays import base_digest, is_known, next_workday, workday
from tests.rules.flow_help import documents
from tests.rules.working_time.clock_help import CALENDAR, around_the_clock, at, calendar


def days(*spans: str) -> set[date]:
    """Days of spans "2024-02-10 2024-02-17" or "2024-01-01"."""
    found: set[date] = set()
    for span in spans:
        first, _, last = span.partition(" ")
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last or first):
            found.add(day)
            day += timedelta(days=1)
    return found


# 国务院办公厅关于2024年（2025年、2026年）部分节假日安排的通知, typed by hand.
OFF = days(
    "2024-01-01", "2024-02-10 2024-02-17", "2024-04-04 2024-04-06", "2024-05-01 2024-05-05", "2024-06-10",
    "2024-09-15 2024-09-17", "2024-10-01 2024-10-07",
    "2025-01-01", "2025-01-28 2025-02-04", "2025-04-04 2025-04-06", "2025-05-01 2025-05-05", "2025-05-31 2025-06-02",
    "2025-10-01 2025-10-08",
    "2026-01-01 2026-01-03", "2026-02-15 2026-02-23", "2026-04-04 2026-04-06", "2026-05-01 2026-05-05",
    "2026-06-19 2026-06-21", "2026-09-25 2026-09-27", "2026-10-01 2026-10-07",
)  # fmt: skip
MADE_UP = days(
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip


def changed(*changes: tuple[str, str], more: str = "") -> Calendar:
    text = documents()[CALENDAR]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_document(Calendar, CALENDAR, text + more)


def test_every_day_of_three_years_is_as_published() -> None:
    every = days("2024-01-01 2026-12-31")
    assert len(every) == 366 + 365 + 365
    for day in every:
        worked = day in MADE_UP or (day.isoweekday() <= 5 and day not in OFF)
        assert workday(calendar(), day)[:2] == (worked, True), day


def test_2026_has_248_working_days_and_not_261() -> None:
    """Domain page §0: 261 Mondays to Fridays, 19 of them off, 6 weekend days made up."""
    year = days("2026-01-01 2026-12-31")
    assert sum(day.isoweekday() <= 5 for day in year) == 261
    assert sum(workday(calendar(), day).working for day in year) == 248


def test_the_library_is_the_one_that_the_document_was_made_with() -> None:
    base = calendar().base
    assert base is not None
    assert base.sha256 == base_digest(base.first_year, base.last_year)


def test_a_year_that_nobody_published_is_said_and_reckoned_by_the_week() -> None:
    assert workday(calendar(), date(2027, 1, 1))[:2] == (True, False)  # a Friday
    assert workday(calendar(), date(2027, 1, 2))[:2] == (False, False)
    assert not is_known(calendar(), date(2026, 12, 31), date(2027, 1, 1))
    assert is_known(calendar(), date(2024, 1, 1), date(2026, 12, 31))
    assert not is_known(calendar(), date(2023, 12, 31), date(2024, 1, 1))  # a year that the document does not claim
    assert is_known(around_the_clock(), date(2019, 1, 1), date(2099, 1, 1))


def test_a_year_that_the_document_claims_and_the_library_lacks_is_not_known() -> None:
    claims = changed(("last_year = 2026", "last_year = 2027"))
    assert not is_known(claims, date(2027, 1, 1), date(2027, 1, 1))
    assert {each.code for each in calendar_warnings(claims, date(2027, 3, 1))} == {
        "this_year_unknown",
        "library_differs",
    }


def test_a_year_published_in_the_document_needs_no_new_library() -> None:
    more = '\n[[years]]\nyear = 2027\nrest = [2027-01-01]\nwork = [2027-01-03]\nsource = "invented for this test"\n'
    known = changed(more=more)
    assert workday(known, date(2027, 1, 1))[:2] == (False, True)
    assert workday(known, date(2027, 1, 3))[:2] == (True, True)
    assert next_workday(known, date(2027, 1, 1)) == date(2027, 1, 3)
    assert calendar_warnings(known, date(2026, 12, 1)) == ()


def test_the_warning_of_the_next_year_is_said_from_the_first_of_november() -> None:
    assert calendar_warnings(calendar(), date(2026, 10, 31)) == ()
    for day in (date(2026, 11, 1), date(2026, 12, 31)):
        assert calendar_warnings(calendar(), day) == (CalendarWarning("next_year_unknown", "cn_branch", 2027),)
    assert calendar_warnings(calendar(), date(2025, 11, 15)) == ()  # 2026 is known
    both = calendar_warnings(calendar(), date(2027, 11, 1))
    assert [(each.code, each.year, each.urgent) for each in both] == [
        ("this_year_unknown", 2027, True),
        ("next_year_unknown", 2028, False),
    ]


def test_the_banks_own_days_come_before_all_others() -> None:
    words = 'why = { zh = "示例", en = "Example" }\n'
    bank = changed(
        more=f"\n[[overrides]]\nday = 2026-12-30\nworking = false\n{words}"
        f'\n[[overrides]]\nday = 2026-12-31\nworking = true\nhours = [["08:30", "12:00"]]\n{words}'
        f"\n[[overrides]]\nday = 2026-10-04\nworking = true\n{words}"
        f"\n[[overrides]]\nday = 2027-01-01\nworking = false\n{words}"
    )
    assert elapsed(bank, at("2026-12-30 00:00"), at("2026-12-31 00:00")) == timedelta(0)
    assert elapsed(bank, at("2026-12-31 00:00"), at("2027-01-01 00:00")) == timedelta(minutes=210)
    assert elapsed(bank, at("2026-10-04 00:00"), at("2026-10-05 00:00")) == timedelta(minutes=450)
    assert workday(bank, date(2027, 1, 1))[:2] == (False, True)
    why = workday(bank, date(2026, 12, 30)).why
    assert why is not None
    assert why.zh == "示例"


def test_a_branch_that_works_on_saturdays_still_rests_on_a_holiday_saturday() -> None:
    six = changed(("week = [1, 2, 3, 4, 5]", "week = [1, 2, 3, 4, 5, 6]"))
    assert workday(six, date(2026, 9, 12)).working
    assert not workday(six, date(2026, 10, 3)).working


def test_open_and_closed() -> None:
    moments = {
        "08:29": False,
        "08:30": True,
        "11:59": True,
        "12:00": False,
        "13:30": True,
        "17:29": True,
        "17:30": False,
    }
    for time, is_working in moments.items():
        assert is_open(calendar(), at(f"2025-10-11 {time}")) is is_working, time
    assert not is_open(calendar(), at("2025-10-12 10:00"))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('["08:30", "12:00"]', '["08:30", "14:00"]', "hours.1"),
        ('["08:30", "12:00"]', '["12:00", "08:30"]', "hours.0"),
        ('["08:30", "12:00"]', '["08:30", "25:00"]', "hours.0.1"),
        ("week = [1, 2, 3, 4, 5]", "week = []", "week"),
        ("Asia/Shanghai", "Asia/Shenzhen", "timezone"),
        ("last_year = 2026", "last_year = 2020", "base.last_year"),
    ],
)
def test_a_wrong_calendar_is_refused_with_its_place(old: str, new: str, key: str) -> None:
    with pytest.raises(ReferenceFormatError) as raised:
        changed((old, new))
    assert raised.value.key == key


NO_DAY = "[[overrides]]\nday = 2027-01-01\nworking = false\nwhy = { zh = '一', en = 'x' }\n"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("[[years]]\nyear = 2027\nrest = [2026-01-01]\nwork = []\n", "years.0.rest"),
        ("[[years]]\nyear = 2027\nrest = [2027-01-01]\nwork = [2027-01-01]\n", "years.0.work"),
        (NO_DAY + "hours = [['08:00', '09:00']]\n", "overrides.0.hours"),
        (NO_DAY + NO_DAY, "overrides.1.day"),
    ],
)
def test_wrong_days_are_refused_with_their_place(more: str, key: str) -> None:
    with pytest.raises(ReferenceFormatError) as raised:
        changed(more="\n" + more)
    assert raised.value.key == key
