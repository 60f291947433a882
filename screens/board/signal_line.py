"""The first signal of the day in words, how many more there are, and how many series were looked at."""

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.figure_views.board import BoardView
from branch_console.locale import t
from screens.board.lines import listed
from screens.board.tones import token, tone_sign
from screens.signs import sign
from screens.text import fit, one_line


class SignalLine(Widget):
    """One line. All signals stand in the list, with the way to their charts."""

    DEFAULT_CSS = "SignalLine { height: 1; color: $foreground; }"

    view: reactive[BoardView | None] = reactive(None)

    def watch_view(self, view: BoardView | None) -> None:
        """Takes no room before anything is known, and where the list says the same."""
        self.display = view is not None and bool(view.checked) and not listed(view)

    def render(self) -> Content:
        """Sign and words of the first; how many more; else that there is none and how many were looked at."""
        view, width = self.view, self.size.width
        if view is None:
            return Content()
        if not view.signals:
            text = f"  {t('board.signals.none')} {sign('separator')} {one_line(view.checked)}"
            return Content.styled(fit(text, width), "$muted")
        first = view.signals[0]
        more = f"  {t('board.signals.more', n=len(view.signals) - 1)}" if len(view.signals) > 1 else ""
        text = f"{tone_sign(first.tone)} {one_line(first.text)}{more}"
        quiet = f" {sign('separator')} {one_line(view.checked)}"
        shown = fit(text, width).rstrip()
        return Content.styled(shown, token(first.tone)) + Content.styled(fit(quiet, width - cell_len(shown)), "$muted")
