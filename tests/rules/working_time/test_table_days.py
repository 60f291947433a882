"""The clock table, working days: first contact within 1, internal limit of 10 and before the regulator's 15 natural days.

The day of receipt is not counted; a working day ends at 17:30. Worked out by hand from the days listed in clock_help.
"""
# ruff: noqa: E501  one line, one row

import pytest

from tests.rules.working_time.clock_help import Row, check, names


def first(received: str, due: str, why: str, *, estimated: bool = False) -> Row:
    return Row("first", (f"received {received}",), due, why, estimated=estimated)


def internal(received: str, due: str, why: str, *, estimated: bool = False) -> Row:
    return Row("internal", (f"received {received}",), due, why, estimated=estimated)


ROWS = [
    first("2025-03-03 09:00", "2025-03-04 17:30", "Monday morning: Tuesday is day 1"),
    first("2025-03-03 17:29", "2025-03-04 17:30", "Monday's last minute: Tuesday is day 1 all the same"),
    first("2025-03-03 20:00", "2025-03-04 17:30", "Monday night: the day of receipt is not counted, Tuesday is day 1"),
    first("2025-03-04 00:00", "2025-03-05 17:30", "midnight belongs to Tuesday, so Wednesday is day 1"),
    first("2025-03-04 07:00", "2025-03-05 17:30", "before opening, but it is Tuesday: Wednesday is day 1"),
    first("2025-03-07 16:00", "2025-03-10 17:30", "Friday: Monday is day 1"),
    first("2025-03-08 10:00", "2025-03-10 17:30", "Saturday: Monday is day 1, not Tuesday"),
    first("2025-01-25 10:00", "2025-01-26 17:30", "Saturday before a made-up Sunday: that Sunday is day 1"),
    first("2025-01-26 10:00", "2025-01-27 17:30", "made-up Sunday: Monday 27 Jan is still worked"),
    first("2025-01-27 15:00", "2025-02-05 17:30", "28 Jan–4 Feb off: Wednesday 5 Feb is day 1"),
    first("2025-02-07 10:00", "2025-02-08 17:30", "Friday: Saturday 8 Feb is made up, so it is day 1"),
    first("2025-04-30 10:00", "2025-05-06 17:30", "Wednesday: 1–5 May off, Tuesday 6 May"),
    first("2025-09-27 10:00", "2025-09-28 17:30", "Saturday: Sunday 28 Sep is made up"),
    first("2025-09-30 10:00", "2025-10-09 17:30", "1–8 Oct off (with Mid-Autumn): Thursday 9 Oct"),
    first("2025-10-04 10:00", "2025-10-09 17:30", "received in the holiday: day 1 is the first worked day, 9 Oct"),
    first("2025-10-10 10:00", "2025-10-11 17:30", "Friday: Saturday 11 Oct is made up"),
    first("2025-10-11 16:00", "2025-10-13 17:30", "made-up Saturday: Sunday off, Monday"),
    first("2025-12-31 10:00", "2026-01-04 17:30", "1–3 Jan off: Sunday 4 Jan is made up"),
    first("2026-01-02 10:00", "2026-01-04 17:30", "Friday, but a holiday: Sunday 4 Jan is made up"),
    first("2026-02-27 10:00", "2026-02-28 17:30", "Friday: Saturday 28 Feb is made up; the month's last day"),
    first("2026-02-28 10:00", "2026-03-02 17:30", "made-up Saturday: Sunday 1 Mar off, Monday 2 Mar"),
    first("2026-05-08 10:00", "2026-05-09 17:30", "Friday: Saturday 9 May is made up"),
    first("2026-06-18 10:00", "2026-06-22 17:30", "Thursday: 19–21 Jun off, Monday"),
    first("2026-12-31 10:00", "2027-01-01 17:30", "2027 is not published: reckoned with a Friday, and said so", estimated=True),
    internal("2025-03-03 10:00", "2025-03-17 17:30", "4,5,6,7 (4) · 10–14 (9) · Mon 17 (10); the legal day is 18 March"),
    internal("2025-02-05 10:00", "2025-02-18 17:30", "6,7 (2) · Sat 8 made up (3) · 10–14 (8) · 17,18 (10); legal 20 Feb"),
    internal("2026-09-18 10:00", "2026-09-30 17:30", "10 days would be 9 Oct (Sun 20, 21–24, 28–30, 8, 9 Oct), after the legal day 3 Oct: so the last worked day before that"),
    internal("2024-09-19 10:00", "2024-09-30 17:30", "20, 23–27 (6), Sun 29 (7), 30 (8), 8, 9 Oct (10): after the legal day 4 Oct, so 30 Sep"),
    internal("2025-01-20 10:00", "2025-01-27 17:30", "21–24 (4), Sun 26, 27 (6), 5–7 Feb (9), Sat 8 (10): after the legal day 4 Feb, so 27 Jan"),
    internal("2026-02-10 10:00", "2026-02-25 17:30", "11–13 (3), Sat 14 (4), 24–27 (8), Sat 28 (9), 2 Mar (10): after the legal day 25 Feb, a Wednesday that is worked"),
    internal("2026-12-18 10:00", "2027-01-01 17:30", "21–25 (5), 28–31 (9), Friday 1 Jan (10) if that were worked, which nobody has published: estimated", estimated=True),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_clock_table_of_working_days(row: Row) -> None:
    check(row)
