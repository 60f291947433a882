"""Sentences that wrap as Chinese does: between any two characters, but never before a closing mark."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from branch_console.security.text import clean
from screens.text import plain, wrap
from screens.widgets import css_beside


class Prose(Widget):
    """Text of several lines, shown exactly as it stands."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, text: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._text = clean(text)

    def show(self, text: str) -> None:
        """Another text."""
        self._text = clean(text)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes."""
        return len(wrap(self._text, max(width, 2)))

    def render(self) -> Content:
        """The lines."""
        return plain("\n".join(wrap(self._text, max(self.content_size.width, 2))))
