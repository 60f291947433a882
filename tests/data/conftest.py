"""A new store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.data.world import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path)
    yield made
    made.close()
