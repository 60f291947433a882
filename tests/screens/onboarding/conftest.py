"""A real store and a clock set by hand, for the screens over the real desk."""

from tests.desk.conftest import clock, desk_of, store

__all__ = ["clock", "desk_of", "store"]
