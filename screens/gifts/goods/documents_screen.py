"""Stock documents of the last days: what each moved, and the way to take one back."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from branch_console.gift_views import DocumentLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.goods.take_back_screen import TakeBackScreen
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

MOST = 200


class DocumentsScreen(BranchScreen[None]):
    """Documents above, the moves of the one under the cursor below."""

    HELP = "goods.help.documents"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#documents"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "take_back", "goods.key.take_back", id="goods.take_back"),
        Binding("escape", "leave", "common.back"),
    ]

    def body(self) -> ComposeResult:
        """The two lists."""
        yield Static(plain(t("goods.documents.title")), classes="title")
        yield RowList(
            None,
            [
                Column(t("goods.column.at"), 11),
                Column(t("goods.column.document"), 14),
                Column(t("goods.column.by"), 20),
                Column(t("goods.column.about"), wide_only=True),
                Column(""),
            ],
            cells=document_cells,
            key=lambda line: line.subject,
            empty=t("goods.documents.empty"),
            id="documents",
        )
        with Vertical(id="moves-panel", classes="panel"):
            yield RowList(
                None,
                [
                    Column(t("goods.column.item")),
                    Column(t("goods.column.lot"), 10),
                    Column(t("goods.column.moved"), 6, right=True),
                    Column(t("goods.column.from_to"), 28),
                ],
                cells=move_cells,
                key=lambda move: "|".join(map(str, move)),
                empty=t("goods.documents.none"),
                openable=False,
                id="moves",
            )

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    @property
    def _current(self) -> DocumentLine | None:
        for documents in self.query("#documents").results(RowList):
            row: DocumentLine | None = documents.row
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
        """Read the documents."""
        self.ask(lambda: self.desk.documents(MOST), self._arrived, group="documents")

    def _arrived(self, documents: tuple[DocumentLine, ...]) -> None:
        for rows in self.query("#documents").results(RowList):
            rows.show(documents)

    @on(RowList.Highlighted, "#documents")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        line: DocumentLine | None = event.row
        self.query_one("#moves", RowList).show(line.moves if line else ())
        self.refresh_bindings()

    @on(RowList.Selected, "#documents")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.query_one("#moves", RowList).focus()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only a supervisor, and only what is still there to be taken back."""
        if action != "take_back":
            return super().why_not(action, parameters)
        document = self._current
        return t("goods.documents.empty") if document is None else document.may_take_back

    def action_take_back(self) -> None:
        """The form of it."""
        document = self._current
        if document is None:
            return

        def make() -> Screen[bool]:
            return TakeBackScreen(document, self.desk.reasons("correct"), self.desk.colleagues())

        self.ask(make, self._show)

    def _show(self, form: Screen[bool]) -> None:
        self.app.push_screen(form, self._done)

    def _done(self, written: bool | None) -> None:
        if written:
            self.notify(t("goods.written"))
            self.reload()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def document_cells(line: DocumentLine) -> list[Cell]:
    """When, what, by whom, its number or reason, and why it must stay."""
    by = t("goods.documents.both", one=line.staff, other=line.second_staff) if line.second_staff else line.staff
    stays: Cell = (f"{sign('warning')} {line.may_take_back}", "muted") if line.may_take_back else ""
    return [(line.at, "muted"), line.kind_words, by, (line.note_number or line.reason, "muted"), stays]


def move_cells(move: tuple[str, str, int, str, str]) -> list[Cell]:
    """Item, lot, how many, from where to where."""
    label, lot, quantity, source, target = move
    return [label, (lot, "muted"), str(quantity), t("goods.documents.way", source=source, target=target)]
