"""One section of a day as the board draws it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from branch_console.figure_views.board import BoardView, Section
from branch_console.figure_views.tables import TableView
from branch_console.locale import t
from branch_console.rules.statistics.signals import Panel
from branch_console.services.figures.completeness import behind, completeness_line
from branch_console.services.figures.day_words import as_of_words, state_view
from branch_console.services.figures.formats import full_day
from branch_console.services.figures.judging import checked, judged, signal_views
from branch_console.services.figures.question import Question
from branch_console.services.figures.section_cases import case_tables
from branch_console.services.figures.section_funnel import funnel_tables
from branch_console.services.figures.section_gifts import gift_tables
from branch_console.services.figures.section_parts import part_tables
from branch_console.services.figures.section_signs import sign_tables
from branch_console.services.figures.section_trends import trend_tables
from branch_console.services.figures.series import all_series
from branch_console.services.figures.tiles import targets, tiles

_DAY: Final = timedelta(days=1)
_SLOW: Final[frozenset[Section]] = frozenset({"overview", "signs"})
"""Sections that at first come without what takes long to read."""
_TABLES: Final[Mapping[Section, Callable[[Question], tuple[TableView, ...]]]] = {
    "funnel": funnel_tables,
    "parts": part_tables,
    "gifts": gift_tables,
    "cases": case_tables,
    "signs": sign_tables,
}


def board_view(ask: Question, section: Section, counting: float | None) -> BoardView:
    """The view. Tiles and signals stand on the overview, signals also beside the trends."""
    unfinished, with_signals = not ask.whole and section in _SLOW, section in {"overview", "trends"}
    series = tuple(all_series(ask)) if with_signals and not unfinished else ()
    panel = judged(ask, series) if series else None
    tables = trend_tables(ask, series, panel) if section == "trends" else ()
    if section in _TABLES:
        tables = _TABLES[section](ask)
    overview = section == "overview"
    notes = list(behind(ask))
    if counting is not None:
        notes.append(t("figures.counting"))
    return BoardView(
        day=ask.day,
        today=ask.running,
        title=t("figures.title", name=t(f"figures.section.{section}"), day=full_day(ask.day)),
        section=section,
        tiles=tiles(ask) if overview else (),
        targets=targets(ask) if overview else (),
        tables=tables,
        signals=signal_views(ask, panel),
        checked=_checked(panel, reading=unfinished) if with_signals else "",
        state=state_view(ask),
        completeness=completeness_line(ask),
        as_of=as_of_words(ask),
        counting=counting,
        notes=tuple(notes),
        place=ask.numbers.place,
        previous=ask.day - _DAY if ask.day > ask.numbers.first_day else None,
        following=None if ask.running else ask.day + _DAY,
        area=ask.desk.role == "supervisor" and (ask.central.answer is None or len(ask.central.branches) > 1),
        unfinished=unfinished,
    )


def _checked(panel: Panel | None, *, reading: bool) -> str:
    return t("figures.signals.reading") if reading else checked(panel)
