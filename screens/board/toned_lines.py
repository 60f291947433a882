"""Sentences that wrap as Chinese does, each in its own tone."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from screens.board.sentences import sentence


class TonedLines(Widget):
    """Lines of text and token; takes no room without any."""

    DEFAULT_CSS = "TonedLines { width: 1fr; height: auto; color: $foreground; }"

    lines: reactive[tuple[tuple[str, str], ...]] = reactive((), layout=True)

    def say(self, lines: Sequence[tuple[str, str]]) -> None:
        """Other lines: text, and a token such as `$muted` or nothing."""
        self.display = bool(lines)
        self.lines = tuple(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many as it takes."""
        return sum(len(sentence(text, width)) for text, _tone in self.lines)

    def render(self) -> Content:
        """All of them."""
        width = max(self.content_size.width, 2)
        return Content("\n").join(
            Content.styled(part, tone) for text, tone in self.lines for part in sentence(text, width)
        )
