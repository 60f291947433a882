"""The demo as anyone starts it: everything comes up, the network can be cut, leaving leaves nothing behind."""

import os
from pathlib import Path

import psutil
import pytest

from branch_console.demo.past.beside import DONE
from tests.fixtures.central import open_folder
from tests.terminal.branch import leave
from tests.terminal.console import Console

pytestmark = pytest.mark.pty

PASSWORD = "tea-lobby-26"


def demo(root: Path, *options: str) -> Console:
    """`branch-console demo` in a pseudo-terminal."""
    return Console(
        ["demo", "--weeks", "2", *options], environ={"BRANCH_CONSOLE_HOME": str(root)}, columns=100, lines=30
    )


def log_in(shown: Console, staff: str) -> None:
    shown.wait_for(PASSWORD, seconds=90)
    shown.settle()
    shown.type(staff)
    shown.press("tab", PASSWORD, "enter")
    shown.wait_for("继续办理")


def processes_of(root: Path) -> list[str]:
    """Command lines of all processes that work in `root`."""
    found = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
            if process.pid != os.getpid() and any(str(root) in part for part in [*line, *process.environ().values()]):
                found.append(" ".join(line))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def test_the_demo_works_offline_leaves_nothing_running_and_goes_on_where_it_stopped() -> None:
    with open_folder() as folder:
        root = folder / "demo"
        with demo(root) as shown:
            log_in(shown, "wangfang")
            shown.wait_for(lambda text: "在线" in text and "待同步 0" in text, seconds=60)
            assert "演示" in shown.text
            shown.wait_for("今日承诺")
            shown.press("f6")
            shown.wait_for("[我的 2]")
            shown.press("right")
            shown.wait_for(
                lambda text: "[本网点" in text and "罗*珍" in text
            )  # promised for today, whatever else there is
            shown.press("escape")
            shown.wait_for("继续办理")
            shown.press("ctrl+n")
            shown.wait_for("○ 离线")
            shown.press("f2")
            shown.wait_for("查找客户")
            shown.settle()
            shown.press("ctrl+n")
            shown.wait_for("客户要办哪一类钱包")
            shown.press("1")
            shown.wait_for("1/15")
            shown.wait_for(lambda text: "离线" in text.splitlines()[0] and "待同步 0" not in text)
            shown.press("escape")
            shown.wait_for("查找客户")
            shown.settle()
            shown.press("f12")
            shown.wait_for(lambda text: "在线" in text.splitlines()[0] and "待同步 0" in text, seconds=60)

            shown.wait_for(lambda _: (root / DONE).exists(), seconds=300)  # written when nothing else is to do
            with demo(root, "--terminal", "2") as colleague:
                log_in(colleague, "liqiang")
                colleague.wait_for("新客户", seconds=60)
                leave(colleague)
            leave(shown)
        assert processes_of(root) == []

        with demo(root) as shown:
            log_in(shown, "wangfang")
            shown.wait_for("新客户", seconds=60)
            leave(shown)
        assert processes_of(root) == []
