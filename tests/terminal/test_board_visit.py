"""The fourth job, from key press to PostgreSQL: a number of the board, its rows, one journey, and three kinds of files
that say the same; the area of two branches, and all of it when central cannot be reached.
"""

from pathlib import Path

import pytest

from tests.fixtures.central import CentralProcess
from tests.services.figures.export_files import csv_table, kinds, pdf_text, read_csv, read_workbook, squeezed
from tests.terminal.board_stage import NAMES, SUPERVISOR, export, figures, open_board, open_branches, to_row
from tests.terminal.branch import console, enrol, leave, log_in
from tests.terminal.console import Console

pytestmark = pytest.mark.pty

RECEIVED = "接待"


def drill(shown: Console, wanted: str) -> None:
    """From the number to its rows, to one journey, and back to where the cursor was."""
    to_row(shown, RECEIVED)
    shown.press("enter")
    shown.wait_for(f"{wanted}  (计入 {wanted}，查看 ")
    rows = shown.settle()
    assert sum(line[2:3] == "✓" for line in rows.splitlines()) == int(wanted)
    shown.press("down", "enter")
    shown.wait_for(lambda text: "已办结" in text or "已放弃" in text or "全部步骤" in text)
    shown.settle()
    shown.press("escape")
    shown.wait_for(f"(计入 {wanted}，查看 ")
    assert [line for line in shown.settle().splitlines() if line.startswith(" ▌")] == [
        line.replace("  ✓", " ▌✓", 1) for line in rows.splitlines() if line[2:3] == "✓"
    ][1:2]
    shown.press("escape")
    shown.wait_for("各项数字")
    shown.settle()


def in_csv(shown: Console, on_screen: dict[str, str]) -> None:
    """The open dialog's CSV, parsed back: as shown, and as numbers; as of when the screen says."""
    lines = read_csv(export(shown, "3", "csv"))
    _, rows, notes = csv_table(lines, "")
    assert {row[0]: row[3] for row in rows} == on_screen
    assert {row[0]: row[1] for row in rows if row[2] == "个"} == whole(on_screen)
    shown.press("escape")
    shown.wait_for(lambda text: "CSV" not in text)
    said = squeezed(shown.settle())
    assert all(squeezed(note) in said for note in notes if note.startswith("截至"))


def whole(on_screen: dict[str, str]) -> dict[str, str]:
    """The counts among the figures."""
    return {label: value for label, value in on_screen.items() if value.isdecimal()}


def open_export(shown: Console) -> None:
    """Ctrl+X, until a form can be chosen."""
    shown.press("ctrl+x")
    shown.wait_for("1 ○ PDF")
    shown.settle()


def in_all_forms(shown: Console, on_screen: dict[str, str]) -> None:
    """PDF, XLSX and CSV, parsed back."""
    open_export(shown)
    pages = pdf_text(export(shown, "1", "pdf"))
    book = read_workbook(export(shown, "2", "xlsx"))
    in_csv(shown, on_screen)
    assert len(pages) == 2
    assert not [each for each in on_screen.items() if "".join(each) not in pages[0]]
    first = next(iter(book.values()))
    written = {first.cells[line, 0]: first.cells.get((line, 1)) for line in range(1, len(on_screen) + 1)}
    assert {label: written[label] for label in whole(on_screen)} == {
        label: float(value) for label, value in whole(on_screen).items()
    }
    assert "lineChart" in set().union(*(kinds(chart) for page in book.values() for chart in page.charts))


def area(shown: Console) -> str:
    """Ctrl+A: both branches side by side, in words."""
    shown.press("ctrl+a")
    shown.wait_for(lambda text: "近 28 天" in text and "正在向中心取数" not in text)
    return shown.settle()


def of_branches(text: str) -> list[str]:
    """The lines that name a branch."""
    return [line for line in text.splitlines() if any(name in line for name in NAMES.values())]


def as_of(text: str) -> str:
    """When central said it."""
    return next(line for line in text.splitlines() if "截至" in line).split()[1]


def test_a_number_is_followed_to_a_journey_and_files_say_what_the_screen_says(
    central: CentralProcess, tmp_path: Path
) -> None:
    open_branches(central)
    home = tmp_path / "k1"
    enrol(central, home, "K-01")
    with console(home, columns=120, lines=50) as shown:
        log_in(shown, SUPERVISOR)
        shown.wait_for("待同步 0")
        open_board(shown)
        online = figures(shown.text)
        assert int(online[RECEIVED]) > 0
        drill(shown, online[RECEIVED])
        in_all_forms(shown, online)
        together = area(shown)
        branches = of_branches(together)
        assert len(branches) == 5, "the status line, two branches in two tables"
        assert "不是刚取的数据" not in together
        shown.press("escape")
        shown.wait_for("各项数字")

        central.stop()
        shown.wait_for("○ 离线")
        shown.settle()
        offline = figures(shown.text)
        assert offline == online
        drill(shown, offline[RECEIVED])
        open_export(shown)
        in_csv(shown, offline)
        alone = area(shown)
        assert "▲ 连不上中心" in alone or "▲ 网络已断开" in alone
        assert of_branches(alone)[1:] == branches[1:]
        assert as_of(alone) == as_of(together)
        leave(shown)
