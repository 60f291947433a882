"""What the screens need soon but not for their first paint; called in a thread."""

import importlib


def warm_up() -> None:
    """Import the screens of a session."""
    importlib.import_module("screens.areas")
