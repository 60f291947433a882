"""One clock's life: it starts, rests, is extended, ends, and begins anew; what was missed once stays missed.

Names: `Round`, `run(rule, calendar, events, now, lead)`. The events come from `events.in_order`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.due import due_with_rests, first_due
from branch_console.rules.working_time.events import NEW_FACTS, ClockEvent
from branch_console.rules.working_time.hours import last_close
from branch_console.rules.working_time.policy import ClockRule, Extension


@dataclass(slots=True)
class Round:
    """One run of a clock, up to the moment that it was worked out for.

    `base` is what is due without rests and bounds, `bound` the due date that it must not pass, `missed` the due date
    that was not kept. `track` holds for each event (by its place) what was due just before and just after it.
    """

    rule: ClockRule
    calendar: Calendar
    started_at: datetime
    base: datetime
    amount: int
    bound: datetime | None = None
    rests: list[tuple[datetime, datetime]] = field(default_factory=list)
    resting_since: datetime | None = None
    stage: int = 0
    missed: datetime | None = None
    ended_at: datetime | None = None
    ended: Literal["", "own", "case"] = ""
    refused: list[str] = field(default_factory=list)
    track: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)

    def rests_at(self, at: datetime) -> list[tuple[datetime, datetime]]:
        """The rests so far; one that still lasts ends at `at`."""
        return [*self.rests, (self.resting_since, at)] if self.resting_since is not None else self.rests

    def due(self, at: datetime) -> datetime:
        """What is due, as known at `at`. What was missed does not move any more."""
        if self.missed is not None:
            return self.missed
        due = due_with_rests(self.calendar, self.rule, self.base, self.rests_at(at))
        return due if self.bound is None else min(due, self.bound)

    def end(self, at: datetime, how: Literal["own", "case"]) -> None:
        """Ended for good (or until reopened)."""
        self._rest_over(at)
        self.ended_at, self.ended = at, how

    def judge(self, at: datetime) -> None:
        """See whether it is too late at `at`."""
        if self.missed is None and self.ended_at is None and self.rule.kind == "duty" and at > self.due(at):
            self.missed = self.due(at)

    def take(self, event: ClockEvent) -> None:
        """A rest, the end of one, or an extension; nothing moves what was missed already."""
        if event.kind in {"paused", "told"}:
            self._pause(event)
        elif event.kind == "resumed":
            self._rest_over(event.at)
        elif event.kind == "extended" and event.clock in {"", self.rule.id} and self.rule.extend:
            code = self._extend(event)
            if code:
                self.refused.append(code)
        elif event.kind == "promised" and self.rule.dur is None and event.until is not None and self.missed is None:
            self.base = min(self.base, event.until)  # the earlier of two promises must be kept too

    def _pause(self, event: ClockEvent) -> None:
        told = event.told is not None and event.told <= event.at
        may = event.reason in self.rule.pause or (event.reason in self.rule.pause_told and told)
        if not may:
            if event.kind == "paused":  # now it waits for something else
                self._rest_over(event.at)
            return
        limit = self.rule.pause_limit
        if self.resting_since is None and self.missed is None and (limit is None or len(self.rests) < limit):
            self.resting_since = event.at

    def _rest_over(self, at: datetime) -> None:
        if self.resting_since is not None:
            self.rests.append((self.resting_since, at))
            self.resting_since = None

    def _extend(self, event: ClockEvent) -> str:
        """Extend by one stage; returns why not, as the code of a refusal, or nothing."""
        found = next((each for each in self.rule.extend if each.stage == event.stage), None)
        if found is None:
            return "extension_unknown"
        if found.stage <= self.stage:
            return "extension_repeated"
        if found.stage != self.stage + 1:
            return "extension_order"
        if self.missed is not None:
            return "extension_too_late"
        given = event.given | ({"told"} if event.told is not None else set())
        if not given.issuperset(found.needs):
            return "extension_needs"
        self._grow(found)
        return ""

    def _grow(self, extension: Extension) -> None:
        self.stage = extension.stage
        self.amount = extension.total if extension.total is not None else self.amount + (extension.add or 0)
        self.base = max(self.base, first_due(self.calendar, self.rule, self.started_at, self.amount))


def run(
    rule: ClockRule, calendar: Calendar, events: Sequence[ClockEvent], now: datetime, lead: Sequence[Round] = ()
) -> list[Round]:
    """All rounds of a clock up to `now`; `lead` are the rounds of the clock that this one must run out before.

    Once the case has ended no clock begins (a call after closing starts no timer), until it is reopened.
    """
    rounds: list[Round] = []
    closed = False
    for place, event in enumerate([*events, ClockEvent("", now)]):
        closed = event.kind != "reopened" and (closed or event.kind in rule.ends_on)
        if rounds and rounds[-1].ended_at is None:
            _step(rounds[-1], place, event, lead)
        started = None if closed else _started(rule, calendar, event, rounds)
        if started is not None:
            started.bound = _bound(started, place, lead, after=True)
            started.track[place] = (started.due(event.at), started.due(event.at))
            rounds.append(started)
    return rounds


def _step(current: Round, place: int, event: ClockEvent, lead: Sequence[Round]) -> None:
    """One event in the life of a running round. It is judged first, by what was due before the event."""
    current.bound = _bound(current, place, lead, after=False) or current.bound
    current.judge(event.at)
    before = current.due(event.at)
    if event.kind in current.rule.stop:
        current.end(event.at, "own")
    elif event.kind in current.rule.ends_on:
        current.end(event.at, "case")
    else:
        current.take(event)
        current.bound = _bound(current, place, lead, after=True) or current.bound
    current.track[place] = (before, current.due(event.at))


def _started(rule: ClockRule, calendar: Calendar, event: ClockEvent, rounds: list[Round]) -> Round | None:
    """The round that begins with this event, if one does; a round that is resumed goes on instead."""
    last = rounds[-1] if rounds else None
    if last is not None and last.ended_at is None:
        return None
    if event.kind == rule.start and (last is None or rule.repeat):
        return _begin(rule, calendar, event)
    if event.kind != "reopened" or last is None or rule.reopen == "stay":
        return None
    if event.reason != NEW_FACTS and event.at <= last.due(event.at):
        last.ended_at, last.ended = None, ""
        return None
    return _begin(rule, calendar, event)


def _begin(rule: ClockRule, calendar: Calendar, event: ClockEvent) -> Round | None:
    if rule.dur is None:
        return Round(rule, calendar, event.at, event.until, 0) if event.until is not None else None
    return Round(rule, calendar, event.at, first_due(calendar, rule, event.at, rule.dur), rule.dur)


def _bound(current: Round, place: int, lead: Sequence[Round], *, after: bool) -> datetime | None:
    """The end of the last working day before the leading clock's due date, as that stood at this event."""
    leader = next((each for each in lead if each.started_at == current.started_at and place in each.track), None)
    if leader is None:
        return None
    due = leader.track[place][1 if after else 0]
    return last_close(current.calendar, due, current.started_at) or due
