"""A day beside the comparable one before it, at the same time of day; kept for the minute."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from branch_console.figure_views.tables import Tone
from branch_console.locale import t
from branch_console.rules.statistics.comparing import Before, same_time_before
from branch_console.rules.statistics.definition import Value, value_only
from branch_console.rules.statistics.figures import value
from branch_console.rules.statistics.instants import Scope
from branch_console.services.figures.formats import change, day_label, shown, unit_of, worse_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.sources import STOOD, basis_of, kinds_of

_MUTED: Final[Tone] = "muted"


class Compared(NamedTuple):
    """A value of the comparable day."""

    day: date
    value: Value
    calendar_known: bool


class Comparison:
    """For one view."""

    def __init__(self, question: Question) -> None:
        self._ask = question

    @cached_property
    def before(self) -> Before | None:
        """Which day, and up to when; None where nothing is comparable."""
        ask = self._ask
        if ask.calendar is None:
            return None
        return same_time_before(ask.calendar, Scope(ask.day, ask.day, ask.now, until=ask.minute))

    def of(self, figure: str) -> Compared | None:
        """The figure of the comparable day at the same time."""
        if self.before is None:
            return None
        scope, known = self.before
        numbers = self._ask.numbers
        version = (scope.until, scope.as_of if basis_of(figure) == "standing" else numbers.version(scope.first))
        found = numbers.book.once(("before", figure, self._ask.day), version, lambda: self._value(figure, scope))
        return Compared(scope.first, found, known)

    def _value(self, figure: str, scope: Scope) -> Value:
        numbers, day = self._ask.numbers, scope.first
        if basis_of(figure) == "standing":
            # what may have stood then is among what may stand at the end of the day, which is read anyway
            standing = numbers.standing(self._ask.day if self._ask.day - day <= STOOD else day)
            return value_only(value(figure, replace(standing, silent=numbers.silent(day, day)), scope))
        facts = numbers.facts_of(day, kinds_of(figure))
        return value_only(value(figure, replace(facts, silent=numbers.silent(day, day)), scope))

    def words(self, figure: str, now: Value) -> tuple[str, Tone]:
        """The comparison as a sentence, and whether it is good or bad; said, too, when nothing is comparable.

        A view that does not wait says that it is being made.
        """
        if not self._ask.whole and self.before is not None:
            return t("figures.before.reading"), _MUTED
        found = self.of(figure)
        if found is None:
            return t("figures.before.none"), _MUTED
        unit = unit_of(figure)
        said = {"day": day_label(found.day), "value": shown(found.value.value, unit)}
        by, tone = "", _MUTED
        if found.value.value is not None and now.value is not None:
            by = t("figures.change", by=change(now.value, found.value.value, unit))
            tone = _tone(now.value - found.value.value, worse_of(figure))
        text = t(f"figures.before.{self._part}", **said, change=by)
        if not found.calendar_known:
            text = t("figures.joined", first=text, second=t("figures.calendar_estimated"))
        return text, tone

    @property
    def _part(self) -> str:
        """Whole days, or the same part of both."""
        return "whole" if self._ask.minute is None else "same_time"


def _tone(by: float, worse: str) -> Tone:
    if by == 0 or worse == "neither":
        return ""
    return "bad" if (by > 0) == (worse == "more") else "good"
