"""Canonical JSON (RFC 8785, JCS) for the subset that the journal allows: no floats, integers within ±(2^53-1)."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeAlias

import orjson

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

MAX_INTEGER = 2**53 - 1


class NotCanonicalError(ValueError):
    """The value has no canonical form in a journal: a float, an integer out of range, a key that is no string."""


def check_json(value: object) -> bool:
    """Check that `value` may stand in a journal entry; return whether all of its keys are ASCII.

    ASCII keys sort the same by UTF-16 code units (what RFC 8785 asks) and by bytes (what orjson does).
    Raises NotCanonicalError.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        if -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            return True
        raise NotCanonicalError("integer beyond ±(2^53-1)")
    plain = True
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise NotCanonicalError("a key that is no string")
            plain = plain and key.isascii()
            if type(item) is not str:  # most are, and a call for each would double the cost
                plain = check_json(item) and plain
        return plain
    if kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined]
            if type(item) is not str:
                plain = check_json(item) and plain
        return plain
    raise NotCanonicalError(f"{kind.__name__} is not allowed in a journal entry")


def canonical(value: object) -> bytes:
    """The canonical form of `value`, as UTF-8. A lone surrogate is written as its three bytes (it has no valid form).

    Raises NotCanonicalError.
    """
    if check_json(value):
        try:
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        except orjson.JSONEncodeError:  # a lone surrogate; the general way below keeps it visible
            pass
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def canonical_hash(value: object) -> str:
    """SHA-256 of the canonical form, in hex. Raises NotCanonicalError."""
    return sha256(canonical(value)).hexdigest()


def _sorted(value: object) -> object:
    """The same value with the keys of every object in the order of their UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _sorted(value[key]) for key in keys}
    if isinstance(value, (list, tuple)):
        return [_sorted(item) for item in value]
    return value
