"""The days that can be opened, some at a time: a branch has had thousands after some years."""

from datetime import date

from branch_console.figure_views.board import DayChoice
from branch_console.services.figures.book import span
from branch_console.services.figures.day_words import central_state
from branch_console.services.figures.formats import full_day, shown
from branch_console.services.figures.question import Question
from data.statistics import days as kept_days


def day_choices(ask: Question, first: date, last: date) -> tuple[DayChoice, ...]:
    """The days of a span, the newest first, each with its state and how many were onboarded."""
    frozen = kept_days.frozen_days(ask.source, first, last)
    onboarded = ask.numbers.history("journeys.onboarded", first, last)
    return tuple(
        DayChoice(
            day=day,
            label=full_day(day),
            state="frozen" if day in frozen else central_state(ask, day),
            onboarded=shown(onboarded[day].value, "number"),
        )
        for day in reversed(span(first, last))
    )
