"""A believable day before the demo is watched: invented customers, walked through the real desk on an earlier clock."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from branch_console.demo.people import DemoCustomer
from branch_console.desk import answers, consents, holding, journeys
from branch_console.desk.desk import Desk
from branch_console.desk.look_up import journey
from branch_console.rules.answer_checks import may_ask, options
from branch_console.rules.conditions import Value
from branch_console.rules.consent import Policy
from branch_console.rules.flow import Field, Flow
from branch_console.rules.id_documents import check_digit
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.planning import applicable_fields, fact, next_step, plan, undecided_scopes

T = TypeVar("T", bound=bool | str)

OPENING_HOUR = 9
_AGE_BANDS = {"senior": "60_plus"}
_BORN = {"senior": (1948, 1962), "young": (1999, 2006)}
_PASSPORT_HOLDER = "foreigner"
_BANK = "演示银行"


class Clock:
    """The wall clock of the invented day, moved by hand."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def wait(self, seconds: float) -> int:
        """Let time pass; returns it in milliseconds."""
        self.now += timedelta(seconds=seconds)
        return int(seconds * 1000)


def play_day(desks: list[Desk], customers: list[DemoCustomer], now: datetime) -> None:
    """Let the guides receive the customers one after the other, the last a few minutes before `now`."""
    rng = random.Random(20261212)  # noqa: S311  the same invented day every time
    opening = now.replace(hour=OPENING_HOUR, minute=5, second=0, microsecond=0)
    begin = opening if now - opening > timedelta(hours=2) else now - timedelta(hours=3)
    pace = (now - timedelta(minutes=6) - begin) / len(customers)
    for number, customer in enumerate(customers):
        clock = Clock(begin + pace * number)
        Visit(replace(desks[number % len(desks)], now=clock), clock, customer, rng).play(within=pace)


class Visit:
    """One customer's visit."""

    def __init__(self, desk: Desk, clock: Clock, customer: DemoCustomer, rng: random.Random) -> None:
        self._desk = desk
        self._clock = clock
        self._customer = customer
        self._rng = rng
        self._subject = ""

    def play(self, within: timedelta) -> None:
        """Walk the customer through, to the end that is foreseen."""
        self._subject = journeys.start(self._desk, self._customer.target)
        last = self._clock.now + within
        while (state := self._state()).current is not None:
            step = state.current
            self._clock.wait(self._rng.uniform(4, 20))
            if step == self._customer.abandon_at:
                journeys.abandon(self._desk, self._subject, self._flow(state).reasons.abandon[0], "")
                return
            if step == self._customer.pause_at:
                holding.pause(self._desk, self._subject, self._flow(state).reasons.pause[0])
                return
            self._answer(state, step)
            planned = plan(self._flow(state), self._state(), self._policy(state))
            found = planned.find(step)
            target = (found.target_seconds if found is not None else None) or 30
            spent = self._clock.wait(min(self._rng.uniform(0.6, 1.3) * target, (last - self._clock.now).seconds / 8))
            if found is not None and found.requirement == "O" and self._rng.random() < 0.5:
                reason = found.step.skip_reasons[0]
                journeys.leave(self._desk, self._subject, step, "skipped", reason, "", spent, 0)
            else:
                journeys.done(self._desk, self._subject, step, spent, 0)
            planned = plan(self._flow(state), self._state(), self._policy(state))
            if not planned.missing and next_step(planned, step) is None:
                break
        journeys.finish(self._desk, self._subject)

    def _state(self) -> JourneyState:
        return journey(self._desk, self._subject)

    def _flow(self, state: JourneyState) -> Flow:
        return self._desk.flow_of(state)

    def _policy(self, state: JourneyState) -> Policy | None:
        return self._desk.store.reference.policy(self._flow(state).consent.policy, self._desk.today())

    def _answer(self, state: JourneyState, step: str) -> None:
        """Answer everything that the step asks, in the order in which it asks."""
        flow = self._flow(state)
        if step == flow.consent.step:
            planned = plan(flow, state, self._policy(state))
            for scope in undecided_scopes(flow, state, planned.target, planned.guardian, self._policy(state)):
                consents.decide(
                    self._desk,
                    self._subject,
                    scope,
                    given=True,
                    method="spoken",
                    language="zh",
                    guardian=planned.guardian,
                )
        asked: set[str] = set()
        while True:
            state = self._state()
            found = flow.step(step)
            fields = [] if found is None else applicable_fields(found, state)
            fields = [each for each in fields if each.id not in asked and may_ask(each, state)]
            if not fields:
                return
            value = self._value(flow, step, fields[0], state)
            asked.add(fields[0].id)
            if value:
                answers.answer(self._desk, self._subject, step, {fields[0].id: value})

    def _value(self, flow: Flow, step: str, field: Field, state: JourneyState) -> str:
        customer = self._customer
        known = {
            "segment": customer.segment,
            "age_band": _AGE_BANDS.get(customer.segment, "16_59"),
            "doc_type": "IT03" if customer.segment == _PASSPORT_HOLDER else "IT01",
        }
        codes = options(field, self._desk.store.reference)
        if field.id in known and known[field.id] in codes:
            return known[field.id]
        if field.must:
            return _typed(field.must[0])
        typed: dict[str, Callable[[], str]] = {
            "choice": lambda: self._harmless(flow, state, f"{step}.{field.id}", codes),
            "choices": lambda: self._rng.choice(codes),
            "yesno": lambda: _typed(self._harmless(flow, state, f"{step}.{field.id}", [True, False])),
            "name": lambda: customer.name,
            "phone": lambda: customer.phone,
            "text": lambda: _BANK if field.required else "",
            "document": lambda: self._document(state),
            "last4": lambda: f"{self._rng.randrange(10_000):04d}",
            "wallet_tail": lambda: f"002250{self._rng.randrange(10_000):04d}",
            "number": lambda: str(max(field.minimum or 0, min(field.maximum or 5, 5))),
        }
        return typed[field.kind]() if field.kind in typed else ""

    def _harmless(self, flow: Flow, state: JourneyState, name: str, values: Sequence[T]) -> T:
        """One of the values that changes nothing about the path: no interruption, no cap, no other steps."""
        harmless = [value for value in values if not _changes_the_path(flow, state, name, value)]
        return self._rng.choice(harmless[:1] if isinstance(values[0], bool) else harmless)

    def _document(self, state: JourneyState) -> str:
        """An invented document number of the right form."""
        if state.doc_type == "IT03" or self._customer.segment == _PASSPORT_HOLDER:
            return f"X{self._rng.randrange(10**7):07d}"
        first, last = _BORN.get(self._customer.segment, (1970, 1998))
        born = f"{self._rng.randint(first, last)}{self._rng.randint(1, 12):02d}{self._rng.randint(1, 28):02d}"
        digits = f"440304{born}{self._rng.randrange(1000):03d}"
        return digits + check_digit(digits)


def _typed(value: bool | int | str) -> str:
    """An answer as it would be typed or chosen."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _changes_the_path(flow: Flow, state: JourneyState, name: str, value: str | bool) -> bool:
    """Whether this answer would make a rule of the flow hold."""

    def known(asked: str) -> Value | list[str] | None:
        return value if asked == name else fact(state, asked)

    return any(name in rule.when.names() and rule.when.holds(known) for rule in flow.rules)
