"""The pages of the day: everything that the meeting needs, of one moment, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch_console.desk.desk import Desk
from branch_console.figure_views.board import BoardView, Section
from branch_console.figure_views.detail import DetailView, PlotPoint
from branch_console.figure_views.tables import TableView
from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.services.exports.plots import runs, span
from branch_console.services.figures.exporting import DAY_SECTIONS
from branch_console.services.figures.exporting_day import curve
from branch_console.services.figures.formats import shown as figure
from data.store import Store
from tests.desk.conftest import clock, desk_of, desk_store
from tests.services.figures.export_files import pdf_text, squeezed
from tests.services.figures.export_office import exported
from tests.services.figures.export_sample import SampleBoard, detail, view
from tests.services.figures.export_tables import DAY, HASH, definition, label, words

ONE_EACH = ("cases", "clocks")
"""Tables with one figure a row."""

__all__ = ["clock", "desk_of"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = desk_store(tmp_path_factory.mktemp("store"))
    yield made
    made.close()


@pytest.fixture
def supervisor(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("liu")


def on_paper(table: TableView) -> list[str]:
    """What the pages must say of a table: all that is anything, and of the rest that there is nothing."""
    if not table.rows:
        return [table.title]
    singly = table.id in ONE_EACH
    said, figures, nothing = [table.title, *(each.label for each in table.columns)], set(table.figures), 0
    for row in table.rows:
        if row.hidden or any(row.raw[1:]) or (singly and 0 in row.raw):
            said += row.cells
        elif singly:
            said.append(row.cells[0])
            figures.discard(row.key)
        else:
            nothing += 1
    said += [t("export.zero_rows", n=nothing)] if nothing else []
    for name in figures:
        said += [label(name), *(text for _, text in definition(name) if text != "–")]
    return said


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_two_pages_say_what_the_meeting_needs(spoken: Language, supervisor: Desk, tmp_path: Path) -> None:
    set_language(spoken)
    path = exported(supervisor, tmp_path, view("gifts"), "pdf", demo=True)
    pages = pdf_text(path)
    whole = "".join(pages)
    shown = view()
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert squeezed(t("export.page", page=number, pages=2)) in page
        assert "2026-11-20" in page
    said = [
        words("晨会日报 2026-11-20 周五", "Morning report Fri 2026-11-20"), "深圳福田支行",
        shown.state.label, HASH, shown.completeness, shown.as_of, t("export.demo"),
        shown.targets[0].period, shown.targets[0].note, t("export.behind"), shown.state.restatements[0].text,
        *(each.text for each in view("trends").signals), shown.checked, *shown.notes, t("export.signs"),
    ]  # fmt: skip
    for tile in shown.tiles:
        said += [tile.label, tile.value, tile.detail, tile.before]
    for section in DAY_SECTIONS:
        for table in view(section).tables:
            said += on_paper(table)
    plot = detail("journeys.onboarded").days
    assert plot is not None
    said += [plot.title, plot.name, plot.points[0].label, plot.points[-1].label]
    assert [each for each in said if squeezed(each) not in whole] == []
    box = PdfReader(path).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)  # A4 upright
    set_language("zh")


def test_it_is_not_called_a_demo_where_it_is_none(supervisor: Desk, tmp_path: Path) -> None:
    assert squeezed(t("export.demo")) not in "".join(pdf_text(exported(supervisor, tmp_path, view(), "pdf")))


def test_frozen_figures_that_do_not_match_their_hash_are_said_in_the_head(supervisor: Desk, tmp_path: Path) -> None:
    def touched(found: BoardView) -> BoardView:
        return replace(found, state=replace(found.state, sound=False), counting=0.42)

    first = pdf_text(exported(supervisor, tmp_path, view(), "pdf", SampleBoard(touched)))[0]
    assert squeezed(t("export.unsound")) in first and squeezed(t("export.counting", share=42)) in first


def test_all_sections_are_of_one_moment(supervisor: Desk, tmp_path: Path) -> None:
    """An entry arrives while the third section is read: all are read again."""
    places = iter([1, 1, 2, 2, 2])

    class Moving(SampleBoard):
        def board(self, day: date | None, section: Section) -> BoardView:
            place = next(places, 2)
            return replace(super().board(day, section), place=place, as_of=f"as of {place}")

    board = Moving()
    whole = "".join(pdf_text(exported(supervisor, tmp_path, view(), "pdf", board)))
    assert board.asked[:10] == [*DAY_SECTIONS, *DAY_SECTIONS]
    assert "asof2" in whole and "asof1" not in whole


def test_entries_that_never_stop_do_not_keep_the_file_from_being_written(supervisor: Desk, tmp_path: Path) -> None:
    places = count()

    class Busy(SampleBoard):
        def board(self, day: date | None, section: Section) -> BoardView:
            place = next(places)
            return replace(super().board(day, section), place=place, as_of=f"as of {place}")

    whole = "".join(pdf_text(exported(supervisor, tmp_path, view(), "pdf", Busy())))
    assert all(f"asof{place}" in whole for place in range(15, 20))  # each part says its own


def test_the_series_behind_the_tiles_are_read_once_each(supervisor: Desk, tmp_path: Path) -> None:
    board = SampleBoard()
    exported(supervisor, tmp_path, view(), "xlsx", board)
    asked = [each.split()[0] for each in board.asked]
    assert sorted(asked) == sorted(each.drill.figure for each in view().tiles)


def test_a_board_without_anything_is_a_page_that_says_so(supervisor: Desk, tmp_path: Path) -> None:
    def bare(found: BoardView) -> BoardView:
        state = replace(found.state, restatements=(), hash="", label="营业中")
        return replace(found, tiles=(), targets=(), tables=(), signals=(), checked="", notes=(), state=state)

    (page,) = pdf_text(exported(supervisor, tmp_path, view(), "pdf", SampleBoard(bare)))
    assert squeezed(t("export.nothing_unusual")) in page and "营业中" in page and HASH not in page


def test_a_day_of_rest_meets_no_target_and_misses_none(supervisor: Desk, tmp_path: Path) -> None:
    def resting(found: BoardView) -> BoardView:
        return replace(found, targets=tuple(replace(each, rest="非工作日") for each in found.targets))

    whole = "".join(pdf_text(exported(supervisor, tmp_path, view(), "pdf", SampleBoard(resting))))
    target = view().targets[0]
    assert f"{target.label}：{target.reached}，非工作日" in whole and squeezed(target.period) in whole
    assert squeezed(t("export.expected_by_now", expected=target.expected_now)) not in whole


def test_days_without_data_are_gaps_of_the_line() -> None:
    shown = detail("journeys.onboarded")
    assert shown.days is not None
    drawn = curve(shown.days, shown)
    assert [len(run) for run in runs(drawn.values)] == [5, 22]  # the sixth day of 28 has none
    assert (drawn.low, drawn.high) == (figure(0, "number"), figure(8.2, "number"))
    assert drawn.unusual.index(True) == 20 and drawn.labels == (shown.days.points[0].label, f"{DAY:%m-%d}")
    assert list(runs([None, None])) == [] and span([None, 3.0, -1.0]) == (-1.0, 3.0) and span([]) == (0.0, 1.0)


def test_a_plot_without_points_is_drawn_as_nothing(supervisor: Desk, tmp_path: Path) -> None:
    class Young(SampleBoard):
        def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
            found = super().detail(figure, group, member, day)
            points: tuple[PlotPoint, ...] = ()
            return replace(found, days=None if found.days is None else replace(found.days, points=points))

    assert len(pdf_text(exported(supervisor, tmp_path, view(), "pdf", Young()))) == 2
