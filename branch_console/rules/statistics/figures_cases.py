"""Figures of complaints: received, decided, times taken, repeats. Time limits are in `figures_clocks.py`.

Complaints are cases of the kinds complaint and dispute; merged duplicates are removed, withdrawn ones are in and shown
apart (domain page 4.3).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import CaseFact
from branch_console.rules.statistics.instants import Scope

RECEIVED_BY: Final = ("case.registered", "case.retyped", "case.merged", "case.unmerged")
"""Entries that say which cases are complaints."""
_NOTIFIED: Final = (*RECEIVED_BY, "case.notified")
NO_COMPLAINTS: Final = "cases of other kinds; merged duplicates"
CASE_ROWS: Final = Source[CaseFact](
    "cases",
    lambda row: row.owner or row.registered_by,
    {
        "kind": lambda row: row.kind,
        "category": lambda row: row.category,
        "reason": lambda row: row.reason,
        "staff": None,
        "hour": None,
    },
)


def _complaint(row: CaseFact, _scope: Scope) -> bool:
    return row.complaint


RECEIVED_CASES = Figure(
    "cases.received",
    "complaints that were received",
    source=replace(CASE_ROWS, staff=lambda row: row.registered_by),
    day="the receipt",
    excluded=f"{NO_COMPLAINTS}; withdrawn ones are in",
    sources=RECEIVED_BY,
    worse="more",
    when=lambda row: row.received,
    counts=_complaint,
)
WITHDRAWN = Figure(
    "cases.withdrawn",
    "complaints received in the span that their customers have taken back by now",
    source=CASE_ROWS,
    day="the receipt",
    basis="cohort",
    excluded=NO_COMPLAINTS,
    sources=(*RECEIVED_BY, "case.withdrawn"),
    worse="neither",
    when=lambda row: row.received,
    counts=lambda row, scope: row.complaint and scope.known(row.withdrawn),
)
DECIDED = Figure(
    "cases.decided",
    "complaints whose customer was told the decision",
    source=CASE_ROWS,
    day="the first notice",
    excluded=NO_COMPLAINTS,
    sources=_NOTIFIED,
    worse="less",
    when=lambda row: row.notified,
    counts=_complaint,
)
DECIDED_RATE = Figure(
    "cases.decided_rate",
    "those whose customer has been told the decision by now",
    source=CASE_ROWS,
    denominator="complaints that were received",
    day="the receipt",
    basis="cohort",
    excluded=NO_COMPLAINTS,
    sources=_NOTIFIED,
    unit="share",
    worse="less",
    when=lambda row: row.received,
    how="share",
    counts=_complaint,
    hit=lambda row, scope: scope.known(row.notified),
)
CLOSED = Figure(
    "cases.closed",
    "complaints that were closed",
    source=CASE_ROWS,
    day="the closing that stands",
    excluded=f"{NO_COMPLAINTS}; cases that were opened again",
    sources=(*RECEIVED_BY, "case.closed", "case.not_accepted"),
    worse="less",
    when=lambda row: row.closed,
    counts=_complaint,
)
REPEATS = Figure(
    "cases.repeats",
    "complaints of a customer about a business and reason of which one was closed at most 30 days before",
    source=CASE_ROWS,
    day="the receipt",
    excluded=f"{NO_COMPLAINTS}; customers who are not known",
    sources=(*RECEIVED_BY, "case.closed", "case.not_accepted", "case.reclassified", "case.details_added"),
    worse="more",
    when=lambda row: row.received,
    counts=lambda row, _scope: row.complaint and row.repeat_of is not None,
)
ESCALATIONS = Figure(
    "cases.escalated",
    "complaints that have gone up to level 2 or higher",
    source=CASE_ROWS,
    day="the receipt",
    basis="cohort",
    excluded=NO_COMPLAINTS,
    sources=(*RECEIVED_BY, "case.escalated"),
    worse="more",
    when=lambda row: row.received,
    counts=lambda row, scope: row.complaint and scope.known(row.escalated),
)
REGULATOR = Figure(
    "cases.regulator",
    "complaints that an authority handed on",
    source=CASE_ROWS,
    day="the receipt",
    excluded=NO_COMPLAINTS,
    sources=(*RECEIVED_BY, "case.details_added"),
    worse="more",
    when=lambda row: row.received,
    counts=lambda row, _scope: row.complaint and row.regulator,
)


def _natural_days(row: CaseFact) -> int | None:
    """Days of the calendar between two business days; None when the clock went backwards."""
    if row.received is None or row.notified is None or row.notified.at < row.received.at:
        return None
    return (row.notified.day - row.received.day).days


def _times(
    unit: Literal["days", "working_days"], what: str, amount: Callable[[CaseFact], int | None]
) -> tuple[Figure[CaseFact], Figure[CaseFact]]:
    """How long it took until the customer knew, as median and 90th percentile."""
    median = Figure(
        f"cases.{unit}_median",
        what,
        source=CASE_ROWS,
        day="the first notice",
        excluded=f"{NO_COMPLAINTS}; complaints that are not decided",
        sources=_NOTIFIED,
        unit=unit,
        worse="more",
        when=lambda row: row.notified,
        how="median",
        counts=_complaint,
        amount=amount,
    )
    return median, replace(median, id=f"cases.{unit}_p90", how="p90")


CASES: Final = (
    RECEIVED_CASES, WITHDRAWN, DECIDED, DECIDED_RATE, CLOSED, REPEATS, ESCALATIONS, REGULATOR,
    *_times("days", "natural days from the business day of receipt to that of the notice", _natural_days),
    *_times(
        "working_days",
        "working days after the business day of receipt up to that of the notice",
        lambda row: row.working_days,
    ),
)  # fmt: skip
