"""Invented cases of the last days, taken down and worked on through the real desk, on earlier clocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from branch_console.demo.case_scripts import Answer, DemoCase, DemoRating, DemoStep, load_scripts
from branch_console.demo.history import Clock
from branch_console.demo.past.days import workdays_before
from branch_console.desk.cases import containing, ideas
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.customers import find_customers
from branch_console.desk.cases.form_reading import Filled
from branch_console.desk.cases.promising import CALENDAR
from branch_console.desk.cases.rating import rate
from branch_console.desk.cases.registering import register
from branch_console.desk.cases.working import do
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.journal import format_at, parse_at
from branch_console.rules.masking import mask_name
from branch_console.rules.staff import Role
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import advance
from data import queries

_FILLING: Final = timedelta(seconds=52)
"""From the first key of a form to its last."""


def play_cases(desks: Mapping[Role, Sequence[Desk]], now: datetime) -> None:
    """Let the staff of the branch take down and work on all cases of cases.toml, the last act before `now`."""
    calendar = desks["guide"][0].store.reference.newest_calendar(CALENDAR, now.date())
    if calendar is None:
        return
    scripts = load_scripts()
    course = Course(desks, calendar, now)
    for case in scripts.cases:
        course.play(case)
    course.rate_journeys(scripts.ratings)


@dataclass
class Course:
    """The cases one after the other; what was made is known by its name."""

    desks: Mapping[Role, Sequence[Desk]]
    calendar: Calendar
    now: datetime
    made: dict[str, str] = field(default_factory=dict)

    def play(self, case: DemoCase) -> None:
        """One case, as far as its course has come by now."""
        clock = Clock(self._begin(case))
        if clock.now + _FILLING > self.now:
            return
        counter = self._counter("guide", clock)
        self.made[case.name] = self._take_down(counter, clock, case)
        for step in case.steps:
            moment = advance(self.calendar, clock.now, timedelta(minutes=step.after))
            if case.ago:
                moment = clock.now + timedelta(minutes=step.after)
            if moment >= self.now:
                return
            clock.now = moment
            self._step(self._counter(step.by, clock), self.made[case.name], step)

    def rate_journeys(self, ratings: Sequence[DemoRating]) -> None:
        """The last customers of the day say how it was."""
        store = self.desks["guide"][0].store
        ended = queries.journeys(store, tab="finished", staff=None, limit=len(ratings))
        for row, said in zip(ended, ratings, strict=False):
            counter = self._counter("guide", Clock(parse_at(row.updated_at) + timedelta(minutes=1)))
            rate(counter, row.subject, said.score, said.reasons, said.text, "customer")

    def _begin(self, case: DemoCase) -> datetime:
        if case.ago:
            return self.now - timedelta(minutes=case.ago)
        day = workdays_before(self.calendar, self.now.date(), case.days)
        return datetime.combine(day, time.fromisoformat(case.at), self.now.tzinfo)

    def _counter(self, role: Role, clock: Clock) -> CaseCounter:
        return CaseCounter(replace(self.desks[role][0], now=clock), online=False)

    def _take_down(self, counter: CaseCounter, clock: Clock, case: DemoCase) -> str:
        form = case.form
        opened = clock.now
        clock.now += _FILLING
        filled = CaseForm(
            kind=form.kind,
            category=form.category,
            narrative=Said(form.told),
            want=form.want,
            contact=form.contact,
            amount=form.amount,
            reference=Said(form.reference),
            counterparty=Said(form.counterparty),
            source=form.source,
            regulator_reference=Said(form.regulator_reference),
            vulnerable=form.vulnerable,
            who=form.who,
            opened_at=format_at(opened),
        )
        person = None if case.customer is None else _person(counter, *case.customer)
        return register(counter, Filled(filled, person, anonymous=person is None))

    def _step(self, counter: CaseCounter, subject: str, step: DemoStep) -> None:
        answers = {name: self._answer(answer) for name, answer in step.answers.items()}

        def one(name: str) -> str:
            return next(iter(answers.get(name, ())), "")

        own: dict[str, Callable[[], object]] = {
            "contain": lambda: containing.ask_to_contain(counter, subject, "freeze"),
            "called": lambda: self._called(counter, subject, one("reference")),
            "supported": lambda: ideas.support(counter, subject, one("who"), ""),
            "evaluated": lambda: ideas.evaluate(counter, subject, one("note")),
            "adopted": lambda: ideas.adopt(counter, subject, one("reason"), one("owner"), ""),
            "done": lambda: ideas.done(counter, subject, one("what")),
            "rated": lambda: rate(counter, subject, int(one("score")), answers.get("reasons", ()), "", "customer"),
        }
        if step.act in own:
            own[step.act]()
        else:
            do(counter, subject, step.act, answers, about=self._typed(step.about))

    def _called(self, counter: CaseCounter, subject: str, reference: str) -> None:
        """The customer has called the first of the bank's hotlines."""
        hotline = counter.reference.codes("hotlines")[0].code
        containing.record_call(counter, subject, hotline, "", answered=True, reference=reference, said_done=False)

    def _answer(self, answer: Answer) -> tuple[str, ...]:
        return tuple(self._typed(each) for each in ([answer] if isinstance(answer, str) else answer))

    def _typed(self, text: str) -> str:
        """What stands for a moment, a member of staff or a case, as it would be typed or picked."""
        if not text.startswith("@"):
            return text
        name = text.removeprefix("@")
        if name.startswith("now"):
            return f"{self.now + timedelta(minutes=int(name.removeprefix('now'))):%Y-%m-%d %H:%M}"
        if name.startswith("tomorrow "):
            return f"{self.now + timedelta(days=1):%Y-%m-%d} {name.removeprefix('tomorrow ')}"
        if name.startswith("case:"):
            return self.made[name.removeprefix("case:")]
        role, _, number = name.partition(":")
        return next(desks[int(number or 0)].staff for each, desks in self.desks.items() if each == role)


def _person(counter: CaseCounter, name: str, phone: str) -> Person:
    """Somebody who says name and number."""
    found = find_customers(counter, phone)[0]
    return replace(found, name=mask_name(name), journey=None)
