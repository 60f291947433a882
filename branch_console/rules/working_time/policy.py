"""The model of a policy of time limits: which clocks a case has, and what each of them promises to whom.

Sources of the regulator's limits stand in each clock's `basis` and `source`; the rest is the branch's own promise.
Names: `Sla`, `ClockRule`, `Extension`, `Escalation`, `Match`, `Sla.choose(facts)`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from branch_console.rules.conditions import Facts, When
from branch_console.rules.documents import Document, Id, Many, Part, Sourced, Words
from branch_console.rules.working_time.calendar import Problem
from branch_console.rules.working_time.events import CLOSING, KINDS

Unit: TypeAlias = Literal["minute", "working_minute", "working_day", "natural_day", "promise"]
Percent: TypeAlias = Annotated[int, Field(ge=1, le=1000)]


class Escalation(Part):
    """When so many per cent of the time are gone, the case goes up to this level (0 to 3)."""

    at: Percent
    to: Annotated[int, Field(ge=1, le=3)]


class Extension(Part):
    """One stage of extension: the whole time is then `total`, or grows by `add`, in the clock's unit.

    `needs`: what it must have; "told" is the moment when the customer was told, from which it counts.
    """

    stage: Annotated[int, Field(ge=1, le=9)]
    total: Annotated[int, Field(ge=1)] | None = None
    add: Annotated[int, Field(ge=1)] | None = None
    needs: Many[Id]


class ClockRule(Sourced):
    """One clock.

    `start` and `stop` are kinds of events. `dur` in `unit`; of a "promise" the event says until when. A clock with
    `repeat` begins anew with each start. Days: the day of the start is not counted unless `count_start_day`, and a
    natural day ends at 24:00, a working day with its hours. `holiday_roll` never moves what is due, it only shows.
    `pause` are the states in which it rests; in those of `pause_told` only while the customer knows of it; no more
    than `pause_limit` rests count. `not_after` names a clock that this one must run out before: it is then due with the
    last working day before that one. `reopen` again: of a case that is reopened before it was due it goes on as if it
    had never ended, so that closing early buys no time; later, or with new facts, it begins anew, the old result stays.
    `ends_on`: what ends it besides its own stop. `kind` right: the customer's, which nobody can miss.
    """

    set: Id
    id: Id
    label: Words
    basis: Words
    start: Id
    stop: Many[Id]
    unit: Unit
    dur: Annotated[int, Field(ge=1)] | None = None
    statutory: bool = False
    kind: Literal["duty", "right"] = "duty"
    repeat: bool = False
    count_start_day: bool = False
    holiday_roll: Literal["none", "display_only"] = "none"
    pause: Many[Id]
    pause_told: Many[Id]
    pause_limit: Annotated[int, Field(ge=1)] | None = None
    warn: Many[Percent]
    escalate: Many[Escalation]
    extend: Many[Extension]
    not_after: Id | None = None
    reopen: Literal["stay", "again"] = "stay"
    ends_on: Annotated[list[Id], Field(default_factory=lambda: list(CLOSING))]

    @property
    def working(self) -> bool:
        """Whether it is reckoned in working time."""
        return self.unit in {"working_minute", "working_day"}


class Match(Part):
    """The sets of clocks that a case has for which `when` holds."""

    when: When
    use: list[Id]


class Sla(Document):
    """A policy. The first match that holds decides; one that depends on what is not known does not hold."""

    title: Words
    calendar: Id
    match: list[Match]
    clock: list[ClockRule]

    def choose(self, facts: Facts) -> tuple[str, ...]:
        """The sets of clocks of a case, by what is known of it; none when nothing matches."""
        for each in self.match:
            if each.when.holds(facts):
                return tuple(each.use)
        return ()

    def rules(self, sets: tuple[str, ...] | None = None) -> list[ClockRule]:
        """The clocks of these sets (None: all), in the order of the document."""
        return [each for each in self.clock if sets is None or each.set in sets]

    def problems(self) -> list[Problem]:
        """Clocks that could never start, end or be reached, and a regulator's clock that something internal halts."""
        return [*self._match_problems(), *self._clock_problems()]

    def _match_problems(self) -> Iterator[Problem]:
        sets = {each.set for each in self.clock}
        for number, match in enumerate(self.match):
            for place, name in enumerate(match.use):
                if name not in sets:
                    yield ("match", number, "use", place), f"{name!r} is no set of this policy"
            if not match.when.names() and number < len(self.match) - 1:
                yield ("match", number, "when"), "always holds, so nothing behind it is ever reached"

    def _clock_problems(self) -> Iterator[Problem]:
        by_id: dict[str, ClockRule] = {}
        for each in self.clock:
            by_id.setdefault(each.id, each)
        for number, rule in enumerate(self.clock):
            if by_id[rule.id] is not rule:
                yield ("clock", number, "id"), f"{rule.id!r} stands twice"
            for name, kinds in (("start", [rule.start]), ("stop", rule.stop), ("ends_on", rule.ends_on)):
                if unknown := [kind for kind in kinds if kind not in KINDS]:
                    yield ("clock", number, name), f"{unknown[0]!r} is no kind of event"
            if rule.start in rule.ends_on:
                yield ("clock", number, "ends_on"), "the clock starts with what ends it"
            if (rule.dur is None) != (rule.unit == "promise"):
                yield ("clock", number, "dur"), "is needed, but for a promise"
            if rule.statutory and rule.pause:
                yield ("clock", number, "pause"), "a regulator's clock rests only where the customer was told"
            if rule.not_after is not None and not _may_lead(by_id.get(rule.not_after), rule):
                yield ("clock", number, "not_after"), "no other clock with the same start and no such bound itself"
            for place, extension in enumerate(rule.extend):
                if extension.stage != place + 1 or (extension.total is None) == (extension.add is None):
                    yield ("clock", number, "extend", place), "stages count from 1, each with either total or add"


def _may_lead(leader: ClockRule | None, rule: ClockRule) -> bool:
    return leader is not None and leader is not rule and leader.not_after is None and leader.start == rule.start
