"""Moments as staff type them, in the local time of the branch: the one parser of all forms about cases.

`HH:MM`, `MM-DD HH:MM`, `YYYY-MM-DD HH:MM`, and `+N`: in so many hours of work. Width, the kind of dash and of colon,
and blanks around do not matter, so that a Chinese input method may stay on. Names: `read_when`, `read_past`, `short`.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from branch_console.rules.errors import RuleError
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import advance

_AT = re.compile(r"(?:(?:([0-9]{4})-)?([0-9]{1,2})-([0-9]{1,2}) )?([0-9]{1,2}):([0-9]{2})")
_HOURS = re.compile(r"\+ ?([0-9]{1,3})")
_MOST_HOURS = 400
"""About a quarter of a year of work; more than that is a slip of the hand."""
_DAY = timedelta(days=1)


def read_when(text: str, now: datetime, zone: ZoneInfo, calendar: Calendar | None = None) -> datetime:
    """The moment that was typed for something to come. `HH:MM` is today's, or tomorrow's when that has passed.

    A day without its year is the next one of that name. `calendar` says which hours are worked, for `+N`. `now` is
    aware. Raises RuleError `when_unreadable`, `when_too_far`, `when_no_calendar`.
    """
    typed = _tidy(text)
    hours = _HOURS.fullmatch(typed)
    if hours is not None:
        return _in_hours(int(hours[1]), now, zone, calendar)
    local = now.astimezone(zone)
    year, month, day, found = _read(typed, local)
    if month is None or day is None:
        return found if found > local else found + _DAY
    if year is None and found <= local and found.date() != local.date():
        return _built(local.year + 1, month, day, found)
    return found


def read_past(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that was typed for something that has happened. `HH:MM` is today's, or yesterday's when it is to come.

    A day without its year is the last one of that name. Raises RuleError `when_unreadable`.
    """
    local = now.astimezone(zone)
    year, month, day, found = _read(_tidy(text), local)
    if month is None or day is None:
        return found if found <= local else found - _DAY
    if year is None and found > local and found.date() != local.date():
        return _built(local.year - 1, month, day, found)
    return found


def short(at: datetime, zone: ZoneInfo) -> str:
    """A moment as it would be typed: `11-23 17:30`."""
    return at.astimezone(zone).strftime("%m-%d %H:%M")


def _tidy(text: str) -> str:
    """Narrow, with ordinary dashes, colons and single blanks."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u2010-\u2015\u2212\u30fc/.]", "-", plain)
    return " ".join(plain.replace("\u2236", ":").split())


def _read(typed: str, local: datetime) -> tuple[int | None, int | None, int | None, datetime]:
    """Year, month and day as far as they were typed, and the moment in this year or today."""
    found = _AT.fullmatch(typed)
    if found is None:
        raise RuleError("when_unreadable")
    year, month, day, hour, minute = (None if each is None else int(each) for each in found.groups())
    at = local.replace(second=0, microsecond=0)
    try:
        at = at.replace(hour=hour or 0, minute=minute or 0)
    except ValueError as error:
        raise RuleError("when_unreadable") from error
    if month is None or day is None:
        return None, None, None, at
    return year, month, day, _built(local.year if year is None else year, month, day, at)


def _built(year: int, month: int, day: int, at: datetime) -> datetime:
    try:
        return at.replace(year=year, month=month, day=day)
    except ValueError as error:
        raise RuleError("when_unreadable") from error


def _in_hours(hours: int, now: datetime, zone: ZoneInfo, calendar: Calendar | None) -> datetime:
    """When so many hours have been worked, to the full minute."""
    if calendar is None:
        raise RuleError("when_no_calendar")
    if not 0 < hours <= _MOST_HOURS:
        raise RuleError("when_too_far")
    start = now.astimezone(zone).replace(second=0, microsecond=0)
    if start < now:
        start += timedelta(minutes=1)
    return advance(calendar, start, timedelta(hours=hours)).astimezone(zone)
