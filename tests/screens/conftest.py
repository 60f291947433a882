"""Language and signs are of the process: every test of a screen starts and leaves with Chinese and box characters."""

from collections.abc import Iterator

import pytest
from textual import constants

from branch_console.locale import set_language
from screens.signs import use_ascii


@pytest.fixture(autouse=True, scope="session")
def without_animations() -> Iterator[None]:
    """A list that glides to its end draws sixty frames a second, and the test waits for the last one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
        yield


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    _as_at_the_start()
    yield
    _as_at_the_start()


def _as_at_the_start() -> None:
    set_language("zh")
    use_ascii(False)
