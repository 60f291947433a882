"""The Day board of one session: sections of a day, the rows behind each number, series in depth, the area, files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Final, NamedTuple

from branch_console.desk.desk import Desk
from branch_console.figure_views.area import AreaView
from branch_console.figure_views.board import BoardView, DayChoice, DaySpan, Section
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import Drill, RowsView
from branch_console.locale import Language, language, t
from branch_console.rules.roles import require
from branch_console.services.figures.area import area_view
from branch_console.services.figures.asking_central import ask_central
from branch_console.services.figures.book import Book
from branch_console.services.figures.central_answer import CentralWord
from branch_console.services.figures.day_list import day_choices
from branch_console.services.figures.definitions import Lines, label
from branch_console.services.figures.detail import detail_view
from branch_console.services.figures.drilling import rows_view, said
from branch_console.services.figures.exporting import export
from branch_console.services.figures.numbers import Numbers
from branch_console.services.figures.office import FigureOffice
from branch_console.services.figures.question import Question
from branch_console.services.figures.retained import weeks_of
from branch_console.services.figures.section_signs import SIGN
from branch_console.services.figures.snapshot import snapshot
from branch_console.services.figures.viewing import board_view
from data.statistics import catching_up

PATIENCE: Final = 0.1
"""Seconds that a view may wait for entries to be counted; the rest is counted later, and the view says so."""
STEP: Final = 50


class Made(NamedTuple):
    """Of what a view was made: it is the same as long as this is."""

    place: int
    counting: bool
    minute: str
    online: bool
    central: datetime | None
    words: Language


class FigureBoard:
    """One call for each thing that the board shows. Every call blocks: use a thread worker."""

    def __init__(self, office: FigureOffice) -> None:
        """For the whole session: what was counted is kept."""
        self._office = office
        self._book = Book()
        self._problem = ""
        self._made: dict[tuple[date, Section], Made] = {}
        self._read: set[tuple[date, Section]] = set()
        """What was read whole once: the days of before are kept, so that it does not take long again."""

    def board(self, day: date | None, section: Section, *, whole: bool = True) -> BoardView:
        """A section of a day, None: of today; of one before the first, the first.

        Not `whole`: the first time without what takes long; then the view is `unfinished`, and a refresh has the rest.

        Raises RuleError `role_may_not`, StoreError.
        """
        counting = self._count()
        with self._asking(day) as ask:
            whole = whole or (ask.day, section) in self._read
            return self._view(replace(ask, whole=whole), section, counting)

    def refresh(self, known: BoardView) -> BoardView | None:
        """The same section of the same day anew, None while nothing has changed.

        What was today when it was drawn becomes the next day at midnight. Raises RuleError, StoreError.
        """
        counting = self._count()
        with self._asking(None if known.today else known.day) as ask:
            now = self._now(ask, counting is not None)
            same = ask.day == known.day and now.place == known.place and not known.unfinished
            if same and self._made.get((known.day, known.section)) == now:
                return None
            return self._view(ask, known.section, counting)

    def rows(self, drill: Drill, day: date) -> RowsView:
        """The rows behind a number. Raises RuleError `role_may_not`, `figure_hidden`, `figure_unknown`, StoreError."""
        self._count()
        with self._asking(day) as ask:
            return rows_view(ask, drill)

    def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
        """A number in depth. Raises as `rows` does."""
        self._count()
        with self._asking(day) as ask:
            return detail_view(ask, Drill(figure, group, member))

    def days(self) -> DaySpan:
        """The first and the last day that can be opened. Raises RuleError, StoreError."""
        with self._asking(None) as ask:
            return DaySpan(min(ask.numbers.first_day, ask.today), ask.today)

    def days_between(self, first: date, last: date) -> tuple[DayChoice, ...]:
        """The days of a part of it with the state of each, the newest first. Raises RuleError, StoreError."""
        with self._asking(None) as ask:
            return day_choices(ask, first, last)

    def area(self, day: date) -> AreaView:
        """Several branches side by side, by central's last word. Raises RuleError, StoreError."""
        with self._asking(day) as ask:
            require(ask.desk.role, "figures.team")
            return area_view(ask, self._problem)

    def ask_central(self) -> str:
        """Ask central anew and keep what it says; empty, or why it does not answer. Raises RuleError, StoreError."""
        with self._asking(None) as ask:
            weeks = weeks_of(ask)
        self._problem = ask_central(self._office, weeks)
        return self._problem

    def definition(self, figure: str) -> Lines:
        """What a figure counts, as lines of label and text; empty for what is none, nor a sign. Reads nothing."""
        return tuple(said(figure))

    def label(self, figure: str) -> str:
        """What a figure is called. Reads nothing."""
        return t(f"figures.{figure}") if figure.startswith(SIGN) else label(figure)

    def export(self, view: BoardView | RowsView, form: str) -> Path:
        """Write what is on the screen to a file (csv, xlsx, pdf); where it stands. Raises RuleError, StoreError."""
        return export(self._office, self, view, form)

    @contextmanager
    def _asking(self, day: date | None) -> Iterator[Question]:
        """One moment of the store, for whoever works here now."""
        desk = self._desk()
        with snapshot(desk.store) as source:
            days = catching_up.days_of(source)
            now = desk.now().astimezone(source.identity.zone)
            instant = days.instant(now)
            today = now.date() if instant is None else instant.day
            central = CentralWord.read(source, self._book)
            numbers = Numbers(self._book, source, days, today, now, central.reported(), central.facts(days))
            first = min(numbers.first_day, today)
            asked = today if day is None else max(first, min(day, today))
            yield Question(self._office, desk, source, numbers, central, asked)

    def _desk(self) -> Desk:
        desk = self._office.desk()
        require(desk.role, "figures.branch")
        return desk

    def _count(self) -> float | None:
        """Have the newest entries counted; None when all are, else how much of everything is."""
        desk = self._desk()
        ends = monotonic() + PATIENCE
        while not catching_up.catch_up(desk.store, limit=STEP).done:
            if monotonic() > ends:
                return catching_up.how_far(desk.store)
        return None

    def _view(self, ask: Question, section: Section, counting: float | None) -> BoardView:
        view = board_view(ask, section, counting)
        self._made[ask.day, section] = self._now(ask, counting is not None)
        if not view.unfinished:
            self._read.add((ask.day, section))
        return view

    def _now(self, ask: Question, counting: bool) -> Made:
        online, _ = self._office.link()
        minute = f"{ask.now:%Y-%m-%d %H:%M}"
        return Made(ask.numbers.place, counting, minute, online, ask.central.as_of, language())
