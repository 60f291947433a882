"""What the forms of the acts are made of: questions with the choices of the case and the branch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from branch_console.case_views.working import Question
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.working import calendar_of
from branch_console.locale import t
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.when import short
from branch_console.rules.roles import ALLOWED
from branch_console.rules.working_time.workdays import step_workdays
from branch_console.services.cases.working_words import WAYS, CaseWords
from branch_console.views import StaffChoice

TEN = time(10)
"""When a promise is due that nobody thought about: ten o'clock of the next working day."""


@dataclass(frozen=True, slots=True)
class Asking:
    """For one form: the case, the words, who works in the branch. `about` is the entry or case that it is about."""

    counter: CaseCounter
    state: CaseState
    words: CaseWords
    colleagues: tuple[StaffChoice, ...]
    about: str = ""

    def pick(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        value: str = "",
        missing: str = "choice_missing",
        hint: str = "",
    ) -> Question:
        """One of several; what there is no choice about is picked already."""
        chosen = value or (options[0][0] if len(options) == 1 else "")
        return Question(name, "pick", _label(name), hint, tuple(options), (chosen,) if chosen else (), missing)

    def text(self, name: str, missing: str = "", hint: str = "", value: str = "", most: int = 500) -> Question:
        """A line of words."""
        return Question(name, "text", _label(name), hint, value=(value,) if value else (), missing=missing, most=most)

    def long(self, name: str, missing: str = "", hint: str = "", value: str = "", most: int = 2000) -> Question:
        """Several lines of words."""
        return Question(name, "long", _label(name), hint, value=(value,) if value else (), missing=missing, most=most)

    def many(self, name: str, options: Sequence[tuple[str, str]], value: Sequence[str], missing: str) -> Question:
        """Any of several."""
        return Question(name, "many", _label(name), "", tuple(options), tuple(value), missing)

    def tick(self, name: str, hint: str = "", missing: str = "") -> Question:
        """Something to be confirmed."""
        return Question(name, "tick", _label(name), hint, (("yes", t(f"cases.tick.{name}")),), missing=missing)

    def way(self, name: str = "way") -> Question:
        """How the customer hears, or was heard from; first as they wished."""
        wished = self.state.contact if self.state.contact in WAYS else "phone"
        return self.pick(name, self.words.ways(), wished)

    def person(self, name: str, *, me: bool = False, value: str = "", missing: str = "choice_missing") -> Question:
        """Somebody of the branch."""
        own = ((self.counter.desk.staff, t("cases.me")),) if me else ()
        others = tuple((each.id, f"{each.name} {each.id}") for each in self.colleagues)
        return self.pick(name, (*own, *others), value, missing)

    def workers(self, name: str, *, me: bool = False, value: str = "", missing: str = "choice_missing") -> Question:
        """Somebody who may work on cases and has no interest in this one."""
        fit = [each for each in self.colleagues if _works(each) and each.id not in self.state.interested]
        own = ((self.counter.desk.staff, t("cases.me")),) if me else ()
        return self.pick(name, (*own, *((each.id, f"{each.name} {each.id}") for each in fit)), value, missing)

    def promise(self) -> tuple[Question, ...]:
        """The next word that the customer is promised."""
        return (
            self.text("promise_at", "promise_missing", t("cases.hint.when"), self._tomorrow(), 40),
            self.pick("promise_way", self.words.ways(), self.way().value[0], "promise_way_missing"),
            self.workers("promise_staff", me=True, value=self.counter.desk.staff),
        )

    def _tomorrow(self) -> str:
        calendar, zone = calendar_of(self.counter, self.state), self.zone
        if calendar is None:
            return ""
        day = step_workdays(calendar, self.words.now.astimezone(zone).date(), 1)
        return short(datetime.combine(day, TEN, zone), zone)

    @property
    def zone(self) -> ZoneInfo:
        """Of the branch."""
        return self.counter.store.identity.zone


def only(when: tuple[str, ...], *questions: Question) -> tuple[Question, ...]:
    """These questions, asked only while another one has one of some answers."""
    return tuple(replace(each, when=when) for each in questions)


def _label(name: str) -> str:
    return t(f"cases.ask.{name}")


def _works(each: StaffChoice) -> bool:
    return each.role in ALLOWED["case.work"]
