"""One idea: what was said, where it stands, its course with what two sides changed at once, and its acts."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.case_views.feedback import IdeaLine, IdeaView
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.feedback.idea_menu import IdeaMenu
from screens.gifts.paper import Line, Paper
from screens.signs import sign
from screens.text import fit, one_line, plain, wrap
from screens.widgets import css_beside

LABEL = 14
"""Cells of a label."""


class IdeaScreen(BranchScreen[None]):
    """The page is scrolled with the arrows."""

    HELP = "feedback.help.idea"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#course"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,enter", "menu", "feedback.key.menu", id="feedback.menu"),
        Binding("ctrl+e,e", "support", "feedback.key.support", id="feedback.support"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._subject = subject
        self._view: IdeaView | None = None
        self._menu = IdeaMenu(self, self._written)

    def body(self) -> ComposeResult:
        """Number and state; below it the page."""
        yield Static(id="title")
        yield Paper(id="course")

    def on_mount(self) -> None:
        """Read it."""
        self.heard()

    def redrawn(self) -> None:
        """In another language it is read anew."""
        if self._view is not None:
            self._show(self._view)
        self.heard()

    def heard(self) -> None:
        """Something has changed, here or elsewhere."""
        self.ask(lambda: cases_of(self).idea(self._subject), self._show, group="read")

    def _show(self, view: IdeaView) -> None:
        self._view = view
        self.query_one("#title", Static).update(
            plain(f"{one_line(view.line.number)}  {one_line(view.line.status_words)}")
        )
        self.query_one("#course", Paper).show(self._lay_out)
        self.refresh_bindings()

    def _lay_out(self, width: int) -> Iterator[Line]:
        view = self._view
        if view is None:
            return
        for part in wrap(one_line(view.line.text), width - 1):
            yield ((part, "strong"),)
        yield ((" ", ""),)
        for label, value in view.facts:
            yield from _fact(one_line(label), one_line(value), width)
        yield ((" ", ""),)
        for step in view.steps:
            head = " ".join(one_line(each) for each in (step.at, step.what, step.staff) if each)
            yield ((f"{sign('in_progress')} ", "accent"), (head, ""))
            for part in wrap(one_line(step.text), width - 3) if step.text else ():
                yield ((f"  {part}", "muted"),)
            for mark in step.marks:
                yield ((f"  {sign('problem')} {one_line(mark)}", "warning"),)

    # --- acts ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """Supporting it may be impossible for whoever works here."""
        if action == "support" and self._view is not None:
            return self._view.acts.get("support", "")
        return ""

    def action_menu(self) -> None:
        """Everything that can be done with it."""
        self._menu.open(self._subject)

    def action_support(self) -> None:
        """Somebody else wants the same."""
        if self._view is not None:
            self._menu.act("support", self._view.line)

    def _written(self, _line: IdeaLine) -> None:
        self.heard()

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)


def _fact(label: str, value: str, width: int) -> Iterator[Line]:
    for number, part in enumerate(wrap(value, max(width - LABEL - 1, 8))):
        yield ((fit(label if number == 0 else "", LABEL), "muted"), (part, ""))
