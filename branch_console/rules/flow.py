"""The model of a flow: the steps of an onboarding and its branch rules, as they stand in data/reference/flows."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Limit

from branch_console.rules.conditions import When
from branch_console.rules.documents import Document, Id, Many, Part, Sourced, Words
from branch_console.rules.flow_problems import flow_problems
from branch_console.rules.journey_entries import Scope, Target
from branch_console.rules.tiers import Measure

Requirement: TypeAlias = Literal["R", "O", "-"]
ScriptSegment: TypeAlias = Literal["default", "young", "merchant", "senior", "foreigner"]

# What a field can take. None of these can take a password, a code, a whole card number or an expiry date.
Kind: TypeAlias = Literal[
    "choice", "choices", "yesno", "text", "name", "number", "phone", "document", "last4", "wallet_tail"
]

# The wallet classes from the weakest identity to the strongest.
CLASSES: tuple[Target, ...] = ("IV", "III", "II", "I")


class Option(Part):
    """One value of a choice. `amount` (fen) is what it means as a limit."""

    code: Id
    label: Words
    amount: Annotated[int, Limit(ge=0)] | None = None


class Field(Part):
    """One question of a step.

    `options_from` names a code table instead of own options. `personal` is the scope of consent without which the
    answer may not be stored. `must` lists the only values with which the step can be done. `foreign_when` says when a
    phone number from abroad is taken. `limits` says which limit of the wallet the customer sets with it.
    """

    id: Id
    kind: Kind
    label: Words
    help: Words | None = None
    options: Many[Option]
    options_from: Id | None = None
    required: bool = True
    when: When | None = None
    personal: Scope | None = None
    must: Many[bool | int | str]
    must_reason: Words | None = None
    minimum: int | None = None
    maximum: int | None = None
    foreign_when: When | None = None
    limits: Measure | None = None


class Worry(Part):
    """What to tell a customer who hesitates: what happened elsewhere, and what to say."""

    title: Words
    story: Words
    say: Words
    source: str = ""


class Step(Part):
    """One step. `excuse_reasons` are those with which even a required step may be left out.

    `shows_app` and `shows_limits` mark the steps at which the official app's QR code and the class's limits are on
    screen, `confirms` the step that confirms everything before it, `hand_over` the one that needs acceptance at the
    counter by two members of staff, `needs_consent` the scopes that must be given for it.
    """

    id: Id
    title: Words
    required: dict[Target, Requirement]
    customer_does: Words
    staff_says: dict[ScriptSegment, Words]
    worries: Many[Worry]
    checks: Many[Words]
    evidence: Many[Words]
    never_record: Many[Words]
    fields: Many[Field]
    skip_reasons: Many[Id]
    fail_reasons: Many[Id]
    excuse_reasons: Many[Id]
    hints: Annotated[dict[Id, Words], Limit(default_factory=dict)]
    target_seconds: Annotated[int, Limit(ge=5, le=3600)] | None = None
    needs_consent: Many[Scope]
    confirms: bool = False
    shows_app: bool = False
    shows_limits: bool = False
    hand_over: Literal["counter"] | None = None

    def field(self, name: str) -> Field | None:
        """The field of that id."""
        return next((each for each in self.fields if each.id == name), None)


class Interruption(Part):
    """The page that stops a journey: what to say, and whether only a supervisor may let it go on."""

    step: Id
    reason: Id
    supervisor: bool
    title: Words
    text: Words
    hotline: str | None = None


class Rule(Sourced):
    """A branch of the flow: what changes when `when` holds."""

    id: Id
    title: Words
    when: When
    script: ScriptSegment | None = None
    no_target_time: bool = False
    steps_off: Many[Id]
    steps_optional: Many[Id]
    steps_required: Many[Id]
    target_cap: Target | None = None
    guardian_consent: bool = False
    interruption: Interruption | None = None


class Fact(Sourced):
    """A statement that staff may make at a step, true from and until a date."""

    id: Id
    steps: list[Id]
    effective_from: date
    effective_to: date | None = None
    text: Words

    def in_force(self, on: date) -> bool:
        """Whether the statement is true on that business date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class ConsentPlan(Part):
    """Which notice is read at which step, and which scopes must be decided for which wallet class.

    No step after `step` starts without a decision.
    """

    policy: Id
    step: Id
    scopes: dict[Scope, list[Target]]


class Reasons(Part):
    """The reason codes that the acts about the whole journey may carry."""

    abandon: list[Id]
    pause: list[Id]
    target: list[Id]
    hand_over: list[Id]
    decline: list[Id]
    take_over: list[Id]
    reveal: list[Id]
    withdraw: list[Id]


class Flow(Document):
    """One version of an onboarding flow. A running journey keeps the version that it started with."""

    title: Words
    targets: list[Target]
    consent: ConsentPlan
    reasons: Reasons
    steps: Annotated[list[Step], Limit(min_length=1)]
    rules: Many[Rule]
    facts: Many[Fact]

    def step(self, name: str) -> Step | None:
        """The step of that id."""
        return next((each for each in self.steps if each.id == name), None)

    def rule(self, name: str) -> Rule | None:
        """The rule of that id."""
        return next((each for each in self.rules if each.id == name), None)

    def facts_at(self, step: str, on: date) -> list[Fact]:
        """What may be said at a step on a date (interest, limits: they change with the years)."""
        return [each for each in self.facts if step in each.steps and each.in_force(on)]

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Names that lead nowhere, doubles, gaps."""
        return flow_problems(self)


def lower(one: Target, other: Target) -> Target:
    """The class with the weaker identity of two."""
    return one if CLASSES.index(one) <= CLASSES.index(other) else other


def above(one: Target, other: Target) -> bool:
    """Whether `one` asks for more identity than `other`."""
    return CLASSES.index(one) > CLASSES.index(other)
