"""Conditions about caps (4) and risk (2): `ClaimsBelow`, `BudgetLeft`, `Stock`, `VelocityBelow`; `RiskBelow`,
`NoOpenHold`.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from branch_console.rules.eligibility.condition_base import Leaf, Least
from branch_console.rules.eligibility.windows import CapWindow
from branch_console.rules.gifts.parts import Sku

CapScope: TypeAlias = Literal[
    "person", "wallet", "phone", "device", "household", "referrer", "staff", "terminal", "branch", "campaign"
]


class ClaimsBelow(Leaf):
    """Fewer than `cap` rewards of this campaign were claimed in the window by whoever the scope names.

    `person` is what the campaign recognises a person by: the identity document, or the phone.
    """

    type: Literal["claims_below"]
    scope: CapScope
    window: CapWindow
    cap: Least


class BudgetLeft(Leaf):
    """At least so many fen of the campaign's budget are left."""

    type: Literal["budget_left"]
    at_least_fen: Least


class Stock(Leaf):
    """At least `quantity` of one of the items is in the branch, or in the drawer of this terminal."""

    type: Literal["stock"]
    skus: Annotated[list[Sku], Field(min_length=1, max_length=20)]
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    location: Literal["branch", "drawer"] = "branch"


class VelocityBelow(Leaf):
    """This terminal, or whoever works at it, handed over fewer than `cap` rewards in the last hour or today."""

    type: Literal["velocity_below"]
    of: Literal["terminal", "staff"]
    per: Literal["hour", "day"]
    cap: Least


class RiskBelow(Leaf):
    """The risk score of the customer (0 to 100) is below `score`."""

    type: Literal["risk_below"]
    score: Annotated[int, Field(ge=1, le=100)]


class NoOpenHold(Leaf):
    """No risk hold is open on the customer."""

    type: Literal["no_open_hold"]
