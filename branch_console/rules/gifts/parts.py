"""What the entries about gifts have in common: keys of people, amounts, moves of stock."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData
from branch_console.rules.journey_entries import Code

Fen: TypeAlias = Annotated[int, Field(ge=0, le=2**53 - 1)]
Quantity: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]
Sku: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
Lot: TypeAlias = Annotated[str, StringConstraints(max_length=32)]
Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Moment: TypeAlias = Annotated[str, StringConstraints(min_length=20, max_length=40)]
Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Masked: TypeAlias = Annotated[str, StringConstraints(max_length=64)]
Key: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Note: TypeAlias = Annotated[str, StringConstraints(max_length=2000)]

# Where gifts are. A drawer belongs to one terminal: `drawer:<terminal>`. Supplier and customer are outside the branch;
# what goes to loss or scrap does not come back but by a correcting move.
Location: TypeAlias = Annotated[
    str,
    StringConstraints(
        pattern=r"^(supplier|transit|shelf|quarantine|customer|loss|scrap|drawer:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
    ),
]
PHYSICAL = ("shelf", "quarantine", "drawer", "transit")
"""Kinds of locations in which something can be counted, so that a balance there is never negative."""

MoveKind: TypeAlias = Literal[
    "dispatch", "receive", "transfer", "hand_over", "return", "damage", "scrap", "count", "loss", "correction"
]

# What a person is recognised by. `person` is the identity document: the scope that a right is counted on.
Scope: TypeAlias = Literal["person", "phone", "wallet", "device", "household", "referrer"]


def drawer(terminal: str) -> str:
    """The drawer of a terminal."""
    return f"drawer:{terminal}"


class Move(EntryData):
    """So many of an item go from one place to another. `value_fen` is of all of them."""

    sku: Sku
    lot: Lot = ""
    expires_on: Day | None = None
    quantity: Quantity
    source: Location
    target: Location
    kind: MoveKind
    value_fen: Fen = 0


class Recipient(EntryData):
    """The customer, as far as a claim needs to know: keyed hashes by scope, and what staff see on a list."""

    keys: dict[Scope, Key]
    name: Masked = ""
    phone: Masked = ""
    journey: Code | None = None
