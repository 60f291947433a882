"""What may be asked of the store, in one place to import from."""

from data.figures import DayFigures, day_figures, figures_with_own, journeys_since
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
    "DayFigures",
    "JourneyRow",
    "QuarantinedEntry",
    "Tab",
    "TerminalRow",
    "WaitingEntry",
    "count_journeys",
    "day_figures",
    "drafts",
    "figures_with_own",
    "journeys",
    "journeys_of_person",
    "journeys_since",
    "search_people",
    "staff_list",
    "terminals",
    "waiting",
]
