"""What the slip screen calls of the case desk. Every call *blocks*; errors carry a code."""

from pathlib import Path
from typing import Protocol

from branch_console.gift_views import SlipView
from branch_console.locale import Language
from branch_console.rules.errors import RuleError


class Port(Protocol):
    """Slips. `which`: receipt, decision, extension, withdrawal, hotline."""

    def slip(self, case: str, which: str, language: Language) -> SlipView:
        """A slip as printed; each call is an act."""

    def save_slip(self, case: str, which: str, language: Language) -> Path:
        """The slip as PDF; where it stands. Each call is an act."""

    def slips(self, case: str) -> dict[str, RuleError | None]:
        """Each slip, and why the case does not have it now."""
