"""How long it takes to take a case down, from the first answer to saved: what the 60-second form is measured by."""

from collections.abc import Iterable
from typing import NamedTuple

from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at

GOAL = 60
"""Seconds in which the form should be saved."""


class FormTimes(NamedTuple):
    """Of so many forms: seconds in the middle, seconds that nine of ten stay within, how many kept the goal."""

    forms: int
    median: int
    most: int
    within: int


def form_seconds(state: CaseState) -> int | None:
    """Seconds from the form's first answer to saved; None where a terminal wrote no moments."""
    try:
        took = parse_at(state.saved_at) - parse_at(state.form_opened_at)
    except ValueError:
        return None
    return max(int(took.total_seconds()), 0)


def form_times(states: Iterable[CaseState]) -> FormTimes | None:
    """All together, by the nearest rank; None of no forms at all."""
    taken = sorted(seconds for each in states if (seconds := form_seconds(each)) is not None)
    if not taken:
        return None
    ranked = [taken[-(-len(taken) * share // 100) - 1] for share in (50, 90)]
    return FormTimes(len(taken), ranked[0], ranked[1], sum(each <= GOAL for each in taken))
