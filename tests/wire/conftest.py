"""Terminals in miniature at a real central."""

from collections.abc import Callable, Iterator

import pytest

from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.mini import Mini

Enrolled = Callable[..., Mini]


def enrolled(central: CentralProcess, branch: str) -> Mini:
    """A new terminal of the branch, with a token."""
    mini = Mini(central.url)
    answer = mini.enrol(central.code(branch))
    assert answer.status_code == 201, answer.text
    assert mini.ask_token().status_code == 200
    return mini


@pytest.fixture
def branch(shared_central: CentralProcess) -> str:
    """A branch of this test's own."""
    return shared_central.branch(unique_name())


@pytest.fixture
def terminal(shared_central: CentralProcess, branch: str) -> Iterator[Mini]:
    """A terminal of the branch."""
    mini = enrolled(shared_central, branch)
    yield mini
    mini.close()


@pytest.fixture
def other(shared_central: CentralProcess, branch: str) -> Iterator[Mini]:
    """Another terminal of the same branch."""
    mini = enrolled(shared_central, branch)
    yield mini
    mini.close()
