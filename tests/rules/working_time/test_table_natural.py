"""The clock table, natural days: the regulator's 15 from receipt, 30 for a review; month ends and holidays.

The day of receipt is not counted, the last day ends at 24:00 (民法典 201, 203). Where the last day is a day of rest, the
day that the law moves it to is shown and never reckoned with. Worked out by hand from the days listed in clock_help.
"""
# ruff: noqa: E501  one line, one row

import pytest

from tests.rules.working_time.clock_help import Row, check, names


def legal(received: str, due: str, why: str, *, rolls: str | None = None, estimated: bool = False) -> Row:
    return Row("statutory", (f"received {received}",), due, why, rolls, estimated)


ROWS = [
    legal("2024-03-04 09:00", "2024-03-19", "4 + 15 = 19, a Tuesday"),
    legal("2024-02-14 10:00", "2024-02-29", "14 + 15 = 29, which February 2024 has; Thursday"),
    legal("2025-02-14 10:00", "2025-03-01", "28 Feb is day 14, 1 Mar day 15; a Saturday, so Monday 3 Mar", rolls="2025-03-03"),
    legal("2024-01-31 23:59:59.999", "2024-02-15", "still 31 Jan: 15 Feb, in Spring Festival; Sunday 18 Feb is made up", rolls="2024-02-18"),
    legal("2024-02-01 00:00", "2024-02-16", "midnight is already 1 Feb: 16 Feb; Sunday 18 Feb is made up", rolls="2024-02-18"),
    legal("2024-03-31 10:00", "2024-04-15", "0 days left of March, 15 April; Monday"),
    legal("2024-04-21 10:00", "2024-05-06", "9 days to 30 Apr, 6 of May; Monday, the day after the holiday"),
    legal("2024-04-20 10:00", "2024-05-05", "10 days to 30 Apr, 5 of May; last day of the holiday, Monday 6 May", rolls="2024-05-06"),
    legal("2024-09-16 10:00", "2024-10-01", "14 days to 30 Sep, 1 Oct; National Day until 7 Oct, Tuesday 8 Oct", rolls="2024-10-08"),
    legal("2024-09-14 10:00", "2024-09-29", "a Sunday, but made up, so a working day: nothing moves"),
    legal("2024-10-27 10:00", "2024-11-11", "4 days to 31 Oct, 11 of Nov; Monday"),
    legal("2025-12-18 10:00", "2026-01-02", "13 days to 31 Dec, 2 Jan is off; Sunday 4 Jan is made up", rolls="2026-01-04"),
    legal("2025-12-20 10:00", "2026-01-04", "11 days to 31 Dec, 4 Jan: a made-up Sunday, nothing moves"),
    legal("2025-12-31 18:00", "2026-01-15", "0 days left of the year, 15 Jan; Thursday"),
    legal("2026-01-31 10:00", "2026-02-15", "15 Feb, in Spring Festival until 23 Feb; Tuesday 24 Feb", rolls="2026-02-24"),
    legal("2026-09-18 10:00", "2026-10-03", "12 days to 30 Sep, 3 Oct; National Day until 7 Oct, Thursday 8 Oct", rolls="2026-10-08"),
    legal("2026-09-15 10:00", "2026-09-30", "15 + 15, Wednesday, the last day before the holiday"),
    legal("2026-12-17 10:00", "2027-01-01", "14 days to 31 Dec, 1 Jan 2027: as if a worked Friday, and said to be estimated", estimated=True),
    legal("2026-12-18 10:00", "2027-01-02", "2 Jan 2027 is a Saturday; Monday 4 Jan by the week alone", rolls="2027-01-04", estimated=True),
    Row("review", ("received 2026-01-05 09:00", "notified 2026-01-16 10:00", "review_applied 2026-01-31 10:00"), "2026-03-02", "28 days to 28 Feb, 2 Mar; Monday"),
    Row("right_to_review", ("received 2024-01-22 09:00", "notified 2024-01-31 10:00"), "2024-03-01", "29 days to 29 Feb (leap), 1 Mar; Friday"),
    Row("right_to_review", ("received 2025-01-22 09:00", "notified 2025-01-31 10:00"), "2025-03-02", "28 days to 28 Feb, 2 Mar; Sunday, so Monday", rolls="2025-03-03"),
    Row("pboc", ("transferred 2026-03-02 09:00", "received 2026-03-04 09:00"), "2026-03-17", "the PBoC's own day counts, also when the branch registered the case later"),
    Row("pboc", ("received 2026-03-01 09:00", "transferred 2026-03-02 23:30"), "2026-03-17", "runs from the transfer: 2 + 15; Tuesday"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_clock_table_of_natural_days(row: Row) -> None:
    check(row)
