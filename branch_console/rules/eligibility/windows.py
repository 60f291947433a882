"""Windows that claims are counted in, and how a window of a business day is called.

Names: `CapWindow`, `window_id(window, day)`, `next_window(window, day)`.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

CapWindow: TypeAlias = Literal["campaign", "day", "week", "month"]


def window_id(window: CapWindow, day: date) -> str:
    """The window that a business date lies in: "all", "2026-12-12", "2026-W50" (ISO week), "2026-12"."""
    if window == "campaign":
        return "all"
    if window == "day":
        return day.isoformat()
    if window == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return f"{day.year:04d}-{day.month:02d}"


def next_window(window: CapWindow, day: date) -> date | None:
    """The first business date of the window after the one of `day`; None: there is only one window."""
    if window == "campaign":
        return None
    if window == "day":
        return day + timedelta(days=1)
    if window == "week":
        return day + timedelta(days=8 - day.isoweekday())
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@lru_cache(maxsize=256)
def window_days(window: CapWindow, day: date) -> tuple[str, str]:
    """First and last business date (ISO) of the window that `day` lies in; the whole campaign has no ends."""
    following = next_window(window, day)
    if following is None:
        return "", "9999-12-31"
    first = {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[window]
    return first.isoformat(), (following - timedelta(days=1)).isoformat()
