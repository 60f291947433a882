"""The model of a calendar: which days are worked, at which hours, and for which years that is really known.

Sources: State Council notices on holidays (国务院办公厅关于…年部分节假日安排的通知), as carried by chinesecalendar
(MIT). A year that the library does not know yet is published in the document (`years`) and needs no new software.
Names: `Calendar`, `Override`, `YearDays`, `minute_of_day(text)`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints

from branch_console.rules.documents import Document, Many, Part, Sourced, Words

TimeOfDay: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Span: TypeAlias = Annotated[list[TimeOfDay], Field(min_length=2, max_length=2)]
Problem: TypeAlias = tuple[tuple[str | int, ...], str]

_TIME = re.compile(r"([0-9]{2}):([0-9]{2})")


def minute_of_day(text: str) -> int:
    """Minutes since midnight of "08:30"; "24:00" is 1440, so that a day has no lost last minute (Zammad #3180)."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


class Override(Sourced):
    """One day on which the bank does otherwise than the country: closed, open, or open at other hours."""

    day: date
    working: bool
    why: Words
    hours: Many[Span]


class YearDays(Sourced):
    """The published list of one year: days of rest that fall on work days, and weekend days that are worked (调休)."""

    year: Annotated[int, Field(ge=2000, le=2199)]
    rest: list[date]
    work: list[date]


class Base(Part):
    """What the calendar takes from chinesecalendar: these years and no others, whatever a newer library may know.

    `sha256` is the digest of those days (`workdays.base_digest`), so that another library is noticed.
    """

    name: Literal["chinesecalendar"]
    first_year: int
    last_year: int
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Calendar(Document, Sourced):
    """A calendar. `week` are the weekdays that are worked (1 = Monday), `hours` the spans of every working day, make-up
    days included; lunch is simply not in them.

    Without `base` and `holidays = false` there are no holidays and every year is known, e.g. for a desk that never
    closes. From the first day of `warn_from_month` on it is said when the next year is not known.
    """

    title: Words
    timezone: str
    week: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)]
    hours: Annotated[list[Span], Field(min_length=1)]
    holidays: bool = True
    base: Base | None = None
    years: Many[YearDays]
    overrides: Many[Override]
    warn_from_month: Annotated[int, Field(ge=1, le=12)] = 11

    def __hash__(self) -> int:
        """By name: what is worked out from a calendar is kept by it."""
        return hash((self.id, self.version))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its days and hours."""
        return ZoneInfo(self.timezone)

    def problems(self) -> list[Problem]:
        """Hours that overlap, days that stand twice or in another year, and what cannot be known."""
        return list(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.timezone not in available_timezones():
            yield ("timezone",), "no known time zone"
        if not self.holidays and (self.base or self.years):
            yield ("holidays",), "is false, and yet holidays are given"
        if self.base is not None and self.base.last_year < self.base.first_year:
            yield ("base", "last_year"), "is before first_year"
        yield from _in_order(("hours",), self.hours)
        seen: set[date] = set()
        for number, override in enumerate(self.overrides):
            if override.day in seen:
                yield ("overrides", number, "day"), f"{override.day} stands twice"
            seen.add(override.day)
            if override.hours and not override.working:
                yield ("overrides", number, "hours"), "a day that is not worked has no hours"
            yield from _in_order(("overrides", number, "hours"), override.hours)
        years: set[int] = set()
        for number, listed in enumerate(self.years):
            if listed.year in years:
                yield ("years", number, "year"), f"{listed.year} stands twice"
            years.add(listed.year)
            if any(each.year != listed.year for each in [*listed.rest, *listed.work]):
                yield ("years", number, "rest"), "a day of another year"
            if set(listed.rest) & set(listed.work):
                yield ("years", number, "work"), "a day both of rest and of work"


def _in_order(path: tuple[str | int, ...], hours: list[Span]) -> Iterator[Problem]:
    """Spans must be longer than nothing and follow each other."""
    last = 0
    for number, (opens, closes) in enumerate(hours):
        if minute_of_day(closes) <= minute_of_day(opens) or minute_of_day(opens) < last:
            yield (*path, number), "spans must be in order and must not overlap"
        last = minute_of_day(closes)
