"""Journeys in lists, as the lists show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from branch_console.desk.desk import FLOW
from branch_console.locale import language
from branch_console.rules.journal import parse_at
from branch_console.views import JourneyLine
from data import queries
from data.store import Store


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the ids of the branch."""

    staff: Mapping[str, str]
    terminals: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Self:
        """As the store knows them now."""
        return cls(
            staff={each.staff_id: each.name for each in queries.staff_list(store)},
            terminals={each.terminal: each.name for each in queries.terminals(store)},
        )


def journey_lines(rows: Iterable[queries.JourneyRow], store: Store, staff: str, now: datetime) -> list[JourneyLine]:
    """Rows of the store as lines, for `staff`, at the moment `now`."""
    names = Names.of(store)
    titles = {
        step.id: step.title.get(language())
        for (name, _), flow in store.reference.flows.items()
        if name == FLOW
        for step in flow.steps
    }
    return [
        JourneyLine(
            subject=row.subject,
            name=row.masked_name,
            phone=row.masked_phone,
            target=row.target,
            status=row.status,
            step_number=row.step_number,
            step_total=row.step_total,
            step_title=titles.get(row.current or "", ""),
            holder=row.holder or "",
            holder_name=names.staff.get(row.holder or "", row.holder or ""),
            mine=row.holder == staff,
            elsewhere=_elsewhere(row, store, names),
            minutes=max(0, int((now - parse_at(row.updated_at)).total_seconds() // 60)),
            pending=row.pending,
        )
        for row in rows
    ]


def _elsewhere(row: queries.JourneyRow, store: Store, names: Names) -> str:
    if row.holder_terminal in {None, store.identity.terminal}:
        return ""
    return names.terminals.get(row.holder_terminal or "", "?")
