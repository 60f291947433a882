"""What one view is asked with: who asks, for which day, at which moment, and the numbers of one snapshot."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from branch_console.desk.cases.promising import CALENDAR
from branch_console.desk.desk import Desk
from branch_console.rules.reference import Reference
from branch_console.rules.roles import allowed
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.suppression import sees_small_cells
from branch_console.rules.working_time.calendar import Calendar
from branch_console.services.figures.central_answer import CentralWord
from branch_console.services.figures.labels import Labels
from branch_console.services.figures.numbers import Numbers
from branch_console.services.figures.office import FigureOffice
from branch_console.services.figures.snapshot import Snapshot

SPARK_DAYS: Final = 28


@dataclass(frozen=True)
class Question:
    """For one call of a screen. `central`: what it said last. `day` is a business day, `today` the one that goes on.

    `whole`: the answer waits for what takes long to read; else it comes without it, and says so.
    """

    office: FigureOffice
    desk: Desk
    source: Snapshot
    numbers: Numbers
    central: CentralWord
    day: date
    whole: bool = True

    @property
    def now(self) -> datetime:
        """The moment of the view, in the branch's zone."""
        return self.numbers.now

    @property
    def today(self) -> date:
        """The business day that goes on."""
        return self.numbers.today

    @property
    def days(self) -> Days:
        """How the branch reckons its days."""
        return self.numbers.days

    @property
    def running(self) -> bool:
        """Whether the day goes on."""
        return self.day >= self.today

    @property
    def reference(self) -> Reference:
        """Reference data in force."""
        return self.desk.store.reference

    @cached_property
    def calendar(self) -> Calendar | None:
        """Which days are worked; None on a terminal that has no calendar yet."""
        return self.reference.newest_calendar(CALENDAR, self.today)

    @cached_property
    def labels(self) -> Labels:
        """What things are called."""
        return Labels(self.desk.store, self.day)

    @property
    def sees_team(self) -> bool:
        """Whether figures of other members of staff may be shown; else only the own ones."""
        return allowed(self.desk.role, "figures.team")

    @property
    def sees_small(self) -> bool:
        """Whether cells of few customers may be shown."""
        return sees_small_cells(self.desk.role)

    @property
    def minute(self) -> int | None:
        """How many minutes the day has run, None when it is over."""
        instant = self.days.instant(self.now)
        return instant.minute if self.running and instant is not None else None
