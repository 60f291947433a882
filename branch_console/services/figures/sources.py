"""What figures are made from, within one snapshot: tallies and rows, read again only when their day has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.instants import Days, Scope
from branch_console.rules.statistics.tallies import EVER, TALLIED
from branch_console.rules.statistics.tally import Key, Tally
from branch_console.rules.statistics.whole_day import asked
from branch_console.services.figures.book import Book, span
from branch_console.services.figures.snapshot import Snapshot
from data.statistics import days as kept_days
from data.statistics import marks
from data.statistics import rows as kept_rows
from data.statistics import tallies as kept_tallies

STEPS: Final = frozenset({"funnel.reached", "funnel.seconds_median", "funnel.without_result"})
_KINDS: Final[Mapping[str, str]] = {
    "journeys": "journey",
    "funnel": "journey",
    "gifts": "claim",
    "cases": "case",
    "clocks": "clock",
    "ratings": "rating",
    "ideas": "idea",
}
_OTHER_KINDS: Final[Mapping[str, str]] = {
    "gifts.checks": "check",
    "gifts.eligible": "check",
    "ratings.response_journeys": "journey",
    "ratings.response_cases": "case",
}
CASES: Final = frozenset({"case"})


def basis_of(figure: str) -> str:
    """event, cohort, due or standing; of a ratio that of its rows."""
    return (RATIOS[figure] if figure in RATIOS else FIGURES[figure]).meaning.basis


def kinds_of(figure: str) -> frozenset[str]:
    """Kinds of days on which the rows of a figure stand (`fact_day.kind`)."""
    if figure in RATIOS:
        return kinds_of(RATIOS[figure].above.id) | kinds_of(RATIOS[figure].below.id)
    return frozenset({_OTHER_KINDS.get(figure) or _KINDS[figure.partition(".")[0]]})


@dataclass
class Sources:
    """For one view. `now` is its moment; `today` the business day that goes on.

    `reported`: past days of which central has word from a terminal, if only that there was nothing.
    """

    book: Book
    source: Snapshot
    days: Days
    today: date
    now: datetime
    reported: frozenset[date] = frozenset()
    _versions: dict[tuple[date, date], Mapping[date, int]] = field(default_factory=dict)
    _silent: dict[tuple[date, date], frozenset[date]] = field(default_factory=dict)
    _kinds: Mapping[str, int] | None = None

    def scope(self, figure: str, day: date) -> Scope:
        """In which the rows of a figure of a whole day are asked for: just as its value is."""
        return asked(figure, self.days, day, EVER.as_of if self._everything(figure) else self.now)

    def facts(self, figure: str, day: date) -> Facts:
        """The rows that a figure of a day is made from."""
        silent = self.silent(day, day)
        if basis_of(figure) == "standing":
            return replace(self.standing(day), silent=silent)
        return replace(self.facts_of(day, kinds_of(figure), steps=figure in STEPS), silent=silent)

    def facts_of(self, day: date, kinds: frozenset[str], *, steps: bool = False) -> Facts:
        """The rows of some kinds of a day."""
        return self.book.once(
            ("facts", day, kinds, steps),
            self.version(day),
            lambda: kept_rows.facts_of_days(self.source, [day], kinds, steps=steps),
        )

    def facts_between(self, first: date, last: date, kinds: frozenset[str]) -> Facts:
        """The rows of some kinds of several days."""
        version = tuple(self.versions(first, last).values())
        return self.book.once(
            ("between", first, last, kinds), version, lambda: kept_rows.facts_between(self.source, first, last, kinds)
        )

    def standing(self, day: date) -> Facts:
        """Cases that may stand open at the end of a day: those that are open now, and those that changed since."""
        if self._kinds is None:
            self._kinds = marks.kind_versions(self.source)
        version = (self._kinds.get("case", 0), self._kinds.get("clock", 0))
        return self.book.once(("standing", day, self.today), version, lambda: self._standing(day))

    def _standing(self, day: date) -> Facts:
        since = kept_rows.facts_of_days(self.source, span(day, self.today), CASES) if day < self.today else Facts()
        return joined([kept_rows.open_facts(self.source, CASES), since])

    def totals(self, first: date, last: date) -> Mapping[date, Mapping[str, Tally]]:
        """What was counted on each day, as a whole. Days of which nothing was counted are left out."""
        wanted = self.versions(first, last)
        known = {day: self.book.known(("totals", day), version) for day, version in wanted.items()}
        missing = [day for day, found in known.items() if found is None]
        if missing:
            read = kept_tallies.totals(self.source, missing[0], missing[-1])
            known |= {day: self.book.keep(("totals", day), wanted[day], read.get(day, {})) for day in missing}
        return {day: found for day, found in known.items() if found}

    def groups(self, figure: str, first: date, last: date) -> Mapping[date, Mapping[tuple[str, str], Tally]]:
        """What was counted on each day for each member of each group of a figure."""
        wanted = self.versions(first, last)
        known = {day: self.book.known(("groups", figure, day), version) for day, version in wanted.items()}
        missing = [day for day, found in known.items() if found is None]
        if missing:
            read: dict[date, dict[tuple[str, str], Tally]] = {day: {} for day in missing}
            for (day, _, group, member), tally in kept_tallies.days_with_groups(
                self.source, missing[0], missing[-1], [figure]
            ).items():
                if group and day in read:
                    read[day][group, member] = tally
            known |= {day: self.book.keep(("groups", figure, day), wanted[day], read[day]) for day in missing}
        return {day: found for day, found in known.items() if found}

    def tallies(self, day: date) -> Mapping[Key, Tally]:
        """Everything that was counted of a day, whole and by group."""
        return self.book.once(("tallies", day), self.version(day), lambda: kept_tallies.tallies_of(self.source, day))

    def versions(self, first: date, last: date) -> Mapping[date, int]:
        """When each day changed last; of days that never had anything 0."""
        if (first, last) not in self._versions:
            found = marks.day_versions(self.source, first, last)
            self._versions[first, last] = {day: found.get(day, 0) for day in span(first, last)}
        return self._versions[first, last]

    def version(self, day: date) -> int:
        """When a day changed last."""
        return (
            next((each[day] for each in self._versions.values() if day in each), None) or self.versions(day, day)[day]
        )

    def silent(self, first: date, last: date) -> frozenset[date]:
        """Days of which no terminal has reported anything; of the day that goes on this one does."""
        if (first, last) not in self._silent:
            self._silent[first, last] = kept_days.silent_days(self.source, first, last) - {self.today} - self.reported
        return self._silent[first, last]

    def is_silent(self, day: date) -> bool:
        """Whether nobody has reported a day."""
        return next((day in each for (first, last), each in self._silent.items() if first <= day <= last), None) or (
            day in self.silent(day, day)
        )

    def _everything(self, figure: str) -> bool:
        """Whether a figure is taken with everything that is known, as tallies are."""
        if figure in RATIOS:
            return all(self._everything(each.id) for each in (RATIOS[figure].above, RATIOS[figure].below))
        return figure in TALLIED or basis_of(figure) in {"event", "cohort"}
