"""What was answered in the form of an act, read for the entry: masked, complete, or refused field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.rules.canonical import Json
from branch_console.rules.cases.when import read_past, read_when
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.journal import format_at
from branch_console.rules.narrative.masking import mask
from branch_console.rules.working_time.calendar import Calendar
from branch_console.security.text import clean

_YUAN = re.compile(r"([0-9]{1,9})(?:[.]([0-9]{1,2}))?")
_WHOLE = re.compile(r"[0-9]{1,6}")
MOST = 2000


@dataclass(slots=True)
class Answered:
    """The answers of one form. What is wrong is collected and raised once, by `complete`.

    `calendar` says which hours are worked.
    """

    counter: CaseCounter
    answers: Mapping[str, tuple[str, ...]]
    calendar: Calendar | None = None
    masked: int = 0
    problems: list[FieldError] = field(default_factory=list)

    def one(self, name: str) -> str:
        """What was picked or typed, as it is; empty when nothing was."""
        return next(iter(self.answers.get(name, ())), "").strip()

    def many(self, name: str) -> list[str]:
        """All that was ticked."""
        return [each for each in self.answers.get(name, ()) if each]

    def ticked(self, name: str) -> bool:
        """Whether it was ticked, or answered with yes."""
        return self.one(name) == "yes"

    def picked(self, name: str, code: str = "choice_missing") -> str:
        """What was picked; a problem when nothing was."""
        return self.one(name) or self._wrong(name, code)

    def text(self, name: str, *, most: int = MOST) -> str:
        """Typed words, cleaned and masked; empty when there are none."""
        patterns = masks(self.counter).patterns
        whole = mask(" ".join(clean(self.one(name)).split()), patterns)
        self.masked += sum(whole.counts.values())
        return mask(whole.text[:most], patterns).text[:most]  # a cut can make a person's number of a longer one

    def needed(self, name: str, code: str = "reason_missing", *, most: int = 500) -> str:
        """Typed words; a problem when there are none."""
        return self.text(name, most=most) or self._wrong(name, code)

    def fen(self, name: str) -> int | None:
        """An amount in yuan; None when nothing was typed."""
        typed = self.one(name).replace(",", "")
        if not typed:
            return None
        found = _YUAN.fullmatch(typed)
        if found is None:
            self._wrong(name, "amount_form")
            return None
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def number(self, name: str) -> int | None:
        """A whole number; None when nothing was typed."""
        typed = self.one(name)
        if not typed:
            return None
        if not _WHOLE.fullmatch(typed):
            self._wrong(name, "number_unreadable")
            return None
        return int(typed)

    def promise(self) -> dict[str, Json] | None:
        """The next promise: until when, how, by whom."""
        typed = self.one("promise_at")
        if not typed:
            self._wrong("promise_at", "promise_missing")
            return None
        now = self.counter.now()
        try:
            moment = read_when(typed, now, self.counter.store.identity.zone, self.calendar)
        except RuleError as error:
            self.problems.append(FieldError("promise_at", error.code, **error.params))
            return None
        return {
            "at": format_at(moment),
            "way": self.picked("promise_way", "promise_way_missing"),
            "staff": self.one("promise_staff") or self.counter.desk.staff,
        }

    def ago(self, name: str) -> str:
        """A moment that was, as `when.read_past` reads it; now when nothing was typed."""
        zone, now = self.counter.store.identity.zone, self.counter.now()
        typed = self.one(name)
        if not typed:
            return format_at(now.astimezone(zone))
        try:
            return format_at(read_past(typed, now, zone))
        except RuleError as error:
            return self._wrong(name, error.code)

    def day(self, name: str) -> str | None:
        """A day, `YYYY-MM-DD`; None when nothing was typed."""
        typed = self.one(name)
        if not typed:
            return None
        try:
            return datetime.strptime(typed, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007  only its date is used
        except ValueError:
            return self._wrong(name, "day_unreadable")

    def complete(self) -> None:
        """Raise FieldErrors for everything that is wrong or missing."""
        if self.problems:
            raise FieldErrors(self.problems)

    def _wrong(self, name: str, code: str) -> str:
        self.problems.append(FieldError(name, code))
        return "-"
