"""Style sheets that are read once: Textual parses all of them anew whenever a screen is shown for the first time."""

from typing import Any

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

KEPT = 512
"""Parsed sheets; more than the console has, one for each kind of widget."""


class ReadOnce(Stylesheet):
    """Parses a sheet when it comes, and again when another theme gives its tokens other values."""

    def __init__(self) -> None:
        super().__init__()
        self._parse_cache: LRUCache[tuple[Any, ...], list[RuleSet]] = LRUCache(KEPT)

    def set_variables(self, variables: dict[str, str]) -> None:
        """What was parsed with the same values stays."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """All rules, from the sheets as they are parsed already."""
        self.parse()
