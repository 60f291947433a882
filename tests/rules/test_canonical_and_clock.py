"""Canonical JSON against hand-made RFC 8785 vectors; the clock never runs backwards."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.canonical import MAX_INTEGER, NotCanonicalError, canonical
from branch_console.rules.clock import ZERO, format_clock, is_off, merge, parse, tick

VECTORS = [
    ({}, b"{}"),
    ([], b"[]"),
    ({"b": 1, "a": [True, False, None]}, b'{"a":[true,false,null],"b":1}'),
    ({"": 0, "A": 1, "a": 2, "_": 3}, b'{"":0,"A":1,"_":3,"a":2}'),
    ("\u20ac$\x0f\nA'B\"\\/\x7f", '"\u20ac$\\u000f\\nA\'B\\"\\\\/\x7f"'.encode()),
    ("\b\t\n\f\r\x00\x1f", b'"\\b\\t\\n\\f\\r\\u0000\\u001f"'),
    ({"张": "三", "é": "\u0301"}, '{"é":"\u0301","张":"三"}'.encode()),
    # RFC 8785 §3.2.3: keys by UTF-16 code units, so that an emoji (surrogates) sorts before U+FB33.
    (
        {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
        '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\U0001f600":5,"\ufb33":3}'.encode(),
    ),
    ([MAX_INTEGER, -MAX_INTEGER, 0], b"[9007199254740991,-9007199254740991,0]"),
    ({"z": {"y": {"x": [{"b": 1, "a": 2}]}}}, b'{"z":{"y":{"x":[{"a":2,"b":1}]}}}'),
]


@pytest.mark.parametrize(("value", "form"), VECTORS)
def test_vectors(value: object, form: bytes) -> None:
    assert canonical(value) == form


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), MAX_INTEGER + 1, -MAX_INTEGER - 1, {1: 2}, b"x", {"a": [0.5]}, object()]
)
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)


_SCALARS = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(st.characters(codec="utf-8"))
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner)
)


@given(_JSON)
def test_the_form_says_the_same_and_is_stable(value: object) -> None:
    form = canonical(value)
    assert json.loads(form) == value
    assert canonical(json.loads(form)) == form


@given(st.lists(st.integers(0, 10**13 - 2), min_size=1))
def test_the_clock_only_goes_on(walls: list[int]) -> None:
    last = ZERO
    for wall in walls:
        following = tick(last, wall)
        assert following > last
        assert parse(following)[0] >= wall
        last = following


def test_the_counter_carries_into_the_next_millisecond() -> None:
    assert tick(format_clock(5, 0xFFFF), 5) == format_clock(6, 0)
    assert merge(format_clock(5, 1), format_clock(5, 2)) == format_clock(5, 2)
    with pytest.raises(ValueError, match="malformed"):
        parse("5-0")


@pytest.mark.parametrize(
    ("offset_ms", "off"), [(0, False), (120_000, False), (-120_000, False), (120_001, True), (-120_001, True)]
)
def test_a_clock_is_off_from_more_than_two_minutes(offset_ms: int, off: bool) -> None:
    assert is_off(offset_ms) is off
