"""What can be wrong with a flow although every value has the right form."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from branch_console.rules.conditions import Condition

if TYPE_CHECKING:
    from branch_console.rules.flow import Field, Flow, Step

Problem: TypeAlias = tuple[tuple[str | int, ...], str]

# Facts that are about the whole journey; every other fact of a condition is `<step>.<field>`.
JOURNEY_FACTS = frozenset({"target", "segment", "age_band", "doc_type", "consent.general", "consent.sensitive"})


def flow_problems(flow: "Flow") -> list[Problem]:
    """All of them, in the order of the document."""
    steps = {step.id for step in flow.steps}
    asked = {f"{step.id}.{field.id}" for step in flow.steps for field in step.fields}
    found = [
        *_doubles([step.id for step in flow.steps], ("steps",)),
        *_doubles([rule.id for rule in flow.rules], ("rules",)),
    ]
    for number, step in enumerate(flow.steps):
        found += _step_problems(flow, step, ("steps", number), asked)
    for number, rule in enumerate(flow.rules):
        place = ("rules", number)
        found += _condition(rule.when, asked, (*place, "when"))
        for key in ("steps_off", "steps_optional", "steps_required"):
            found += _unknown(getattr(rule, key), steps, (*place, key))
        if rule.interruption is not None:
            found += _unknown([rule.interruption.step], steps, (*place, "interruption", "step"))
    for number, fact in enumerate(flow.facts):
        found += _unknown(fact.steps, steps, ("facts", number, "steps"))
    found += _unknown([flow.consent.step], steps, ("consent", "step"))
    return found


def _step_problems(flow: "Flow", step: "Step", place: tuple[str | int, ...], asked: set[str]) -> Iterator[Problem]:
    if missing := [target for target in flow.targets if target not in step.required]:
        yield (*place, "required"), f"says nothing about {', '.join(missing)}"
    if "default" not in step.staff_says:
        yield (*place, "staff_says"), "has no default"
    yield from _doubles([field.id for field in step.fields], (*place, "fields"))
    reasons = {*step.skip_reasons, *step.fail_reasons, *step.excuse_reasons}
    yield from _unknown(step.hints, reasons, (*place, "hints"))
    yield from _unknown(step.excuse_reasons, {*step.skip_reasons}, (*place, "excuse_reasons"))
    for number, field in enumerate(step.fields):
        yield from _field_problems(field, (*place, "fields", number), asked)


def _field_problems(field: "Field", place: tuple[str | int, ...], asked: set[str]) -> Iterator[Problem]:
    if field.kind in {"choice", "choices"} and not field.options and field.options_from is None:
        yield place, "a choice without options"
    if field.kind in {"name", "phone", "document", "last4", "wallet_tail"} and field.personal is None:
        yield place, "a person's data without `personal`"
    if field.when is not None:
        yield from _condition(field.when, asked, (*place, "when"))
    if field.foreign_when is not None:
        yield from _condition(field.foreign_when, asked, (*place, "foreign_when"))


def _condition(condition: Condition, asked: set[str], place: tuple[str | int, ...]) -> Iterator[Problem]:
    return _unknown(sorted(condition.names()), asked | JOURNEY_FACTS, place)


def _unknown(names: Iterable[str], known: set[str], place: tuple[str | int, ...]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield place, f"{name!r} is not known"


def _doubles(names: list[str], place: tuple[str | int, ...]) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (*place, number, "id"), f"{name!r} stands twice"
