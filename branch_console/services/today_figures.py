"""The figures of the day on the start screen: mine, the branch's, the team's, each by its one definition.

They are read from the tallies that the store keeps, in one small read; `count` first takes in what has come since, a
bounded number of changes at a time.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from branch_console.desk.desk import Desk
from branch_console.figure_views.today import DayLine, DayView, StaffLine
from branch_console.locale import Language, language, t
from branch_console.rules.roles import allowed
from branch_console.rules.statistics.counting import counted
from branch_console.rules.statistics.instants import Instant
from branch_console.rules.statistics.tally import Tally
from data import queries
from data.statistics.catching_up import catch_up, days_of
from data.statistics.tallies import days_with_groups

if TYPE_CHECKING:
    from branch_console.services.today_compared import Compared

RECEIVED: Final = "journeys.received"
ONBOARDED: Final = "journeys.onboarded"
WAITING: Final = "journeys.waiting"
FIRST_USE: Final = "journeys.first_use"
HANDED_OVER: Final = "gifts.handed_over"
COMPLAINTS: Final = "cases.received"
FIGURES: Final = (RECEIVED, ONBOARDED, WAITING, FIRST_USE, HANDED_OVER, COMPLAINTS)
AT_ONCE: Final = 200
"""Changed subjects that are taken in at most before the figures are told."""
WORKING: Final = frozenset({"guide", "case_officer", "supervisor"})
"""Roles that serve customers: they stand in the team's table with a zero, too."""


class DayFigures:
    """The figures of a session's day."""

    def __init__(self) -> None:
        self._before: Compared | None = None
        self._compared: tuple[date, int, Language] | None = None
        """The minute and language of it: comparing reads all rows of a day, so it is done once a minute."""
        self._counting = False

    def count(self, desk: Desk) -> tuple[DayView, tuple[StaffLine, ...] | None]:
        """With what has come since the last count, and compared at this minute."""
        from branch_console.services.today_compared import compare  # noqa: PLC0415  stands on the case desk

        self._counting = not catch_up(desk.store, limit=AT_ONCE).done
        now = _now(desk)
        minute = now.day, now.minute, language()
        if self._compared != minute:
            self._before, self._compared = compare(desk, now, FIGURES), minute
        return self.read(desk)

    def read(self, desk: Desk) -> tuple[DayView, tuple[StaffLine, ...] | None]:
        """As they were counted last; the team's for whoever leads it, and then no own ones beside them."""
        day = _now(desk).day
        found = days_with_groups(desk.store, day, day, FIGURES)
        numbers = _Numbers({key[1:]: tally for key, tally in found.items()})
        leads = allowed(desk.role, "figures.team")
        own = desk.staff if allowed(desk.role, "figures.own") and not leads else None
        before = self._before if self._before is not None and self._before.today == day else None
        view = DayView(
            day=day,
            lines=tuple(_line(figure, numbers, own, before) for figure in FIGURES),
            by_hour=tuple(numbers.of(RECEIVED, "hour", f"{hour:02}") for hour in range(24)),
            compared="" if before is None else before.words,
            compared_short="" if before is None else before.short,
            counting=self._counting,
        )
        return view, _team(desk, numbers) if leads else None


def _now(desk: Desk) -> Instant:
    """This moment and its business day, as the facts here reckon days."""
    now = days_of(desk.store).instant(desk.now())
    if now is None:
        raise ValueError("a clock without a zone")
    return now


class _Numbers:
    """The tallies of one day, asked by figure, group and member."""

    def __init__(self, found: Mapping[tuple[str, str, str], Tally]) -> None:
        self._found = found

    def of(self, figure: str, group: str = "", member: str = "") -> int:
        """How many; nothing of the kind is none."""
        return int(counted(figure, self._found.get((figure, group, member))).value or 0)

    def staff(self) -> set[str]:
        """Everybody of whom there is a number."""
        return {member for _, group, member in self._found if group == "staff" and member}


def _line(figure: str, numbers: _Numbers, own: str | None, before: "Compared | None") -> DayLine:
    branch = numbers.of(figure)
    words, change = ("", "") if before is None else before.change(figure, branch)
    mine = None if own is None else str(numbers.of(figure, "staff", own))
    return DayLine(figure, t(f"today.figure.{figure}"), mine, str(branch), words, change)


def _team(desk: Desk, numbers: _Numbers) -> tuple[StaffLine, ...]:
    """Everybody who serves customers here, or has today, by staff number: a table and no ranking."""
    people = {each.staff_id: each for each in queries.staff_list(desk.store)}
    serving = {staff for staff, each in people.items() if each.active and each.role in WORKING}
    lines = [
        StaffLine(
            staff,
            people[staff].name if staff in people else staff,
            *(numbers.of(figure, "staff", staff) for figure in (RECEIVED, ONBOARDED, FIRST_USE, HANDED_OVER)),
        )
        for staff in serving | numbers.staff()
    ]
    return tuple(sorted(lines, key=lambda line: line.staff))
