"""Style sheets that are read once: Textual parses all of them anew whenever a screen is shown for the first time."""

from typing import Any, ClassVar

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

KEPT = 512
"""Parsed sheets; more than the console has, one for each kind of widget."""


class ReadOnce(Stylesheet):
    """Parses a sheet when it comes, and again when another theme gives its tokens other values.

    What was parsed for a theme is kept by its values: for who comes back to it, and for the next console of a process.
    """

    _known: ClassVar[dict[frozenset[tuple[str, str]], LRUCache[tuple[Any, ...], list[RuleSet]]]] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        """What was parsed with the same values stays."""
        if variables != self._variables:
            self._parse_cache = LRUCache(1)  # Textual clears it
            super().set_variables(variables)
            self._parse_cache = self._known.setdefault(frozenset(variables.items()), LRUCache(KEPT))

    def reparse(self) -> None:
        """All rules, from the sheets as they are parsed already."""
        self.parse()
