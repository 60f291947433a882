"""The clock table, working minutes: 120 minutes to call back after an abnormal deduction; and 15 minutes of real time.

Hours 08:30–12:00, 13:30–17:30. Every value is worked out by hand from the days listed in clock_help.
"""
# ruff: noqa: E501  one line, one row

import pytest

from tests.rules.working_time.clock_help import Row, check, names


def call_back(received: str, due: str, why: str) -> Row:
    return Row("callback", (f"received {received}",), due, why)


ROWS = [
    call_back("2024-03-04 09:00", "2024-03-04 11:00", "Monday morning, nothing between: 9 + 2 h"),
    call_back("2024-03-04 08:30", "2024-03-04 10:30", "at the very opening"),
    call_back("2024-03-04 10:00", "2024-03-04 12:00", "the 120th minute is the last before lunch, not 13:30"),
    call_back("2024-03-04 11:00", "2024-03-04 14:30", "60 until lunch at 12:00, the other 60 from 13:30"),
    call_back("2024-03-04 11:59", "2024-03-04 15:29", "1 minute until lunch, 119 from 13:30: 13:30 + 1 h 59"),
    call_back("2024-03-04 12:00", "2024-03-04 15:30", "lunch has begun: all 120 from 13:30"),
    call_back("2024-03-04 12:45", "2024-03-04 15:30", "in the middle of lunch: all 120 from 13:30"),
    call_back("2024-03-04 13:30", "2024-03-04 15:30", "lunch is just over"),
    call_back("2024-03-04 15:30", "2024-03-04 17:30", "the 120th minute is the last of the day, not tomorrow 08:30"),
    call_back("2024-03-04 16:30", "2024-03-05 09:30", "60 until 17:30, 60 from Tuesday 08:30"),
    call_back("2024-03-04 17:30", "2024-03-05 10:30", "closed: all 120 from Tuesday 08:30"),
    call_back("2024-03-04 23:59", "2024-03-05 10:30", "night: all 120 from Tuesday 08:30"),
    call_back("2024-03-05 00:00", "2024-03-05 10:30", "midnight belongs to Tuesday: from 08:30"),
    call_back("2024-03-05 06:00", "2024-03-05 10:30", "before opening: from 08:30"),
    call_back("2024-03-08 17:00", "2024-03-11 10:00", "Friday: 30 until 17:30; Sat, Sun off; Monday 90: 08:30 + 1 h 30"),
    call_back("2024-03-09 10:00", "2024-03-11 10:30", "Saturday is not worked: all 120 from Monday 08:30"),
    call_back("2024-03-10 23:00", "2024-03-11 10:30", "Sunday night: all 120 from Monday 08:30"),
    call_back("2024-02-29 17:00", "2024-03-01 10:00", "leap day, a Thursday: 30, then Friday 90"),
    call_back("2024-02-04 10:00", "2024-02-04 12:00", "Sunday, but made up for Spring Festival: works like any day"),
    call_back("2024-02-02 17:00", "2024-02-04 10:00", "Friday 30; Saturday 3 Feb off; Sunday 4 Feb made up: 90"),
    call_back("2024-02-09 16:30", "2024-02-18 09:30", "New Year's Eve was worked: 60; 10–17 Feb off; Sunday 18 Feb made up: 60"),
    call_back("2024-04-03 17:20", "2024-04-07 10:20", "Wednesday 10; 4–6 Apr off; Sunday 7 Apr made up: 110 = 08:30 + 1 h 50"),
    call_back("2024-05-11 16:30", "2024-05-13 09:30", "Saturday 11 May made up: 60; Sunday off; Monday 60"),
    call_back("2024-09-30 17:00", "2024-10-08 10:00", "Monday 30; National Day 1–7 Oct off; Tuesday 8 Oct 90"),
    call_back("2024-10-12 16:00", "2024-10-14 09:00", "Saturday 12 Oct made up: 90; Sunday off; Monday 30"),
    call_back("2024-12-31 17:00", "2025-01-02 10:00", "Tuesday 30; New Year off; Thursday 2 Jan 90"),
    call_back("2025-01-26 11:30", "2025-01-26 15:00", "Sunday 26 Jan made up: 30 until lunch, 90 from 13:30"),
    call_back("2025-01-27 17:00", "2025-02-05 10:00", "Monday 30; 28 Jan–4 Feb off; Wednesday 5 Feb 90"),
    call_back("2026-02-14 17:00", "2026-02-24 10:00", "Saturday 14 Feb made up: 30; 15–23 Feb off; Tuesday 24 Feb 90"),
    call_back("2026-10-03 15:00", "2026-10-08 10:30", "received in National Day: all 120 from Thursday 8 Oct 08:30"),
    Row("contain", ("received 2024-03-04 09:00",), "2024-03-04 09:15", "real minutes, so 15 later"),
    Row("contain", ("received 2024-03-04 11:50",), "2024-03-04 12:05", "a loss does not wait for lunch to be over"),
    Row("contain", ("received 2024-03-04 23:50",), "2024-03-05 00:05", "over midnight no minute is lost: 10 + 5"),
    Row("contain", ("received 2024-12-31 23:55",), "2025-01-01 00:10", "over the year's end: 5 + 10"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_clock_table_of_minutes(row: Row) -> None:
    check(row)
