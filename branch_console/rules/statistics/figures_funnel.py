"""The funnel: of the journeys that began in the span, how many came to each step, how long it took, why some ended.

A closed cohort: a journey belongs to the day on which it began, whatever day its steps were taken. Steps are named by
the flow, which is content; `funnel(…, order)` takes their order from it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from branch_console.rules.statistics.definition import Counted, Figure, Meaning, grouped
from branch_console.rules.statistics.facts import Facts, JourneyFact, StepFact
from branch_console.rules.statistics.figures_journeys import JOURNEY_GROUPS
from branch_console.rules.statistics.instants import Instant, Scope

_STEPS: Final = ("journey.started", "journey.step_started")
_ENDS: Final = (*_STEPS, "journey.step_done", "journey.step_skipped", "journey.step_failed")
_GROUPS: Final[Mapping[str, Callable[[StepFact], str] | None]] = {
    "step": lambda row: row.step,
    "class": lambda row: row.target,
    "segment": lambda row: row.segment,
    "staff": None,
    "reason": lambda row: row.reason,
}


def _reached(row: StepFact, scope: Scope) -> bool:
    return scope.known(row.started)


def _done(row: StepFact, scope: Scope) -> bool:
    return row.status == "done" and scope.known(row.ended)


def _without(row: StepFact, scope: Scope) -> bool:
    return row.status in {"skipped", "failed"} and scope.known(row.ended)


REACHED = Figure[StepFact](
    id="funnel.reached",
    meaning=Meaning(
        "journeys that came to the step", "–", "start of the journey", "cohort", "steps that were never on screen",
        _STEPS, "number", "less",
    ),
    rows=lambda facts: facts.steps,
    when=lambda row: row.cohort,
    how="distinct",
    counts=_reached,
    same=lambda row: f"{row.subject} {row.step}",
    staff=lambda row: row.staff,
    groups=_GROUPS,
)  # fmt: skip
SECONDS = Figure[StepFact](
    id="funnel.seconds_median",
    meaning=Meaning(
        "seconds of work on a step that was done", "–", "start of the journey", "cohort",
        "time locked or away; steps that were skipped or failed", _ENDS, "seconds", "more",
    ),
    rows=lambda facts: facts.steps,
    when=lambda row: row.cohort,
    how="median",
    counts=_done,
    amount=lambda row: row.active_ms // 1000,
    staff=lambda row: row.staff,
    groups=_GROUPS,
)  # fmt: skip
WITHOUT_RESULT = Figure[StepFact](
    id="funnel.without_result",
    meaning=Meaning(
        "steps that were skipped or failed, by reason", "–", "start of the journey", "cohort",
        "steps that were worked on again and done", _ENDS, "number", "more",
    ),
    rows=lambda facts: facts.steps,
    when=lambda row: row.cohort,
    counts=_without,
    staff=lambda row: row.staff,
    groups=_GROUPS,
)  # fmt: skip
DROPPED = Figure[JourneyFact](
    id="funnel.dropped",
    meaning=Meaning(
        "journeys that have been given up by now, by the step where they stood and the reason", "–",
        "start of the journey", "cohort", "journeys that are still open", ("journey.started", "journey.abandoned"),
        "number", "more",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.started,
    counts=lambda row, scope: scope.known(row.abandoned),
    staff=lambda row: row.holder,
    groups={**JOURNEY_GROUPS, "step": lambda row: row.last_step, "reason": lambda row: row.abandoned_reason},
)  # fmt: skip


def _end(name: str, what: str, at: Callable[[JourneyFact], Instant | None], source: str) -> Figure[JourneyFact]:
    return Figure[JourneyFact](
        id=name,
        meaning=Meaning(
            f"journeys that {what} by now", "–", "start of the journey", "cohort", "nothing",
            ("journey.started", source), "number", "less",
        ),
        rows=lambda facts: facts.journeys,
        when=lambda row: row.started,
        counts=lambda row, scope: scope.known(at(row)),
        staff=lambda row: row.started_by,
        groups=JOURNEY_GROUPS,
    )  # fmt: skip


FUNNEL: Final = (
    REACHED, SECONDS, WITHOUT_RESULT, DROPPED,
    _end("funnel.finished", "are finished", lambda row: row.finished, "journey.finished"),
    _end("funnel.confirmed", "central has confirmed", lambda row: row.confirmed, "journey.finished"),
    _end("funnel.first_use", "came to a first use", lambda row: row.first_use, "journey.step_done"),
)  # fmt: skip


class StepLine(NamedTuple):
    """One step of the funnel. `reached` None: no journey of the span came there."""

    step: str
    reached: Counted[StepFact] | None
    seconds: Counted[StepFact] | None
    without_result: Counted[StepFact] | None
    dropped: Counted[JourneyFact] | None


def funnel(facts: Facts, scope: Scope, order: Sequence[str]) -> tuple[StepLine, ...]:
    """The steps of a flow in their order, then those that stand in no such flow (an older version's) by name."""
    reached, seconds = grouped(REACHED, facts, scope, "step"), grouped(SECONDS, facts, scope, "step")
    without, dropped = grouped(WITHOUT_RESULT, facts, scope, "step"), grouped(DROPPED, facts, scope, "step")
    steps = [*order, *sorted({*reached, *dropped} - {*order})]
    return tuple(
        StepLine(each, reached.get(each), seconds.get(each), without.get(each), dropped.get(each)) for each in steps
    )
