"""Conditions about time (3): `Period`, `Recurring`, `WithinDaysOf`; and `Hours`, `Runs`.

All of them look at the branch's business date and clock.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from branch_console.rules.documents import Many, Part
from branch_console.rules.eligibility.condition_base import Fault, Leaf


class Runs(Part):
    """Business dates from … to, both included; written `from` and `to` in a document."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    starts: Annotated[date, Field(alias="from")]
    ends: Annotated[date, Field(alias="to")]


class Period(Leaf):
    """Today lies in a span of business dates; either end may be open. Written `from` and `to` in a document."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    type: Literal["period"]
    starts: Annotated[date | None, Field(alias="from")] = None
    ends: Annotated[date | None, Field(alias="to")] = None

    def faults(self) -> list[Fault]:
        """At least one end, in order."""
        if self.starts is None and self.ends is None:
            return [((), "a period needs from, to or both")]
        if self.starts is not None and self.ends is not None and self.ends < self.starts:
            return [(("to",), "is before from")]
        return []


class Hours(Part):
    """Full hours of the day: from `start` o'clock until before `end` o'clock (24 = midnight)."""

    start: Annotated[int, Field(ge=0, le=23)]
    end: Annotated[int, Field(ge=1, le=24)]


class Recurring(Leaf):
    """On certain weekdays (1 = Monday), at certain hours, on public holidays or on work days (make-up days counted).

    What is given must all hold. The calendar of a year that has not been published is not known.
    """

    type: Literal["recurring"]
    weekdays: Many[Annotated[int, Field(ge=1, le=7)]]
    hours: Many[Hours]
    calendar: Literal["holiday", "workday"] | None = None

    def faults(self) -> list[Fault]:
        """Something is given; hours in order."""
        if not self.weekdays and not self.hours and self.calendar is None:
            return [((), "needs weekdays, hours or calendar")]
        return [
            (("hours", i, "end"), "is not after start") for i, each in enumerate(self.hours) if each.end <= each.start
        ]


class WithinDaysOf(Leaf):
    """Not more than `days` days after the wallet was opened; or in the month of the customer's birthday."""

    type: Literal["within_days_of"]
    event: Literal["wallet_opened_on", "birthday_month"]
    days: Annotated[int, Field(ge=0, le=3660)] | None = None

    def faults(self) -> list[Fault]:
        """`days` stands exactly with the opening of the wallet."""
        if (self.event == "wallet_opened_on") != (self.days is not None):
            return [(("days",), "belongs to event = wallet_opened_on, and only to it")]
        return []
