"""The queue of cases (F6), the search, the promises of today, the list at the end of a shift."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from branch_console.case_views.queue import (
    CaseFilter,
    CaseLine,
    HandedOver,
    NotHanded,
    PromiseLine,
    QueueChoices,
    ShiftEnd,
    UrgentCase,
)
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.handing_over import hand_over
from branch_console.errors import sentence
from branch_console.locale import language
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.promises import tomorrow_until
from branch_console.rules.cases.states import ENDED
from branch_console.rules.roles import allowed
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.queue_lines import Lines
from branch_console.views import Choice
from data import case_queries
from data.case_queries import Tab

URGENT_AMONG: Final = 200
"""The alarm looks at so many open cases with the nearest promises: those of the fast track have the shortest time."""


class QueueDesk:
    """The queue of cases (F6), the search, the promises of today, the list at the end of a shift."""

    _office: CaseOffice

    def case_lines(self, tab: Tab, wanted: CaseFilter, offset: int, limit: int) -> tuple[CaseLine, ...]:
        """Cases of a tab, the nearest promise first; of all cases the newest first."""
        counter = self._reader()
        rows = case_queries.cases(
            counter.store,
            tab,
            staff=counter.desk.staff,
            now=counter.now(),
            text=wanted.text,
            kind=wanted.kind,
            status=wanted.status,
            offset=offset,
            limit=limit,
        )
        lines = Lines(counter)
        return tuple(lines.case(row) for row in rows)

    def case_count(self, tab: Tab, wanted: CaseFilter) -> int:
        """How many of them."""
        counter = self._reader()
        return case_queries.count_cases(
            counter.store,
            tab,
            staff=counter.desk.staff,
            now=counter.now(),
            text=wanted.text,
            kind=wanted.kind,
            status=wanted.status,
        )

    def case_tabs(self) -> dict[Tab, int]:
        """How many cases each tab holds, without any filter."""
        counter = self._reader()
        return case_queries.tab_counts(counter.store, staff=counter.desk.staff, now=counter.now())

    def case_of_number(self, typed: str) -> str | None:
        """The case with that number, however it was typed; None when this terminal holds none."""
        return case_queries.case_by_number(self._reader().store, typed)

    def case_choices(self) -> QueueChoices:
        """What the queue can be filtered by."""
        reference = self._reader().reference
        statuses = [row for row in reference.codes("case_states") if row.code != "draft"]
        return QueueChoices(
            kinds=tuple(Choice(row.code, row.label.get(language())) for row in reference.codes("case_kinds")),
            statuses=tuple(Choice(row.code, row.label.get(language())) for row in statuses),
        )

    # --- promises ---

    def promises_today(self) -> tuple[PromiseLine, ...]:
        """What was promised for today or earlier and is not kept yet; nothing for whoever may see no case."""
        counter = self._office.counter()
        if not allowed(counter.desk.role, "case.read"):
            return ()
        now = counter.now().astimezone(counter.store.identity.zone)
        return _promises(counter, now.replace(hour=23, minute=59, second=59, microsecond=999_000))

    def shift_end(self) -> ShiftEnd:
        """What must be kept before the branch is at work again tomorrow, overdue promises included."""
        counter = self._reader()
        hour = limit(counter.reference, "handover_until")
        until = tomorrow_until(counter.now(), counter.store.identity.zone.key, hour)
        return ShiftEnd(_promises(counter, until), Lines(counter).moment(until.isoformat()))

    def hand_promises_over(self, lines: Sequence[PromiseLine], to: str, note: str) -> HandedOver:
        """Hand these promises to `to`; what is refused is said, and keeps none of the others back. Raises RuleError."""
        counter = self._office.counter()
        promises: dict[str, list[str]] = {}
        for line in lines:
            promises.setdefault(line.subject, []).append(line.entry)
        done = hand_over(counter, promises, to, note)
        numbers = {line.subject: line.number for line in lines}
        refused = tuple(NotHanded(numbers[subject], sentence(error)) for subject, error in done.refused.items())
        return HandedOver(done.count, Lines(counter).person(to), refused)

    # --- the alarm ---

    def urgent_cases(self) -> tuple[UrgentCase, ...]:
        """Cases of the fast track that nobody has taken on, for whoever answers for them; for others nothing."""
        counter = self._office.counter()
        if not allowed(counter.desk.role, "case.approve"):
            return ()
        rows = case_queries.cases(
            counter.store, "branch", staff=counter.desk.staff, now=counter.now(), limit=URGENT_AMONG
        )
        waiting = [row for row in rows if "fast_track" in row.flags and row.owner is None and row.status not in ENDED]
        lines = Lines(counter)
        return tuple(lines.urgent(row, case_queries.case_state(counter.store, row.subject)) for row in waiting)

    def _reader(self) -> CaseCounter:
        counter = self._office.counter()
        counter.require("case.read")
        return counter


def _promises(counter: CaseCounter, until: datetime) -> tuple[PromiseLine, ...]:
    lines = Lines(counter)
    return tuple(lines.promise(row) for row in case_queries.promises_until(counter.store, until))
