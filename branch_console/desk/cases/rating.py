"""A customer's word on a journey or case that is over. Who is not asked or says nothing leaves no entry at all."""

from collections.abc import Sequence

from branch_console.desk.cases.core import CaseCounter, write_rating
from branch_console.desk.cases.words import kept
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.errors import RuleError
from branch_console.rules.journey_state import JourneyState
from data.act import Act
from data.store import Store

RATED = frozenset({"closed", "told"})
"""Statuses of a case in which its customer is asked: the end of the work, and never before."""
LINE = 300
"""Characters of the line beside a score."""


def rated_thing(source: Act | Store, about: str) -> JourneyState | CaseState:
    """What is rated. Raises RuleError `rating_nothing`."""
    state = source.state(about)
    if isinstance(state, JourneyState) and state.started_at is not None:
        return state
    if isinstance(state, CaseState) and state.number:
        return state
    raise RuleError("rating_nothing")


def over(state: JourneyState | CaseState) -> bool:
    """Whether it is over, so that it can be rated: those who can be asked are those who are counted as asked."""
    if isinstance(state, JourneyState):
        return state.ended
    return state.status in RATED


def standing(source: Act | Store, about: str) -> RatingState:
    """All that was said about it so far."""
    found = source.state(rating_subject(about))
    return found if isinstance(found, RatingState) else RatingState()


def rate(counter: CaseCounter, about: str, score: int, reasons: Sequence[str], text: str, by: str) -> None:
    """Write a score from 1 to 5 with its reasons and a masked line; a second word is a revision beside the first.

    Raises RuleError, FieldError.
    """
    counter.require("rating.give")
    line = kept(counter, text, LINE)
    with counter.desk.act() as act:
        before = standing(act, about)
        write_rating(
            counter,
            act,
            rating_subject(about),
            {
                "about": about,
                "score": score,
                "reasons": list(dict.fromkeys(reasons)),
                "text": line,
                "by": by,
                "revision": len(before.revisions) + 1,
            },
            ended=over(rated_thing(act, about)),
        )
