"""Where a value stands in a TOML text, so that an error in reference data names its line. (tomllib forgets lines.)

The text is one that tomllib has read: this walks over it and notes lines, and leaves judging it to tomllib.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}\s#][^,\]}\n#]*")
_TEXTS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)

Path = tuple[str | int, ...]


def locate(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the key or element that `path` leads to, or of the nearest thing around it."""
    places = _places(text)
    wanted = tuple(path)
    while wanted:
        if wanted in places:
            return places[wanted]
        wanted = wanted[:-1]
    return 1


@lru_cache(maxsize=8)
def _places(text: str) -> dict[Path, int]:
    """The line of every table header, key and array element; elements are numbered from 0."""
    return _Walk(text).document()


class _Walk:
    """A walk over one text, from its beginning. `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def document(self) -> dict[Path, int]:
        """Headers and keys up to the end, or to where the text is no longer TOML."""
        table: Path = ()
        self._over(_BLANK)
        while self.at < len(self.text):
            start = self.at
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)
            if self.at == start:
                break
            self._over(_BLANK)
        return self.places

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the path of what follows, with the numbers of the elements it stands in."""
        line, many = self._line(), self._next("[")
        parts = self._keys()
        self._next("]")
        self._next("]")
        path: Path = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path])
        path = (*path, *parts[-1:])
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.places.setdefault(path, line)
            path = (*path, self.counts[path])
        self.places.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        """`key = value`; a dotted key names a place of its own at each dot."""
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.places.setdefault(path, line)
        self._over(_SPACE)
        if self._next("="):
            self._over(_SPACE)
            self._value(path)

    def _value(self, path: Path) -> None:
        if self._next("["):
            self._inside("]", path, numbered=True)
        elif self._next("{"):
            self._inside("}", path, numbered=False)
        elif not any(self._over(form) for form in _TEXTS):
            self._over(_OTHER)

    def _inside(self, end: str, path: Path, *, numbered: bool) -> None:
        """The elements of an array, or the pairs of an inline table, up to its end."""
        number = 0
        self._over(_BLANK)
        while self.at < len(self.text) and not self._next(end):
            start = self.at
            if numbered:
                self.places.setdefault((*path, number), self._line())
                self._value((*path, number))
            else:
                self._pair(path)
            number += 1
            self._over(_BLANK)
            self._next(",")
            self._over(_BLANK)
            if self.at == start:
                return

    def _keys(self) -> Path:
        found: list[str] = []
        while True:
            self._over(_SPACE)
            start = self.at
            if self._over(_PLAIN):
                found.append(self.text[start : self.at])
            elif self._over(_TEXTS[2]) or self._over(_TEXTS[3]):
                found.append(self.text[start + 1 : self.at - 1])
            self._over(_SPACE)
            if not self._next("."):
                return tuple(found)

    def _over(self, form: re.Pattern[str]) -> bool:
        found = form.match(self.text, self.at)
        if found is None:
            return False
        moved, self.at = found.end() > self.at, found.end()
        return moved

    def _next(self, sign: str) -> bool:
        here = self.text.startswith(sign, self.at)
        self.at += here
        return here

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1
