"""The start screen: what is open, and how the day goes."""

from datetime import timedelta
from typing import Any

from branch_console.desk.desk import Desk
from branch_console.rules.cases.limits import limit
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import allowed
from branch_console.services.lines import journey_lines
from branch_console.views import DayCount, SyncView, TodayView
from data import queries
from data.case_boards import anything_to_say

LINES = 50


class Today:
    """The start screen of a session. The figures of a day are counted again only after news of a journey."""

    def __init__(self) -> None:
        self._counted: tuple[tuple[Any, ...], tuple[DayCount, DayCount]] | None = None
        self._place = 0

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
        return TodayView(tuple(lines), total, mine=mine, branch=branch, sync=sync, cases=_cases(desk))

    def _figures(self, desk: Desk) -> tuple[DayCount, DayCount]:
        """Of the branch, and of the person at the desk.

        Where the journal ends is read first, so that what arrives meanwhile is counted the next time. The beginning of
        a session, its own entries come back through the feed, a gift or a case change no figure.
        """
        store, day = desk.store, desk.today()
        known = (day, desk.staff, store.identity.terminal)
        news, place = queries.journeys_since(store, self._place)
        if news or self._counted is None or self._counted[0] != known:
            branch, mine = queries.figures_with_own(store, day, desk.staff)
            self._counted = (known, (_count(branch), _count(mine)))
        self._place = place
        return self._counted[1]


def _cases(desk: Desk) -> bool:
    """Whether the case desk, which takes long to load, may have something for the start screen."""
    if not allowed(desk.role, "case.read"):
        return False
    now = desk.now().astimezone(desk.store.identity.zone)
    try:
        since = now - timedelta(hours=limit(desk.store.reference, "incident_hours"))
    except RuleError:  # a terminal that has no tables yet
        since = now
    return anything_to_say(desk.store, now.replace(hour=23, minute=59, second=59, microsecond=999_000), since)


def _count(figures: queries.DayFigures) -> DayCount:
    return DayCount(figures.received, figures.onboarded, figures.first_use, figures.by_hour)
