"""Rows of a subject as bytes that a store keeps, and back; steps apart, because few questions ask for them.

Compact JSON: a row is a list of its fields in their order, a moment is [µs since 1970, day's ordinal, minute, hour].
Packed rows are made anew whenever `VERSION` is another one, so there is one form and no upgrading.
Names: `VERSION`, `Packed`, `pack(facts)`, `unpack(body, steps)`, `unpack_all(packed)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple

import orjson

from branch_console.rules.statistics.facts import (
    CaseFact,
    CheckFact,
    ClaimFact,
    ClockFact,
    Facts,
    IdeaFact,
    JourneyFact,
    RatingFact,
    StepFact,
)
from branch_console.rules.statistics.instants import Instant

VERSION: Final = 2
"""Counts up with every change of the form or of the rows' fields; `tests/rules/statistics/test_packing.py` holds it."""
ROWS: Final[tuple[tuple[str, type[Any]], ...]] = (
    ("journeys", JourneyFact),
    ("claims", ClaimFact),
    ("checks", CheckFact),
    ("cases", CaseFact),
    ("clocks", ClockFact),
    ("ratings", RatingFact),
    ("ideas", IdeaFact),
)
"""What a body holds, in this order. Terminals are no rows of a subject."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_day = lru_cache(maxsize=4096)(date.fromordinal)


class Packed(NamedTuple):
    """The rows of a subject; `steps` is empty where there are none."""

    body: bytes
    steps: bytes


def pack(facts: Facts) -> Packed:
    """All rows of a subject (or of several). What is silent and terminals are left out."""
    body = [VERSION, *([_packed(row, names) for row in getattr(facts, rows)] for rows, names in _FIELDS)]
    return Packed(orjson.dumps(body), orjson.dumps([VERSION, *_pack_steps(facts.steps)]) if facts.steps else b"")


def unpack(body: bytes, steps: bytes = b"") -> Facts:
    """The rows; those of steps only if their bytes are given. Raises ValueError for another version's bytes."""
    return unpack_all([(body, steps)])


def unpack_all(packed: Iterable[tuple[bytes, bytes]]) -> Facts:
    """The rows of many subjects, in their order. Raises ValueError for another version's bytes."""
    found: tuple[list[Any], ...] = tuple([] for _ in ROWS)
    walked: list[StepFact] = []
    for body, steps in packed:
        version, *parts = orjson.loads(body)
        if version != VERSION:
            raise ValueError("packed by another version")
        for part, rows, make in zip(parts, found, _MAKERS, strict=True):
            for row in part:
                rows.append(make(row))
        if steps:
            _unpack_steps(steps, walked)
    named: dict[str, Any] = {name: tuple(rows) for (name, _), rows in zip(ROWS, found, strict=True)}
    return Facts(**named, steps=tuple(walked))


def _packed(row: object, names: Sequence[str]) -> list[Any]:
    found = []
    for name in names:
        value = getattr(row, name)
        found.append(_moment(value) if isinstance(value, Instant) else value)
    return found


def _moment(instant: Instant | None) -> list[int] | None:
    if instant is None:
        return None
    return [(instant.at - _EPOCH) // _MICROSECOND, instant.day.toordinal(), instant.minute, instant.hour]


def _instant(moment: list[int] | None) -> Instant | None:
    if moment is None:
        return None
    at, day, minute, hour = moment
    return Instant(_EPOCH + timedelta(microseconds=at), _day(day), minute, hour)


def _maker(kind: type[Any]) -> Callable[[list[Any]], Any]:
    """What makes rows of a kind from lists. Which fields are moments or tuples is found out once."""
    types = [str(each.type) for each in fields(kind)]
    moments = [number for number, each in enumerate(types) if "Instant" in each]
    tuples = [number for number, each in enumerate(types) if each.startswith("tuple[str,")]
    pairs = [number for number, each in enumerate(types) if each.startswith("tuple[tuple[")]

    def make(row: list[Any]) -> Any:
        for number in moments:
            moment = row[number]
            if moment is not None:
                at, day, minute, hour = moment
                row[number] = Instant(_EPOCH + timedelta(0, 0, at), _day(day), minute, hour)
        for number in tuples:
            row[number] = tuple(row[number])
        for number in pairs:
            row[number] = tuple([(first, second) for first, second in row[number]])
        return kind(*row)

    return make


def _about(step: StepFact) -> tuple[Any, ...]:
    return step.subject, step.cohort, step.target, step.segment


def _pack_steps(steps: Iterable[StepFact]) -> list[Any]:
    """What the steps of a journey have in common stands once."""
    return [
        [
            subject,
            _moment(cohort),
            target,
            segment,
            [
                [
                    each.step, _moment(each.started), _moment(each.ended), each.status, each.reason, each.staff,
                    each.active_ms,
                ]
                for each in own
            ],
        ]
        for (subject, cohort, target, segment), own in groupby(steps, _about)
    ]  # fmt: skip


def _unpack_steps(packed: bytes, found: list[StepFact]) -> None:
    version, *journeys = orjson.loads(packed)
    if version != VERSION:
        raise ValueError("packed by another version")
    for subject, began, target, segment, steps in journeys:
        cohort = _instant(began)
        for step, started, ended, status, reason, staff, active in steps:
            found.append(
                StepFact(
                    subject, step, cohort, _instant(started), _instant(ended), status, reason, staff, target, segment,
                    active,
                )
            )  # fmt: skip


_FIELDS: Final = tuple((rows, tuple(each.name for each in fields(kind))) for rows, kind in ROWS)
_MAKERS: Final = tuple(_maker(kind) for _, kind in ROWS)
