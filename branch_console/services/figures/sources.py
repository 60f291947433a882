"""What figures are made from, within one snapshot: tallies and rows, read again only when their day has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from branch_console.rules.statistics.days_of_rows import kind_of
from branch_console.rules.statistics.facts import Facts, TerminalFact, joined
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.instants import EVER, Days, Scope
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.statistics.tally import Key, Tally
from branch_console.rules.statistics.whole_day import REPORTED, asked
from branch_console.services.figures.book import Book, span
from branch_console.services.figures.snapshot import Snapshot
from branch_console.services.figures.standing_cases import standing_cases
from branch_console.services.figures.versions import Versions
from data.statistics import days as kept_days
from data.statistics import rows as kept_rows
from data.statistics import tallies as kept_tallies

STOOD: Final = timedelta(days=27)
"""How far back what stands is drawn beside a number: one read serves both."""


def basis_of(figure: str) -> str:
    """event, cohort, due or standing; of a ratio that of its rows."""
    return (RATIOS[figure] if figure in RATIOS else FIGURES[figure]).basis


def kinds_of(figure: str) -> frozenset[str]:
    """Kinds of days on which the rows of a figure stand (`fact_day.kind`)."""
    if figure in RATIOS:
        return kinds_of(RATIOS[figure].above.id) | kinds_of(RATIOS[figure].below.id)
    return frozenset({kind_of(FIGURES[figure])})


@dataclass
class Sources(Versions):
    """For one view. `now` is its moment; `today` the business day that goes on.

    `reported`: past days of which central has word from a terminal, if only that there was nothing.
    `terminals`: as central last heard of them.
    """

    book: Book
    source: Snapshot
    days: Days
    today: date
    now: datetime
    reported: frozenset[date] = frozenset()
    terminals: tuple[TerminalFact, ...] = ()

    def scope(self, figure: str, day: date) -> Scope:
        """In which the rows of a figure of a whole day are asked for: just as its value is."""
        return asked(figure, self.days, day, EVER.as_of if self._everything(figure) else self.now)

    def facts(self, figure: str, day: date) -> Facts:
        """The rows that a figure of a day is made from."""
        if figure in REPORTED:
            return Facts(terminals=self.terminals)
        silent = frozenset({day}) if self.is_silent(day) else frozenset()
        if basis_of(figure) == "standing":
            return replace(self.standing(day), silent=silent)
        return replace(
            self.facts_of(day, kinds_of(figure), steps=figure in FIGURES and FIGURES[figure].source.name == "steps"),
            silent=silent,
        )

    def facts_of(self, day: date, kinds: frozenset[str], *, steps: bool = False) -> Facts:
        """The rows of some kinds of a day; each kind is read once, whatever asks for it."""
        parts = [self._facts_of(day, kind, steps=steps) for kind in sorted(kinds)]
        return parts[0] if len(parts) == 1 else joined(parts)

    def _facts_of(self, day: date, kind: str, *, steps: bool) -> Facts:
        return self.book.once(
            ("facts", day, kind, steps),
            self.version(day, kind),
            lambda: kept_rows.facts_of_days(self.source, [day], (kind,), steps=steps),
        )

    def facts_between(self, first: date, last: date, kind: str) -> Facts:
        """The rows of one kind of several days."""
        return self.book.once(
            ("between", first, last, kind),
            self.versions(first, last, kind),
            lambda: kept_rows.facts_between(self.source, first, last, (kind,)),
        )

    def due(self, first: date, last: date) -> Facts:
        """The cases of which a time limit ran out on a day of the span; of the past, kept for all limits together."""
        return self.book.once(
            ("due", first, last),
            self.versions(first, last, "clock"),
            lambda: kept_rows.due_facts(self.source, first, last),
        )

    def standing(self, day: date) -> Facts:
        """Cases that may stand open at the end of a day, or of one of the four weeks before it (`standing_since`)."""
        return self.standing_since(day - STOOD, day)

    def standing_since(self, first: date, last: date) -> Facts:
        """Cases that may stand open at the end of a day of a span: what is open now, and what ended since it began."""
        version = (self.kinds.get("case", 0), self.kinds.get("clock", 0))
        name = ("standing", first, last, self.today)
        return self.book.once(name, version, lambda: standing_cases(self.source, first, last, self.today))

    def totals(self, first: date, last: date) -> Mapping[date, Mapping[str, Tally]]:
        """What was counted on each day, as a whole. Days of which nothing was counted are left out."""
        return self.here(("totals", first, last), lambda: self._totals(first, last))

    def _totals(self, first: date, last: date) -> Mapping[date, Mapping[str, Tally]]:
        versions = {day: self.version(day) for day in span(first, last)}
        totals = partial(kept_tallies.totals, self.source)
        known: Mapping[date, Mapping[str, Tally]] = self.book.by_day(("totals",), versions, totals, {})
        return {day: found for day, found in known.items() if found}

    def groups(self, figure: str, first: date, last: date) -> Mapping[date, Mapping[tuple[str, str], Tally]]:
        """What was counted on each day for each member of each group of a figure."""
        return self.here(("groups", figure, first, last), lambda: self._groups(figure, first, last))

    def _groups(self, figure: str, first: date, last: date) -> Mapping[date, Mapping[tuple[str, str], Tally]]:
        def read(first: date, last: date) -> Mapping[date, Mapping[tuple[str, str], Tally]]:
            found: dict[date, dict[tuple[str, str], Tally]] = {}
            tallies = kept_tallies.days_with_groups(self.source, first, last, [figure])
            for (day, _, group, member), tally in tallies.items():
                if group:
                    found.setdefault(day, {})[group, member] = tally
            return found

        versions = {day: self.version(day) for day in span(first, last)}
        known: Mapping[date, Mapping[tuple[str, str], Tally]]
        known = self.book.by_day(("groups", figure), versions, read, {})
        return {day: found for day, found in known.items() if found}

    def tallies(self, day: date) -> Mapping[Key, Tally]:
        """Everything that was counted of a day, whole and by group."""
        return self.book.once(("tallies", day), self.version(day), lambda: kept_tallies.tallies_of(self.source, day))

    def silent(self, first: date, last: date) -> frozenset[date]:
        """Days of which no terminal has reported anything; of the day that goes on this one does."""
        return self.here(("silent", first, last), lambda: self._silent(first, last))

    def _silent(self, first: date, last: date) -> frozenset[date]:
        counted = self.totals(first, last)
        return frozenset(day for day in span(first, last) if day not in counted and self._has_nothing(day))

    def is_silent(self, day: date) -> bool:
        """Whether nobody has reported a day."""
        return bool(self.silent(day, day))

    def _has_nothing(self, day: date) -> bool:
        """A day without counts may have rows that count nowhere: only these are looked for."""
        if day == self.today or day in self.reported:
            return False
        version = self.version(day)
        if not version:
            return True
        found = self.book.once(("silent", day), version, lambda: kept_days.silent_days(self.source, day, day))
        return day in found

    def _everything(self, figure: str) -> bool:
        """Whether a figure is taken with everything that is known, as tallies are."""
        if figure in RATIOS:
            return all(self._everything(each.id) for each in (RATIOS[figure].above, RATIOS[figure].below))
        return figure in TALLIED or basis_of(figure) in {"event", "cohort"}
