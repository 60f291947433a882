"""The branch's figures at the same time of day of the working day before, for the start screen.

By the same definitions and from the same rows as everywhere: `rules/statistics/comparing.py` says what is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from branch_console.desk.cases.promising import CALENDAR
from branch_console.desk.desk import Desk
from branch_console.locale import t
from branch_console.rules.statistics.comparing import same_time_before
from branch_console.rules.statistics.figures import value
from branch_console.rules.statistics.instants import Instant, Scope
from data.statistics.rows import facts_of_days

KINDS: Final = ("journey", "claim", "case")


@dataclass(frozen=True, slots=True)
class Compared:
    """`values` by figure, empty when there is nothing to compare with: then `words` says why not."""

    today: date
    words: str
    short: str = ""
    weekday: str = ""
    values: tuple[tuple[str, int], ...] = ()

    def change(self, figure: str, now: int) -> tuple[str, str]:
        """How a figure differs, in words and as a sign with a number; empty when it was not compared."""
        before = dict(self.values).get(figure)
        if before is None:
            return "", ""
        if now == before:
            return t("today.before.same", weekday=self.weekday), "="
        way = "more" if now > before else "fewer"
        return t(f"today.before.{way}", weekday=self.weekday, n=abs(now - before)), f"{now - before:+d}"


def compare(desk: Desk, now: Instant, figures: Sequence[str]) -> Compared | None:
    """Those figures of the whole branch as they stood at this minute of the working day before, as the Day board says.

    None while this terminal has no calendar.
    """
    today = now.day
    calendar = desk.store.reference.newest_calendar(CALENDAR, today)
    if calendar is None:
        return None
    before = same_time_before(calendar, Scope(today, today, now.at, until=now.minute))
    if before is None:
        return Compared(today, t("today.compared.rest"))
    day = before.scope.first
    weekday = t(f"today.weekday.{day.weekday()}")
    words = {"date": day.strftime("%m-%d"), "weekday": weekday}
    facts = facts_of_days(desk.store, (day,), KINDS)
    if not (facts.journeys or facts.claims or facts.cases):
        return Compared(today, t("today.compared.no_data", **words))
    said = "today.compared" if before.calendar_known else "today.compared.estimated"
    found = ((figure, value(figure, facts, before.scope).value) for figure in figures)
    return Compared(
        today,
        t(said, time=now.at.astimezone(desk.store.identity.zone).strftime("%H:%M"), **words),
        t("today.compared.short", weekday=weekday),
        weekday,
        tuple((figure, int(number)) for figure, number in found if number is not None),
    )
