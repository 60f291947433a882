"""A new store of the made-up branch for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.data.statistics.stage import day_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = day_store(tmp_path)
    yield made
    made.close()
