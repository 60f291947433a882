"""Everything that can be done with an idea, as a menu in which what is impossible says why; and the form of each."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from branch_console.case_views.feedback import IdeaLine, IdeaView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.feedback.idea_form import IdeaForm
from screens.cases.feedback.reward_screen import RewardScreen
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.text import one_line
from screens.widgets.choices import Option

ACTS = ("evaluate", "adopt", "decline", "done", "told", "support", "reward")
"""In the order of the menu."""


class IdeaMenu:
    """The acts of one screen. `after` is called when something was written."""

    def __init__(self, screen: BranchScreen[None], after: Callable[[IdeaLine], None]) -> None:
        self._screen = screen
        self._after = after

    def open(self, subject: str) -> None:
        """Which act."""
        self._screen.ask(lambda: cases_of(self._screen).idea(subject), self._offer, group="idea")

    def _offer(self, view: IdeaView) -> None:
        if not self._screen.is_current:
            return
        options = [Option(name, t(f"feedback.act.{name}"), why_not=view.acts.get(name, "")) for name in ACTS]

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self.act(answer.value, view.line)

        self._screen.app.push_screen(PickDialog(one_line(view.line.text)[:60], options), picked)

    def act(self, name: str, line: IdeaLine) -> None:
        """The form of one act."""
        if name == "reward":
            self._show(lambda: RewardScreen(line, cases_of(self._screen).reward_scene(line.subject)))
        else:
            self._show(lambda: self._form(name, line))

    def _form(self, name: str, line: IdeaLine) -> IdeaForm:
        desk = cases_of(self._screen)
        owners = desk.owners() if name == "adopt" else ()
        return IdeaForm(name, line, owners, desk.idea_form(name, line.subject))

    def _show(self, make: Callable[[], Screen[Any]]) -> None:
        """What the form needs is read in a thread."""

        def show(form: Screen[Any]) -> None:
            if self._screen.is_current:
                self._screen.app.push_screen(form, self._done)

        self._screen.ask(make, show, group="form")

    def _done(self, line: IdeaLine | None) -> None:
        if line is not None:
            self._screen.notify(t("feedback.written", status=one_line(line.status_words)), markup=False)
            self._after(line)
