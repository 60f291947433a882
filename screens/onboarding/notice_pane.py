"""A page that says how a journey stands and offers what can be done: paused, offered, elsewhere, complete, ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.onboarding.prose import Prose
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option


class NoticePane(VerticalScroll, can_focus=False):
    """A heading, a few sentences, and the ways on as a list; the most likely one is under the cursor."""

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Decided(Message):
        """One of the ways was taken."""

        act: str

    def __init__(self, title: str, paragraphs: Sequence[str], acts: Sequence[Option]) -> None:
        super().__init__()
        self._heading = title
        self._paragraphs = tuple(paragraphs)
        self._acts = tuple(acts)

    def compose(self) -> ComposeResult:
        """Heading, sentences, ways on."""
        yield Static(plain(self._heading), classes="heading")
        for paragraph in self._paragraphs:
            if paragraph:
                yield Prose(paragraph, classes="paragraph")
        yield Choices(self._acts)

    def focus_first(self) -> None:
        """The list of ways."""
        self.query_one(Choices).focus()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.post_message(self.Decided(event.value))

    @on(Choices.Refused)
    def _refused(self, event: Choices.Refused) -> None:
        event.stop()
        self.notify(event.why, markup=False)
