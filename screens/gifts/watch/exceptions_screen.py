"""What central did not simply confirm, and what looks odd: every line is settled by a person, with a reason."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from branch_console.gift_views import ClaimLine, SignalLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts import claim_rows
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.slip_screen import SlipScreen
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class ExceptionsScreen(BranchScreen[None]):
    """Claims to settle above, signals of the last 30 days below."""

    HELP = "watch.help.exceptions"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#exceptions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "settle", "watch.key.settle", id="watch.settle"),
        Binding("f4", "slip", "watch.key.slip", id="watch.slip"),
        Binding("escape", "leave", "common.back"),
    ]

    def body(self) -> ComposeResult:
        """The two lists."""
        with Vertical(id="exceptions-panel", classes="panel"):
            yield RowList(
                claim_rows.Claims(lambda: self.desk, "exceptions"),
                [
                    Column(t("gifts.column.customer"), 10),
                    Column(t("gifts.column.campaign"), 20),
                    Column(t("gifts.column.reward"), 16, wide_only=True),
                    Column(t("gifts.column.ruling")),
                    Column(t("gifts.column.staff"), 10, wide_only=True),
                    Column(t("gifts.column.at"), 11, right=True),
                ],
                cells=exception_cells,
                key=lambda line: line.subject,
                empty=t("watch.exceptions.empty"),
                id="exceptions",
            )
        with Vertical(id="signals-panel", classes="panel"):
            yield RowList(
                None,
                [Column(t("gifts.column.staff"), 12), Column(t("watch.column.signal")), Column("", 6, right=True)],
                cells=lambda line: [line.staff, line.words, (str(line.count), "warning")],
                key=lambda line: f"{line.signal}|{line.staff}",
                empty=t("watch.signals.empty"),
                id="signals",
            )

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    def on_mount(self) -> None:
        """Titles, and the signals."""
        self.redrawn()

    def heard(self) -> None:
        """Something has changed, here or elsewhere."""
        for exceptions in self.query("#exceptions").results(RowList):
            exceptions.load()

    def redrawn(self) -> None:
        """Words that no widget draws itself."""
        self.query_one("#exceptions-panel").border_title = plain(t("watch.exceptions.title"))
        self.query_one("#signals-panel").border_title = plain(t("watch.signals.title"))
        self.ask(lambda: self.desk.signals(), self._arrived, group="signals")  # noqa: PLW0108  refused while locked

    def _arrived(self, lines: tuple[SignalLine, ...]) -> None:
        self.query_one("#signals", RowList).show(lines)

    @property
    def _current(self) -> ClaimLine | None:
        for exceptions in self.query("#exceptions").results(RowList):
            row: ClaimLine | None = exceptions.row
            return row
        return None

    @on(RowList.Highlighted, "#exceptions")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.refresh_bindings()

    @on(RowList.Selected, "#exceptions")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.action_settle()

    @on(RowList.Selected, "#signals")
    def _looked(self, event: RowList.Selected) -> None:
        event.stop()
        line: SignalLine = event.row
        self.app.push_screen(ErrorBox(line.words, "\n".join(line.claims)))

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a claim cannot be settled."""
        line = self._current
        if action in {"settle", "slip"} and line is None:
            return t("watch.exceptions.empty")
        if action == "settle" and line is not None and line.settled:
            return t("watch.settled")
        return super().why_not(action, parameters)

    def action_settle(self) -> None:
        """How it was dealt with, and why."""
        line = self._current
        if line is None or line.settled:
            return
        subject, title = line.subject, t("watch.settle.title", name=line.name, campaign=line.campaign)

        def settled(picked: Picked | None) -> None:
            if picked is not None:
                self.ask(lambda: self.desk.settle(subject, picked.value, picked.note), self._done)

        def choose(ways: tuple[tuple[str, str], ...]) -> None:
            options = [Option(code, words) for code, words in ways]
            self.app.push_screen(PickDialog(title, options, lead=line.ruling_words, note=True), settled)

        self.ask(lambda: self.desk.reasons("settle"), choose)

    def _done(self, _answer: None) -> None:
        self.notify(t("watch.done"))
        self.heard()

    def action_slip(self) -> None:
        """The slip that the customer has."""
        line = self._current
        if line is not None:
            subject = line.subject
            self.ask(lambda: self.desk.slip(subject), lambda slip: self._show_slip(SlipScreen(slip)))

    def _show_slip(self, screen: SlipScreen) -> None:
        self.app.push_screen(screen)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def exception_cells(line: ClaimLine) -> list[Cell]:
    """Who, what, what central ruled, by whom, when."""
    ruling: Cell = (line.ruling_words or line.status_words, "muted" if line.settled else "warning")
    return [line.name, line.campaign, line.reward, ruling, (line.staff, "muted"), (line.at, "muted")]
