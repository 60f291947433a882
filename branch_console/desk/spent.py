"""Time spent on a step that no entry carries yet: kept as drafts of this terminal's store until the step is left."""

from collections.abc import Mapping

from branch_console.desk.desk import Desk, journey_in
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import require
from data import queries
from data.act import Act

_NAME = "#spent"
_MOST_MS = 86_400_000
"""A day: more was never spent on a step, whatever a clock says."""


def spend(desk: Desk, subject: str, step: str, active_ms: int, away_ms: int) -> None:
    """Keep time that was just spent on a step, beside what is kept already. Raises RuleError."""
    require(desk.role, "journey.work")
    with desk.act() as act:
        state = journey_in(act, subject)
        if desk.flow_of(state).step(step) is None:
            raise RuleError("step_unknown", step=step)
        if not state.ended:
            _put(act, subject, step, added(kept(_drafts(desk, subject), step), active_ms, away_ms))


def kept(drafts: Mapping[str, str], step: str) -> tuple[int, int]:
    """(active, away) milliseconds of a step that its entries do not carry yet."""
    active, _, away = drafts.get(f"{step}{_NAME}", "").partition(",")
    return (int(active), int(away)) if active.isdecimal() and away.isdecimal() else (0, 0)


def kept_in_all(drafts: Mapping[str, str]) -> int:
    """Active milliseconds of all steps of a journey that their entries do not carry yet."""
    return sum(kept(drafts, name.removesuffix(_NAME))[0] for name in drafts if name.endswith(_NAME))


def booked(desk: Desk, subject: str, step: str, active_ms: int, away_ms: int) -> tuple[int, int]:
    """The times for the entry with which a step is left: what was measured last, and what had been kept."""
    return added(kept(_drafts(desk, subject), step), active_ms, away_ms)


def clear_drafts(desk: Desk, act: Act, subject: str, booked_step: str | None = None) -> None:
    """Forget what was typed. Kept times stay, because none of them is of the customer; a booked one goes."""
    drafts = _drafts(desk, subject)
    act.clear_drafts(subject)
    for name in drafts:
        step = name.removesuffix(_NAME)
        if step not in {name, booked_step}:
            _put(act, subject, step, kept(drafts, step))


def added(times: tuple[int, int], active_ms: int, away_ms: int) -> tuple[int, int]:
    """Both times together."""
    return min(times[0] + max(active_ms, 0), _MOST_MS), min(times[1] + max(away_ms, 0), _MOST_MS)


def _put(act: Act, subject: str, step: str, times: tuple[int, int]) -> None:
    act.save_draft(subject, f"{step}{_NAME}", f"{times[0]},{times[1]}")


def _drafts(desk: Desk, subject: str) -> dict[str, str]:
    return queries.drafts(desk.store, subject)
