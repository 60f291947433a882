"""Ratings and ideas (F5)."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.base import BranchScreen


class FeedbackScreen(BranchScreen[None]):
    """Ratings and ideas (F5)."""

    def body(self) -> ComposeResult:
        """Its parts."""
        yield Static()
