"""Counts that wait for somebody else to compare them with the books."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from branch_console.gift_views import CountView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class CountsScreen(BranchScreen[None]):
    """Counts above, the differences of the one under the cursor below."""

    HELP = "goods.help.counts"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#counts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "approve", "goods.key.approve", id="goods.approve"),
        Binding("delete,f4", "throw_away", "goods.key.dismiss", id="goods.dismiss"),
        Binding("escape", "leave", "common.back"),
    ]

    def body(self) -> ComposeResult:
        """The two lists."""
        yield Static(plain(t("goods.counts.title")), classes="title")
        yield RowList(
            None,
            [
                Column(t("goods.column.place"), 14),
                Column(t("goods.column.counted_by"), 12),
                Column(t("goods.column.at"), 6),
                Column(t("goods.column.difference"), 10, right=True),
                Column(""),
            ],
            cells=count_cells,
            key=lambda view: view.subject,
            empty=t("goods.counts.empty"),
            id="counts",
        )
        with Vertical(id="differences-panel", classes="panel"):
            yield RowList(
                None,
                [
                    Column(t("goods.column.item")),
                    Column(t("goods.column.lot"), 10),
                    Column(t("goods.column.books"), 6, right=True),
                    Column(t("goods.column.counted"), 6, right=True),
                    Column(t("goods.column.difference"), 10, right=True),
                ],
                cells=difference_cells,
                key=lambda line: f"{line[0]}|{line[1]}",
                empty=t("goods.counts.none"),
                openable=False,
                id="differences",
            )

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    @property
    def _current(self) -> CountView | None:
        for counts in self.query("#counts").results(RowList):
            row: CountView | None = counts.row
            return row
        return None

    def on_mount(self) -> None:
        """Read."""
        self.reload()

    def heard(self) -> None:
        """Something has changed."""
        self.reload()

    def redrawn(self) -> None:
        """In the other language."""
        self.reload()

    def reload(self) -> None:
        """Read the counts."""
        self.ask(lambda: self.desk.counts(), self._arrived, group="counts")  # noqa: PLW0108  refused while locked

    def _arrived(self, counts: tuple[CountView, ...]) -> None:
        self.query_one("#counts", RowList).show(counts)

    @on(RowList.Highlighted, "#counts")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        view: CountView | None = event.row
        self.query_one("#differences", RowList).show(view.lines if view else ())
        self.refresh_bindings()

    @on(RowList.Selected, "#counts")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.query_one("#differences", RowList).focus()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Nobody approves what they counted, and nothing that is out of date."""
        if action not in {"approve", "throw_away"}:
            return super().why_not(action, parameters)
        count = self._current
        if count is None:
            return t("goods.counts.empty")
        if action == "approve" and count.outdated:
            return t("goods.count.outdated")
        return count.may_approve

    def action_approve(self) -> None:
        """Book the difference, with its reason."""
        self._decide("count", t("goods.count.approve"), note=True)

    def action_throw_away(self) -> None:
        """Do not use the count."""
        self._decide("dismiss", t("goods.count.dismiss"), note=False)

    def _decide(self, use: str, title: str, *, note: bool) -> None:
        count = self._current
        if count is None:
            return
        subject = count.subject

        def decided(picked: Picked | None) -> None:
            if picked is None:
                return
            if use == "count":
                self.ask(lambda: self.desk.approve_count(subject, picked.value, picked.note), self._done)
            else:
                self.ask(lambda: self.desk.dismiss_count(subject, picked.value), self._done)

        def choose(reasons: tuple[tuple[str, str], ...]) -> None:
            options = [Option(code, words) for code, words in reasons]
            self.app.push_screen(PickDialog(title, options, note=note), decided)

        self.ask(lambda: self.desk.reasons(use), choose)

    def _done(self, _answer: None) -> None:
        self.notify(t("goods.written"))
        self.reload()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def count_cells(view: CountView) -> list[Cell]:
    """Place, who, when, how far off in all, and whether goods moved since."""
    off = sum(abs(line[4]) for line in view.lines)
    state: Cell = ""
    if view.outdated:
        state = (f"{sign('warning')} {t('goods.outdated')}", "warning")
    elif view.may_approve:
        state = (view.may_approve, "muted")
    return [view.place_words, view.counted_by, (view.at, "muted"), _difference(off, plus=False), state]


def difference_cells(line: tuple[str, str, int, int, int]) -> list[Cell]:
    """Item, lot, in the books, counted, difference."""
    label, lot, books, counted, off = line
    return [label, (lot, "muted"), str(books), str(counted), _difference(off, plus=True)]


def _difference(off: int, *, plus: bool) -> Cell:
    if not off:
        return (f"{sign('done')} 0", "success")
    return (f"{off:+d}" if plus else str(off), "error")
