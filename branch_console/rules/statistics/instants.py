"""A moment with its business day, and the span of days that a figure is asked for.

The business day is decided once, when the row of what happened is made, in the branch's time zone; figures compare days
and never reckon with zones (domain page 4.3). Names: `Instant`, `Days`, `Scope`, `all_days(first, last)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from branch_console.rules.journal import parse_at

_DAY = 1440


class Instant(NamedTuple):
    """When something happened: the aware moment, its business day, how many minutes it had run, the local hour."""

    at: datetime
    day: date
    minute: int
    hour: int


@dataclass(frozen=True)
class Days:
    """How a branch reckons its days. From the cut-off on (minutes after local midnight) it is the next day; 0: never.

    `cutoffs` are those that hold from a local date on, oldest first; before the first of them `cutoff` holds. A
    business day ends by the cut-off of its own date.
    """

    zone: ZoneInfo
    cutoff: int = 0
    cutoffs: tuple[tuple[date, int], ...] = ()

    def cutoff_on(self, day: date) -> int:
        """The cut-off on a local date."""
        found = self.cutoff
        for since, cutoff in self.cutoffs:
            if since <= day:
                found = cutoff
        return found

    def instant(self, at: str | datetime | None) -> Instant | None:
        """The instant of a moment as an entry wrote it. None for what is no moment: it can stand on no day."""
        if isinstance(at, str):
            try:
                at = parse_at(at)
            except ValueError:
                return None
        if at is None or at.tzinfo is None:
            return None
        try:
            local = at.astimezone(self.zone)
            minute = local.hour * 60 + local.minute
            day = local.date()
            cutoff = self.cutoff_on(day)
            if cutoff and minute >= cutoff:
                day += timedelta(days=1)
        except OverflowError:
            return None
        return Instant(at, day, (minute - cutoff) % _DAY, local.hour)

    def day_of(self, now: datetime) -> date:
        """The business day of the present moment."""
        instant = self.instant(now)
        return now.date() if instant is None else instant.day


@dataclass(frozen=True)
class Scope:
    """What a figure is asked for: business days from `first` to `last`, as it was known to be at `as_of`.

    `until` (minutes of the business day) leaves out of each day what came later, so that a day that is not over is
    compared with the same part of another. `staff`: only what that member of staff did.
    """

    first: date
    last: date
    as_of: datetime
    until: int | None = None
    staff: str | None = None

    def __post_init__(self) -> None:
        """Moments of rows are in UTC: compared with one in another zone each would be converted, thousands of times."""
        object.__setattr__(self, "as_of", self.as_of.astimezone(UTC))

    def known(self, instant: Instant | None) -> bool:
        """Whether it had happened by then."""
        return instant is not None and instant.at <= self.as_of

    def covers(self, instant: Instant | None) -> bool:
        """Whether it happened in the span."""
        return (
            instant is not None
            and self.known(instant)
            and self.first <= instant.day <= self.last
            and (self.until is None or instant.minute < self.until)
        )


def all_days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    while first <= last:
        yield first
        first += timedelta(days=1)


EVER: Final = Scope(date.min, date.max, datetime.max.replace(tzinfo=UTC))
"""Everything that is known, of all days, by everybody."""
