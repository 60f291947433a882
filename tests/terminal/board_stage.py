"""Two invented branches with a few days behind them, and what their board says, read from the screen."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from branch_console.central import administration, staffing
from branch_console.demo.past.writing import write_past
from branch_console.demo.people import DemoBranch, DemoPast, DemoStaff
from tests.fixtures.central import CentralProcess
from tests.terminal.branch import BRANCH, PASSWORD
from tests.terminal.console import Console

OTHER = "CD01"
NAMES = {BRANCH: "深圳福田支行", OTHER: "成都锦江支行"}
LOCAL_HOUR = 15
FIGURES = 10
"""How many the overview lists."""
SUPERVISOR = "liumin"
_ROW = re.compile(r"^.{4}(\S+) +(\S+) {2,}.*$")  # the first four cells: the margin, the cursor and a sign, if any


def afternoon() -> str:
    """A time zone in which it is afternoon, so that the invented day has customers at any hour."""
    ahead = (LOCAL_HOUR - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"  # the signs of these names are the other way round


def open_branches(central: CentralProcess) -> None:
    """Both branches with a past; the supervisor of the first one sees the second one too."""
    zone = afternoon()
    for code, name in NAMES.items():
        staff = [
            DemoStaff(id=SUPERVISOR if code == BRANCH else "sunwei", name="刘敏", role="supervisor"),
            DemoStaff(id=f"guide-{code}", name="王芳", role="guide"),
        ]
        past = DemoPast(weeks=1, first=4, last=4, terminals=[f"{code}-3", f"{code}-4"], complaints=0.5, today=2.5)
        branch = DemoBranch(code=code, name=name, terminals=[], staff=staff, past=past)

        async def found(at: administration.Office, branch: DemoBranch = branch) -> None:
            await administration.add_branch(at, branch.code, branch.name, zone, "zh")
            for each in branch.staff:
                await staffing.add_staff(at, branch.code, each.id, each.name, each.role, password=PASSWORD)
            await write_past(at, branch, datetime.now(ZoneInfo(zone)))
            if branch.code == OTHER:
                await staffing.set_area(at, BRANCH, SUPERVISOR, [OTHER])

        central.office(found)


def open_board(shown: Console) -> None:
    """F7, until all is counted, compared and drawn, and central has said how far the terminals are."""
    shown.press("f7")
    shown.wait_for(
        lambda text: (
            len(figures(text)) == FIGURES and "台终端中" in text and "正在计数" not in text and "正在比较" not in text
        )
    )
    shown.settle()


def figures(text: str) -> dict[str, str]:
    """The figures in the list of the overview: label and value, as they stand there."""
    list_lines = (line[:3] + line[3:].partition("▌")[0] for line in text.partition("各项数字")[2].splitlines()[2:])
    found: dict[str, str] = {}
    for line in list_lines:  # up to the blank one; beside the list stands the detail
        match = _ROW.match(line)
        if match is None:
            break
        found[match[1]] = match[2]
    return found


def to_row(shown: Console, label: str) -> None:
    """The cursor to the row of that figure."""
    for _ in range(20):
        if any(line.startswith(" ▌") and label in line for line in shown.text.splitlines()):
            return
        shown.press("down")
        shown.settle()
    raise AssertionError(f"no row {label}:\n{shown.text}")


def export(shown: Console, choice: str, form: str) -> Path:
    """In the open dialog: the file of that choice, when the screen says where it is."""
    shown.press(choice)
    text = shown.wait_for(lambda text: f"▌{choice} ◉" in text and _saved(text, form) is not None)
    shown.settle()
    found = _saved(text, form)
    assert found is not None
    return Path(found[1])


def _saved(text: str, form: str) -> re.Match[str] | None:
    """The path in the dialog, which may stand there on two lines."""
    inside = "".join(line.split("│")[-2].strip() for line in text.splitlines() if line.count("│") >= 2)
    return re.search(rf"已存到\s*(/\S+?\.{form})", inside)
