"""One entry of a case in full: what was said, what else it holds, and every mark in a sentence."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.case_views.working import ActForm, Done, EntryLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.view.act_screen import ActScreen
from screens.onboarding.prose import Prose
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.facts import Fact, Facts


class EntryScreen(BranchScreen[Done]):
    """Answers with the redaction, if there was one. `refused`: why its text cannot be taken out, in words."""

    HELP = "cases.help.entry"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#entry"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,ctrl+x", "redact", "cases.key.redact", id="cases.redact"),
        Binding("escape,enter", "leave", "common.back"),
    ]

    def __init__(self, case: str, line: EntryLine, refused: str) -> None:
        super().__init__()
        self._case = case
        self._line = line
        self._refused = refused
        self._asking = False

    def body(self) -> ComposeResult:
        """Head, text, details, marks."""
        line = self._line
        yield Static(plain(one_line(f"{line.label}  {line.at}  {line.who}  {line.terminal}")), id="entry-head")
        with VerticalScroll(id="entry"):
            yield Prose(t("cases.erased") if line.erased and not line.text else line.text, classes="text")
            yield Facts(id="entry-details")
            for each in line.marks:
                yield Prose(f"{sign('warning')} {each}", classes="mark")

    def on_mount(self) -> None:
        """The details."""
        self.redrawn()

    def redrawn(self) -> None:
        """Labels are those of the moment when the case was read."""
        self.query_one("#entry-details", Facts).show([Fact(label, value) for label, value in self._line.details])

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """Who may take text out, and of which entries."""
        if action != "redact":
            return ""
        return self._refused or ("" if self._line.text else t("error.entry_has_no_text"))

    def action_redact(self) -> None:
        """Take text out that should not have been kept."""
        if self._asking:
            return
        self._asking = True

        def show(form: ActForm) -> None:
            self._asking = False
            if self.is_current:
                self.app.push_screen(ActScreen(form), self._redacted)

        def refused(error: Exception) -> None:
            self._asking = False
            self.shell.show_error(error)

        case, entry = self._case, self._line.id
        self.ask(lambda: cases_of(self).act_form(case, "redacted", entry), show, refused)

    def _redacted(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    def action_leave(self) -> None:
        """Back to the timeline."""
        self.dismiss(None)
