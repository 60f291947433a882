"""Verifying afterwards whose case it is: by a whole number, never by a secret."""

from collections.abc import Callable

from textual.app import ComposeResult

from branch_console.case_views.deduction import TrackView
from screens.cases.deduction.track_form import TrackForm
from screens.cases.deduction.whose_field import WhoseField
from screens.cases.desk import cases_of
from screens.widgets.text_field import TextField


class IdentifyScreen(TrackForm):
    """The customer opens the wallet on their own phone; staff type the number that it shows."""

    TITLE_MSGID = "deduction.identify.title"
    DO_MSGID = "deduction.identify.do"
    AUTO_FOCUS = "#customer"

    def lead(self) -> str:
        """How."""
        return next((step.text for step in self.track.steps if step.code == "verify"), "")

    def questions(self) -> ComposeResult:
        """Who it is."""
        yield WhoseField(nobody=False)

    def action_go_on(self) -> None:
        """Look the customer up, then to the button."""
        focused = self.focused
        if isinstance(focused, TextField) and focused.id == "customer":
            self.query_one(WhoseField).look_up(lambda: self.following(focused))
            return
        super().action_go_on()

    def work(self) -> Callable[[], TrackView]:
        """It is known now."""
        handle, case = self.query_one(WhoseField).handle, self.track.subject
        return lambda: cases_of(self).identify(case, handle)
