"""How conditions about time are answered."""

from datetime import date, timedelta
from typing import Any

from chinese_calendar import is_workday

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_time import Period, Recurring, WithinDaysOf
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Params
from branch_console.rules.eligibility.probe_base import Ask, LeafProbe, Told


class PeriodProbe(LeafProbe[Period]):
    """Always known: it needs nothing but the date."""

    cost = 0
    contextual = True

    def asks(self) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def status(self, book: FactBook) -> bool:
        """Whether today is inside."""
        starts, ends = self.condition.starts, self.condition.ends
        return (starts is None or starts <= book.today) and (ends is None or book.today <= ends)

    def told(self, ask: Ask) -> Told:
        """Before it begins, and inside one that ends, one can wait, unless the campaign ends before."""
        starts, ends = self.condition.starts, self.condition.ends
        params: dict[str, Any] = {"from": starts.isoformat() if starts else "", "to": ends.isoformat() if ends else ""}
        gap: int | None = None
        if not ask.status and starts is not None and ask.book.today < starts:
            gap = (starts - ask.book.today).days
        elif ask.status and not ask.polarity and ends is not None:
            gap = (ends - ask.book.today).days + 1
        if gap is not None and ask.book.today + timedelta(days=gap) > self.context.ends:
            gap = None
        return Told(None, None, gap, "days", "final" if gap is None else "wait", params)


def day_kind(book: FactBook, day: date) -> str | None:
    """Whether a day is a "holiday" or a "workday" in mainland China; None: its year has not been published.

    A fact `calendar.<date>` goes first: it is how a replay, or a correction by the bank, overrules the library.
    """
    fact = book.fact(f"calendar.{day.isoformat()}")
    if fact is not None:
        return str(fact.value)
    try:
        return "workday" if is_workday(day) else "holiday"
    except NotImplementedError:  # what the library raises for a year that it does not know
        return None


class RecurringProbe(LeafProbe[Recurring]):
    """Weekday and hour are always known; whether a day is a holiday may not be. One can always wait."""

    bad = "wait"

    def asks(self) -> tuple[str, ...]:
        """Nothing of the customer."""
        return ()

    def status(self, book: FactBook) -> bool | None:
        """Weekday, hour and calendar must all fit."""
        wanted = self.condition
        if wanted.weekdays and book.today.isoweekday() not in wanted.weekdays:
            return False
        if wanted.hours and not any(each.start <= book.hour < each.end for each in wanted.hours):
            return False
        if wanted.calendar is None:
            return True
        kind = day_kind(book, book.today)
        return None if kind is None else kind == wanted.calendar

    def said(self) -> Params:
        """Weekdays, hours, calendar."""
        wanted = self.condition
        return {
            "weekdays": list(wanted.weekdays),
            "hours": [f"{each.start:02d}:00–{each.end:02d}:00" for each in wanted.hours],
            "calendar": wanted.calendar or "",
        }

    def worked_out(self, book: FactBook) -> dict[str, Fact]:
        """What the calendar said."""
        kind = day_kind(book, book.today) if self.condition.calendar else None
        return {} if kind is None else {f"calendar.{book.iso}": Fact(kind, None, "local")}


class WithinDaysOfProbe(LeafProbe[WithinDaysOf]):
    """Days since the wallet was opened, or the month of birth."""

    contextual = True

    def asks(self) -> tuple[str, ...]:
        """The date that it counts from."""
        return ("born",) if self.condition.event == "birthday_month" else ("wallet_opened_on",)

    def status(self, book: FactBook) -> bool | None:
        """A wallet that opens in the future is a wrong fact, so nothing is known."""
        fact = book.fact(self.names[0], self.max_age)
        if fact is None:
            return None
        if self.condition.days is None:
            return int(fact.value[5:7]) == book.today.month
        elapsed = (book.today - date.fromisoformat(fact.value)).days
        return None if elapsed < 0 else elapsed <= self.condition.days

    def told(self, ask: Ask) -> Told:
        """The month comes again; days that passed do not."""
        params: dict[str, Any] = {"event": self.condition.event}
        fact = ask.book.raw.get(self.names[0])
        if fact is None:
            return Told(need=self.condition.days, unit="days", params=params)
        if self.condition.days is None:
            return self._month(ask, int(fact.value[5:7]), params)
        allowed = self.condition.days
        elapsed = (ask.book.today - date.fromisoformat(fact.value)).days
        left = allowed - elapsed + 1 if ask.status and not ask.polarity else None
        if left is not None and ask.book.today + timedelta(days=left) > self.context.ends:
            left = None
        return Told(elapsed, allowed, left, "days", "final" if left is None else "wait", params)

    def _month(self, ask: Ask, month: int, params: dict[str, Any]) -> Told:
        """The month comes again, or is over soon; if the campaign lasts until then."""
        today = ask.book.today
        months = (month - today.month) % 12 if ask.status is False else 1
        index = today.year * 12 + today.month - 1 + months
        if date(index // 12, index % 12 + 1, 1) > self.context.ends:
            return Told(params=params)
        return Told(gap=months, unit="months", fixable="wait", params=params)


def full_years(born: date, on: date) -> int:
    """Age in full years; whoever was born on 29 February grows older on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # 29 February in a year that has none
        return date(born.year + age, 2, 28) + timedelta(days=1)
