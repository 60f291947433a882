"""What may be asked of the store, in one place to import from."""

from data.lists import (
    JourneyRow,
    Tab,
    TerminalRow,
    WaitingEntry,
    count_journeys,
    drafts,
    journeys,
    journeys_of_person,
    staff_list,
    terminals,
    waiting,
)
from data.search import search_people
from data.unused import QuarantinedEntry

__all__ = [
    "JourneyRow",
    "QuarantinedEntry",
    "Tab",
    "TerminalRow",
    "WaitingEntry",
    "count_journeys",
    "drafts",
    "journeys",
    "journeys_of_person",
    "search_people",
    "staff_list",
    "terminals",
    "waiting",
]
