"""A paper of several pages on the screen, as it is printed, and the key that saves it as text and PDF."""

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.case_views.feedback import PaperView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.paper import Line, Paper
from screens.gifts.said import Said
from screens.signs import sign
from screens.text import one_line, plain, wrap
from screens.widgets import css_beside

_LOOKS = {"heading": ("", "accent"), "quote": ("    ", "muted"), "quiet": ("", "muted"), "warning": ("", "warning")}


class PaperScreen(BranchScreen[None]):
    """Subclasses say where the paper comes from."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,s", "save", "feedback.key.save", id="feedback.save"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.paper: PaperView | None = None
        self._saved: tuple[Path, Path] | None = None
        self._saving = False

    @abstractmethod
    def read(self) -> PaperView:
        """The paper. It is called in a thread."""

    @abstractmethod
    def write(self) -> tuple[Path, Path]:
        """Save it; where text and PDF stand. It is called in a thread."""

    def body(self) -> ComposeResult:
        """Title, paper, where it was saved."""
        yield Static(plain(t("feedback.reading")), id="title")
        yield self.page()
        yield Said(self._saved_words(), id="saved")

    def page(self) -> Paper:
        """What the paper is drawn on."""
        return Paper(id="paper")

    def on_mount(self) -> None:
        """Read it."""
        self.reload()

    def redrawn(self) -> None:
        """In another language it is read anew."""
        self.reload()

    def reload(self) -> None:
        """Read it (again)."""
        self.ask(self.read, self._show, group="read")

    def _show(self, paper: PaperView) -> None:
        self.paper = paper
        self.query_one("#title", Static).update(plain(one_line(paper.title)))
        self.query_one("#paper", Paper).show(self._lay_out)
        self.refresh_bindings()

    def _lay_out(self, width: int) -> Iterator[Line]:
        for block in self.paper.blocks if self.paper is not None else ():
            indent, tone = _LOOKS.get(block.style, ("", ""))
            if block.style == "heading":
                yield ((" ", ""),)
            for part in wrap(one_line(block.text), max(width - len(indent) - 1, 8)):
                yield ((indent + part, tone),)

    # --- acts ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """Nothing to save before there is something."""
        return t("feedback.reading") if action == "save" and (self.paper is None or self._saving) else ""

    def action_save(self) -> None:
        """As text and as PDF; says where."""
        self._saving = True
        self.refresh_bindings()
        self.ask(self.write, self._written, self._not_saved, group="save")

    def _written(self, paths: tuple[Path, Path]) -> None:
        self._saving = False
        self._saved = paths
        self.query_one("#saved", Said).say(self._saved_words())
        self.refresh_bindings()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self.refresh_bindings()
        self.shell.show_error(error)

    def _saved_words(self) -> str:
        if self._saved is None:
            return ""
        text, pdf = (one_line(str(each)) for each in self._saved)
        return f"{sign('done')} {t('feedback.saved', text=text, pdf=pdf)}"

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)
