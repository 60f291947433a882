"""All 31 types of conditions: 27 leaves (3 time, 9 customer, 9 behaviour, 4 caps, 2 risk) and 4 that combine them.

Names: `Condition` (the union, told apart by `type`), `All`, `AnyOf`, `Not`, `AtLeastN`, `AnyLeaf`, `TYPES` (all type
names), `children(condition)`, `walk(condition)` (path and condition, depth first).

As TOML: `[rule] type = "all"`, then `[[rule.of]] type = "spend_in_window"` …; `not` has one table: `[rule.of]`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field

from branch_console.rules.documents import Part
from branch_console.rules.eligibility.condition_base import Fault
from branch_console.rules.eligibility.condition_behaviour import (
    DistinctDays,
    DistinctMerchants,
    FirstTxn,
    FirstWallet,
    PointsAtLeast,
    Referral,
    SpendInWindow,
    SuggestionAccepted,
    TxnCountInWindow,
)
from branch_console.rules.eligibility.condition_customer import (
    AgeBetween,
    AttrIn,
    Consent,
    CustomerKindIs,
    KycAtLeast,
    NotInsider,
    SegmentAny,
    SegmentNone,
    WalletTierAtLeast,
)
from branch_console.rules.eligibility.condition_limits import (
    BudgetLeft,
    ClaimsBelow,
    NoOpenHold,
    RiskBelow,
    Stock,
    VelocityBelow,
)
from branch_console.rules.eligibility.condition_time import Period, Recurring, WithinDaysOf

AnyLeaf: TypeAlias = (
    Period | Recurring | WithinDaysOf
    | AttrIn | AgeBetween | SegmentAny | SegmentNone | CustomerKindIs | WalletTierAtLeast | KycAtLeast | Consent
    | NotInsider
    | SpendInWindow | TxnCountInWindow | DistinctMerchants | DistinctDays | FirstWallet | FirstTxn | PointsAtLeast
    | Referral | SuggestionAccepted
    | ClaimsBelow | BudgetLeft | Stock | VelocityBelow
    | RiskBelow | NoOpenHold
)  # fmt: skip


class All(Part):
    """Every part must hold."""

    type: Literal["all"]
    of: Annotated[list["Condition"], Field(min_length=1, max_length=60)]


class AnyOf(Part):
    """At least one part must hold."""

    type: Literal["any"]
    of: Annotated[list["Condition"], Field(min_length=1, max_length=60)]


class Not(Part):
    """The part must not hold."""

    type: Literal["not"]
    of: "Condition"


class AtLeastN(Part):
    """At least `n` parts must hold."""

    type: Literal["at_least_n"]
    n: Annotated[int, Field(ge=1, le=60)]
    of: Annotated[list["Condition"], Field(min_length=1, max_length=60)]

    def faults(self) -> list[Fault]:
        """It can hold at all."""
        return [(("n",), "is more than there are parts")] if self.n > len(self.of) else []


Condition: TypeAlias = Annotated[AnyLeaf | All | AnyOf | Not | AtLeastN, Field(discriminator="type")]

STRUCTURAL = (All, AnyOf, Not, AtLeastN)
LEAVES: tuple[type[Part], ...] = get_args(AnyLeaf)
TYPES: tuple[str, ...] = tuple(get_args(each.__annotations__["type"])[0] for each in (*LEAVES, *STRUCTURAL))


def children(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a condition; none of a leaf."""
    if isinstance(condition, Not):
        return (condition.of,)
    return tuple(condition.of) if isinstance(condition, All | AnyOf | AtLeastN) else ()


def walk(condition: Condition, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    """Every condition in the tree with the path that leads to it in the document, the outer ones first."""
    yield path, condition
    if isinstance(condition, Not):
        yield from walk(condition.of, (*path, "of"))
        return
    for number, each in enumerate(children(condition)):
        yield from walk(each, (*path, "of", number))
