"""The day on one or two pages for the morning meeting: what happened, against what, what stands out, what it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.detail import DetailView, PlotView
from branch_console.figure_views.tables import TableView
from branch_console.locale import t
from branch_console.services.exports.blocks import Cells, Grid, Heading, Lines
from branch_console.services.exports.paper import Band, Block, Ink, Paper
from branch_console.services.exports.plots import Curve, span
from branch_console.services.figures.exporting_head import Head, Targets, Tiles
from branch_console.services.figures.exporting_said import Said, standing, state_words
from branch_console.services.figures.formats import shown
from branch_console.services.slips.files import write_private

TONES: Final[dict[str, Ink]] = {"good": "good", "bad": "bad", "warning": "bad", "muted": "muted", "": "accent"}
_DEFINED: Final = 5.6
_MOST_ROWS: Final = 14
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
    paper = Paper(day.whole.title, said.as_of)
    paper.lay(_bands(day, said))
    total = paper.pages_count
    left = t("export.foot", branch=said.branch, title=day.whole.title, as_of=day.whole.as_of)
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
    tables = [table for each in day.views for table in each.tables]
    wide = [_grid(each) for each in tables if len(each.columns) > _MOST_COLUMNS]
    yield Band([_grid(each) for each in tables if len(each.columns) <= _MOST_COLUMNS], columns=2)
    yield Band(wide)
    curves = [(each.days, curve(each.days, each)) for each in day.details if each.days is not None]
    yield Band([each for _, each in curves], columns=3, head=Heading(curves[0][0].title) if curves else None)
    yield Band(list(_defined(said)), columns=2, gap=0.8, head=Heading(t("export.definitions")))
    notes = [Lines([each], size=_DEFINED + 0.4) for each in _notes(day, said)]
    yield Band(notes, gap=0.2, head=Heading(t("export.about")))


def _signals(day: Day) -> Block:
    """What is unusual, the worse ones first, as on the screen; then how many series were looked at."""
    found: dict[str, Ink] = {}
    for view in day.views:
        found.update({each.text: TONES[each.tone] for each in view.signals})
    sentences = list(found.items())[:_MOST_ROWS] or [(t("export.no_signals"), "line")]
    if len(found) > _MOST_ROWS:
        sentences.append((t("export.more_rows", n=len(found) - _MOST_ROWS), "line"))
    checked = next((each.checked for each in day.views if each.checked), "")
    if checked:
        sentences.append((checked, "line"))
    return Lines(sentences, t("export.signals"), marked=True, most=4)


def _grid(table: TableView) -> Grid:
    """A table as it is on the screen; what is too long for a page is said to be in the workbook."""
    rows = [Cells(each.cells, each.bar, _ink(each.tone, hidden=each.hidden)) for each in table.rows[:_MOST_ROWS]]
    more = len(table.rows) - len(rows)
    return Grid(
        table.title,
        [each.label for each in table.columns],
        [each.right for each in table.columns],
        rows,
        [
            *([table.empty] if table.empty and not rows else []),
            *([t("export.more_rows", n=more)] if more > 0 else []),
            *table.notes,
        ],
    )


def _ink(tone: str, *, hidden: bool) -> Ink:
    return "muted" if hidden or tone == "muted" else "bad" if tone in {"bad", "warning"} else "ink"


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


def _defined(said: Said) -> Iterator[Block]:
    for figure, (label, lines) in said.definitions.items():
        text = t("common.semicolon").join(t("export.defined", what=what, text=text) for what, text in lines)
        yield Lines([(t("export.definition", label=label, figure=figure, text=text), "ink")], size=_DEFINED)


def _notes(day: Day, said: Said) -> Sequence[tuple[str, Ink]]:
    """As of when and in which state each part was read, how to read it, by whom it was made."""
    lines: dict[str, Ink] = {}
    for view in day.views:
        lines.update(dict.fromkeys((*standing(view), *view.notes), "ink"))
    if day.whole.state.hash:
        lines[state_words(day.whole.state)] = "ink"
    lines[t("export.signs")] = "muted"
    lines.update(dict.fromkeys(said.by, "muted"))
    return list(lines.items())
