"""How long what a case says of people is kept: from its end, and only once nobody has anything left to settle in it."""

from datetime import datetime, timedelta

from branch_console.rules.cases.next_due import moment
from branch_console.rules.cases.states import CaseState

_ENDS = frozenset({"closed", "withdrawn", "not_accepted", "merged"})


def ended_at(state: CaseState) -> str | None:
    """When a case ended, as its entry says; None while it has not."""
    if not state.ended:
        return None
    for item in reversed(state.timeline):
        if item.type == "suggestion.told" or any(event.kind in _ENDS for event in item.events):
            return item.at
    return state.updated_at


def kept_long_enough(state: CaseState, now: datetime, days: int) -> bool:
    """Whether a case has been over, and untouched, for so many days, with nothing in which two sides still differ."""
    over = ended_at(state)
    if over is None or state.unsettled:
        return False
    return now - max(moment(over), moment(state.updated_at)) >= timedelta(days=days)
