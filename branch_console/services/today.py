"""The start screen: what is open, and how the day goes."""

from branch_console.desk.desk import Desk
from branch_console.rules.roles import allowed
from branch_console.services.lines import journey_lines
from branch_console.views import DayCount, SyncView, TodayView
from data import queries

LINES = 50


def today(desk: Desk, sync: SyncView) -> TodayView:
    """For the person at the desk: the own journeys first; no customer for whoever may see none."""
    store, day = desk.store, desk.today()
    lines = []
    total = 0
    if allowed(desk.role, "journey.read"):
        rows = queries.journeys(store, tab="open", staff=desk.staff, limit=LINES)
        lines = journey_lines(rows, store, desk.staff, desk.now())
        total = queries.count_journeys(store, tab="open", staff=desk.staff)
    lines.sort(key=lambda line: not line.mine)
    return TodayView(
        lines=tuple(lines),
        total_lines=total,
        mine=_count(queries.day_figures(store, day, desk.staff)),
        branch=_count(queries.day_figures(store, day)),
        sync=sync,
    )


def _count(figures: queries.DayFigures) -> DayCount:
    return DayCount(figures.received, figures.onboarded, figures.first_use, figures.by_hour)
