"""The day on one or two pages for the morning meeting: what happened, against what, what stands out, what it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.detail import DetailView, PlotView
from branch_console.figure_views.tables import TableView
from branch_console.locale import t
from branch_console.services.exports.blocks import Heading, Lines
from branch_console.services.exports.paper import Band, Block, Ink, Paper
from branch_console.services.exports.plots import Curve, span
from branch_console.services.figures.exporting_grid import IN_WORKBOOK, figures_of, grid, printed
from branch_console.services.figures.exporting_head import Head, Targets, Tiles, day_title
from branch_console.services.figures.exporting_said import Said, standing
from branch_console.services.figures.formats import shown
from branch_console.services.slips.files import write_private

TONES: Final[dict[str, Ink]] = {"good": "good", "bad": "bad", "warning": "bad", "muted": "muted", "": "accent"}
_DEFINED: Final = 5.4
_MOST_SIGNALS: Final = 10
_SHORT: Final = 8
_MOST_COLUMNS: Final = 6
"""A table with more is as wide as the page."""


@dataclass(frozen=True, slots=True)
class Day:
    """The sections of one day, the overview first, and the series that are drawn."""

    views: tuple[BoardView, ...]
    details: tuple[DetailView, ...]

    @property
    def whole(self) -> BoardView:
        """The overview."""
        return self.views[0]


def write_day(day: Day, said: Said, path: Path) -> Path:
    """Write the pages, whole or not at all, readable by this user only. Raises OSError."""
    return write_private(path, day_bytes(day, said))


def day_bytes(day: Day, said: Said) -> bytes:
    """The pages."""
    title = day_title(day.whole)
    paper = Paper(title, said.as_of)
    paper.lay(_bands(day, said))
    total = paper.pages_count
    left = t("export.foot", branch=said.branch, title=title, as_of=day.whole.as_of)
    paper.foot(left, [t("export.page", page=page, pages=total) for page in range(1, total + 1)])
    return paper.content()


def _bands(day: Day, said: Said) -> Iterator[Band]:
    view = day.whole
    yield Band([Head(view, said)])
    if view.tiles:
        yield Band([Tiles(view.tiles)])
    judged: list[Block] = [Targets(view.targets)] if view.targets else []
    yield Band([*judged, _signals(day)], columns=2 if judged else 1)
    restated = [Lines([(each.text, "ink")]) for each in view.state.restatements]
    yield Band(restated, gap=0.4, head=Heading(t("export.restated")))
    tables = [table for each in day.views for table in each.tables if table.id not in IN_WORKBOOK]
    # Long ones first: short ones fill what is left of a page.
    full = sorted((each for each in tables if printed(each)), key=lambda each: len(each.rows) <= _SHORT)
    yield Band([grid(each) for each in full if len(each.columns) <= _MOST_COLUMNS], columns=2, loose=True)
    yield Band([grid(each) for each in full if len(each.columns) > _MOST_COLUMNS])
    yield Band([Lines([(each, "muted")]) for each in _left_out(day, tables)], gap=0.2)
    curves = [(each.days, curve(each.days, each)) for each in day.details if each.days is not None]
    drawn = [(plot, each) for plot, each in curves if any(value is not None for value in each.values)]
    yield Band([each for _, each in drawn], columns=4, head=Heading(drawn[0][0].title) if drawn else None)
    yield Band(list(_defined(day, said)), columns=2, gap=0.2, head=Heading(t("export.definitions_read")))
    notes = [Lines([each], size=_DEFINED) for each in _notes(day, said)]
    yield Band(notes, columns=2, gap=0.0, head=Heading(t("export.about")))


def _left_out(day: Day, tables: Sequence[TableView]) -> Iterator[str]:
    """Which tables are empty, and which are to be looked up in the workbook."""
    comma = t("common.list_separator")
    if empty := [each.title for each in tables if not each.rows]:
        yield t("export.empty_tables", tables=comma.join(empty))
    if more := [each.title for view in day.views for each in view.tables if each.id in IN_WORKBOOK and each.rows]:
        yield t("export.more_tables", tables=comma.join(more))


def _signals(day: Day) -> Block:
    """What is unusual, the worse ones first, as on the screen; then how many series were looked at."""
    found: dict[str, Ink] = {}
    for view in day.views:
        found.update({each.text: TONES[each.tone] for each in view.signals})
    sentences = list(found.items())[:_MOST_SIGNALS] or [(t("export.nothing_unusual"), "line")]
    if len(found) > _MOST_SIGNALS:
        sentences.append((t("export.more_rows", n=len(found) - _MOST_SIGNALS), "line"))
    checked = next((each.checked for each in day.views if each.checked), "")
    if checked:
        sentences.append((checked, "line"))
    return Lines(sentences, t("export.signals"), marked=True, most=4)


def curve(plot: PlotView, detail: DetailView) -> Curve:
    """A plot of the last days as it is drawn on paper."""
    points = plot.points
    values, lower, upper = ([getattr(each, name) for each in points] for name in ("value", "lower", "upper"))
    low, high = span([*values, *lower, *upper, plot.centre])
    return Curve(
        title=t("export.curve", title=detail.title, value=detail.value),
        about=plot.name,
        values=values,
        lower=lower,
        upper=upper,
        unusual=[each.unusual for each in points],
        centre=plot.centre,
        low=shown(low, plot.unit),
        high=shown(high, plot.unit),
        labels=(points[0].label, points[-1].label) if points else ("", ""),
        note=detail.before,
    )


def _defined(day: Day, said: Said) -> Iterator[Block]:
    """What every figure on the pages counts; from which entries it is made stands in the workbook."""
    there = {figure for view in day.views for table in view.tables for figure in figures_of(table)}
    for view in day.views:
        there |= {each.drill.figure for each in view.tiles} | {each.figure for each in view.signals}
    there |= {each.drill.figure for each in day.details}
    sources, denominator = t("figures.definition.sources"), t("figures.definition.denominator")
    for figure, (label, lines) in said.definitions.items():
        if figure in there:
            parts = [f"÷ {text}" if what == denominator else text for what, text in lines if what != sources]
            text = " | ".join(parts).replace(" | ÷ ", " ÷ ")
            yield Lines([(t("export.paper_definition", label=label, text=text), "ink")], size=_DEFINED)


def _notes(day: Day, said: Said) -> Sequence[tuple[str, Ink]]:
    """As of when and in which state each part was read, how to read it, by whom it was made."""
    lines: dict[str, Ink] = {}
    head = {*standing(day.whole)}
    for view in day.views:
        lines.update(dict.fromkeys((each for each in (*standing(view), *view.notes) if each not in head), "ink"))
    lines[t("export.signs")] = "muted"
    lines.update(dict.fromkeys(said.by, "muted"))
    return list(lines.items())
