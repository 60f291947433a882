"""A day's figures are provisional until they can be complete; then they are frozen, and what changes is restated.

A day is complete when every terminal in service has synced after its end with nothing left to send, and closed without
the rest after three days. Frozen figures carry a hash of their canonical JSON. Whatever arrives later moves the live
figures, so the difference is listed: what it was, what it is now, and from which terminals late entries came.
Source: rules 1 and 2 of the trust rules of the domain page. Names: `Completeness`, `completeness`, `Frozen`, `freeze`,
`intact`, `written`, `exact`, `day_ends`; restatements are in `restating.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, TypeAlias

from branch_console.rules.canonical import MAX_INTEGER, Json, canonical_hash
from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.instants import Days

State: TypeAlias = Literal["running", "provisional", "complete", "timed_out"]

PATIENCE = timedelta(days=3)
"""How long after its end a day waits for terminals: natural days."""
DECIMALS = 6


@dataclass(frozen=True)
class Completeness:
    """How complete a day's figures can be, terminals in the order they were given.

    running: the day goes on. provisional: `waiting` may still send something. complete: nobody can. timed_out: they
    are waited for no longer. `synced` have sent everything. `lost` were revoked without having sent everything: what
    they still held is not in the figures, and nobody waits for it.
    """

    state: State
    synced: tuple[TerminalFact, ...]
    waiting: tuple[TerminalFact, ...]
    lost: tuple[TerminalFact, ...]

    @property
    def may_freeze(self) -> bool:
        """Whether the figures can be frozen."""
        return self.state in {"complete", "timed_out"}


@dataclass(frozen=True)
class Frozen:
    """The figures of a day as they were when it was frozen.

    `definitions` is the version of the figures' definitions. `missing` are the terminals that had not sent everything.
    `hash` is SHA-256 of the canonical JSON of all the rest.
    """

    branch: str
    day: date
    at: datetime
    why: Literal["complete", "timed_out"]
    missing: tuple[str, ...]
    definitions: int
    figures: Mapping[str, Json]
    hash: str


def day_ends(days: Days, day: date) -> datetime:
    """The first moment that is no longer the business day: the cut-off, or midnight where there is none."""
    wall = datetime.combine(day, time()) + timedelta(minutes=days.cutoff_on(day) or 24 * 60)
    return wall.replace(tzinfo=days.zone)


def completeness(days: Days, day: date, terminals: Sequence[TerminalFact], now: datetime) -> Completeness:
    """How complete a business day is at a moment, by what is known of the branch's terminals.

    A terminal counts when it was registered before the day's end and not revoked before its beginning. Without any,
    nobody has reported, and the day waits for three days.
    """
    ends, begins = day_ends(days, day), day_ends(days, day - timedelta(days=1))
    synced: list[TerminalFact] = []
    waiting: list[TerminalFact] = []
    lost: list[TerminalFact] = []
    for each in terminals:
        if each.registered is None or each.registered.at >= ends or (each.revoked and each.revoked.at <= begins):
            continue
        if each.synced is not None and each.synced.at >= ends and each.pending == 0:
            synced.append(each)
        elif each.revoked is not None and each.revoked.at <= now:
            lost.append(each)
        else:
            waiting.append(each)
    state: State = "provisional"
    if now < ends:
        state = "running"
    elif not waiting and (synced or lost):
        state = "complete"
    elif now >= ends + PATIENCE:
        state = "timed_out"
    return Completeness(state, tuple(synced), tuple(waiting), tuple(lost))


def freeze(
    branch: str, day: date, figures: Mapping[str, Json], found: Completeness, at: datetime, definitions: int
) -> Frozen:
    """Freeze a day's figures (see `written`) at a moment.

    Raises ValueError while more may come, and NotCanonicalError for a figure that has no canonical form.
    """
    if not found.may_freeze:
        raise ValueError("more may still come in for this day")
    why: Literal["complete", "timed_out"] = "complete" if found.state == "complete" else "timed_out"
    missing = tuple(sorted(each.subject for each in [*found.waiting, *found.lost]))
    unsealed = Frozen(branch, day, at, why, missing, definitions, dict(figures), "")
    return replace(unsealed, hash=_hash(unsealed))


def intact(frozen: Frozen) -> bool:
    """Whether frozen figures still are what was hashed."""
    return frozen.hash == _hash(frozen)


def written(counted: Counted[Any]) -> Json:
    """A figure as it is frozen: its value, how many rows were counted and of how many."""
    return {"value": exact(counted.value), "rows": len(counted.rows), "of": len(counted.of)}


def exact(value: int | float | None) -> int | str | None:
    """A value as canonical JSON can have it, which knows no floats.

    What is no whole number, or too large for one, is text with six decimals.
    """
    if value is None:
        return None
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.{DECIMALS}f}"
    return int(value) if abs(value) <= MAX_INTEGER else f"{int(value)}.{'0' * DECIMALS}"


def _hash(frozen: Frozen) -> str:
    return canonical_hash(
        {
            "branch": frozen.branch,
            "day": frozen.day.isoformat(),
            "at": frozen.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "why": frozen.why,
            "missing": list(frozen.missing),
            "definitions": frozen.definitions,
            "figures": frozen.figures,
        }
    )
