"""Which day it is, whether its figures can still move, and how complete they are."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.figure_views.board import BoardView, StateView
from branch_console.locale import t
from screens.board.sentences import sentence
from screens.board.tones import state_sign
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside

MOST = 3
"""Lines of the sentence about completeness."""
_TONES = {"complete": "$success", "frozen": "$success", "timed_out": "$warning", "provisional": "$warning"}


class BoardHead(Widget):
    """Title left, state right; below it the counting that still goes on, as of when, and which terminals are in."""

    DEFAULT_CSS = css_beside(__file__)

    view: reactive[BoardView | None] = reactive(None, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Title and state, in one line or two, and the lines of the sentence."""
        return (2 if self._apart(width) else 1) + len(self._below(width))

    def render(self) -> Content:
        """All lines."""
        width = self.size.width
        if self.view is None:
            return Content(fit(t("common.loading"), width))
        title, state = one_line(self.view.title), state_words(self.view.state)
        tone = _TONES.get(self.view.state.code, "$primary") if self.view.state.sound else "bold $error"
        if self._apart(width):
            head = [Content.styled(fit(title, width), "bold"), Content.styled(fit(state, width), tone)]
        else:
            space = width - cell_len(state)
            head = [Content.styled(fit(title, space), "bold") + Content.styled(state, tone)]
        quiet = "$muted" if self.view.counting is None else "$warning"
        return Content("\n").join([*head, *(Content.styled(fit(line, width), quiet) for line in self._below(width))])

    def _apart(self, width: int) -> bool:
        """Whether title and state need a line each."""
        view = self.view
        return view is not None and cell_len(one_line(view.title)) + 2 + cell_len(state_words(view.state)) > width

    def _below(self, width: int) -> list[str]:
        view = self.view
        if view is None or not width:
            return []
        counting = t("board.counting", percent=round(view.counting * 100)) if view.counting is not None else ""
        text = f" {sign('separator')} ".join(
            one_line(each) for each in (counting, view.as_of, view.completeness) if each
        )
        lines = sentence(text, width)
        return [*lines[: MOST - 1], "".join(lines[MOST - 1 :])] if len(lines) > MOST else lines


def state_words(state: StateView) -> str:
    """Sign and word; of a frozen day its hash; how often it was restated; that it is not what was frozen."""
    parts = [f"{state_sign(state.code)} {one_line(state.label)}"]
    if state.hash:
        parts.append(one_line(state.hash))
    if state.restatements:
        parts.append(t("board.restated", n=len(state.restatements)))
    if not state.sound:
        parts.append(f"{sign('overdue')} {t('board.unsound')}")
    return "  ".join(parts)
