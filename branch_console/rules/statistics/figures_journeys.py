"""Figures of onboarding: received, onboarded, waiting, first use, given up, how long it took. The funnel is apart.

Onboarded are distinct wallets that central has confirmed, on the day on which the customer was done; those that wait
for central stand apart and are never added (domain page 4.3).
"""

from collections.abc import Callable, Mapping
from typing import Final

from branch_console.rules.statistics.definition import Figure, Meaning
from branch_console.rules.statistics.facts import JourneyFact
from branch_console.rules.statistics.instants import Scope

_STARTED: Final = ("journey.started",)
_ENDED: Final = ("journey.started", "journey.answered", "journey.finished")
JOURNEY_GROUPS: Final[Mapping[str, Callable[[JourneyFact], str] | None]] = {
    "hour": None,
    "class": lambda row: row.wallet_class or row.target,
    "segment": lambda row: row.segment,
    "staff": None,
    "terminal": lambda row: row.terminal,
}


def _new(row: JourneyFact, _scope: Scope) -> bool:
    return row.first_of_wallet


def _confirmed(row: JourneyFact, scope: Scope) -> bool:
    return row.first_of_wallet and scope.known(row.confirmed)


def _waiting(row: JourneyFact, scope: Scope) -> bool:
    return row.first_of_wallet and not scope.known(row.confirmed)


def _minutes(row: JourneyFact) -> int | None:
    """From start to end by the clock on the wall, full minutes; None when the clock went backwards."""
    if row.started is None or row.finished is None or row.finished.at < row.started.at:
        return None
    return int((row.finished.at - row.started.at).total_seconds()) // 60


RECEIVED = Figure[JourneyFact](
    id="journeys.received",
    meaning=Meaning(
        "journeys that were started", "–", "start of the journey", "event", "nothing", _STARTED, "number", "less"
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.started,
    staff=lambda row: row.started_by,
    groups=JOURNEY_GROUPS,
)
ONBOARDED = Figure[JourneyFact](
    id="journeys.onboarded",
    meaning=Meaning(
        "distinct wallets of finished journeys that central has confirmed", "–", "end of the journey", "event",
        "wallets that wait for central; later journeys of the same wallet", _ENDED, "number", "less",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.finished,
    how="distinct",
    counts=_confirmed,
    same=lambda row: row.wallet,
    staff=lambda row: row.holder,
    groups=JOURNEY_GROUPS,
)  # fmt: skip
WAITING = Figure[JourneyFact](
    id="journeys.waiting",
    meaning=Meaning(
        "distinct wallets of finished journeys that central has not confirmed yet", "–", "end of the journey", "event",
        "wallets that are confirmed; later journeys of the same wallet", _ENDED, "number", "more",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.finished,
    how="distinct",
    counts=_waiting,
    same=lambda row: row.wallet,
    staff=lambda row: row.holder,
    groups=JOURNEY_GROUPS,
)  # fmt: skip
FIRST_USE = Figure[JourneyFact](
    id="journeys.first_use",
    meaning=Meaning(
        "journeys whose first use was done", "–", "end of the step of the first use", "event",
        "first uses that were skipped or failed", ("journey.step_done",), "number", "less",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.first_use,
    staff=lambda row: row.first_use_by,
    groups=JOURNEY_GROUPS,
)  # fmt: skip
ABANDONED = Figure[JourneyFact](
    id="journeys.abandoned",
    meaning=Meaning(
        "journeys that were given up", "–", "the giving up", "event", "nothing", ("journey.abandoned",), "number",
        "more",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.abandoned,
    staff=lambda row: row.holder,
    groups={**JOURNEY_GROUPS, "reason": lambda row: row.abandoned_reason, "step": lambda row: row.last_step},
)  # fmt: skip
COMPLETED = Figure[JourneyFact](
    id="journeys.completed",
    meaning=Meaning(
        "those that are finished by now", "journeys that were started", "start of the journey", "cohort", "nothing",
        ("journey.started", "journey.finished"), "share", "less",
    ),
    rows=lambda facts: facts.journeys,
    when=lambda row: row.started,
    how="share",
    hit=lambda row, scope: scope.known(row.finished),
    staff=lambda row: row.started_by,
    groups=JOURNEY_GROUPS,
)  # fmt: skip
_MINUTES = Meaning(
    "minutes from start to end by the clock on the wall", "–", "end of the journey", "event",
    "later journeys of the same wallet; journeys whose terminal's clock was set back meanwhile",
    ("journey.started", "journey.finished"), "minutes", "more",
)  # fmt: skip
MINUTES_MEDIAN = Figure[JourneyFact](
    id="journeys.minutes_median",
    meaning=_MINUTES,
    rows=lambda facts: facts.journeys,
    when=lambda row: row.finished,
    how="median",
    counts=_new,
    amount=_minutes,
    staff=lambda row: row.holder,
    groups=JOURNEY_GROUPS,
)
MINUTES_P90 = Figure[JourneyFact](
    id="journeys.minutes_p90",
    meaning=_MINUTES,
    rows=lambda facts: facts.journeys,
    when=lambda row: row.finished,
    how="p90",
    counts=_new,
    amount=_minutes,
    staff=lambda row: row.holder,
    groups=JOURNEY_GROUPS,
)

JOURNEYS: Final = (
    RECEIVED, ONBOARDED, WAITING, FIRST_USE, ABANDONED, COMPLETED, MINUTES_MEDIAN, MINUTES_P90,
)  # fmt: skip
