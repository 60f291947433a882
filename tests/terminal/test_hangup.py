"""Somebody closes the window that the console runs in."""

from pathlib import Path

import pytest

from tests.terminal.branch import environment
from tests.terminal.console import Console


@pytest.mark.pty
def test_a_console_without_a_window_ends_by_itself(tmp_path: Path) -> None:
    with Console(["run"], environ=environment(tmp_path)) as shown:
        shown.wait_for("终端")
        shown.close()
        assert shown.process.wait(timeout=60) == 0
