"""Here passwords cost what they cost."""

import pytest


@pytest.fixture
def cheap_passwords() -> None:
    """Nothing is cheap; overrides the fixture of all other tests."""
