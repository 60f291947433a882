"""Who may export, what is noted, what hostile texts become, and what is left when the disk or the power gives out."""

import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from branch_console.desk.desk import Desk
from branch_console.figure_views.board import BoardView, RestatementView, SignalView
from branch_console.figure_views.tables import RowView
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.services.slips import files
from data.anchor import Anchor
from data.store import Store
from tests.desk.conftest import clock, desk_of, store
from tests.fixtures.forked import run
from tests.rules.test_exporting import cells_of, is_formula
from tests.services.figures.export_files import pdf_text, read_csv, read_workbook, squeezed
from tests.services.figures.export_office import exported, exports
from tests.services.figures.export_sample import SampleBoard, rows_view, view

__all__ = ["clock", "desk_of", "store"]

Desks = Callable[[str], Desk]
FORMS = ("csv", "xlsx", "pdf")
HOSTILE = "=cmd|'/C calc'!A0 \x1b[2J\x00\u202e＠SUM(A1)[]:*?/\\，＝1+1\n-2 [red]x[/] <b> 𠮷 " + "很长" * 40
LONG = HOSTILE + "很长" * 20_000


@pytest.mark.parametrize(
    ("staff", "may"), [("liu", True), ("zhou", True), ("wang", False), ("zhao", False), ("wu", False)]
)
def test_supervisor_and_auditor_may_export_and_nobody_else(
    desk_of: Desks, store: Store, tmp_path: Path, staff: str, may: bool
) -> None:
    for shown in (view("gifts"), rows_view()):
        if may:
            assert exported(desk_of(staff), tmp_path, shown, "csv").exists()
        else:
            with pytest.raises(RuleError, match="role_may_not"):
                exported(desk_of(staff), tmp_path, shown, "csv")
    assert len(exports(store)) == (2 if may else 0)
    assert (tmp_path / "slips").exists() == may


def test_each_export_is_an_entry_with_the_hash_of_its_file(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    shown = view("overview")
    paths = [exported(desk_of("liu"), tmp_path, shown, form) for form in FORMS]
    paths.append(exported(desk_of("liu"), tmp_path, rows_view(), "csv"))
    rows = len(shown.tiles)
    made = [("figures_board", rows), ("figures_board", rows), ("figures_day", rows), ("figures_rows", 4)]
    for entry, path, (what, count) in zip(exports(store), paths, made, strict=True):
        assert entry.data == {
            "what": what, "since": "2026-11-20", "until": "2026-11-20", "form": path.suffix[1:], "rows": count,
            "sha256": sha256(path.read_bytes()).hexdigest(),
        }  # fmt: skip
        assert (entry.staff, path.stat().st_mode & 0o777) == ("liu", 0o600)
    assert (tmp_path / "slips").stat().st_mode & 0o777 == 0o700
    assert sorted((tmp_path / "slips").iterdir()) == sorted(paths)


def test_of_a_journal_that_does_not_fit_its_anchor_nothing_is_exported(
    desk_of: Desks, store: Store, tmp_path: Path
) -> None:
    anchor = Anchor(tmp_path / "anchor.json", bytes(32))
    for form in FORMS:
        with pytest.raises(RuleError, match="journal_unanchored"):
            exported(desk_of("liu"), tmp_path, view(), form, anchor=lambda: anchor)
    anchor.write(store.identity.terminal, store.head()._replace(seq=store.head().seq + 1))
    with pytest.raises(RuleError, match="journal_broken"):
        exported(desk_of("liu"), tmp_path, view(), "csv", anchor=lambda: anchor)
    assert exports(store) == [] and not (tmp_path / "slips").exists()


def test_a_form_that_there_is_not(desk_of: Desks, tmp_path: Path) -> None:
    for shown, form in ((view(), "docx"), (rows_view(), "pdf"), (rows_view(), "../x")):
        with pytest.raises(RuleError, match="form_unknown"):
            exported(desk_of("liu"), tmp_path, shown, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_said_and_leaves_nothing(
    desk_of: Desks, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """The kernel's own "no space left": the file is made where it should be, what is written goes to /dev/full."""

    def full(dir: Path, prefix: str) -> tuple[int, str]:  # noqa: A002
        handle, name = tempfile.mkstemp(dir=dir, prefix=prefix)
        os.close(handle)
        return os.open("/dev/full", os.O_WRONLY), name

    monkeypatch.setattr(files, "mkstemp", full)
    with pytest.raises(RuleError, match="report_disk_full"):
        exported(desk_of("liu"), tmp_path, view(), form)
    assert list((tmp_path / "slips").iterdir()) == [] and exports(store) == []


def test_a_folder_that_cannot_be_written(desk_of: Desks, tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("no folder")
    with pytest.raises(RuleError, match="report_not_saved"):
        exported(desk_of("liu"), tmp_path, view(), "csv")


@pytest.mark.parametrize("when", ["written", "named"])
def test_whoever_is_killed_in_the_middle_leaves_no_half_file_and_hidden_ones_go(
    store: Store, tmp_path: Path, when: str
) -> None:
    store.close()
    ended = run([sys.executable, "-m", "tests.services.figures.export_child", str(tmp_path), when])
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    left = [each.name for each in (tmp_path / "slips").iterdir()]
    assert left and all(each.startswith(".") for each in left)  # nothing that anybody would take for the file
    now = datetime.now(UTC)
    assert files.sweep(tmp_path / "slips", now + timedelta(minutes=59)) == 0  # somebody may be at it
    assert files.sweep(tmp_path / "slips", now + timedelta(minutes=61)) == len(left)
    assert list((tmp_path / "slips").iterdir()) == []


def test_nothing_but_unfinished_files_is_swept(tmp_path: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=400)
    assert files.sweep(tmp_path / "slips", later) == 0  # no folder
    kept = ["SZFT-board.csv", "note.txt", ".nothing of ours"]
    for name in (*kept, ".slip-1", ".SZFT-board.csv", ".SZFT-a.xlsx", ".SZFT-day.pdf"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".slip-folder").mkdir()
    (tmp_path / ".link.csv").symlink_to(tmp_path / "note.txt")
    assert files.sweep(tmp_path, later) == 4
    assert {each.name for each in tmp_path.iterdir()} == {*kept, ".slip-folder", ".link.csv"}


def hostile(shown: BoardView) -> BoardView:
    """The same day, every word of it from somebody who means harm."""
    signal_ = SignalView("cases.received", HOSTILE, HOSTILE, HOSTILE, "bad")
    return replace(
        shown,
        title=HOSTILE,
        completeness=HOSTILE,
        as_of=HOSTILE,
        checked=HOSTILE,
        notes=(LONG,),
        signals=(signal_, signal_),
        state=replace(shown.state, label=HOSTILE, restatements=(RestatementView("journeys.onboarded", HOSTILE),)),
        tiles=tuple(
            replace(each, label=HOSTILE, value=HOSTILE, detail=HOSTILE, before=HOSTILE) for each in shown.tiles
        ),
        targets=tuple(replace(each, label=HOSTILE, period=HOSTILE, note=HOSTILE) for each in shown.targets),
        tables=tuple(
            replace(
                each,
                title=HOSTILE,
                empty=HOSTILE,
                notes=(HOSTILE,),
                columns=(replace(each.columns[0], label=HOSTILE), *each.columns[1:]),
                rows=tuple(_hostile(row) for row in each.rows),
            )
            for each in shown.tables
        ),
    )


def _hostile(row: RowView) -> RowView:
    return replace(row, cells=(HOSTILE, *row.cells[1:]), raw=(HOSTILE, *row.raw[1:]))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("section", ["overview", "gifts"])
def test_no_cell_is_a_formula_and_no_text_breaks_a_file(desk_of: Desks, tmp_path: Path, section: Any) -> None:
    shown = hostile(view(section))
    csv_path, xlsx_path = (exported(desk_of("liu"), tmp_path, shown, form) for form in ("csv", "xlsx"))
    found = [cell for line in read_csv(csv_path) for cell in line]
    book = read_workbook(xlsx_path)
    found += [cell for page in book.values() for cell in page.cells.values() if isinstance(cell, str)]
    assert sum("calc" in each for each in found) > 10
    for each in set(found):
        assert not [part for part in cells_of(each[:400]) if is_formula(part)], each[:80]
        assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", each) and len(each) <= 32_767
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book)
    assert len({name.casefold() for name in book}) == len(book)


def test_the_pages_hold_what_is_too_long_for_them(desk_of: Desks, tmp_path: Path) -> None:
    path = exported(desk_of("liu"), tmp_path, view(), "pdf", SampleBoard(hostile))
    pages = pdf_text(path)
    assert 2 <= len(pages) <= 6
    for number, page in enumerate(pages, 1):
        assert squeezed(t("export.page", page=number, pages=len(pages))) in page
        assert "calc" in page and not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", page)
        assert len(page) < 15_000
