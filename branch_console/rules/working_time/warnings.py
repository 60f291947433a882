"""What staff and supervisors must be told about the calendar itself, before clocks are reckoned with guesses.

The State Council publishes the days of the next year around November; the library and the bank's document follow.
Names: `CalendarWarning`, `calendar_warnings(calendar, today)`.
"""

from datetime import date
from typing import Literal, NamedTuple

from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import base_digest, is_known


class CalendarWarning(NamedTuple):
    """One warning; its words are in the catalogues under `calendar.<code>`, with the year and the calendar's id.

    - this_year_unknown: clocks are estimated now (未知, 按周一至周五估算);
    - next_year_unknown: said from the first of November on, every day, until the year is published;
    - library_differs: the installed library has other days than those that the document was made with.
    """

    code: Literal["this_year_unknown", "next_year_unknown", "library_differs"]
    calendar: str
    year: int

    @property
    def urgent(self) -> bool:
        """Whether clocks may be wrong already today."""
        return self.code != "next_year_unknown"


def calendar_warnings(calendar: Calendar, today: date) -> tuple[CalendarWarning, ...]:
    """What is to be shown on a business date."""
    found: list[CalendarWarning] = []
    if not is_known(calendar, today, today):
        found.append(CalendarWarning("this_year_unknown", calendar.id, today.year))
    following = today.replace(year=today.year + 1, month=1, day=1)
    if today.month >= calendar.warn_from_month and not is_known(calendar, following, following):
        found.append(CalendarWarning("next_year_unknown", calendar.id, following.year))
    base = calendar.base
    if base is not None and base_digest(base.first_year, base.last_year) != base.sha256:
        found.append(CalendarWarning("library_differs", calendar.id, today.year))
    return tuple(found)
