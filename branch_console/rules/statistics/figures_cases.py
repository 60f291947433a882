"""Figures of complaints: received, decided, times taken, repeats. Time limits are in `figures_clocks.py`.

Complaints are cases of the kinds complaint and dispute; merged duplicates are removed, withdrawn ones are in and shown
apart (domain page 4.3).
"""

from collections.abc import Callable, Mapping
from typing import Final

from branch_console.rules.statistics.definition import Figure, Meaning
from branch_console.rules.statistics.facts import CaseFact
from branch_console.rules.statistics.instants import Scope

_RECEIVED: Final = ("case.registered", "case.retyped", "case.merged", "case.unmerged")
_NOTIFIED: Final = (*_RECEIVED, "case.notified")
_NO_COMPLAINTS = "cases of other kinds; merged duplicates"
ESCALATED = 2
"""From this level on a case counts as escalated (domain page 4.3)."""
CASE_GROUPS: Final[Mapping[str, Callable[[CaseFact], str] | None]] = {
    "kind": lambda row: row.kind,
    "category": lambda row: row.category,
    "reason": lambda row: row.reason,
    "staff": None,
    "hour": None,
}


def _complaint(row: CaseFact, _scope: Scope) -> bool:
    return row.complaint


def _owner(row: CaseFact) -> str | None:
    return row.owner or row.registered_by


def _natural_days(row: CaseFact) -> int | None:
    """Days of the calendar between two business days; None when the clock went backwards."""
    if row.received is None or row.notified is None or row.notified.at < row.received.at:
        return None
    return (row.notified.day - row.received.day).days


RECEIVED_CASES = Figure[CaseFact](
    id="cases.received",
    meaning=Meaning(
        "complaints that were received", "–", "the receipt", "event", f"{_NO_COMPLAINTS}; withdrawn ones are in",
        _RECEIVED, "number", "more",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    how="distinct",
    counts=_complaint,
    same=lambda row: row.subject,
    staff=lambda row: row.registered_by,
    groups=CASE_GROUPS,
)  # fmt: skip
WITHDRAWN = Figure[CaseFact](
    id="cases.withdrawn",
    meaning=Meaning(
        "complaints received in the span that their customers have taken back by now", "–", "the receipt", "cohort",
        _NO_COMPLAINTS, (*_RECEIVED, "case.withdrawn"), "number", "neither",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    counts=lambda row, scope: row.complaint and scope.known(row.withdrawn),
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
DECIDED = Figure[CaseFact](
    id="cases.decided",
    meaning=Meaning(
        "complaints whose customer was told the decision", "–", "the first notice", "event", _NO_COMPLAINTS,
        _NOTIFIED, "number", "less",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.notified,
    counts=_complaint,
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
DECIDED_RATE = Figure[CaseFact](
    id="cases.decided_rate",
    meaning=Meaning(
        "those whose customer has been told the decision by now", "complaints that were received", "the receipt",
        "cohort", _NO_COMPLAINTS, _NOTIFIED, "share", "less",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    how="share",
    counts=_complaint,
    hit=lambda row, scope: scope.known(row.notified),
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
CLOSED = Figure[CaseFact](
    id="cases.closed",
    meaning=Meaning(
        "complaints that were closed", "–", "the closing that stands", "event",
        f"{_NO_COMPLAINTS}; cases that were opened again", (*_RECEIVED, "case.closed", "case.not_accepted"), "number",
        "less",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.closed,
    counts=_complaint,
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
REPEATS = Figure[CaseFact](
    id="cases.repeats",
    meaning=Meaning(
        "complaints of a customer about a business and reason of which one was closed at most 30 days before", "–",
        "the receipt", "event", f"{_NO_COMPLAINTS}; customers who are not known",
        (*_RECEIVED, "case.closed", "case.reclassified", "case.details_added"), "number", "more",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    counts=lambda row, _scope: row.complaint and row.repeat_of is not None,
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
ESCALATIONS = Figure[CaseFact](
    id="cases.escalated",
    meaning=Meaning(
        f"complaints that have gone up to level {ESCALATED} or higher", "–", "the receipt", "cohort", _NO_COMPLAINTS,
        (*_RECEIVED, "case.escalated"), "number", "more",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    counts=lambda row, _scope: row.complaint and row.level >= ESCALATED,
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
REGULATOR = Figure[CaseFact](
    id="cases.regulator",
    meaning=Meaning(
        "complaints that an authority handed on", "–", "the receipt", "event", _NO_COMPLAINTS,
        (*_RECEIVED, "case.details_added"), "number", "more",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.received,
    counts=lambda row, _scope: row.complaint and row.regulator,
    staff=_owner,
    groups=CASE_GROUPS,
)  # fmt: skip
_DAYS = Meaning(
    "natural days from the business day of receipt to that of the notice", "–", "the first notice", "event",
    f"{_NO_COMPLAINTS}; complaints that are not decided", _NOTIFIED, "days", "more",
)  # fmt: skip
_WORKING = Meaning(
    "working days after the business day of receipt up to that of the notice", "–", "the first notice", "event",
    f"{_NO_COMPLAINTS}; complaints that are not decided", _NOTIFIED, "working_days", "more",
)  # fmt: skip


def _time(name: str, meaning: Meaning, how: str, amount: Callable[[CaseFact], int | None]) -> Figure[CaseFact]:
    return Figure[CaseFact](
        id=name,
        meaning=meaning,
        rows=lambda facts: facts.cases,
        when=lambda row: row.notified,
        how="median" if how == "median" else "p90",
        counts=_complaint,
        amount=amount,
        staff=_owner,
        groups=CASE_GROUPS,
    )


CASES: Final = (
    RECEIVED_CASES, WITHDRAWN, DECIDED, DECIDED_RATE, CLOSED, REPEATS, ESCALATIONS, REGULATOR,
    _time("cases.days_median", _DAYS, "median", _natural_days),
    _time("cases.days_p90", _DAYS, "p90", _natural_days),
    _time("cases.working_days_median", _WORKING, "median", lambda row: row.working_days),
    _time("cases.working_days_p90", _WORKING, "p90", lambda row: row.working_days),
)  # fmt: skip
