"""Fixtures of the tests with real processes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.central import CentralProcess
from tests.sync.terminal import RealTerminal

MakeTerminal = Callable[..., RealTerminal]


@pytest.fixture
def make_terminal(central: CentralProcess, tmp_path: Path) -> Iterator[MakeTerminal]:
    """Enrols terminals at the test's central, which has one branch; closes them in the end."""
    central.branch("B1")
    made: list[RealTerminal] = []

    def make(name: str = "K-01", url: str = "") -> RealTerminal:
        terminal = RealTerminal(tmp_path / name, central, url)
        made.append(terminal)
        return terminal

    yield make
    for terminal in made:
        terminal.close()
