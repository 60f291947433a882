"""The entries of a stock document: a delivery, a transfer, a count, a correction. Every change is a move."""

from typing import Annotated

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day, Digest, Location, Lot, Move, Note, Sku
from branch_console.rules.journey_entries import Code

Many = Annotated[list[Move], Field(max_length=200)]
_Counted = Annotated[int, Field(ge=0, le=1_000_000)]


@entry_type("stock.dispatched", subject="stock")
class StockDispatched(EntryData):
    """Central has sent goods to the branch: supplier → transit."""

    note_number: Code
    moves: Many


@entry_type("stock.received", subject="stock")
class StockReceived(EntryData):
    """A delivery was unpacked and counted by two people. Written on the dispatch's subject, if there is a dispatch.

    The moves take what was counted to the shelf and what was missing to loss; what came without a dispatch note, or
    beyond it, comes straight from the supplier.
    """

    note_number: Code
    moves: Many
    second_staff: Code
    note: Note | None = None


@entry_type("stock.transferred", subject="stock")
class StockTransferred(EntryData):
    """Goods go to another place in the branch: shelf, drawers, quarantine (damaged or spoilt)."""

    moves: Many
    reason: Code
    second_staff: Code | None = None
    note: Note | None = None


@entry_type("stock.scrapped", subject="stock")
class StockScrapped(EntryData):
    """Goods in quarantine are destroyed. `photo_sha256` proves which photo was taken."""

    moves: Many
    reason: Code
    second_staff: Code
    photo_sha256: Digest | None = None
    note: Note | None = None


@entry_type("stock.rewarded", subject="stock")
class StockRewarded(EntryData):
    """A present for an adopted idea: shelf or own drawer → customer. `idea` is the case, whose entry names this one."""

    moves: Annotated[list[Move], Field(min_length=1, max_length=20)]
    idea: Annotated[str, StringConstraints(pattern=r"^case/[0-9a-f-]{36}$")]
    second_staff: Code
    note: Note | None = None


class CountLine(EntryData):
    """What one person found, without having seen what the books say."""

    sku: Sku
    lot: Lot = ""
    expires_on: Day | None = None
    counted: _Counted


@entry_type("stock.counted", subject="stock")
class StockCounted(EntryData):
    """A blind count of one place. `books` is the digest of the balances that it will be compared with."""

    location: Location
    lines: Annotated[list[CountLine], Field(max_length=500)]
    books: Digest


@entry_type("stock.difference_approved", subject="stock")
class DifferenceApproved(EntryData):
    """Somebody else than the counter explains and books the difference: place ↔ loss."""

    moves: Many
    reason: Code
    note: Note | None = None


@entry_type("stock.count_dismissed", subject="stock")
class CountDismissed(EntryData):
    """A count is not used, e.g. because goods moved meanwhile."""

    reason: Code


@entry_type("stock.corrected", subject="stock")
class StockCorrected(EntryData):
    """Takes back a document: all its moves the other way, once. Written on that document's own subject.

    `reverses` repeats the subject, so that a correction that was meant for another document is not booked.
    """

    reverses: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    moves: Many
    reason: Code
    second_staff: Code
    note: Note | None = None
