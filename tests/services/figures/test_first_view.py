"""The first view of a section does not wait for what takes long to read; the next refresh has it, and so have files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from branch_console.figure_views.board import SECTIONS, Section
from branch_console.locale import t
from branch_console.rules.statistics.facts import Facts
from data.reading import Reading
from data.statistics import rows as kept_rows
from tests.rules.statistics.day_branch import NOW
from tests.services.figures.board_help import Stand, customer, later, stand
from tests.services.figures.export_files import read_csv

SLOW: tuple[Section, ...] = ("overview", "signs")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Stand]:
    made = stand(tmp_path, 3, 7)
    yield made
    made.store.close()


def test_the_first_overview_has_the_figures_and_says_that_it_compares(full: Stand) -> None:
    board = full.board()
    first = board.board(None, "overview", whole=False)
    whole = full.board().board(None, "overview")
    assert first.unfinished and not whole.unfinished
    assert [each.value for each in first.tiles] == [each.value for each in whole.tiles]
    assert {each.before for each in first.tiles} == {t("figures.before.reading")}, "no word of a day that was not read"
    assert {each.tone for each in first.tiles} == {"muted"} and first.checked == t("figures.signals.reading")
    assert t("figures.before.reading") not in {each.before for each in whole.tiles}
    assert board.refresh(first) == whole, "nothing has changed but what was missing"
    assert board.refresh(whole) is None
    assert not board.board(None, "overview", whole=False).unfinished, "what was read once is kept"


def test_the_first_view_reads_neither_the_comparable_day_nor_weeks_of_cases(
    full: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    days, due = kept_rows.facts_of_days, kept_rows.due_facts

    def read_days(source: Reading, asked: list[date], kinds: tuple[str, ...], *, steps: bool = False) -> Facts:
        read.extend(each.isoformat() for each in asked)
        return days(source, asked, kinds, steps=steps)

    def read_due(source: Reading, first: date, last: date) -> Facts:
        read.append("due")
        return due(source, first, last)

    monkeypatch.setattr(kept_rows, "facts_of_days", read_days)
    monkeypatch.setattr(kept_rows, "due_facts", read_due)
    board = full.board()
    first = board.board(None, "overview", whole=False)
    assert set(read) <= {NOW.date().isoformat()}
    assert board.refresh(first) is not None
    assert "due" in read and set(read) - {"due", NOW.date().isoformat()}


def test_signs_and_retention_are_said_as_being_read_not_as_none(full: Stand) -> None:
    board = full.board()
    first = board.board(None, "signs", whole=False)
    assert first.unfinished and [(each.rows, each.empty) for each in first.tables] == [((), t("figures.reading"))] * 2
    assert board.refresh(first) == full.board().board(None, "signs")
    assert "figures.reading" not in str(full.board("g1", "guide").board(None, "signs", whole=False))


@pytest.mark.parametrize("section", SECTIONS)
def test_after_entries_it_is_what_somebody_sees_who_signs_in_then(full: Stand, section: Section) -> None:
    """Whatever is kept between two views, the numbers are those of a board that keeps nothing."""
    board = full.board()
    view = board.board(None, section, whole=False)
    assert view.unfinished == (section in SLOW)
    for number in range(3):
        customer(full, number + 900, later(full, minutes=1))
        found = board.refresh(view)
        assert found is not None
        assert found == full.board().board(None, section)
        view = found
    past = NOW.date() - timedelta(days=1)
    assert board.refresh(board.board(past, section, whole=False)) in {None, full.board().board(past, section)}


@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_a_file_waits_for_what_the_screen_does_not_have_yet(full: Stand, form: str) -> None:
    board = full.board()
    first = board.board(None, "overview", whole=False)
    path = board.export(first, form)
    if form == "csv":
        written = [cell for line in read_csv(path) for cell in line]
        whole = board.board(None, "overview")
        assert t("figures.before.reading") not in written
        assert {each.before for each in whole.tiles} <= {each.removeprefix("'") for each in written}
        kept = replace(first, unfinished=False)
        assert t("figures.before.reading") in str(read_csv(board.export(kept, form))), "else this test sees nothing"
    assert path.stat().st_size > 0
