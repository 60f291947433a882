"""Fixtures: a central with a branch and its staff, and terminals of that branch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from branch_console.locale import set_language
from tests.fixtures.central import CentralProcess
from tests.services.branch import BRANCH, Terminal, add_staff

MakeTerminal = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """The language is of the process."""
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture
def staffed(central: CentralProcess) -> CentralProcess:
    """A serving central with a branch, two guides and a supervisor."""
    central.branch(BRANCH)
    add_staff(central, "wang", "guide")
    add_staff(central, "li", "guide")
    add_staff(central, "liu", "supervisor")
    return central


@pytest.fixture
def make_terminal(staffed: CentralProcess, tmp_path: Path) -> Iterator[MakeTerminal]:
    """Enrols terminals of the branch; stops them in the end."""
    made: list[Terminal] = []

    def make(name: str = "K-01", *, enrolled: bool = True) -> Terminal:
        terminal = Terminal(tmp_path / name, staffed, name)
        made.append(terminal)
        return terminal.enrol() if enrolled else terminal

    yield make
    for terminal in made:
        terminal.services.stop()
