"""A question of a step: its label, the input that fits its kind, and what there is to say about the answer."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from branch_console.locale import t
from branch_console.views import Choice, FieldView
from screens.onboarding.option_row import OptionRow
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField

PICKED = ("choice", "choices", "yesno")
HASHED = ("phone", "document")
"""Kinds whose saved answer is only known in its masked form."""


class Question(Vertical):
    """What was typed stays as it is, whatever the desk says about it."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    can_align: ClassVar[bool] = True
    """Whether its label may stand beside the input."""
    has_notice: ClassVar[bool] = False
    """Whether a text to be read out stands above it."""

    @dataclass
    class Confirmed(Message):
        """The answer is meant. `go_on`: with Enter, so the last question of a step completes it."""

        question: "Question"
        value: str
        changed: bool
        go_on: bool

    @dataclass
    class Typed(Message):
        """Text was typed that is not confirmed yet."""

        question: "Question"
        text: str

    def __init__(self, view: FieldView, typed: str | None = None) -> None:
        super().__init__()
        self.view = view
        self.error = ""
        if view.kind in PICKED:
            chosen = [each for each in view.value.split(",") if each]
            self.editor: OptionRow | TextField = OptionRow(self._options(), chosen, view.kind == "choices")
        else:
            text = typed if typed is not None else view.draft or ("" if view.kind in HASHED else view.value)
            self.editor = TextField(text, placeholder=view.value if view.kind in HASHED else "")

    def _options(self) -> tuple[Choice, ...]:
        if self.view.kind == "yesno" and not self.view.id.startswith("consent:"):
            return Choice("yes", t("onboarding.yes")), Choice("no", t("onboarding.no"))
        return self.view.choices

    def compose(self) -> ComposeResult:
        """Label, input, note."""
        with Vertical(classes="line"):
            yield Static(self._label(), classes="label")
            yield self.editor
        yield Static(classes="note")

    def on_mount(self) -> None:
        """The note that belongs to the answer."""
        self._draw_note()

    @property
    def label_cells(self) -> int:
        """How wide the label is."""
        return self._label().cell_length

    def align(self, cells: int) -> None:
        """Put the label, in a column of so many cells, beside its input; 0: above it."""
        self.set_class(cells > 0, "-inline")
        self.query_one(".label").styles.width = cells or "1fr"
        self.query_one(".note").styles.padding = (0, 0, 0, cells + 2 if cells else 2)

    @property
    def text(self) -> str:
        """What has been typed or picked, confirmed or not."""
        if isinstance(self.editor, TextField):
            return self.editor.value
        return ",".join(self.editor.chosen)

    @property
    def confirmed(self) -> bool:
        """Whether what stands here is what is saved."""
        if isinstance(self.editor, TextField) and self.view.kind in HASHED:
            return not self.editor.text or self.editor.text == self.view.value
        text = self.editor.text if isinstance(self.editor, TextField) else self.text
        return text == self.view.value

    def take(self, view: FieldView) -> None:
        """The desk's newer view of the same question; an error stays until the answer is confirmed anew."""
        was_confirmed = self.confirmed
        if not view.warning and view.value == self.view.value:  # the desk says a doubt once, when it takes the answer
            view = replace(view, warning=self.view.warning)
        self.view = view
        if isinstance(self.editor, OptionRow):
            if was_confirmed or not self.text:
                self.editor.chosen = [each for each in view.value.split(",") if each]
        elif view.kind in HASHED:
            self.editor.placeholder = view.value
        self.query_one(".label", Static).update(self._label())
        self._note()

    def forget_doubt(self) -> None:
        """Another answer: what there was to say about the one before is no longer true."""
        self.view = replace(self.view, warning="")

    def settled(self) -> None:
        """The desk has taken the answer: no error any more, and a number that is only kept masked leaves the screen."""
        self.error = ""
        if isinstance(self.editor, TextField) and self.view.kind in HASHED and self.view.value:
            with self.prevent(Input.Changed):
                self.editor.value = ""
        self._note()

    def refuse(self, error: str) -> None:
        """Show what is wrong with the answer."""
        self.error = error
        self._note()

    def _label(self) -> Content:
        optional = t("onboarding.optional")
        said = self.view.required or optional.strip("（）()") in self.view.label
        return plain(self.view.label if said else f"{self.view.label} {optional}")

    def _note(self) -> None:
        if self.is_mounted:
            self._draw_note()

    def _draw_note(self) -> None:
        note = self.query_one(".note", Static)
        self.set_class(bool(self.error), "-wrong")
        self.editor.set_class(bool(self.error), "-invalid")
        self.set_class(bool(self.view.warning) and not self.error, "-warned")
        if self.error or self.view.warning:
            text = f"{sign('warning')} {self.error or self.view.warning}"
        else:
            text = self.view.hint
        note.update(plain(text))
        note.display = bool(text)

    def on_descendant_focus(self) -> None:
        """The question that is being answered stands out."""
        self.add_class("-focused")

    def on_descendant_blur(self) -> None:
        """Another one is being answered."""
        self.remove_class("-focused")

    @on(OptionRow.Picked)
    def _picked(self, event: OptionRow.Picked) -> None:
        event.stop()
        value = ",".join(event.values)
        if not value and self.view.required:
            self.refuse(t("onboarding.choose"))
            return
        self.post_message(self.Confirmed(self, value, value != self.view.value, event.by_enter))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Confirmed(self, event.value, not self.confirmed, go_on=True))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self, event.value))
