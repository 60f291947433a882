"""What the forms of a fast track share: they are about one case, answer with its checklist, and Escape leaves them."""

from abc import abstractmethod
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.case_views.deduction import TrackView
from branch_console.locale import t
from screens.cases.desk import cases_of
from screens.gifts.gift_form import GiftForm
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class TrackForm(GiftForm[TrackView]):
    """Subclasses give title, lead, questions, and the act. What must never be asked stands above every form."""

    HELP = "deduction.help.form"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "deduction.key.write", id="deduction.write"),
        Binding("escape", "leave", "common.back"),
    ]
    TITLE_MSGID: ClassVar[str] = ""
    DO_MSGID: ClassVar[str] = ""

    def __init__(self, view: TrackView) -> None:
        super().__init__()
        self.track = view

    def body(self) -> ComposeResult:
        """Title, the warning, what to say, the questions, the button."""
        yield Static(plain(f"{t(self.TITLE_MSGID)}  {one_line(self.track.number)}"), id="title")
        yield Static(plain(f"{sign('warning')} {one_line(self.track.warning)}"), id="never")
        yield Said(self.lead(), id="lead")
        with VerticalScroll(id="form", can_focus=False):
            yield from self.questions()
            yield Proceed(t(self.DO_MSGID), id="do")

    def lead(self) -> str:
        """What the form is about, in a sentence."""
        return ""

    @abstractmethod
    def questions(self) -> ComposeResult:
        """What is asked."""

    def read(self) -> TrackView:
        """The checklist in the language of now."""
        return cases_of(self).track(self.track.subject)

    def take(self, said: TrackView) -> None:
        """Another language."""
        self.track = said

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)
