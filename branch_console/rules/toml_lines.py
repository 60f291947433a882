"""Where a value stands in a TOML text, so that an error in reference data names its line. (tomllib forgets lines.)"""

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*\.?""")

Path = tuple[str | int, ...]


def locate(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the key that `path` leads to, or of the nearest thing around it."""
    places = _places(text)
    wanted = tuple(path)
    while wanted:
        if wanted in places:
            return places[wanted]
        wanted = wanted[:-1]
    return 1


def _places(text: str) -> dict[Path, int]:
    """The line of every table header and key; elements of arrays of tables are numbered from 0."""
    places: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    quote: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if quote is not None:
            quote = None if quote in line else quote
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(_split(header[2]), header[1] == "[[", counts)
            places.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            places.setdefault((*table, *_split(key[1])), number)
            quote = _opened(line)
    return places


def _table(parts: Path, many: bool, counts: dict[Path, int]) -> Path:
    """The full path of a header, with the numbers of the array elements it stands in."""
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, parts[-1])
    if many:
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _split(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


def _opened(line: str) -> str | None:
    """The quotes of a text over several lines that begins here and does not end here."""
    for quote in ('"""', "'''"):
        if line.count(quote) % 2:
            return quote
    return None
