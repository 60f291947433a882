"""Reading a push: its entries as values and, byte for byte, as they came.

The fast parser knows nothing of what it lost (a float's spelling, a doubled key, a lone surrogate), so its result is
taken only when writing it again gives the same bytes; everything else goes through the exact reader.
"""

import json
from collections.abc import Callable
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # in typeshed under other names
from operator import itemgetter
from typing import NamedTuple

import orjson

from branch_console.central.problems import ProblemError
from branch_console.rules.journal import Entry
from branch_console.sync.wire import MAX_DEPTH, MAX_ENTRIES

_MEMBERS = frozenset(Entry._fields)
_values: Callable[[dict[str, object]], tuple[object, ...]] = itemgetter(*Entry._fields)


class Received(NamedTuple):
    """An entry and its JSON as received; its form is not checked yet."""

    entry: Entry
    wire: bytes


class Batch(NamedTuple):
    """One push."""

    received: list[Received]
    checkpoint: dict[str, object]


def read_batch(body: bytes) -> Batch:
    """The batch in a push's body. Raises ProblemError bad-request, bad-entry, too-large."""
    values, wires, checkpoint = _fast(body) or _exact(body)
    if not values:
        raise ProblemError("bad-request", "a push without entries")
    if len(values) > MAX_ENTRIES:
        raise ProblemError("too-large", f"more than {MAX_ENTRIES} entries")
    received = [Received(to_entry(value), wire) for value, wire in zip(values, wires, strict=True)]
    for index, (_entry, wire) in enumerate(received):
        if wire.count(b"{") + wire.count(b"[") > MAX_DEPTH and _depth(values[index]) > MAX_DEPTH:
            raise ProblemError("bad-entry", f"entry {index} is nested too deep", index=index)
    return Batch(received, checkpoint)


def to_entry(value: object) -> Entry:
    """The entry of a JSON object, unchecked but for its members. Raises ProblemError bad-entry."""
    if type(value) is not dict or value.keys() != _MEMBERS:
        raise ProblemError("bad-entry", "an entry has other members than documented")
    return Entry._make(_values(value))


def parse_stored(wire: bytes) -> Entry:
    """The entry in a stored wire, which has been checked when it came."""
    try:
        value = orjson.loads(wire)
    except orjson.JSONDecodeError:  # a lone surrogate
        value = json.loads(wire)
    return Entry._make(_values(value))


def without_data(wire: bytes) -> bytes:
    """The same entry with its data erased."""
    return orjson.dumps(parse_stored(wire)._replace(data=None)._asdict())


Parsed = tuple[list[object], list[bytes], dict[str, object]]


def _fast(body: bytes) -> Parsed | None:
    """The batch, if its JSON is exactly what the fast writer would write; None sends it to the exact reader."""
    try:
        value = orjson.loads(body)
        if type(value) is not dict or type(value.get("entries")) is not list:
            return None
        wires = [orjson.dumps(each) for each in value["entries"]]
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None
    if b'"entries":[' + b",".join(wires) + b"]" not in body:
        return None
    return value["entries"], wires, _checkpoint(value)


def _exact(body: bytes) -> Parsed:
    """The batch, slice by slice. Raises ProblemError."""
    try:
        text = body.decode()
        values, slices, rest = _slices(text)
    except RecursionError as error:
        raise ProblemError("bad-request", "the JSON is nested too deep") from error
    except ValueError as error:
        raise ProblemError("bad-request", f"the body is not a push in JSON: {error}"[:200]) from error
    return values, [each.encode() for each in slices], _checkpoint(rest)


def _checkpoint(value: dict[str, object]) -> dict[str, object]:
    checkpoint = value.get("checkpoint")
    if type(checkpoint) is not dict:
        raise ProblemError("bad-checkpoint", "a push needs a checkpoint")
    return checkpoint


def _slices(text: str) -> tuple[list[object], list[str], dict[str, object]]:
    """Walk through `{"entries": [...], "checkpoint": {...}}`, noting where each entry stands. Raises ValueError."""
    rest: dict[str, object] = {}
    values: list[object] = []
    slices: list[str] = []
    at = _skip(text, 0, "{")
    while True:
        name, at = scanstring(text, _skip(text, at, '"'), True)
        at = _skip(text, at, ":")
        if name in rest:
            raise ValueError("a doubled member")
        if name == "entries":
            rest[name] = True
            at = _array(text, at, values, slices)
        else:
            rest[name], at = _DECODER.raw_decode(text, _space(text, at))
        at = _space(text, at)
        if text[at : at + 1] == "}":
            break
        at = _skip(text, at, ",")
    if _space(text, at + 1) != len(text):
        raise ValueError("something after the end")
    return values, slices, rest


def _array(text: str, at: int, values: list[object], slices: list[str]) -> int:
    """Read the array of entries at `at`; return where it ends."""
    at = _space(text, _skip(text, at, "["))
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        at = _space(text, at)
        value, end = _DECODER.raw_decode(text, at)
        values.append(value)
        slices.append(text[at:end])
        at = _space(text, end)
        if text[at : at + 1] == "]":
            return at + 1
        at = _skip(text, at, ",")


def _space(text: str, at: int) -> int:
    match = WHITESPACE.match(text, at)
    return int(match.end())


def _skip(text: str, at: int, expected: str) -> int:
    """Behind `expected`, which must come next. Raises ValueError."""
    at = _space(text, at)
    if text[at : at + 1] != expected:
        raise ValueError(f"expected {expected} at {at}")
    return at + 1


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ProblemError("bad-entry", "an object with a doubled member")
    return value


def _integer(digits: str) -> int | float:
    """An integer; one that is far out of range becomes a float, which no entry may hold."""
    return int(digits) if len(digits) < 20 else float("inf")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer)


def _depth(value: object) -> int:
    """How many arrays and objects stand inside each other."""
    deepest = 0
    level = [value]
    while level:
        level = [
            item
            for each in level
            if isinstance(each, (dict, list))
            for item in (each.values() if isinstance(each, dict) else each)
        ]
        deepest += 1
    return deepest - 1 if deepest else 0
