"""The funnel: of the journeys that began in the span, how many came to each step, how long it took, why some ended.

A closed cohort: a journey belongs to the day on which it began, whatever day its steps were taken. Steps are named by
the flow, which is content; `counting.funnel_lines` takes their order from it.
"""

from collections.abc import Callable
from typing import Final

from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import JourneyFact, StepFact
from branch_console.rules.statistics.figures_journeys import BEGUN, GIVEN_UP
from branch_console.rules.statistics.instants import Instant

_BEGINS: Final = "start of the journey"
_STARTS: Final = ("journey.started", "journey.step_started")
_ENDS: Final = (*_STARTS, "journey.step_done", "journey.step_skipped", "journey.step_failed")
_STEPS: Final = Source[StepFact](
    "steps",
    lambda row: row.staff,
    {
        "step": lambda row: row.step,
        "class": lambda row: row.target,
        "segment": lambda row: row.segment,
        "staff": None,
        "reason": lambda row: row.reason,
    },
)

REACHED = Figure(
    "funnel.reached",
    "journeys that came to the step",
    source=_STEPS,
    day=_BEGINS,
    basis="cohort",
    excluded="steps that were never on screen",
    sources=_STARTS,
    worse="less",
    when=lambda row: row.cohort,
    counts=lambda row, scope: scope.known(row.started),
)
SECONDS = Figure(
    "funnel.seconds_median",
    "seconds of work on a step that was done",
    source=_STEPS,
    day=_BEGINS,
    basis="cohort",
    excluded="time locked or away; steps that were skipped or failed",
    sources=_ENDS,
    unit="seconds",
    worse="more",
    when=lambda row: row.cohort,
    how="median",
    counts=lambda row, scope: row.status == "done" and scope.known(row.ended),
    amount=lambda row: row.active_ms // 1000,
)
WITHOUT_RESULT = Figure(
    "funnel.without_result",
    "steps that were skipped or failed, by reason",
    source=_STEPS,
    day=_BEGINS,
    basis="cohort",
    excluded="steps that were worked on again and done",
    sources=_ENDS,
    worse="more",
    when=lambda row: row.cohort,
    counts=lambda row, scope: row.status in {"skipped", "failed"} and scope.known(row.ended),
)
DROPPED = Figure(
    "funnel.dropped",
    "journeys that have been given up by now, by the step where they stood and the reason",
    source=GIVEN_UP,
    day=_BEGINS,
    basis="cohort",
    excluded="journeys that are still open",
    sources=("journey.started", "journey.abandoned"),
    worse="more",
    when=lambda row: row.started,
    counts=lambda row, scope: scope.known(row.abandoned),
)


def _end(name: str, what: str, at: Callable[[JourneyFact], Instant | None], source: str) -> Figure[JourneyFact]:
    return Figure(
        name,
        f"journeys that {what} by now",
        source=BEGUN,
        day=_BEGINS,
        basis="cohort",
        sources=("journey.started", source),
        worse="less",
        when=lambda row: row.started,
        counts=lambda row, scope: scope.known(at(row)),
    )


FUNNEL: Final = (
    REACHED, SECONDS, WITHOUT_RESULT, DROPPED,
    _end("funnel.finished", "are finished", lambda row: row.finished, "journey.finished"),
    _end("funnel.confirmed", "central has confirmed", lambda row: row.confirmed, "journey.finished"),
    _end("funnel.first_use", "came to a first use", lambda row: row.first_use, "journey.step_done"),
)  # fmt: skip
