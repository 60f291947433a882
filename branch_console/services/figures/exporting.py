"""Exporting what is on the board: the view itself as CSV, as workbook with native charts, or the day as pages.

The file is made of the very view that is on the screen; one that is unfinished is read whole before. The journal is
verified, and the export is an entry. Who may: action `figures.export`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from branch_console.desk.exporting import Exported
from branch_console.figure_views.board import BoardView, Section
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import RowsView
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import require
from branch_console.rules.statistics.figures import meanings
from branch_console.services.exports.proving import proved, proved_words
from branch_console.services.exports.saving import by_whom, saved
from branch_console.services.exports.sheet import writer
from branch_console.services.figures.exporting_books import board_book, data_rows, rows_book
from branch_console.services.figures.exporting_said import Said
from branch_console.services.figures.office import FigureOffice

DAY_SECTIONS: Final[tuple[Section, ...]] = ("overview", "funnel", "gifts", "cases", "trends")
"""What the meeting reads, in its order."""
MOST_SERIES: Final = 24
"""Series that a workbook has charts of; the pages of the day have those of the overview's tiles."""
_DRAWN: Final = 9
_TRIES: Final = 3
TREND_TABLE: Final = "trends"


class Board(Protocol):
    """What an export reads of the board."""

    def board(self, day: date | None, section: Section) -> BoardView:
        """One section of a day."""

    def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
        """One series in depth."""

    def definition(self, figure: str) -> tuple[tuple[str, str], ...]:
        """What a figure counts, as lines label: text."""

    def label(self, figure: str) -> str:
        """What a figure is called."""


def export(office: FigureOffice, board: Board, view: BoardView | RowsView, form: str) -> Path:
    """Write what is on the screen to a file that only this user may read; where it stands. Blocks.

    `form`: csv, xlsx, or of the board pdf (the whole day, whatever section is shown). The charts of the
    series behind the tiles are in the file, too. Raises RuleError `role_may_not`, `form_unknown`,
    `journal_broken`, `journal_unanchored`, `report_disk_full`, `report_not_saved`, StoreError.
    """
    desk = office.desk()
    require(desk.role, "figures.export")
    write = writer(form)
    if write is None or (form == "pdf" and isinstance(view, RowsView)):
        raise RuleError("form_unknown")
    if isinstance(view, BoardView) and view.unfinished:
        view = board.board(view.day, view.section)
    by = (by_whom(desk), proved_words(proved(office)))

    def said(figures: Iterable[str]) -> Said:
        known = [each for each in dict.fromkeys(figures) if each in meanings()]
        definitions = {each: (board.label(each), board.definition(each)) for each in known}
        return Said(office.branch_name, desk.now().astimezone(desk.store.identity.zone), by, office.demo, definitions)

    make: Callable[[Path], object]
    if isinstance(view, RowsView):
        about, name = _about_rows(view, form), _rows_name(view)
        book = rows_book(view, board.board(view.day, "overview").state, said([view.drill.figure]))
        make = partial(write, book)
    elif form == "pdf":
        about, name = Exported("figures_day", view.day, view.day, form, data_rows(view)), f"day-{view.day:%Y%m%d}"
        make = _day(board, view, said)
    else:
        about = Exported("figures_board", view.day, view.day, form, data_rows(view))
        name = f"board-{view.section}-{view.day:%Y%m%d}"
        found = _details(board, view)
        whole = board_book(view, found, said(_figures([view], found)))
        make = partial(write, whole)
    return saved(desk, about, make, office.slips, f"{desk.store.identity.branch}-{name}.{form}")


def _day(board: Board, view: BoardView, said: Callable[[Iterable[str]], Said]) -> Callable[[Path], object]:
    """What writes the pages of a day. All sections are of one moment, unless entries arrive faster than they are read.

    Then each says its own as of.
    """
    from branch_console.services.figures.exporting_day import Day, write_day  # noqa: PLC0415  the PDF library

    views = tuple(board.board(view.day, each) for each in DAY_SECTIONS)
    for _ in range(_TRIES):
        if len({each.place for each in views}) == 1:
            break
        views = tuple(board.board(view.day, each) for each in DAY_SECTIONS)
    found = _details(board, views[0])
    day = Day(views, found[:_DRAWN])
    figures = said(_figures(views, day.details))
    return partial(write_day, day, figures)


def _details(board: Board, view: BoardView) -> tuple[DetailView, ...]:
    """The series behind the tiles, and those behind the rows of the trends."""
    drills = dict.fromkeys(each.drill for each in view.tiles)
    rows = [row for table in view.tables if table.id == TREND_TABLE for row in table.rows]
    drills.update(dict.fromkeys(row.drill for row in rows if row.drill is not None and not row.hidden))
    known = [each for each in drills if each.figure in meanings()][:MOST_SERIES]
    return tuple(board.detail(each.figure, each.group, each.member, view.day) for each in known)


def _figures(views: Iterable[BoardView], details: Iterable[DetailView]) -> list[str]:
    """The figures in a file, in the order in which they stand there."""
    found: list[str] = []
    for view in views:
        found += [each.drill.figure for each in view.tiles]
        found += [figure for table in view.tables for figure in table.figures]
        found += [row.drill.figure for table in view.tables for row in table.rows if row.drill is not None]
        found += [each.figure for each in view.signals]
    return [*found, *(each.drill.figure for each in details)]


def _about_rows(view: RowsView, form: str) -> Exported:
    return Exported("figures_rows", view.day, view.day, form, data_rows(view))


def _rows_name(view: RowsView) -> str:
    """Of one figure, and of each of its members another name that says nothing about a person."""
    part = ""
    if view.drill.group:
        part = "-" + sha256(f"{view.drill.group}|{view.drill.member}".encode()).hexdigest()[:8]
    return f"rows-{view.drill.figure.replace('.', '-')}{part}-{view.day:%Y%m%d}"
