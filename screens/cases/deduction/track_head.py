"""Above the checklist: which case, what must never be asked, and what may be said of a freeze."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static

from branch_console.case_views.deduction import TrackView
from screens.gifts.heads import sides
from screens.gifts.said import Said
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside

_TONES = ("muted", "accent", "warning", "error", "success")


class TrackHead(Vertical):
    """The sentence about the freeze has its tone, and words that never say more than the core has said."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self) -> None:
        super().__init__()
        self._view: TrackView | None = None

    def compose(self) -> ComposeResult:
        """Number and customer, the warning, the standing, what to know about it."""
        yield Static(id="head")
        yield Static(id="never")
        yield Said(id="standing")
        yield Said(id="note")

    def show(self, view: TrackView) -> None:
        """As it is now."""
        self._view = view
        self.query_one("#never", Static).update(plain(f"{sign('warning')} {one_line(view.warning)}"))
        standing = self.query_one("#standing", Said)
        standing.say(view.contain.words)
        for tone in _TONES:
            standing.set_class(tone == view.contain.tone, f"-{tone}")
        self.query_one("#note", Said).say(" ".join(each for each in (view.contain.note, view.ended) if each))
        self._draw(self.size.width)

    def on_resize(self, event: Resize) -> None:
        """The first line is cut to the width of the console."""
        self._draw(event.size.width)

    def _draw(self, width: int) -> None:
        view = self._view
        if view is not None and width > 0:
            left = f"{one_line(view.number)}  {one_line(view.category)}"
            self.query_one("#head", Static).update(sides(left, view.customer, width))
