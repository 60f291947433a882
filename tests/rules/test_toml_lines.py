"""Every value of every published document is found on the line where it stands, in whichever way it is written."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from branch_console.rules.toml_lines import locate
from tests.rules.flow_help import documents

TEXT = '''# a comment = 1
top = 1
"quoted key" = "has # no comment, ] and }"  # one = 2
[table]
long = """
not = a key
[[nor]] a \\""" header
"""
raw = \'\'\'
x = [1]
\'\'\'
dotted . inner."deep er" = true
list = [
  1,  # one ]
  { a = 2026-01-01, b = { c = [
    7,
    8 ] } },
  [ "x", \'y\' ],
]
[[many]]
v = 1
[[many.inner]]
w = -1.5e3
[[many.inner]]
w = 12:30:00
[[many]]
[many.sub]
z = 0
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("table",), 4),
        (("table", "long"), 5),
        (("table", "raw"), 9),
        (("table", "dotted"), 12),
        (("table", "dotted", "inner", "deep er"), 12),
        (("table", "list"), 13),
        (("table", "list", 0), 14),
        (("table", "list", 1, "b", "c", 0), 16),
        (("table", "list", 1, "b", "c", 1), 17),
        (("table", "list", 2, 1), 18),
        (("many",), 20),
        (("many", 0, "v"), 21),
        (("many", 0, "inner", 1), 24),
        (("many", 0, "inner", 1, "w"), 25),
        (("many", 1), 26),
        (("many", 1, "sub", "z"), 28),
        (("many", 1, "missing", "deeper"), 26),
        (("missing",), 1),
    ],
)
def test_places(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert locate(TEXT, path) == line


def test_windows_line_ends() -> None:
    assert locate(TEXT.replace("\n", "\r\n"), ("many", 1, "sub", "z")) == 28


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path, value


@pytest.mark.parametrize("name", sorted(documents()))
def test_every_text_of_the_reference_stands_on_its_line(name: str) -> None:
    text = documents()[name]
    lines = text.splitlines()
    checked = 0
    for path, value in leaves(tomllib.loads(text)):
        if isinstance(value, str) and value and "\n" not in value and '"' not in value:
            assert value in lines[locate(text, path) - 1], path
            checked += 1
    assert checked > 5


@pytest.mark.parametrize("text", ["", "=", "[", "a", "a = [", "a = [,]", 'a = "', "]]", "[[x", "a = {b", "\x00"])
def test_what_is_no_toml_ends_too(text: str) -> None:
    assert locate(text, ("a", 0)) == 1
