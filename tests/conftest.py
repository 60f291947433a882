"""Fixtures and settings for all tests."""

import os

from hypothesis import settings

pytest_plugins = ["tests.fixtures.central"]

# At a desk every run tries other values; in CI the same ones, so that a failure can be had again. No deadline: a
# shared machine's pauses are not the code's.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
