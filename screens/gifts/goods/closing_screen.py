"""The end of a business day: opening + came − went ± corrected = counted, line by line, signed by a supervisor."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import ClosingLine, ClosingView
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.goods.sign_dialog import SignDialog, Signed
from screens.onboarding.prose import Prose
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class ClosingScreen(BranchScreen[None]):
    """What hinders the closing stands above the lines, in words; nothing can be closed with a difference."""

    HELP = "goods.help.closing"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#day-lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "close_day", "goods.key.close_day", id="goods.close_day"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: ClosingView | None = None

    def body(self) -> ComposeResult:
        """Title, what hinders, the lines."""
        yield Static(id="day-title", classes="title")
        yield Prose("", classes="hindrances")
        yield RowList(
            None,
            [
                Column(t("goods.column.item")),
                Column(t("goods.column.place"), 12),
                Column(t("goods.column.lot"), 8, wide_only=True),
                Column(t("goods.column.opening"), 5, right=True),
                Column(t("goods.column.came"), 5, right=True),
                Column(t("goods.column.went"), 5, right=True),
                Column(t("goods.column.corrected"), 5, right=True, wide_only=True),
                Column(t("goods.column.expected"), 6, right=True),
                Column(t("goods.column.counted"), 8, right=True),
            ],
            cells=closing_cells,
            key=lambda line: f"{line.label}|{line.place_words}|{line.lot}",
            empty=t("goods.closing.empty"),
            openable=False,
            id="day-lines",
        )

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

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
        """Read the day."""
        self.ask(lambda: self.desk.closing(), self._arrived, group="closing")  # noqa: PLW0108  refused while locked

    def _arrived(self, view: ClosingView) -> None:
        self._view = view
        title = t("goods.closing.closed", day=view.day, by=view.closed_by) if view.closed_by else ""
        self.query_one("#day-title", Static).update(plain(title or t("goods.closing.title", day=view.day)))
        self.query_one(Prose).show("\n".join(_notices(view)))
        self.query_one("#day-lines", RowList).show(view.lines)
        self.refresh_bindings()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """What hinders."""
        if action != "close_day" or self._view is None:
            return super().why_not(action, parameters)
        if self._view.closed_by:
            return t("goods.closing.closed", day=self._view.day, by=self._view.closed_by)
        return "\n".join(self._view.hindrances)

    def action_close_day(self) -> None:
        """Sign."""

        def choose(colleagues: tuple[StaffChoice, ...]) -> None:
            title = t("goods.closing.sign", day=self._view.day if self._view else "")
            self.app.push_screen(SignDialog(title, t("goods.closing.who_signs"), colleagues), self._signed)

        self.ask(lambda: self.desk.colleagues(), choose)  # noqa: PLW0108  refused while locked

    def _signed(self, signed: Signed | None) -> None:
        if signed is not None:
            self.ask(lambda: self.desk.close_day(signed.note, signed.staff, signed.password), self._day_closed)

    def _day_closed(self, view: ClosingView) -> None:
        self.notify(t("goods.closing.done", digest=view.digest[:12]))
        self._arrived(view)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def _notices(view: ClosingView) -> list[str]:
    """What hinders, what is still reserved, what central has not got."""
    if view.closed_by:
        return []
    notices = []
    if view.missed:
        covers = t("goods.closing.missed", first=view.missed[0], n=len(view.missed))
        notices.append(f"{sign('warning')} {covers}")
    notices += [f"{sign('problem')} {each}" for each in view.hindrances]
    notices += [f"{sign('warning')} {each}" for each in view.open_reservations]
    if view.unsynced:
        notices.append(f"{sign('waiting')} {t('goods.closing.unsynced', n=view.unsynced)}")
    return notices or [f"{sign('done')} {t('goods.closing.ready')}"]


def closing_cells(line: ClosingLine) -> list[Cell]:
    """The sum of one line, and whether the count agrees."""
    if line.counted is None:
        counted: Cell = (t("goods.not_counted"), "muted")
    elif line.counted == line.expected:
        counted = (f"{sign('done')} {line.counted}", "success")
    else:
        counted = (f"{sign('problem')} {line.counted}", "error")
    corrected = f"{line.corrected:+d}" if line.corrected else ""
    numbers: list[Cell] = [str(line.opening), str(line.came or ""), str(line.went or ""), corrected]
    return [line.label, line.place_words, (line.lot, "muted"), *numbers, str(line.expected), counted]
