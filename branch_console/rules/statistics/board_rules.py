"""What a bank sets for the Day board: cut-off of the business day, weeks of retention, limits of the signs of fraud.

A document of the reference data. Names: `BoardRules`, `Limits`, `days_of(versions, zone)`.
"""

from collections.abc import Iterable
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field

from branch_console.rules.documents import Document, Part, Sourced
from branch_console.rules.statistics.instants import Days


class Limits(NamedTuple):
    """From what on something is a sign; the bank's to set. `minutes` is the span of `in_minutes` hand-overs.

    `share` (per cent) of at least `least` hand-overs is that of those confirmed by a note of the staff instead of the
    customer's code, and of those ruled badly. `clock_ms` is how far a terminal's clock may be off.
    """

    same_person: int
    same_phone: int
    same_device: int
    referrals: int
    in_minutes: int
    minutes: int
    pair: int
    share: int
    least: int
    clock_ms: int


class Count(Sourced):
    """A number from 1 on, and where it comes from."""

    value: Annotated[int, Field(ge=1, le=10_000_000)]


class Minutes(Sourced):
    """Minutes after midnight, and where they come from. A cut-off in the morning would make no day's work."""

    value: Annotated[int, Field(ge=0, lt=24 * 60)]


class Percent(Sourced):
    """A share in per cent, and where it comes from."""

    value: Annotated[int, Field(ge=1, le=100)]


class Weeks(Sourced):
    """A number of weeks, and where it comes from."""

    value: Annotated[int, Field(ge=1, le=26)]


class Signs(Part):
    """The limits, named as in `Limits`."""

    same_person: Count
    same_phone: Count
    same_device: Count
    referrals: Count
    in_minutes: Count
    minutes: Count
    pair: Count
    share: Percent
    least: Count
    clock_ms: Count


class BoardRules(Document):
    """Numbers that hold for all branches. `cutoff` holds from the day on which its version comes into force."""

    cutoff: Minutes
    retention: Weeks
    signs: Signs

    @property
    def cutoff_minutes(self) -> int:
        """From so many minutes after midnight on it is the next business day; 0: at midnight."""
        return self.cutoff.value

    @property
    def retention_weeks(self) -> int:
        """For how many weeks after onboarding retention is shown."""
        return self.retention.value

    @property
    def limits(self) -> Limits:
        """From what on something is a sign."""
        return Limits(*(getattr(self.signs, name).value for name in Limits._fields))


def days_of(versions: Iterable[BoardRules], zone: ZoneInfo) -> Days:
    """How a branch reckons its days: each version's cut-off from its first day on, so that no past day ever moves.

    Of versions that come into force on one day the newest counts.
    """
    ordered = sorted(versions, key=lambda each: (each.effective_from, each.version))
    return Days(zone, cutoffs=tuple({each.effective_from: each.cutoff_minutes for each in ordered}.items()))
