"""What the meeting agrees on: what, who, until when."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.cases.desk import cases_of
from screens.cases.feedback.drafted_form import DraftedForm
from screens.cases.feedback.idea_form import people
from screens.gifts.asked import Asked
from screens.onboarding.proceed import Proceed
from screens.text import plain
from screens.widgets import css_beside


class ActionForm(DraftedForm[bool]):
    """Answers True when it was agreed."""

    HELP = "feedback.help.pack"
    CSS = css_beside(str(Path(__file__).with_name("idea_form.py")))
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, owners: tuple[StaffChoice, ...], kept: Mapping[str, str] | None = None) -> None:
        super().__init__("agree", "", kept or {})
        self._owners = owners

    @property
    def questions(self) -> tuple[str, ...]:
        """What, who, until when."""
        return ("what", "owner", "due")

    def read(self) -> tuple[StaffChoice, ...]:
        """Who may own it."""
        return cases_of(self).owners()

    def take(self, said: tuple[StaffChoice, ...]) -> None:
        """Who may own it."""
        self._owners = said

    def body(self) -> ComposeResult:
        """The three questions."""
        yield Static(plain(t("feedback.agree.title")), id="title")
        with VerticalScroll(id="form", can_focus=False):
            yield Asked("what", t("feedback.ask.action"), self.editor("what"))
            yield Asked("owner", t("feedback.ask.owner"), self.editor("owner", people(self._owners)))
            yield Asked("due", t("feedback.ask.due"), self.editor("due", most=10), t("feedback.hint.due"))
            yield Proceed(t("feedback.agree.do"), id="do")

    def work(self) -> Callable[[], bool]:
        """Agree."""
        answers = [self.answer(name) for name in self.questions]

        def agree() -> bool:
            cases_of(self).agree(*answers)
            return True

        return agree

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(False)
