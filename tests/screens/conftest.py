"""Language and signs are of the process: every test of a screen starts in Chinese with box characters."""

import pytest

from branch_console.locale import set_language
from screens.signs import use_ascii


@pytest.fixture(autouse=True)
def chinese() -> None:
    set_language("zh")
    use_ascii(False)
