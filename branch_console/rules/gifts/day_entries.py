"""The entries of a business day's end: stock reconciled, differences explained, signed by a supervisor."""

from typing import Annotated

from pydantic import Field

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day, Digest, Location, Lot, Note, Sku
from branch_console.rules.journey_entries import Code

_Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
_Signed = Annotated[int, Field(ge=-(2**53) + 1, le=2**53 - 1)]


class DayLine(EntryData):
    """One item at one place: opening + came − went ± corrected = counted.

    The opening is negative where more had left than the books knew of when the day began.
    """

    location: Location
    sku: Sku
    lot: Lot = ""
    opening: _Signed
    came: _Count
    went: _Count
    corrected: _Signed
    counted: _Count


@entry_type("day.closed", subject="day")
class DayClosed(EntryData):
    """The stock is reconciled at the end of a day.

    `since`: the first day on which goods moved and that nobody closed at its end; the lines cover it and all that
    follow. None: the lines are those of the day alone. `digest` covers days, lines and `previous`, the digest of the
    day closed before.
    """

    day: Day
    since: Day | None = None
    lines: Annotated[list[DayLine], Field(max_length=2000)]
    open_reservations: _Count
    unsynced: _Count
    maker: Code
    previous: Digest
    digest: Digest
    note: Note | None = None
