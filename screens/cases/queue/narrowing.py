"""Only one kind of case, or only one status: asked for in a dialog."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from branch_console.locale import t
from branch_console.views import Choice
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.widgets.choices import Option

ALL = "*"
"""The choice that takes a filter away."""


def ask_for(screen: Screen[Any], by: str, choices: Sequence[Choice], then: Callable[[str | None], None]) -> None:
    """Ask for one of the choices (`by`: kind or status); `then` gets its code, None for all. Nothing on Escape."""
    options = [Option(ALL, t("cases.filter.all")), *(Option(each.value, each.label) for each in choices)]

    def picked(answer: Picked | None) -> None:
        if answer is not None:
            then(None if answer.value == ALL else answer.value)

    if screen.is_current:
        screen.app.push_screen(PickDialog(t(f"cases.filter.{by}"), options), picked)


def label(choices: Sequence[Choice], value: str | None) -> str:
    """What the choice is called; empty for none."""
    return next((each.label for each in choices if each.value == value), "")
