"""Check answers: everything that was recorded, masked, each line with the way to change it."""

from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import ReviewLine, ReviewView
from screens.onboarding.proceed import Proceed
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.row_pages import Rows


class ReviewPane(Vertical):
    """Enter on a line leads to its step, which returns here when it is done; Enter below goes on."""

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Change(Message):
        """Lead to this step."""

        step: str

    @dataclass
    class Agreed(Message):
        """The customer has seen it and agrees."""

    def __init__(self, said: str, proceed: str) -> None:
        super().__init__()
        self._said = said
        self._proceed = proceed

    def compose(self) -> ComposeResult:
        """What to say, what is missing, the lines, the way on."""
        yield Static(plain(self._said), classes="said")
        yield Static(classes="missing")
        yield RowList[ReviewLine](
            Rows(()),
            [Column(width=14), Column(), Column(), Column(width=6, right=True)],
            cells=_cells,
            key=lambda line: f"{line.step}/{line.label}",
            empty=t("common.loading"),
            id="review-lines",
        )
        yield Proceed(self._proceed, id="proceed")

    def fill(self, review: ReviewView) -> None:
        """The lines have arrived."""
        self.query_one(RowList).show(_titled_once(review.lines))
        missing = self.query_one(".missing", Static)
        missing.display = bool(review.missing)
        items = one_line(t("onboarding.list_separator").join(review.missing))
        missing.update(plain(f"{sign('warning')} {t('onboarding.review.missing', items=items)}"))
        if review.missing:
            self.query_one(RowList).focus()

    def focus_first(self) -> None:
        """Most customers agree."""
        self.query_one("#proceed", Proceed).focus()

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        if event.row.can_change:
            self.post_message(self.Change(event.row.step))
        else:
            self.notify(t("onboarding.review.fixed"), markup=False)

    @on(Proceed.Pressed)
    def _agreed(self, event: Proceed.Pressed) -> None:
        event.stop()
        self.post_message(self.Agreed())


def _cells(line: ReviewLine) -> list[Cell]:
    change = t("onboarding.review.change") if line.can_change else ""
    return [(line.title, "muted"), line.label, line.value, (change, "accent")]


def _titled_once(lines: tuple[ReviewLine, ...]) -> list[ReviewLine]:
    """A step's title only beside its first answer."""
    before = ("", *(line.step for line in lines))
    return [replace(line, title="") if line.step == last else line for line, last in zip(lines, before, strict=False)]
