"""Fixtures: a central with a branch and its staff, and terminals of that branch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from branch_console.locale import set_language
from tests.fixtures.central import CentralProcess, unique_name
from tests.services.branch import Branch, Terminal

MakeTerminal = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """The language is of the process."""
    set_language("zh")
    yield
    set_language("zh")


def staffed(central: CentralProcess, code: str) -> Branch:
    """A branch with two guides and a supervisor."""
    branch = Branch(central, central.branch(code))
    branch.add("wang", "guide")
    branch.add("li", "guide")
    branch.add("liu", "supervisor")
    return branch


@pytest.fixture
def branch(shared_central: CentralProcess) -> Branch:
    """A branch of its own at a central that other tests use too: it is never stopped."""
    return staffed(shared_central, unique_name())


@pytest.fixture
def branch_alone(central: CentralProcess) -> Branch:
    """The same at a central of its own, which may be stopped."""
    return staffed(central, "B1")


@pytest.fixture
def make_terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeTerminal]:
    """Enrols terminals of the test's branch (`branch_alone` if it asks for that); stops them in the end."""
    name = "branch_alone" if "branch_alone" in request.fixturenames else "branch"
    of: Branch = request.getfixturevalue(name)
    made: list[Terminal] = []

    def make(name: str = "K-01", *, enrolled: bool = True) -> Terminal:
        terminal = Terminal(tmp_path / name, of, name)
        made.append(terminal)
        return terminal.enrol() if enrolled else terminal

    yield make
    for terminal in made:
        terminal.services.stop()
