"""Fixtures and settings for all tests."""

import gc
import os
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.fixtures.central", "tests.fixtures.cheap"]

# `make test` draws the same values every time, so that a failure is the change's and can be had again; `make soak`
# looks further: other values at every run, and many more. No deadline: a shared machine's pauses are not the code's.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what was loaded: otherwise a quarter of the time goes there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


TESTS = Path(__file__).parent
FIRST = ("terminal", "test_cli.py", "central", "sync", "services", "wire", "simulation", "screens")
"""What waits for real processes, what asks a database, what takes seconds; all else takes milliseconds."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers, each has its share of the long tests, and begins with it.

    Each gets one stretch of the list, and takes the end of another's when it has done its own (`--dist worksteal`). So
    nobody is left with minutes at the end, and the tests of a module, with what they share, stay with one worker.
    """
    if "PYTEST_XDIST_WORKER_COUNT" not in os.environ:
        return
    workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    modules = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    modules.sort(key=_place)
    long = sum(_place(each) < len(FIRST) for each in modules)
    short = [item for each in modules[long:] for item in each]
    left = len(items)
    items.clear()
    for worker in range(workers):
        share = [item for each in modules[worker:long:workers] for item in each]
        more = max(0, left // (workers - worker) - len(share))
        share += short[:more]
        del short[:more]
        left -= len(share)
        items += share
    items += short


def _place(module: list[pytest.Item]) -> int:
    top = module[0].path.relative_to(TESTS).parts[0]
    return FIRST.index(top) if top in FIRST else len(FIRST)
