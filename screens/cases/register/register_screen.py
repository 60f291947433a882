"""The form (F4)."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.base import BranchScreen


class RegisterScreen(BranchScreen[None]):
    """The form (F4)."""

    def body(self) -> ComposeResult:
        """Its parts."""
        yield Static()
