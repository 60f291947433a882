"""Which data an erasure takes away, decided from values alone: central and the simulation use the same functions.

A `data.erased` entry names places (writer, seq). It reaches what stands there, now or later, if that is about the same
subject, and every other entry of that subject with the same act id: an act that was carried over to a new journal
stands in two. Erasures themselves hold nobody's data and are never erased.
"""

from collections.abc import Collection, Iterable

from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.gifts.marking import CENTRAL
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import DataErased

ERASED = "data.erased"

Target = tuple[str, int, str]
"""Writer, seq and subject of a named place."""
ErasedAct = tuple[str, str]
"""Subject and id of an act without data."""


def targets(entry: Entry) -> list[Target]:
    """What a `data.erased` entry names, to be erased at central; nothing if it is another entry or cannot be read.

    A terminal's retention (`why` is `retention`) ends what terminals may keep; how long central keeps is the bank's own
    rule, and then central itself writes the erasure.
    """
    if entry.type != ERASED:
        return []
    try:
        data = read_data(entry)
    except CannotFoldError:
        return []
    if not isinstance(data, DataErased) or (data.why == "retention" and not entry.terminal.startswith(CENTRAL)):
        return []
    return [(each.terminal, each.seq, entry.subject) for each in data.entries]


def erased_acts(places: Collection[Target], entries: Iterable[Entry]) -> set[ErasedAct]:
    """The acts among `entries` that stand at a named place."""
    return {
        act_of(each) for each in entries if (each.terminal, each.seq, each.subject) in places and each.type != ERASED
    }


def reached(entry: Entry, acts: Collection[ErasedAct]) -> bool:
    """Whether the data of this entry must go."""
    return entry.data is not None and entry.type != ERASED and act_of(entry) in acts


def act_of(entry: Entry) -> ErasedAct:
    """The act that an entry is a copy of."""
    return (entry.subject, entry.id)
