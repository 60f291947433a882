"""The figures of one whole business day, asked for in the one way in which they are shown, frozen and restated.

What stands (open complaints, limits that ran out) is asked for at the day's end, or now while the day goes on; all else
as it is known at `at`. A frozen day is asked for as of the moment of its freezing for ever, so that a cohort which goes
on by itself (a complaint that is closed next week) changes nothing, and what arrives late or is said anew does.
Names: `asked`, `day_values`.
"""

from datetime import date, datetime
from typing import Any, Final

from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES, RATIOS, value
from branch_console.rules.statistics.freezing import day_ends
from branch_console.rules.statistics.instants import Days, Scope

REPORTED: Final = frozenset(name for name in FIGURES if name.startswith("terminals."))
"""Figures of what terminals report: they say how things are at the moment, and are never restated."""


def asked(figure: str, days: Days, day: date, at: datetime) -> Scope:
    """With what a figure of the whole day is asked for at a moment. Raises KeyError for an id that is none."""
    stands = figure not in RATIOS and FIGURES[figure].basis == "standing" and figure not in REPORTED
    return Scope(day, day, min(at, day_ends(days, day)) if stands else at)


def day_values(facts: Facts, days: Days, day: date, at: datetime) -> dict[str, Counted[Any]]:
    """Every figure of the day, with its rows, by id."""
    return {name: value(name, facts, asked(name, days, day, at)) for name in (*FIGURES, *RATIOS)}
