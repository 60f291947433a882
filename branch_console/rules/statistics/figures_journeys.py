"""Figures of onboarding: received, onboarded, waiting, first use, given up, how long it took. The funnel is apart.

Onboarded are distinct wallets that central has confirmed, on the day on which the customer was done; those that wait
for central stand apart and are never added (domain page 4.3).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import JourneyFact

_ENDED: Final = ("journey.started", "journey.answered", "journey.finished")
_GROUPS: Final[Mapping[str, Callable[[JourneyFact], str] | None]] = {
    "hour": None,
    "class": lambda row: row.wallet_class or row.target,
    "segment": lambda row: row.segment,
    "staff": None,
    "terminal": lambda row: row.terminal,
}
BEGUN: Final = Source[JourneyFact]("journeys", lambda row: row.started_by, _GROUPS)
"""Journeys as theirs who began them."""
ENDED: Final = Source[JourneyFact]("journeys", lambda row: row.holder, _GROUPS)
"""Journeys as theirs who had them last."""
GIVEN_UP: Final = replace(
    ENDED, groups={**_GROUPS, "step": lambda row: row.last_step, "reason": lambda row: row.abandoned_reason}
)


def _minutes(row: JourneyFact) -> int | None:
    """From start to end by the clock on the wall, full minutes; None when the clock went backwards."""
    if row.started is None or row.finished is None or row.finished.at < row.started.at:
        return None
    return int((row.finished.at - row.started.at).total_seconds()) // 60


RECEIVED = Figure(
    "journeys.received",
    "journeys that were started",
    source=BEGUN,
    day="start of the journey",
    sources=("journey.started",),
    worse="less",
    when=lambda row: row.started,
)
ONBOARDED = Figure(
    "journeys.onboarded",
    "distinct wallets of finished journeys that central has confirmed",
    source=ENDED,
    day="end of the journey",
    excluded="wallets that wait for central; later journeys of the same wallet",
    sources=_ENDED,
    worse="less",
    when=lambda row: row.finished,
    counts=lambda row, scope: row.first_of_wallet and scope.known(row.confirmed),
)
WAITING = Figure(
    "journeys.waiting",
    "distinct wallets of finished journeys that central has not confirmed yet",
    source=ENDED,
    day="end of the journey",
    excluded="wallets that are confirmed; later journeys of the same wallet",
    sources=_ENDED,
    worse="more",
    when=lambda row: row.finished,
    counts=lambda row, scope: row.first_of_wallet and not scope.known(row.confirmed),
)
FIRST_USE = Figure(
    "journeys.first_use",
    "journeys whose first use was done",
    source=replace(ENDED, staff=lambda row: row.first_use_by),
    day="end of the step of the first use",
    excluded="first uses that were skipped or failed",
    sources=("journey.step_done",),
    worse="less",
    when=lambda row: row.first_use,
)
ABANDONED = Figure(
    "journeys.abandoned",
    "journeys that were given up",
    source=GIVEN_UP,
    day="the giving up",
    sources=("journey.abandoned",),
    worse="more",
    when=lambda row: row.abandoned,
)
COMPLETED = Figure(
    "journeys.completed",
    "those that are finished by now",
    source=BEGUN,
    denominator="journeys that were started",
    day="start of the journey",
    basis="cohort",
    sources=("journey.started", "journey.finished"),
    unit="share",
    worse="less",
    when=lambda row: row.started,
    how="share",
    hit=lambda row, scope: scope.known(row.finished),
)
MINUTES_MEDIAN = Figure(
    "journeys.minutes_median",
    "minutes from start to end by the clock on the wall",
    source=ENDED,
    day="end of the journey",
    excluded="later journeys of the same wallet; journeys whose terminal's clock was set back meanwhile",
    sources=("journey.started", "journey.finished"),
    unit="minutes",
    worse="more",
    when=lambda row: row.finished,
    how="median",
    counts=lambda row, _scope: row.first_of_wallet,
    amount=_minutes,
)

JOURNEYS: Final = (
    RECEIVED, ONBOARDED, WAITING, FIRST_USE, ABANDONED, COMPLETED, MINUTES_MEDIAN,
    replace(MINUTES_MEDIAN, id="journeys.minutes_p90", how="p90"),
)  # fmt: skip
