"""A field in which numbers of persons are masked while somebody types, and one key says that a number is none."""

from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from textual.widgets import Input

from branch_console.rules.cases.form import Said
from branch_console.rules.narrative.exemptions import Exemption, exempted, moved
from branch_console.rules.narrative.finding import Patterns
from branch_console.rules.narrative.masking import Typed, Undo, added, mask_typing, take_back
from screens.widgets.text_field import TextField


class MaskedField(TextField):
    """What is masked last can be taken back until the next number is masked; the number stands in memory only."""

    @dataclass
    class Told(Message):
        """The text has changed, by typing or by masking."""

        field: "MaskedField"

    def __init__(self, patterns: Patterns, *, id: str, max_length: int) -> None:  # noqa: A002
        super().__init__(id=id, max_length=max_length)
        self._patterns = patterns
        self._exempt: tuple[Exemption, ...] = ()
        self._counts: dict[str, int] = {}
        self._undo: Undo | None = None
        self._seen = ""

    @property
    def said(self) -> Said:
        """The text as it stands, with what was exempt and masked in it."""
        exempt = moved(self._exempt, self._seen, self.value)
        return Said(self.value, exempt, dict(self._counts))

    @said.setter
    def said(self, said: Said) -> None:
        """A text of a draft."""
        with self.prevent(Input.Changed):
            self.value = said.text
        self._seen, self._exempt, self._counts, self._undo = self.value, said.exempt, dict(said.masked), None
        self.cursor_position = len(self.value)

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers of each kind were masked in it."""
        return self._counts

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Somebody typed: what is complete is masked."""
        event.stop()
        self._mask(self.cursor_position)

    def on_blur(self, event: events.Blur) -> None:  # noqa: ARG002  Textual calls Input's own handler too
        """Whoever has left a number has finished it: nothing waits any more."""
        self._mask(0)

    def _mask(self, cursor: int) -> None:
        exempt = moved(self._exempt, self._seen, self.value)
        self._put(mask_typing(self.value, cursor, self._patterns, exempt), cursor)

    def _put(self, typed: Typed, cursor: int) -> None:
        """Show what masking has made of the text. A `cursor` of 0 says that nobody types here: it stays at the end."""
        self._counts = added(self._counts, typed.counts)
        self._undo = typed.undo or self._undo
        self._show(typed, typed.cursor if cursor else len(typed.text))

    def _show(self, typed: Typed, cursor: int) -> None:
        if typed.text != self.value:
            with self.prevent(Input.Changed):
                self.value = typed.text
            self.cursor_position = cursor
        self._seen, self._exempt = self.value, typed.exempt
        self.post_message(self.Told(self))

    def exempt_number(self) -> None:
        """“This is an order number”: the one masked last, otherwise the one at the cursor.

        Raises RuleError `exemption_no_number`.
        """
        exempt = moved(self._exempt, self._seen, self.value)
        here = Typed(self.value, self.cursor_position, self._counts, exempt, None)
        back = take_back(here, self._undo) if self._undo is not None else here
        if back.text != here.text:
            self._undo = None
            self._counts = dict(back.counts)
            self._show(back, back.cursor)
            return
        self._seen = self.value
        self._exempt = exempted(self.value, self.cursor_position, self._patterns, exempt)
        self.post_message(self.Told(self))

    def kept(self) -> object:
        """Text, cursor, and what belongs to the text."""
        return super().kept(), self.said, self._undo

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        match kept:
            case (typed, Said() as said, undo):
                self.said = said
                self._undo = undo if isinstance(undo, Undo) else None
                super().restore(typed)
