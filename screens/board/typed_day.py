"""A day as somebody types it."""

import re
from datetime import date

from branch_console.figure_views.board import DaySpan
from branch_console.locale import t

_PARTS = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


class NoDayError(ValueError):
    """Why a typed day cannot be opened, in words."""


def typed_day(text: str, days: DaySpan) -> date:
    """The day that is meant: with its year, or month and day for the newest such day.

    Raises NoDayError for what is no day, for one before the branch's first and for one that is still to come.
    """
    day = _read(text.strip(), days.last)
    if day is None:
        raise NoDayError(t("board.days.wrong"))
    if day < days.first:
        raise NoDayError(t("board.days.too_early", first=days.first.isoformat()))
    if day > days.last:
        raise NoDayError(t("board.days.too_late", last=days.last.isoformat()))
    return day


def _read(text: str, last: date) -> date | None:
    found = _PARTS.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        return None
    year, month, day = (None if each is None else int(each) for each in found.groups())
    assert month is not None and day is not None  # noqa: S101  both patterns have them
    # The 29th of February comes once in four years, or in eight around 2100.
    years = (year,) if year is not None else range(last.year, max(last.year - 9, 0), -1)
    for each in years:
        try:
            meant = date(each, month, day)
        except ValueError:
            continue
        if year is not None or meant <= last:
            return meant
    return None
