"""Fixtures and settings for all tests."""

import gc

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
