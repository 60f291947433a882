"""The days that can be opened."""

from datetime import date, timedelta
from typing import Final

from branch_console.figure_views.board import DayChoice
from branch_console.services.figures.book import span
from branch_console.services.figures.day_words import central_state
from branch_console.services.figures.formats import day_label, shown
from branch_console.services.figures.question import Question
from data.statistics import days as kept_days

LISTED: Final = 92
"""Days to choose from: a quarter. Days before can be stepped to."""


def first_day(ask: Question) -> date | None:
    """The first day of which anything is known; None in a new store."""
    return min(ask.numbers.known_days, default=None)


def day_choices(ask: Question) -> tuple[DayChoice, ...]:
    """The newest first, from the first day with anything on."""
    first = first_day(ask) or ask.today
    first = min(max(first, ask.today - timedelta(days=LISTED - 1)), ask.today)
    frozen = kept_days.frozen_days(ask.source, first, ask.today)
    onboarded = ask.numbers.history("journeys.onboarded", first, ask.today)
    return tuple(
        DayChoice(
            day=day,
            label=day_label(day),
            state="frozen" if day in frozen else central_state(ask, day),
            onboarded=shown(onboarded[day].value, "number"),
        )
        for day in reversed(span(first, ask.today))
    )
