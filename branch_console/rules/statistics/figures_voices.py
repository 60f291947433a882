"""Figures of ratings and suggestions, and of how complete the terminals' word is."""

from typing import Final

from branch_console.rules.feedback.intervals import ENOUGH, SATISFIED
from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import CaseFact, IdeaFact, JourneyFact, RatingFact, TerminalFact
from branch_console.rules.statistics.instants import Instant, Scope

_RATED: Final = ("rating.given",)
_RATINGS: Final = Source[RatingFact](
    "ratings",
    lambda row: row.staff,
    {
        "score": lambda row: str(row.score),
        "about": lambda row: row.about.partition("/")[0],
        "by": lambda row: row.by,
        "staff": None,
    },
)
_IDEAS: Final = Source[IdeaFact]("ideas", lambda row: row.staff, {"topic": lambda row: row.topic})
_TERMINALS: Final = Source[TerminalFact]("terminals", groups={"terminal": lambda row: row.name})


def _answered(row: IdeaFact) -> Instant | None:
    return row.adopted or row.declined


def _days_to_done(row: IdeaFact) -> int | None:
    if row.adopted is None or row.done is None or row.done.at < row.adopted.at:
        return None
    return (row.done.day - row.adopted.day).days


def _active(row: TerminalFact, scope: Scope) -> bool:
    return not scope.known(row.revoked)


def _complete(row: TerminalFact, scope: Scope) -> bool:
    """Whether it has synced after the span's last day was over."""
    return row.synced is not None and scope.known(row.synced) and row.synced.day > scope.last


RATINGS = Figure(
    "ratings.given",
    "journeys and cases that were rated",
    source=_RATINGS,
    day="the last word",
    excluded="words that a later one replaced",
    sources=_RATED,
    worse="less",
    when=lambda row: row.at,
)
CSAT = Figure(
    "ratings.csat",
    "those of 4 or 5",
    source=_RATINGS,
    denominator="journeys and cases that were rated",
    day="the last word",
    excluded=f"words that a later one replaced; below {ENOUGH} there are counts only",
    sources=_RATED,
    unit="share",
    worse="less",
    when=lambda row: row.at,
    how="share",
    hit=lambda row, _scope: row.score in SATISFIED,
    least=ENOUGH,
)
ANSWERED_JOURNEYS = Figure(
    "ratings.response_journeys",
    "those that have been rated by now",
    source=Source[JourneyFact]("journeys", lambda row: row.holder),
    denominator="finished journeys",
    day="end of the journey",
    basis="cohort",
    sources=("journey.finished", *_RATED),
    unit="share",
    worse="less",
    when=lambda row: row.finished,
    how="share",
    hit=lambda row, scope: scope.known(row.rated),
    least=ENOUGH,
)
ANSWERED_CASES = Figure(
    "ratings.response_cases",
    "those that have been rated by now",
    source=Source[CaseFact]("cases", lambda row: row.owner),
    denominator="closed cases of all kinds",
    day="the closing that stands",
    basis="cohort",
    excluded="merged duplicates",
    sources=("case.closed", *_RATED),
    unit="share",
    worse="less",
    when=lambda row: row.closed,
    how="share",
    counts=lambda row, _scope: not row.merged,
    hit=lambda row, scope: scope.known(row.rated),
    least=ENOUGH,
)
IDEAS = Figure(
    "ideas.received",
    "suggestions",
    source=_IDEAS,
    day="the receipt",
    excluded="merged duplicates",
    sources=("case.registered",),
    worse="less",
    when=lambda row: row.received,
)
ADOPTED = Figure(
    "ideas.adopted",
    "those that were adopted",
    source=_IDEAS,
    denominator="suggestions that were answered",
    day="the answer that stands",
    excluded="suggestions without an answer; merged duplicates",
    sources=("suggestion.adopted", "suggestion.declined"),
    unit="share",
    worse="less",
    when=_answered,
    how="share",
    hit=lambda row, _scope: row.adopted is not None,
)
DAYS_TO_DONE = Figure(
    "ideas.days_median",
    "natural days from the business day of adoption to that on which it was done",
    source=_IDEAS,
    day="the day it was done",
    excluded="suggestions that are not done",
    sources=("suggestion.adopted", "suggestion.done"),
    unit="days",
    worse="more",
    when=lambda row: row.done,
    how="median",
    amount=_days_to_done,
)
COMPLETE = Figure(
    "terminals.complete",
    "those that have synced after the last day of the span",
    source=_TERMINALS,
    denominator="active terminals",
    day="enrolment of the terminal",
    basis="standing",
    excluded="revoked terminals",
    sources=("terminal.registered", "terminal.revoked"),
    unit="share",
    worse="less",
    when=lambda row: row.registered,
    how="share",
    counts=_active,
    hit=_complete,
)
PENDING = Figure(
    "terminals.pending",
    "entries that wait on terminals, as these last reported",
    source=_TERMINALS,
    day="enrolment of the terminal",
    basis="standing",
    excluded="revoked terminals",
    sources=("terminal.registered", "terminal.revoked"),
    unit="entries",
    worse="more",
    when=lambda row: row.registered,
    how="sum",
    counts=_active,
    amount=lambda row: row.pending,
)

VOICES: Final = (
    RATINGS, CSAT, ANSWERED_JOURNEYS, ANSWERED_CASES, IDEAS, ADOPTED, DAYS_TO_DONE, COMPLETE, PENDING,
)  # fmt: skip
