"""“You said, we did”: the list that is printed for the wall."""

from pathlib import Path

from branch_console.case_views.feedback import PaperView
from screens.cases.desk import cases_of
from screens.cases.feedback.paper_screen import PaperScreen

WEEKS = 13
"""A quarter of a year hangs on the wall."""


class WallScreen(PaperScreen):
    """What was done, what is under way, what cannot be done and why."""

    HELP = "feedback.help.wall"

    def read(self) -> PaperView:
        """The list."""
        return cases_of(self).we_did(WEEKS)

    def write(self) -> tuple[Path, Path]:
        """As text and PDF."""
        return cases_of(self).save_we_did(WEEKS)
