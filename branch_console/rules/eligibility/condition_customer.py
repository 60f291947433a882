"""Conditions about the customer (9).

`AttrIn`, `AgeBetween`, `SegmentAny`, `SegmentNone`, `CustomerKindIs`, `WalletTierAtLeast`, `KycAtLeast`, `Consent`,
`NotInsider`.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from branch_console.rules.documents import Id
from branch_console.rules.eligibility.condition_base import Fault, Leaf, Name

Attr: TypeAlias = Literal["province", "city", "branch", "channel", "app_version"]


class AttrIn(Leaf):
    """An attribute of the customer is one of `values`."""

    type: Literal["attr_in"]
    attr: Attr
    values: Annotated[list[Name], Field(min_length=1)]


class AgeBetween(Leaf):
    """The customer's age in full years; either end may be open, both are included."""

    type: Literal["age_between"]
    min: Annotated[int, Field(ge=0, le=150)] | None = None
    max: Annotated[int, Field(ge=0, le=150)] | None = None

    def faults(self) -> list[Fault]:
        """At least one end, in order."""
        if self.min is None and self.max is None:
            return [((), "needs min, max or both")]
        if self.min is not None and self.max is not None and self.max < self.min:
            return [(("max",), "is below min")]
        return []


class SegmentAny(Leaf):
    """The customer is in at least one of the segments. `snapshot` names the version of the segments that counts."""

    type: Literal["segment_any"]
    segments: Annotated[list[Name], Field(min_length=1)]
    snapshot: Name | None = None


class SegmentNone(Leaf):
    """The customer is in none of the segments."""

    type: Literal["segment_none"]
    segments: Annotated[list[Name], Field(min_length=1)]
    snapshot: Name | None = None


class CustomerKindIs(Leaf):
    """An individual, or the owner of a small business."""

    type: Literal["customer_kind"]
    kind: Literal["individual", "small_business"]


class WalletTierAtLeast(Leaf):
    """The class of the wallet: IV is the weakest identity, I the strongest."""

    type: Literal["wallet_tier_at_least"]
    tier: Literal["IV", "III", "II", "I"]


class KycAtLeast(Leaf):
    """How well the customer is identified, 1 to 4."""

    type: Literal["kyc_at_least"]
    level: Annotated[int, Field(ge=1, le=4)]


class Consent(Leaf):
    """The customer agreed to a purpose, to text version `version` or a later one."""

    type: Literal["consent"]
    purpose: Id
    version: Annotated[int, Field(ge=1)] = 1


class NotInsider(Leaf):
    """Neither staff, nor a relative on the list, nor who works a terminal."""

    type: Literal["not_insider"]
