"""One number of the board in depth: what it is, how it compares, its 28 days and twelve weeks, how it is defined."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.figure_views.detail import DetailView, PlotView
from branch_console.locale import t
from screens.board.plot import Plot
from screens.board.plot_words import plot_words
from screens.board.toned_lines import TonedLines
from screens.board.tones import token, tone_sign
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class DetailBody(VerticalScroll):
    """Scrolls as a whole. Everything that a plot shows stands below it in words too.

    `brief`: beside a list, so without the weeks and with fewer words.
    """

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, *, brief: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=not brief, classes="-brief" if brief else "")
        self._brief = brief

    def compose(self) -> ComposeResult:
        """The parts; each takes no room while it has nothing to say."""
        yield TonedLines(id="about")
        yield TonedLines(id="row")
        for name in ("days", "weeks"):
            yield Static(id=f"{name}-title", classes="part")
            yield Plot().add_class(name)
            yield TonedLines(id=f"{name}-words")
        yield Static(id="definition-title", classes="part")
        yield TonedLines(id="definition")

    def on_mount(self) -> None:
        """Nothing yet."""
        self.say(t("board.detail.none"))

    def say(self, text: str) -> None:
        """A sentence instead of a number: that there is none, or that it is being read."""
        self._lines("about", [(text, "$muted")])
        for name in ("row", "definition"):
            self._lines(name, [])
        self._part("definition", "")
        for name in ("days", "weeks"):
            self._plot(name, None)

    def show(self, view: DetailView, row: Sequence[tuple[str, str]] = ()) -> None:
        """A number; `row` are the other numbers in its row of the list, with their labels."""
        about = [(f"{one_line(view.title)}  {one_line(view.value)}", "bold"), (view.before, "$muted")]
        about += [(f"{tone_sign(tone)} {text}".strip(), token(tone)) for text, tone in view.signals]
        if view.why_no_chart:
            about.append((view.why_no_chart, "$muted"))
        self._lines("about", [each for each in about if each[0]])
        cells = f" {sign('separator')} ".join(f"{one_line(label)} {one_line(text)}" for label, text in row if text)
        self._lines("row", [(cells, "")] if cells else [])
        self._plot("days", view.days)
        self._plot("weeks", None if self._brief else view.weeks)
        self._part("definition", t("board.definition"))
        self._lines(
            "definition", [(f"{one_line(label)}: {one_line(text)}", "$muted") for label, text in view.definition]
        )

    def _plot(self, name: str, plot: PlotView | None) -> None:
        shown = plot is not None and bool(plot.points)
        self._part(name, plot.title if plot is not None and shown else "")
        for each in self.query(Plot):
            if each.has_class(name):
                each.display = shown
                each.plot = plot
        self._lines(f"{name}-words", plot_words(plot, self._brief) if plot is not None and shown else [])

    def _part(self, name: str, title: str) -> None:
        for each in self.query(f"#{name}-title").results(Static):
            each.display = bool(title)
            each.update(plain(one_line(title)))

    def _lines(self, name: str, lines: Sequence[tuple[str, str]]) -> None:
        for each in self.query(f"#{name}").results(TonedLines):
            each.say(lines)
