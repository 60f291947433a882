"""The figures of business days within one snapshot: from what was counted where that is enough, else from the rows.

Both give the same (the tallies are made of the same definitions); the rows behind a number are always asked for in the
same scope as the number itself.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from branch_console.rules.statistics.counting import counted, ratio_of, split_of
from branch_console.rules.statistics.definition import Counted, Value, value_only
from branch_console.rules.statistics.facts import ClockFact, Facts
from branch_console.rules.statistics.figures import FIGURES, RATIOS, split, value
from branch_console.rules.statistics.standing import standing_days
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.statistics.whole_day import REPORTED
from branch_console.services.figures.book import span
from branch_console.services.figures.groups import is_own, parts_of
from branch_console.services.figures.sources import STOOD, Sources, basis_of, kinds_of


def has_stood(figure: str) -> bool:
    """Whether a figure says what stands at the end of a day, and its rows since when. What terminals report do not."""
    return figure not in REPORTED and basis_of(figure) == "standing"


class Numbers(Sources):
    """The figures themselves, with or without their rows."""

    def value(self, figure: str, day: date) -> Value:
        """A figure of a whole day."""
        if figure in RATIOS:
            ratio = RATIOS[figure]
            return ratio_of(figure, self.value(ratio.above.id, day), self.value(ratio.below.id, day))
        if figure in TALLIED:
            tally = self.totals(day, day).get(day, {}).get(figure)
            return counted(figure, tally, silent=self.is_silent(day))
        return self.here(("value", figure, day), lambda: value_only(self.rows(figure, day)))

    def parts(self, figure: str, group: str, day: date) -> dict[str, Value]:
        """A figure of a whole day for each member of a group."""
        if figure in TALLIED and not is_own(figure, group):
            return split_of(figure, self.tallies(day), group, silent=self.is_silent(day))
        if basis_of(figure) not in {"event", "cohort"}:
            return self._parts(figure, group, day)
        versions = (*(self.version(day, kind) for kind in sorted(kinds_of(figure))), self.is_silent(day))
        return self.book.once(("parts", figure, group, day), versions, lambda: self._parts(figure, group, day))

    def _parts(self, figure: str, group: str, day: date) -> dict[str, Value]:
        return {member: value_only(each) for member, each in self.rows_by(figure, group, day).items()}

    def rows_by(self, figure: str, group: str, day: date) -> dict[str, Counted[Any]]:
        """The same with the rows behind each."""
        facts, scope = self.facts(figure, day), self.scope(figure, day)
        if is_own(figure, group):
            return parts_of(figure, value(figure, facts, scope), scope, group)
        return split(figure, facts, scope, group)

    def rows(self, figure: str, day: date) -> Counted[Any]:
        """A figure of a whole day with the rows behind it."""
        return value(figure, self.facts(figure, day), self.scope(figure, day))

    def nothing(self, figure: str, day: date) -> Value:
        """What a figure is without any row: 0 of what is counted or added up, else no value."""
        return counted(figure, None, silent=self.is_silent(day))

    def history(self, figure: str, first: date, last: date) -> dict[date, Value]:
        """A figure for each of several days."""
        if figure in RATIOS:
            above, below = (self.history(each.id, first, last) for each in (RATIOS[figure].above, RATIOS[figure].below))
            return {day: ratio_of(figure, above[day], below[day]) for day in above}
        if figure in TALLIED:
            totals, silent = self.totals(first, last), self.silent(first, last)
            return {
                day: counted(figure, totals.get(day, {}).get(figure), silent=day in silent) for day in span(first, last)
            }
        if has_stood(figure):
            return self.stood(figure, "", "", span(first, last))
        if basis_of(figure) == "due":
            self._read_due(figure, first, last)
        return {day: self._past(figure, day) for day in span(first, last)}

    def stood(self, figure: str, group: str, member: str, days: Sequence[date]) -> dict[date, Value]:
        """What stood at the end of each of some days, oldest first, of a standing figure or a member of a group of it.

        As ends are known now: the same as the figure of each of these days.
        """
        past = [day for day in days if day < self.today]
        version = (self.kinds.get("case", 0), self.kinds.get("clock", 0), *(self.is_silent(day) for day in past))
        found: dict[date, Value] = {}
        if past:
            name = ("stood", figure, group, member, *past)
            found |= self.book.once(name, version, lambda: self._stood(figure, group, member, past))
        now = [day for day in days if day >= self.today]
        if not group:
            return found | {day: self.value(figure, day) for day in now}
        return found | self._stood(figure, group, member, now)

    def _stood(self, figure: str, group: str, member: str, days: Sequence[date]) -> dict[date, Value]:
        if not days:
            return {}
        near = days[-1] - days[0] <= STOOD
        facts = self.standing(days[-1]) if near else self.standing_since(days[0], days[-1])
        asked, of = FIGURES[figure], FIGURES[figure].member(group) if group else None
        rows = [row for row in asked.rows(facts) if of is None or of(row) == member]
        counts = standing_days(asked, rows, [self.scope(figure, day) for day in days])
        return {
            day: Value(None if self.is_silent(day) else count, count, count)
            for day, count in zip(days, counts, strict=True)
        }

    def _past(self, figure: str, day: date) -> Value:
        """A figure that is made from rows, of a day that is over kept until something of the day changes."""
        if day >= self.today:
            return self.value(figure, day)
        return self.book.once(("past", figure, day), self._version_of(day), lambda: self.value(figure, day))

    def _read_due(self, figure: str, first: date, last: date) -> None:
        """Time limits of all past days of a span that are not known yet, read at once: each row stands on one day."""
        days = [day for day in span(first, last) if day < self.today]
        missing = [day for day in days if self.book.known(("past", figure, day), self._version_of(day)) is None]
        if not missing:
            return
        clocks: dict[date, list[ClockFact]] = {day: [] for day in missing}
        for row in self.due(missing[0], missing[-1]).clocks:
            if row.due is not None and row.due.day in clocks:
                clocks[row.due.day].append(row)
        for day, rows in clocks.items():
            silent = frozenset({day}) if self.is_silent(day) else frozenset[date]()
            found = value(figure, Facts(clocks=tuple(rows), silent=silent), self.scope(figure, day))
            self.book.keep(("past", figure, day), self._version_of(day), value_only(found))

    def _version_of(self, day: date) -> tuple[int, bool]:
        return self.version(day), self.is_silent(day)
