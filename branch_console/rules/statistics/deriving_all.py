"""From the folded state of any one subject to its rows, without what others say about them (`linking.py` adds that).

Rows never depend on the moment at which they are made: both stores derive them once, when a subject has changed.
Names: `KINDS`, `derive(subject, state, days, reference, confirmed=…)`.
"""

from datetime import timedelta
from typing import Final

from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.gifts.checks import CheckState
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.deriving import journey_fact, rating_fact, step_facts
from branch_console.rules.statistics.deriving_cases import case_fact, clock_facts, idea_fact
from branch_console.rules.statistics.deriving_claims import check_facts, claim_fact
from branch_console.rules.statistics.facts import ClockFact, Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.working_time.clocks import rounds_of

KINDS: Final = frozenset({"journey", "claim", "case", "rating", "check"})
"""Kinds of subjects that give rows. Terminals are not among them: what they report is in no journal."""

_LONGEST: Final = timedelta(days=36_525)
"""A case that takes longer has a moment from a wrong clock."""


def derive(subject: str, state: object, days: Days, reference: Reference, *, confirmed: bool) -> Facts:
    """The rows of one subject. Of a state that is of none of `KINDS` there are none.

    `confirmed`: central holds the entry that finished the journey; it counts as confirmed from its end on, so that
    the row is the same on every store. Whatever the kind is, what cannot be placed on a day has no moment.
    """
    match state:
        case JourneyState():
            ended = state.finished_at if confirmed else None
            journey = journey_fact(subject, state, days, confirmed=ended)
            return Facts(journeys=(journey,), steps=step_facts(subject, state, days))
        case ClaimState():
            return Facts(claims=(claim_fact(subject, state, days),))
        case CheckState():
            return Facts(checks=check_facts(subject, state, days))
        case RatingState():
            rating = rating_fact(subject, state, days)
            return Facts(ratings=() if rating is None else (rating,))
        case CaseState():
            return _case(subject, state, days, reference)
    return Facts()


def _case(subject: str, state: CaseState, days: Days, reference: Reference) -> Facts:
    calendar = reference.calendars.get((state.calendar_id, state.calendar_version))
    idea = idea_fact(subject, state, days)
    return Facts(
        cases=(case_fact(subject, state, days, calendar),),
        clocks=_clocks(subject, state, days, reference),
        ideas=() if idea is None else (idea,),
    )


def _clocks(subject: str, state: CaseState, days: Days, reference: Reference) -> tuple[ClockFact, ...]:
    """The time limits by the policy and calendar that the case is pinned to; none where they are not known here.

    They are read at the moment of the last thing that happened: from then on nothing moves them. A limit that rests
    then has no due moment yet and is left out; going on is a thing that happens. Moments of another century, which
    only a terminal with a wrong clock can say, make no limits: reckoning with them would hold up all other figures.
    """
    policy = reference.sla.get((state.policy_id, state.policy_version))
    calendar = reference.calendars.get((state.calendar_id, state.calendar_version))
    events = clock_events(state)
    if policy is None or calendar is None or not events:
        return ()
    moments = [at for each in events for at in (each.at, each.told) if at is not None]
    last = max(moments)
    if last - min(moments) > _LONGEST:
        return ()
    try:
        clocks = rounds_of(policy, calendar, events, last, state.clock_sets)
        numbered = [pair for rounds in clocks.values() for pair in enumerate(rounds, 1)]
        return clock_facts(subject, state, numbered, last, days)
    except OverflowError:
        return ()
