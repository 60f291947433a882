"""Widths, bars, sparklines and plots as characters: what is drawn is what was given."""

from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len

from branch_console.figure_views.detail import PlotPoint, PlotView
from branch_console.figure_views.tables import ColumnView
from screens.board.blocks import bar, spark
from screens.board.columns import GUTTER, fitted, titles
from screens.board.lines import board_lines, wrapped
from screens.board.plot_grid import chart, column_of, labels
from screens.board.plot_scale import number, scale_of
from screens.board.plot_words import plot_words
from screens.signs import use_ascii
from tests.screens.board import sample

NAME, NUMBER = ColumnView("name", "环节"), ColumnView("count", "跳过或失败", right=True)


def total(fits: object) -> int:
    widths = [width for width in fits.widths if width]  # type: ignore[attr-defined]
    return GUTTER + sum(widths) + fits.gap * (len(widths) - 1)  # type: ignore[attr-defined,no-any-return]


def test_numbers_are_never_cut_and_a_row_never_leaves_its_room() -> None:
    rows = [("一个很长的环节名称，写了很多字", "1,234,567"), ("短", "1")]
    for cells in range(24, 120):
        fits = fitted((NAME, NUMBER), rows, cells, bars=True)
        assert total(fits) + (2 + fits.bar if fits.bar else 0) <= cells
        assert fits.widths[1] >= 9


def test_titles_give_way_before_names_and_what_has_no_room_is_left_out_from_the_right() -> None:
    columns = (NAME, *(replace(NUMBER, id=str(at)) for at in range(9)))
    rows = [("身份核验身份核验", *["12"] * 9)]
    roomy, narrow, tiny = (fitted(columns, rows, cells, bars=False) for cells in (140, 80, 30))
    assert roomy.gap == 2 and roomy.widths[1:] == (10,) * 9
    assert narrow.widths[0] == 16 and all(3 <= width < 10 for width in narrow.widths[1:])
    assert tiny.widths[0] >= 8 and tiny.widths[-1] == 0 and total(tiny) <= 30
    assert titles(columns[:2], replace(narrow, widths=(16, 5))) == [" " * 18 + " 跳过", "环节" + " " * 14 + " 或失"]


def test_words_of_titles_stay_whole_while_there_is_room() -> None:
    columns = (replace(NAME, label="Step"), *(replace(NUMBER, label=each) for each in ("Reached the step", "Wallets")))
    rows = [("Choose operator, open wallet", "1", "23")]
    assert titles(columns, fitted(columns, rows, 52, bars=False))[-1].split() == ["Step", "the", "step", "Wallets"]
    assert sum(fitted(columns, rows, 24, bars=False).widths) == 24 - GUTTER - 4, "and give way before the rest has none"


def test_no_data_is_a_blank_and_zero_the_lowest_mark() -> None:
    assert spark((None, 0.0, 7.0, 14.0), 4) == " ▁▅█"
    assert spark((1.0, 2.0, 3.0), 2) == "▆█"
    assert spark((None, None), 5) == "  " and spark((), 5) == "" and spark((3.0,), 0) == ""
    assert spark((0.0, 0.0), 2) == "▁▁"
    use_ascii(True)
    assert spark((None, 0.0, 14.0), 3) == " _#"


def test_a_bar_is_as_long_as_its_share() -> None:
    assert [bar(share, 4) for share in (0.0, 0.5, 1.0, 7.0, -1.0)] == ["    ", "██  ", "████", "████", "    "]
    assert bar(0.3125, 4) == "█▎  "
    use_ascii(True)
    assert bar(0.5, 4) == "##  "


def plot(*values: float | None, lower: float | None = None, upper: float | None = None) -> PlotView:
    points = (
        PlotPoint(sample.TODAY, f"11-{at:02}", value, lower, upper, unusual=value is not None and value > 20)
        for at, value in enumerate(values, 1)
    )
    return PlotView("", "c", "number", 5.0, tuple(points))


def rows_of(view: PlotView, layer: str, width: int = 40, height: int = 10) -> set[tuple[int, int]]:
    grid = chart(view, scale_of(view, height), width, height)
    return {(x, y) for y in range(height) for x, cell in enumerate(grid.row(y)) if cell[1] == layer}


@pytest.mark.parametrize("ascii_only", [False, True])
def test_higher_values_stand_higher_and_an_unusual_one_has_a_sign(ascii_only: bool) -> None:
    use_ascii(ascii_only)
    view = plot(2.0, 10.0, 25.0, 2.0, upper=12.0, lower=1.0)
    grid = chart(view, scale_of(view, 10), 40, 10)
    columns = [column_of(at, 4, 40) for at in range(4)]
    heights = [min(y for y in range(10) if grid.row(y)[column][1] in {"line", "unusual"}) for column in columns]
    assert heights[2] < heights[1] < min(heights[0], heights[3])
    assert grid.row(heights[2])[columns[2]] == ("X" if ascii_only else "✱", "unusual")
    assert len(rows_of(view, "unusual")) == 1
    characters = {cell[0] for y in range(10) for cell in grid.row(y)}
    assert all(cell_len(each) == 1 for each in characters)
    assert not ascii_only or all(each.isascii() for each in characters)


def test_limits_may_differ_from_point_to_point_and_no_data_is_a_gap() -> None:
    points = plot(5.0, 5.0, None, 5.0, 5.0).points
    view = replace(plot(), points=tuple(replace(each, upper=10.0 + 3 * at) for at, each in enumerate(points)))
    heights = {y for _x, y in rows_of(view, "limit")}
    assert len(heights) >= 3
    drawn = {x for x, _y in rows_of(replace(view, centre=None), "line")}
    missing = column_of(2, 5, 40)
    assert not drawn & set(range(missing - 5, missing + 6)) and {0, 39} <= drawn


@pytest.mark.parametrize("values", [(), (None,), (0.0,), (3.0,), (-2.0, 4.0), (0.001, 0.002), (1e9, 2e9), (7.0,) * 28])
def test_every_plot_has_a_scale_that_holds_it(values: tuple[float | None, ...]) -> None:
    view = replace(plot(*values), centre=None)
    for rows in (3, 10, 40):
        scale = scale_of(view, rows)
        assert scale.low < scale.high and len(scale.marks) <= 12
        for value in values:
            assert value is None or scale.low <= value <= scale.high
        if values:
            chart(view, scale, 30, rows)


def test_the_newest_day_is_always_named_and_names_stand_apart() -> None:
    view = plot(*range(28))
    for width in (20, 45, 110):
        found = labels(view.points, width)
        assert found[-1][1] is view.points[-1]
        columns = [column for column, _point in found]
        assert all(other - one >= 6 for one, other in pairwise(columns))


def test_the_words_under_a_plot_say_what_it_shows() -> None:
    words = "\n".join(text for text, _tone in plot_words(sample.plot("", 28)))
    assert "11-20: 17" in words and "中心 13.4" in words and "界限 6.4 至 20.4" in words
    assert "26 个有数据：最低 9 (10-29)，最高 29 (11-11)" in words
    assert "✱ 超出正常波动：29 (11-11)" in words and "2 个无数据：11-01, 11-02" in words
    assert [number(0.875, "share"), number(0.0123, "share"), number(1840.0, "fen"), number(12.5, "minutes")] == [
        "88%", "1.2%", "18.40", "12.5",
    ]  # fmt: skip


def test_the_cursor_stands_on_rows_only_and_long_sentences_are_broken() -> None:
    lines = wrapped(board_lines(sample.board(notes=("很长的一句话。" * 30,))), 60)
    assert {line.kind for line in lines if line.stands} == {"row", "said"}
    assert max(cell_len(line.text) for line in lines if line.kind == "note") <= 60
    assert len({line.key for line in lines}) == len(lines)
