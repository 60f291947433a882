"""Folding the frozen figures of a day and what central said of them later; and the entries' data from our own types.

Names: `DayState`, `FROZEN_DAY`, `frozen_of(state)`, `restatements_of(state)`, `frozen_data(frozen)`,
`restated_data(frozen, restatements, at, definitions)`. `freezing.intact(frozen_of(state))` says whether the hash fits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import cast

from branch_console.rules.canonical import Json
from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.marking import from_central, mark
from branch_console.rules.journal import Data, Entry, format_at, parse_at
from branch_console.rules.journey_state import Mark
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.day_entries import KIND, Change, DayFrozen, DayRestated, Said, figures_subject
from branch_console.rules.statistics.freezing import Frozen, intact
from branch_console.rules.statistics.restating import Restatement


@dataclass(slots=True)
class DayState:
    """The figures of a branch's day. Not frozen: `frozen` is None. `restated` in the order in which central said it.

    `hashes` are those of all freezings: after a restore central may not know that it froze a day, and does it again.
    """

    day: str = ""
    branch: str = ""
    frozen: DayFrozen | None = None
    restated: list[DayRestated] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    updated_at: str = ""
    entries: int = 0


def frozen_of(state: DayState) -> Frozen | None:
    """The frozen figures, None while the day is not frozen."""
    return None if state.frozen is None else _frozen(state.frozen, state.branch)


def _frozen(said: DayFrozen, branch: str) -> Frozen:
    return Frozen(
        branch=branch,
        day=date.fromisoformat(said.day),
        at=parse_at(said.at),
        why=said.why,
        missing=tuple(said.missing),
        definitions=said.definitions,
        figures={name: _json(each) for name, each in said.figures.items()},
        hash=said.hash,
    )


def restatements_of(state: DayState) -> list[Restatement]:
    """All restatements of the day, oldest first, as `restating.restate` takes them for its history."""
    return [
        Restatement(
            day=date.fromisoformat(said.day),
            figure=each.figure,
            was=_json(each.before),
            now=_json(each.now),
            at=parse_at(said.at),
            why=each.why,
            late=tuple((late.terminal, late.entries) for late in each.late),
        )
        for said in state.restated
        for each in said.changes
    ]


def frozen_data(frozen: Frozen) -> Data:
    """The data of `day.frozen`."""
    return {
        "day": frozen.day.isoformat(),
        "at": _moment(frozen.at),
        "why": frozen.why,
        "missing": list(frozen.missing),
        "definitions": frozen.definitions,
        "figures": dict(frozen.figures),
        "hash": frozen.hash,
    }


def restated_data(frozen: Frozen, restatements: Sequence[Restatement], at: datetime, definitions: int) -> Data:
    """The data of `day.restated` for what `restating.restate` found. There must be something."""
    changes: list[Json] = [
        {
            "figure": each.figure,
            "before": each.was,
            "now": each.now,
            "why": each.why,
            "late": [{"terminal": terminal, "entries": count} for terminal, count in each.late],
        }
        for each in restatements
    ]
    return {
        "day": frozen.day.isoformat(),
        "at": _moment(at),
        "definitions": definitions,
        "changes": changes,
        "hash": frozen.hash,
    }


def _moment(at: datetime) -> str:
    return format_at(at.astimezone(UTC))


def _json(said: Said) -> Json:
    return cast("Mapping[str, Json]", said.model_dump())


def _apply(state: DayState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """What was frozen first stands. A second freezing is marked, and restates what it says otherwise.

    A restatement must be of what was frozen. Everything else is marked and changes nothing.
    """
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if not isinstance(data, DayFrozen | DayRestated) or not from_central(state, entry):
        return
    if entry.subject != figures_subject(entry.branch, data.day) or not _possible(data):
        mark(state, entry, "wrong_day")
    elif isinstance(data, DayRestated):
        if data.hash not in state.hashes:
            mark(state, entry, "restates_nothing")
        else:
            state.restated.append(data)
    else:
        if not intact(_frozen(data, entry.branch)):
            mark(state, entry, "digest_differs")
        state.hashes.append(data.hash)
        if state.frozen is None:
            state.day, state.branch, state.frozen = data.day, entry.branch, data
        else:
            mark(state, entry, "frozen_already")
            _again(state, data)


def _again(state: DayState, data: DayFrozen) -> None:
    """Whatever the second freezing says otherwise than was said last is a restatement that nobody explained."""
    if state.frozen is None:
        return
    said = dict(state.frozen.figures)
    for each in state.restated:
        said.update({change.figure: change.now for change in each.changes})
    changes = [
        Change(figure=name, before=said[name], now=now, why="unexplained", late=[])
        for name, now in sorted(data.figures.items())
        if name in said and said[name] != now
    ]
    if changes:
        found = DayRestated(
            day=data.day, at=data.at, definitions=data.definitions, changes=changes, hash=state.frozen.hash
        )
        state.restated.append(found)


def _possible(data: DayFrozen | DayRestated) -> bool:
    """Whether day and moment exist."""
    try:
        date.fromisoformat(data.day)
        at = parse_at(data.at)
        return at.tzinfo is not None and at.astimezone(UTC).year > 0
    except (ValueError, OverflowError):
        return False


FROZEN_DAY: Fold[DayState] = register(Fold(KIND, DayState, version=1, apply=_apply))
