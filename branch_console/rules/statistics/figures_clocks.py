"""Figures of time limits and of what is open: on-time rates by due-date cohort, the age of the backlog.

A limit belongs to the day on which it ran out, whether or not the work is done: what is open and late is a miss.
Divided by what is resolved, as peers do it, a backlog would make the number better (domain page 4.2).
"""

from typing import Final

from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import CaseFact, ClockFact
from branch_console.rules.statistics.figures_cases import CASE_ROWS, RECEIVED_BY
from branch_console.rules.statistics.instants import Scope

_DUE: Final = (
    *RECEIVED_BY, "case.extended", "case.paused", "case.resumed", "case.reopened", "case.notified", "case.withdrawn",
)  # fmt: skip
_LEFT = "limits that a withdrawal ended in time; cases of other kinds; merged duplicates"
AGES: Final = ((3, "0-3"), (7, "4-7"), (15, "8-15"))
"""Natural days that an open case is old, and what the last ones are called."""
OLDEST = ">15"
_CLOCKS: Final = Source[ClockFact]("clocks", lambda row: row.owner, {"clock": lambda row: row.clock, "staff": None})


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

    return Figure(
        name,
        f"those {what} by the due moment",
        source=_CLOCKS,
        denominator="time limits of complaints that ran out",
        day="the due moment",
        basis="due",
        excluded=_LEFT,
        sources=sources,
        unit="share",
        worse="less",
        when=lambda row: row.due,
        how="share",
        counts=counts,
        hit=in_time,
    )


ON_TIME_STATUTORY = _rate("clocks.statutory", "whose customer was told the decision", "decision", True, _DUE)
ON_TIME_INTERNAL = _rate("clocks.internal", "whose customer was told the decision", "decision", False, _DUE)
FIRST_CONTACT = _rate(
    "clocks.first_contact", "whose customer was contacted", "first_contact", None, (*_DUE, "case.contact_out")
)
OVERDUE = Figure(
    "clocks.overdue",
    "decision limits that ran out and still wait",
    source=_CLOCKS,
    day="the due moment",
    basis="standing",
    excluded=_LEFT,
    sources=_DUE,
    worse="more",
    when=lambda row: row.due,
    counts=lambda row, scope: (
        row.purpose == "decision" and row.complaint and not scope.known(row.stopped) and not scope.known(row.dropped)
    ),
)
OPEN = Figure(
    "cases.open",
    "complaints of which something is left to be done",
    source=CASE_ROWS,
    day="the receipt",
    basis="standing",
    excluded=(
        "cases of other kinds; merged duplicates; complaints that are decided, withdrawn, closed or not accepted"
    ),
    sources=(
        *RECEIVED_BY,
        "case.notified",
        "case.withdrawn",
        "case.closed",
        "case.not_accepted",
        "case.reopened",
    ),
    worse="more",
    when=lambda row: row.received,
    counts=lambda row, scope: row.complaint and not scope.known(row.ended),
)


def age(row: CaseFact, scope: Scope) -> str:
    """How old an open case is at the end of the span: 0-3, 4-7, 8-15 or >15 natural days."""
    days = 0 if row.received is None else (scope.last - row.received.day).days
    return next((name for most, name in AGES if days <= most), OLDEST)


CLOCKS: Final = (ON_TIME_STATUTORY, ON_TIME_INTERNAL, FIRST_CONTACT, OVERDUE, OPEN)
