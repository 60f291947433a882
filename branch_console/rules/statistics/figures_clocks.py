"""Figures of time limits and of what is open: on-time rates by due-date cohort, the age of the backlog.

A limit belongs to the day on which it ran out, whether or not the work is done: what is open and late is a miss.
Divided by what is resolved, as peers do it, a backlog would make the number better (domain page 4.2).
"""

from collections.abc import Callable, Mapping
from typing import Final

from branch_console.rules.statistics.definition import Figure, Meaning
from branch_console.rules.statistics.facts import CaseFact, ClockFact
from branch_console.rules.statistics.figures_cases import CASE_GROUPS
from branch_console.rules.statistics.instants import Scope

_DUE: Final = ("case.registered", "case.extended", "case.paused", "case.resumed", "case.reopened", "case.notified")
_LEFT = "limits that a withdrawal ended in time; cases of other kinds; merged duplicates"
AGES: Final = ((3, "0-3"), (7, "4-7"), (15, "8-15"))
"""Natural days that an open case is old, and what the last ones are called."""
OLDEST = ">15"
CLOCK_GROUPS: Final[Mapping[str, Callable[[ClockFact], str] | None]] = {
    "clock": lambda row: row.clock,
    "staff": None,
}


def _stands(row: ClockFact) -> bool:
    """Whether somebody had to keep it: nothing else had ended it before it was due."""
    if row.dropped is None or row.due is None:
        return True
    return row.dropped.at > row.due.at


def in_time(row: ClockFact, scope: Scope) -> bool:
    """Whether what the limit waited for happened by the due moment."""
    return scope.known(row.stopped) and row.stopped is not None and row.due is not None and row.stopped.at <= row.due.at


def _rate(name: str, what: str, purpose: str, statutory: bool | None, sources: tuple[str, ...]) -> Figure[ClockFact]:
    def counts(row: ClockFact, _scope: Scope) -> bool:
        kind = row.purpose == purpose and (statutory is None or row.statutory == statutory)
        return kind and row.complaint and _stands(row)

    return Figure[ClockFact](
        id=name,
        meaning=Meaning(
            f"those {what} by the due moment", "time limits of complaints that ran out", "the due moment", "due",
            _LEFT, sources, "share", "less",
        ),
        rows=lambda facts: facts.clocks,
        when=lambda row: row.due,
        how="share",
        counts=counts,
        hit=in_time,
        staff=lambda row: row.owner,
        groups=CLOCK_GROUPS,
    )  # fmt: skip


ON_TIME_STATUTORY = _rate("clocks.statutory", "whose customer was told the decision", "decision", True, _DUE)
ON_TIME_INTERNAL = _rate("clocks.internal", "whose customer was told the decision", "decision", False, _DUE)
FIRST_CONTACT = _rate(
    "clocks.first_contact", "whose customer was contacted", "first_contact", None, (*_DUE, "case.contact_out")
)
OVERDUE = Figure[ClockFact](
    id="clocks.overdue",
    meaning=Meaning(
        "decision limits that ran out and still wait", "–", "the due moment", "standing", _LEFT, _DUE, "number",
        "more",
    ),
    rows=lambda facts: facts.clocks,
    when=lambda row: row.due,
    counts=lambda row, scope: (
        row.purpose == "decision"
        and row.complaint
        and not scope.known(row.stopped)
        and not scope.known(row.dropped)
    ),
    staff=lambda row: row.owner,
    groups=CLOCK_GROUPS,
)  # fmt: skip
OPEN = Figure[CaseFact](
    id="cases.open",
    meaning=Meaning(
        "complaints of which something is left to be done", "–", "the receipt", "standing",
        "cases of other kinds; merged duplicates; complaints that are decided, withdrawn, closed or not accepted",
        ("case.registered", "case.notified", "case.withdrawn", "case.closed", "case.reopened"), "number", "more",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    counts=lambda row, scope: row.complaint and not scope.known(row.ended),
    staff=lambda row: row.owner or row.registered_by,
    groups=CASE_GROUPS,
)  # fmt: skip


def age(row: CaseFact, scope: Scope) -> str:
    """How old an open case is at the end of the span: 0-3, 4-7, 8-15 or >15 natural days."""
    days = 0 if row.received is None else (scope.last - row.received.day).days
    return next((name for most, name in AGES if days <= most), OLDEST)


CLOCKS: Final = (ON_TIME_STATUTORY, ON_TIME_INTERNAL, FIRST_CONTACT, OVERDUE, OPEN)
