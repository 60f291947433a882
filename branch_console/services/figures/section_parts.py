"""The day by hour, wallet class, customer group and member of staff."""

from typing import Final

from branch_console.figure_views.tables import TableView
from branch_console.locale import t
from branch_console.services.figures.question import Question
from branch_console.services.figures.tables import Wanted, grouped_table

CUSTOMERS: Final = ("journeys.received", "journeys.onboarded", "journeys.completed", "journeys.minutes_median")
"""What is said of customers by what they are; a row is hidden when any of it is of few."""
_HOUR: Final = Wanted(
    "hour", "hour", ("journeys.received", "journeys.onboarded", "gifts.handed_over", "cases.received"), chart="bar"
)
_CLASS: Final = Wanted("class", "class", CUSTOMERS, attribute=True, chart="bar")
_SEGMENT: Final = Wanted("segment", "segment", CUSTOMERS, attribute=True, chart="bar")
_STAFF: Final = Wanted(
    "staff",
    "staff",
    ("journeys.received", "journeys.onboarded", "journeys.first_use", "gifts.handed_over", "cases.received"),
)


def part_tables(ask: Question) -> tuple[TableView, ...]:
    """Whoever may not see the team sees the own row of it only."""
    own = ask.desk.staff
    notes = [] if ask.sees_team else [t("figures.own_only")]
    return (
        grouped_table(ask, _HOUR),
        grouped_table(ask, _CLASS),
        grouped_table(ask, _SEGMENT),
        grouped_table(ask, _STAFF, only=lambda member: ask.sees_team or member == own, notes=notes),
    )
