"""The clock table, rests and extensions: what a pause moves and what it must not, and what extends the legal limit.

All rows without another start begin on Monday 2025-03-03 at 10:00: internal limit Monday 17 March 17:30, legal limit
Tuesday 18 March. A rest moves the internal limit by the working minutes that it lasted, the legal one, only where the
customer was told, by the days. Worked out by hand.
"""
# ruff: noqa: E501  one line, one row

import pytest

from branch_console.rules.working_time.clocks import ClockEvent
from tests.rules.working_time.clock_help import Row, check, extended, names, paused

START = "received 2025-03-03 10:00"
APPRAISAL = "external_appraisal"


def internal(due: str, why: str, *events: str | ClockEvent) -> Row:
    return Row("internal", (START, *events), due, why)


def legal(due: str, why: str, *events: str | ClockEvent, rolls: str | None = None) -> Row:
    return Row("statutory", (START, *events), due, why, rolls)


WAITS = paused("2025-03-04 10:00")
FIRST = extended("2025-03-17 09:00", 1, "reason", told="2025-03-17 09:00")
SECOND = extended("2025-04-01 09:00", 2, "reason", "superior_approval", told="2025-04-01 09:00")
AGAIN = [
    event
    for day in ("04", "05", "06", "07")
    for event in (paused(f"2025-03-{day} 09:00"), f"resumed 2025-03-{day} 10:00")
]

ROWS = [
    internal("2025-03-18 10:30", "rest 10–12: 120; Tuesday 18 March 08:30 + 2 h", WAITS, "resumed 2025-03-04 12:00"),
    internal("2025-03-18 10:00", "rest 11–14: 60 before lunch + 30 after; 08:30 + 1 h 30", paused("2025-03-04 11:00"), "resumed 2025-03-04 14:00"),
    internal("2025-03-17 17:30", "rest within lunch: no working minute", paused("2025-03-04 12:00"), "resumed 2025-03-04 13:30"),
    internal("2025-03-17 17:30", "rest from close to opening: no working minute", paused("2025-03-04 17:30"), "resumed 2025-03-05 08:30"),
    internal("2025-03-18 09:30", "rest Friday 17:00 to Monday 09:00: 30 + 30", paused("2025-03-07 17:00"), "resumed 2025-03-10 09:00"),
    internal("2025-03-18 17:30", "rest of 3 days would give the 20th; never after the legal day, the 18th", paused("2025-03-05 08:30"), "resumed 2025-03-10 08:30"),
    internal("2025-03-18 11:30", "four rests of 60, of which three count: 180; 08:30 + 3 h", *AGAIN),
    internal("2025-03-18 10:30", "an appraisal rests the internal clock, told or not: 10–12", paused("2025-03-04 10:00", APPRAISAL), "resumed 2025-03-04 12:00"),
    legal("2025-03-18", "waiting for the customer never rests the legal clock", WAITS, "resumed 2025-03-14 10:00"),
    legal("2025-03-18", "an appraisal that the customer was not told of does not either", paused("2025-03-05 10:00", APPRAISAL), "resumed 2025-03-09 15:00"),
    legal("2025-03-22", "told at once: 5 to 9 March are 4 days; Saturday 22, so Monday 24", paused("2025-03-05 10:00", APPRAISAL, told="2025-03-05 10:00"), "resumed 2025-03-09 15:00", rolls="2025-03-24"),
    legal("2025-03-20", "told on the 7th only: 7 to 9 March are 2 days", paused("2025-03-05 10:00", APPRAISAL, told="2025-03-07 09:00"), "resumed 2025-03-09 15:00"),
    legal("2025-03-18", "told when it was over: nothing", paused("2025-03-05 10:00", APPRAISAL, told="2025-03-10 09:00"), "resumed 2025-03-09 15:00"),
    legal("2025-03-18", "told before and over the same day: no day", paused("2025-03-05 10:00", APPRAISAL, told="2025-03-05 09:00"), "resumed 2025-03-05 23:00"),
    legal("2025-04-02", "stage 1: 30 days in all; 28 to 31 March, 2 April, Wednesday", FIRST),
    legal("2025-05-02", "stage 2: 60 in all; 28 + 30 to 30 April, 2 May in the holiday, Tuesday 6 May", FIRST, SECOND, rolls="2025-05-06"),
    legal("2025-03-18", "extended without telling the customer: does not count", extended("2025-03-17 09:00", 1, "reason")),
    legal("2025-03-18", "told without a reason: does not count", extended("2025-03-17 09:00", 1, told="2025-03-17 09:00")),
    legal("2025-03-18", "decided on the 17th, but told on the 19th, when it was over: too late", extended("2025-03-17 09:00", 1, "reason", told="2025-03-19 09:00")),
    legal("2025-04-02", "told on the very last day, 18 March 23:59: in time", extended("2025-03-17 09:00", 1, "reason", told="2025-03-18 23:59")),
    legal("2025-04-02", "stage 2 without the superior's approval: stage 1 holds", FIRST, extended("2025-04-01 09:00", 2, "reason", told="2025-04-01 09:00")),
    legal("2025-03-18", "stage 2 without stage 1: does not count", SECOND._replace(at=FIRST.at, told=FIRST.at)),
    legal("2025-04-02", "stage 1 twice is stage 1 once", FIRST, FIRST._replace(at=SECOND.at, told=SECOND.at)),
    legal("2025-04-06", "4 days of appraisal and stage 1: 2 + 4 April, Qingming until the 6th, Monday 7 April", paused("2025-03-05 10:00", APPRAISAL, told="2025-03-05 10:00"), "resumed 2025-03-09 15:00", FIRST, rolls="2025-04-07"),
    Row("internal", ("received 2026-09-18 10:00", extended("2026-09-29 10:00", 1, "reason", told="2026-09-29 10:00")), "2026-10-09 17:30", "legal day now 18 Oct, so the ten days of their own: 9 Oct"),
    Row("internal", ("received 2026-09-18 10:00", extended("2026-10-02 10:00", 1, "reason", told="2026-10-02 10:00")), "2026-09-30 17:30", "extended when the internal limit was missed already: it stays"),
    Row("internal", ("received 2026-09-18 10:00", paused("2026-09-29 10:00", APPRAISAL, told="2026-09-29 10:00"), "resumed 2026-10-04 09:00"), "2026-10-08 17:30", "29 Sep to 4 Oct are 5 days: legal day 8 Oct, which bounds 9 Oct + 360 + 450 of rest; not missed meanwhile"),
    Row("pboc", ("received 2026-03-01 09:00", "transferred 2026-03-02 09:00", extended("2026-03-16 09:00", 1, "reason", "head_approval", told="2026-03-16 09:00")), "2026-05-01", "60 days: 29 to 31 March, 30 April, 1 May; off until the 5th, Wednesday 6 May", "2026-05-06"),
    Row("update", ("received 2024-09-25 10:00", "contact_out 2024-09-27 10:00"), "2024-10-08 17:30", "Sunday 29 made up (1), Monday 30 (2), Tuesday 8 Oct (3)"),
    Row("update", ("received 2024-09-25 10:00", "contact_out 2024-09-27 10:00", paused("2024-09-30 16:30"), "resumed 2024-10-08 09:30"), "2024-10-09 10:30", "rest over National Day: 60 on the 30th + 60 on the 8th = 120"),
    Row("update", ("received 2025-03-03 10:00", "contact_out 2025-03-04 10:00", "contact_out 2025-03-06 16:00"), "2025-03-11 17:30", "each contact begins anew: Friday 7 (1), 10 (2), 11 (3)"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_clock_table_of_rests_and_extensions(row: Row) -> None:
    check(row)
