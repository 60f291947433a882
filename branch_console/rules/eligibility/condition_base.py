"""What all conditions have in common.

Names: `Leaf` (base of the 27), `Counted` (leaves that look at payments in a window), `Span`, `Fault`.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from branch_console.rules.documents import Many, Part

Fault: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where inside a condition something is wrong (keys as in the document), and what."""

Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Least: TypeAlias = Annotated[int, Field(ge=1, le=2**53 - 1)]
Span: TypeAlias = Literal["days", "campaign", "month"]
"""The last `days` business days with today, the campaign so far, the calendar month so far."""


class Leaf(Part):
    """A condition that asks for facts. A fact older than `max_age` hours counts as not known."""

    type: str
    max_age: Annotated[int, Field(ge=1, le=8760)] | None = None

    def faults(self) -> list[Fault]:
        """What is wrong although every value has the right form."""
        return []


class Counted(Leaf):
    """A condition about payments in a window.

    Only spending counts: transfers and payments to a merchant of the customer's own do not, refunds are taken off.
    `merchants` and `mcc` narrow it; with both, a payment that fits either counts.
    """

    window: Span
    days: Annotated[int, Field(ge=1, le=730)] | None = None
    merchants: Many[Name]
    mcc: Many[Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]]

    def faults(self) -> list[Fault]:
        """`days` stands exactly with the rolling window."""
        if (self.window == "days") != (self.days is not None):
            return [(("days",), "belongs to window = days, and only to it")]
        return []
