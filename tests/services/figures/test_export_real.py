"""Files of a real board over a real store: every section and the rows behind a number, cell by cell."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from branch_console.figure_views.board import SECTIONS, Section
from branch_console.figure_views.tables import Drill
from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.errors import RuleError
from branch_console.services.figures.snapshot import Snapshot
from data.statistics.rows import facts_of_days
from tests.rules.statistics.day_branch import FIRST
from tests.services.figures.board_help import Stand, stand
from tests.services.figures.export_files import (
    as_text,
    csv_table,
    expected,
    pdf_text,
    read_csv,
    read_workbook,
    squeezed,
    units,
)

DAY = FIRST.date() + timedelta(days=2)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    made = stand(tmp_path_factory.mktemp("full"), 3, 7)
    yield made
    made.store.close()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_what_is_on_the_screen(full: Stand, section: Section) -> None:
    board = full.board()
    view = board.board(DAY, section)
    lines = read_csv(board.export(view, "csv"))
    book = read_workbook(board.export(view, "xlsx"))
    pages = list(book.items())
    for number, table in enumerate(view.tables):
        _, rows, _ = csv_table(lines, table.title)
        _, page = pages[number + bool(view.tiles)]
        for line, (written, row) in enumerate(zip(rows, table.rows, strict=True), 1):
            wanted = expected(table, row)
            texts = [as_text(*each) for each in zip(wanted, units(table, row), strict=True)]
            assert [each.removeprefix("'") for each in written[: len(wanted)]] == texts, table.id
            for at, value in enumerate(wanted):
                found = page.cells.get((line, at))
                if isinstance(value, int | float):
                    assert found == pytest.approx(value), (table.id, row.key)
                else:
                    assert str(found or "").removeprefix("'") == (value or ""), (table.id, row.key)
    assert len(view.tables) + len(view.tiles) > 0


def test_the_rows_behind_a_number_hold_nothing_that_the_screen_has_not(full: Stand) -> None:
    board = full.board()
    view = board.rows(Drill("journeys.received"), DAY)
    assert view.counted > 0
    path = board.export(view, "csv")
    _, rows, _ = csv_table(read_csv(path), "")
    for written, line in zip(rows, view.lines, strict=True):
        cells = [as_text(raw, column.unit) for column, raw in zip(view.columns, line.raw, strict=True)]
        assert [each.removeprefix("'") for each in written] == [*cells, "yes" if line.counted else "no"]
    text = path.read_text("utf-8-sig")
    with full.store.reading() as connection:
        facts = facts_of_days(Snapshot(full.store.identity, connection), [DAY])
    hashes = {each.wallet.rpartition("|")[2] for each in facts.journeys} - {""}
    assert hashes and not [each for each in hashes if each in text]
    assert not re.search(r"(?<!\d)1\d{10}(?!\d)", text)  # nobody's phone


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_day_has_two_pages_with_every_number_of_its_tiles(full: Stand, spoken: Language) -> None:
    set_language(spoken)
    board = full.board()
    view = board.board(DAY, "overview")
    pages = pdf_text(board.export(view, "pdf"))
    assert len(pages) == 2 and squeezed(t("export.page", page=2, pages=2)) in pages[1]
    for tile in view.tiles:
        for text in (tile.label, tile.value, tile.detail):
            assert squeezed(text) in pages[0]
    set_language("zh")


def test_a_guide_may_not_export_what_a_guide_may_see(full: Stand) -> None:
    board = full.board("g1", "guide")
    view = board.board(DAY, "overview")
    with pytest.raises(RuleError, match="role_may_not"):
        board.export(view, "csv")
