"""The queue (F6)."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.base import BranchScreen


class QueueScreen(BranchScreen[None]):
    """The queue (F6)."""

    def body(self) -> ComposeResult:
        """Its parts."""
        yield Static()
