"""The start screen: what is open, and how the day goes."""

from typing import Any

from branch_console.desk.desk import Desk
from branch_console.rules.roles import allowed
from branch_console.services.lines import journey_lines
from branch_console.views import DayCount, SyncView, TodayView
from data import queries

LINES = 50


class Today:
    """The start screen of a session. The figures of a day are counted again only when the store has new entries."""

    def __init__(self) -> None:
        self._counted: tuple[tuple[Any, ...], tuple[DayCount, DayCount]] | None = None

    def view(self, desk: Desk, sync: SyncView) -> TodayView:
        """For the person at the desk: the own journeys first; no customer for whoever may see none."""
        store = desk.store
        lines = []
        total = 0
        if allowed(desk.role, "journey.read"):
            rows = queries.journeys(store, tab="open", staff=desk.staff, limit=LINES)
            lines = journey_lines(rows, store, desk.staff, desk.now())
            total = queries.count_journeys(store, tab="open", staff=desk.staff)
        lines.sort(key=lambda line: not line.mine)
        branch, mine = self._figures(desk)
        return TodayView(lines=tuple(lines), total_lines=total, mine=mine, branch=branch, sync=sync)

    def _figures(self, desk: Desk) -> tuple[DayCount, DayCount]:
        """Of the branch, and of the person at the desk.

        Entries come from here or from the feed: how far both are is read first, so that what arrives meanwhile is
        counted the next time.
        """
        store, day = desk.store, desk.today()
        known = (day, desk.staff, store.head(), store.cursor())
        if self._counted is None or self._counted[0] != known:
            branch, mine = queries.figures_with_own(store, day, desk.staff)
            self._counted = (known, (_count(branch), _count(mine)))
        return self._counted[1]


def _count(figures: queries.DayFigures) -> DayCount:
    return DayCount(figures.received, figures.onboarded, figures.first_use, figures.by_hour)
