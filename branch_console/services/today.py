"""The start screen: what is open, and how the day goes."""

from datetime import timedelta
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.figure_views.today import TodayRest
from branch_console.locale import language
from branch_console.rules.cases.limits import limit
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import allowed
from branch_console.services.lines import journey_lines
from branch_console.services.sync_watch import ANSWERS
from branch_console.services.today_figures import DayFigures
from branch_console.views import JourneyLine, SyncView, TodayView
from data import queries
from data.case_boards import anything_to_say

LINES = 50


class Today:
    """The start screen of a session, in two answers: what is painted first, and what it learns afterwards."""

    def __init__(self) -> None:
        self._figures = DayFigures()
        self._told: tuple[tuple[object, ...], TodayRest] | None = None

    def view(self, desk: Desk, sync: SyncView) -> TodayView:
        """For the person at the desk: the own journeys first; no customer for whoever may see none.

        Figures are read as they were counted last: entries that have come since are counted by `rest`.
        """
        store = desk.store
        lines: list[JourneyLine] = []
        total = 0
        if allowed(desk.role, "journey.read"):
            rows = queries.journeys(store, tab="open", staff=desk.staff, limit=LINES)
            lines = journey_lines(rows, store, desk.staff, desk.now())
            total = queries.count_journeys(store, tab="open", staff=desk.staff)
        lines.sort(key=lambda line: not line.mine)
        day, team = self._figures.read(desk) if allowed(desk.role, "figures.branch") else (None, None)
        return TodayView(tuple(lines), total, sync, day=day, team=team, cases=_cases(desk))

    def rest(self, desk: Desk, sync: SyncView, home: Path) -> TodayRest:
        """Figures with what has come since and with their comparison, campaigns, stock, machines: by the role.

        Told again as it was while nothing has come, within the same minute: a change of the sync changes none of it.
        """
        store, online = desk.store, sync.state in ANSWERS
        known = (store.head().seq, store.cursor(), desk.now().replace(second=0, microsecond=0), language(), online)
        told = self._told
        if told is not None and told[0] == known and desk.role != "administrator" and not _counting(told[1]):
            return told[1]
        rest = self._rest(desk, sync, home, online=online)
        self._told = (known, rest)
        return rest

    def _rest(self, desk: Desk, sync: SyncView, home: Path, *, online: bool) -> TodayRest:
        from branch_console.services import today_goods, today_machines  # noqa: PLC0415  after the first paint

        day, team = self._figures.count(desk) if allowed(desk.role, "figures.branch") else (None, None)
        goods = allowed(desk.role, "gift.read")
        return TodayRest(
            day=day,
            team=team,
            campaigns=today_goods.campaigns(desk, online=online) if goods else None,
            stock=today_goods.stock(desk) if goods else None,
            machines=today_machines.machines(desk, sync, home) if desk.role == "administrator" else None,
        )


def _counting(rest: TodayRest) -> bool:
    return rest.day is not None and rest.day.counting


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
