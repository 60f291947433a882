"""Figures of ratings and suggestions, and of how complete the terminals' word is."""

from collections.abc import Callable, Mapping
from typing import Final

from branch_console.rules.feedback.intervals import ENOUGH, SATISFIED
from branch_console.rules.statistics.definition import Figure, Meaning
from branch_console.rules.statistics.facts import CaseFact, IdeaFact, JourneyFact, RatingFact, TerminalFact
from branch_console.rules.statistics.instants import Instant, Scope

_RATED: Final = ("rating.given",)
_RATING_GROUPS: Final[Mapping[str, Callable[[RatingFact], str] | None]] = {
    "score": lambda row: str(row.score),
    "about": lambda row: row.about.partition("/")[0],
    "by": lambda row: row.by,
    "staff": None,
}
_IDEA_GROUPS: Final[Mapping[str, Callable[[IdeaFact], str] | None]] = {"topic": lambda row: row.topic}
_NAMES: Final[Mapping[str, Callable[[TerminalFact], str] | None]] = {"terminal": lambda row: row.name}


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


RATINGS = Figure[RatingFact](
    id="ratings.given",
    meaning=Meaning(
        "journeys and cases that were rated", "–", "the last word", "event", "words that a later one replaced", _RATED,
        "number", "less",
    ),
    rows=lambda facts: facts.ratings,
    when=lambda row: row.at,
    staff=lambda row: row.staff,
    groups=_RATING_GROUPS,
)  # fmt: skip
CSAT = Figure[RatingFact](
    id="ratings.csat",
    meaning=Meaning(
        "those of 4 or 5", "journeys and cases that were rated", "the last word", "event",
        f"words that a later one replaced; below {ENOUGH} there are counts only", _RATED, "share", "less",
    ),
    rows=lambda facts: facts.ratings,
    when=lambda row: row.at,
    how="share",
    hit=lambda row, _scope: row.score in SATISFIED,
    staff=lambda row: row.staff,
    groups=_RATING_GROUPS,
    least=ENOUGH,
)  # fmt: skip
ANSWERED_JOURNEYS = Figure[JourneyFact](
    id="ratings.response_journeys",
    meaning=Meaning(
        "those that have been rated by now", "finished journeys", "end of the journey", "cohort", "nothing",
        ("journey.finished", *_RATED), "share", "less",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.finished,
    how="share",
    hit=lambda row, scope: scope.known(row.rated),
    staff=lambda row: row.holder,
    least=ENOUGH,
)  # fmt: skip
ANSWERED_CASES = Figure[CaseFact](
    id="ratings.response_cases",
    meaning=Meaning(
        "those that have been rated by now", "closed cases of all kinds", "the closing that stands", "cohort",
        "merged duplicates", ("case.closed", *_RATED), "share", "less",
    ),
    rows=lambda facts: facts.cases,
    when=lambda row: row.closed,
    how="share",
    counts=lambda row, _scope: not row.merged,
    hit=lambda row, scope: scope.known(row.rated),
    staff=lambda row: row.owner,
    least=ENOUGH,
)  # fmt: skip
IDEAS = Figure[IdeaFact](
    id="ideas.received",
    meaning=Meaning(
        "suggestions", "–", "the receipt", "event", "merged duplicates", ("case.registered",), "number", "less"
    ),
    rows=lambda facts: facts.ideas,
    when=lambda row: row.received,
    staff=lambda row: row.staff,
    groups=_IDEA_GROUPS,
)
ADOPTED = Figure[IdeaFact](
    id="ideas.adopted",
    meaning=Meaning(
        "those that were adopted", "suggestions that were answered", "the answer that stands", "event",
        "suggestions without an answer; merged duplicates", ("suggestion.adopted", "suggestion.declined"), "share",
        "less",
    ),
    rows=lambda facts: facts.ideas,
    when=_answered,
    how="share",
    hit=lambda row, _scope: row.adopted is not None,
    staff=lambda row: row.staff,
    groups=_IDEA_GROUPS,
)  # fmt: skip
DAYS_TO_DONE = Figure[IdeaFact](
    id="ideas.days_median",
    meaning=Meaning(
        "natural days from the business day of adoption to that on which it was done", "–", "the day it was done",
        "event", "suggestions that are not done",
        ("suggestion.adopted", "suggestion.done"), "days", "more",
    ),
    rows=lambda facts: facts.ideas,
    when=lambda row: row.done,
    how="median",
    amount=_days_to_done,
    staff=lambda row: row.staff,
    groups=_IDEA_GROUPS,
)  # fmt: skip
COMPLETE = Figure[TerminalFact](
    id="terminals.complete",
    meaning=Meaning(
        "those that have synced after the last day of the span", "active terminals", "enrolment of the terminal",
        "standing", "revoked terminals", ("terminal.registered", "terminal.revoked"), "share", "less",
    ),
    rows=lambda facts: facts.terminals,
    when=lambda row: row.registered,
    how="share",
    counts=_active,
    hit=_complete,
    groups=_NAMES,
)  # fmt: skip
PENDING = Figure[TerminalFact](
    id="terminals.pending",
    meaning=Meaning(
        "entries that wait on terminals, as these last reported", "–", "enrolment of the terminal", "standing",
        "revoked terminals", ("terminal.registered", "terminal.revoked"), "entries", "more",
    ),
    rows=lambda facts: facts.terminals,
    when=lambda row: row.registered,
    how="sum",
    counts=_active,
    amount=lambda row: row.pending,
    groups=_NAMES,
)  # fmt: skip

VOICES: Final = (
    RATINGS, CSAT, ANSWERED_JOURNEYS, ANSWERED_CASES, IDEAS, ADOPTED, DAYS_TO_DONE, COMPLETE, PENDING,
)  # fmt: skip
