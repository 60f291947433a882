"""Abnormal deduction (F9)."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.base import BranchScreen


class DeductionScreen(BranchScreen[None]):
    """Abnormal deduction (F9)."""

    def body(self) -> ComposeResult:
        """Its parts."""
        yield Static()
