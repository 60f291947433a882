"""What the screens need soon but not for their first paint; called in a thread."""

import importlib

from branch_console.locale import in_language
from screens.commands import initials


def warm_up() -> None:
    """Import the screens of a session, and the dictionary behind the pinyin initials."""
    importlib.import_module("screens.areas")
    initials(in_language("key.onboarding", "zh"))
