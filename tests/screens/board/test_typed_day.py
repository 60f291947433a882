"""What people type for a day."""

from datetime import date

import pytest

from branch_console.figure_views.board import DaySpan
from branch_console.locale import set_language
from screens.board.typed_day import NoDayError, typed_day

DAYS = DaySpan(date(2024, 2, 29), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-18", date(2026, 11, 18)),
        (" 20261118 ", date(2026, 11, 18)),
        ("2026/1/8", date(2026, 1, 8)),
        ("2026年1月8日", date(2026, 1, 8)),
        ("11-20", date(2026, 11, 20)),
        ("11.21", date(2025, 11, 21)),
        ("2-29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_understood(typed: str, meant: date) -> None:
    assert typed_day(typed, DAYS) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "这不是日期"), ("13-4", "这不是日期"), ("2026-02-29", "这不是日期"), ("0000-01-01", "这不是日期"),
        ("18", "这不是日期"), ("2024-02-28", "最早的一天是 2024-02-29"), ("2026-11-21", "还没到"),
    ],
)  # fmt: skip
def test_what_is_none_says_why(typed: str, why: str) -> None:
    set_language("zh")
    with pytest.raises(NoDayError, match=why):
        typed_day(typed, DAYS)
