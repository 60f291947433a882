"""CSV and workbook hold, cell by cell, what the screen shows, with definitions, state, and as of when."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from branch_console.desk.desk import Desk
from branch_console.figure_views.board import SECTIONS, BoardView, Section
from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.statistics.figures import meanings
from data.store import Store
from tests.desk.conftest import clock, desk_of, desk_store
from tests.services.figures.export_files import (
    as_text,
    csv_table,
    expected,
    kinds,
    plotted,
    read_csv,
    read_workbook,
    units,
)
from tests.services.figures.export_office import exported
from tests.services.figures.export_sample import detail, rows_view, view
from tests.services.figures.export_tables import DAY, HASH, WHO, definition, label

__all__ = ["clock", "desk_of"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = desk_store(tmp_path_factory.mktemp("store"))
    yield made
    made.close()


@pytest.fixture
def supervisor(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("liu")


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    set_language(request.param)
    yield request.param
    set_language("zh")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("section", SECTIONS)
def test_the_csv_is_the_screen(section: Section, supervisor: Desk, tmp_path: Path) -> None:
    shown = view(section)
    lines = read_csv(exported(supervisor, tmp_path, shown, "csv"))
    for table in shown.tables:
        head, rows, notes = csv_table(lines, table.title)
        assert len(rows) == len(table.rows)
        for name, column in zip(head, table.columns, strict=False):
            assert column.label in name
            assert (t(f"export.unit.{column.unit}") in name) == (column.unit not in {"", "number", "figure"})
        for written, row in zip(rows, table.rows, strict=True):
            cells = zip(expected(table, row), units(table, row), strict=True)
            assert written[: len(table.columns)] == [as_text(*each) for each in cells]
        assert {shown.as_of, shown.completeness} <= set(notes) and any(HASH in each for each in notes)
        empty = any(each is None for row in table.rows if not row.hidden for each in row.raw)
        assert (t("export.empty_cell") in notes) == empty
        assert (t("export.hidden_note") in notes) == any(row.hidden for row in table.rows)
        if not table.rows:
            assert notes[0] == table.empty
    if shown.tiles:
        _, rows, notes = csv_table(lines, "")
        tiles = {row[6]: (row[0], row[1], row[3], row[4], row[5].removeprefix("'")) for row in rows}  # “+3” is guarded
        for tile in shown.tiles:
            raw = tile.raw / 100 if tile.unit == "fen" and isinstance(tile.raw, int) else tile.raw
            found = (tile.label, as_text(raw, tile.unit), tile.value, tile.detail, tile.before)
            assert tiles[tile.drill.figure] == found
        assert t("export.empty_cell") in notes
    if shown.signals:
        assert [row[0] for row in csv_table(lines, t("export.signals"))[1]] == [each.text for each in shown.signals]
    about = dict.fromkeys(row[1] for row in csv_table(lines, t("export.about"))[1])
    for said in (shown.as_of, shown.completeness, shown.checked, *shown.notes, shown.state.restatements[0].text):
        assert said in about
    assert any(t("report.verified", seq="", hash="")[:6] in each for each in about)


@pytest.mark.parametrize("section", ["overview", "gifts", "cases"])
def test_the_workbook_is_the_screen(spoken: Language, section: Section, supervisor: Desk, tmp_path: Path) -> None:
    shown = view(section)
    book = read_workbook(exported(supervisor, tmp_path, shown, "xlsx"))
    for table in shown.tables:
        page = book[table.title]
        for line, row in enumerate(table.rows, 1):
            wanted = expected(table, row)
            assert page.row(line, len(wanted)) == wanted
            for at, (unit, value) in enumerate(zip(units(table, row), wanted, strict=True)):
                if isinstance(value, int | float):
                    looks = {"share": "0.0%", "fen": "#,##0.00", "number": "#,##0"}.get(unit, "#,##0.##")
                    assert page.formats[line, at] == looks
                empty = value is None and bool(unit)
                assert ((line, at) in page.noted) == empty  # no data is an empty cell with a note
        if table.rows and table.chart:
            (chart,) = page.charts
            assert kinds(chart) == {"barChart"}
            at = [each.id for each in table.columns].index(table.plotted)
            assert plotted(chart) == [(table.title, at, 1, len(table.rows))]
        else:
            assert page.charts == []
    if section == "overview":
        figures = book[t("export.tiles")]
        lines = {str(figures.cells[line, 6]): line for line in range(1, len(shown.tiles) + 1)}
        assert figures.cells[lines["gifts.cost"], 1] == 1234.5
        assert figures.formats[lines["gifts.cost"], 1] == "#,##0.00"
        assert figures.cells[lines["journeys.completed"], 1] == pytest.approx(0.736842105)
        assert figures.formats[lines["journeys.completed"], 1] == "0.0%"
        assert figures.cells[lines["cases.received"], 1] == 0
        assert figures.noted == {(lines["clocks.statutory"], 1)} and (lines["clocks.statutory"], 1) not in figures.cells


def test_a_trend_is_a_sheet_with_values_limits_and_a_native_line_chart(
    spoken: Language, supervisor: Desk, tmp_path: Path
) -> None:
    book = read_workbook(exported(supervisor, tmp_path, view("overview"), "xlsx"))
    for figure, scale in (("journeys.onboarded", 1.0), ("gifts.cost", 0.01), ("journeys.completed", 1.0)):
        shown = detail(figure)
        for which, plot in (("days", shown.days), ("weeks", shown.weeks)):
            assert plot is not None
            name = t(f"export.trend.{which}", title=shown.title)
            page = book[name]
            for line, point in enumerate(plot.points, 1):
                numbers = [point.value, plot.centre, point.lower, point.upper]
                wanted = [None if each is None else pytest.approx(each * scale, abs=0.005) for each in numbers]
                assert page.row(line, 6) == [point.day.isoformat(), point.label, *wanted]
                assert ((line, 2) in page.noted) == (point.value is None)
                assert ((line, 6) in page.cells) == point.unusual
            (chart,) = page.charts
            assert kinds(chart) == {"lineChart"}
            assert plotted(chart) == [(name, column, 1, len(plot.points)) for column in (2, 3, 4, 5)]
            gaps = [each.get("val") for each in chart.iter() if each.tag.endswith("dispBlanksAs")]
            assert gaps in ([], ["gap"])  # which is what stands for nothing
            assert plot.name in page.texts() and shown.signals[0][0] in page.texts()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_figure_in_a_file_is_defined_there(section: Section, supervisor: Desk, tmp_path: Path) -> None:
    shown = view(section)
    wanted = {each.drill.figure for each in shown.tiles} | {name for each in shown.tables for name in each.figures}
    wanted |= {each.figure for each in shown.signals}
    rows = csv_table(read_csv(exported(supervisor, tmp_path, shown, "csv")), t("export.definitions"))[1]
    assert {row[1] for row in rows} == wanted & meanings().keys()
    for figure in wanted:
        lines = [(row[2], row[3]) for row in rows if row[1] == figure]
        assert [text.removeprefix("'") for _, text in lines] == [text for _, text in definition(figure)]
        assert [row[0] for row in rows if row[1] == figure] == [label(figure)] * len(lines)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_behind_a_number(spoken: Language, form: str, supervisor: Desk, tmp_path: Path) -> None:
    shown = rows_view()
    path = exported(supervisor, tmp_path, shown, form)
    number = t("export.number", value="3", counted=3, of=4)
    said = {number, *shown.definition, shown.as_of, t("export.empty_cell")}
    if form == "csv":
        head, rows, notes = csv_table(read_csv(path), "")
        assert rows[0] == ["10:05", WHO, "18", "", "yes"] and rows[1][3] == "39.90" and rows[3][3:] == ["0.00", "no"]
        assert head[2:4] == [f"{each.label}{_unit(each.unit)}" for each in shown.columns[2:]]
        assert said <= set(notes) and any(HASH in each for each in notes)
    else:
        page = next(iter(read_workbook(path).values()))
        assert [page.row(line, 5) for line in (1, 2, 4)] == [
            ["10:05", WHO, 18, None, "yes"], ["10:05", WHO, 18, 39.9, "yes"], ["10:05", WHO, 18, 0, "no"],
        ]  # fmt: skip
        assert said <= set(page.texts()) and page.noted == {(1, 3)}
    assert path.name == f"SZFT-rows-journeys-onboarded-{_member()}-{DAY:%Y%m%d}.{form}"


def _unit(unit: str) -> str:
    words = t(f"export.unit.{unit}")
    return t("export.heading", label="", unit=words)


def _member() -> str:
    return sha256(b"class|II").hexdigest()[:8]


def test_of_a_suppressed_row_no_number_leaves_whatever_the_view_holds(supervisor: Desk, tmp_path: Path) -> None:
    shown = view("gifts")
    table = shown.tables[1]
    leaking = replace(table.rows[2], raw=("雨伞", 3, 11700))
    held: BoardView = replace(shown, tables=(replace(table, rows=(*table.rows[:2], leaking)),))
    row = csv_table(read_csv(exported(supervisor, tmp_path, held, "csv")), "")[1][2]
    assert row == ["雨伞", t("export.hidden"), t("export.hidden")]
