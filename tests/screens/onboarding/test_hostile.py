"""Texts from people and from other machines pass through every page as text, and nothing else."""

import dataclasses
import functools
from typing import Any

import pytest

from branch_console.views import JourneyView
from screens.onboarding import JourneyScreen, OnboardingListScreen
from screens.onboarding.dialog import JourneyDialog
from screens.widgets.row_list import RowList
from tests.hostile import FORBIDDEN, TOGETHER
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.flow import LINE
from tests.screens.onboarding.host import Host, pane

CODES = {"id", "subject", "kind", "status", "target", "value", "scope", "to", "age_band", "policy", "qr"}
"""Fields that the program itself writes."""


def poisoned(view: Any, text_: str) -> Any:
    """The view with every text from outside replaced."""
    if isinstance(view, tuple):
        return tuple(poisoned(each, text_) for each in view)
    if isinstance(view, str):
        return text_
    if not dataclasses.is_dataclass(view) or isinstance(view, type):
        return view
    changed = {
        each.name: poisoned(getattr(view, each.name), text_)
        for each in dataclasses.fields(view)
        if each.name not in CODES and getattr(view, each.name) is not None
    }
    return dataclasses.replace(view, **changed)


def clean(app: Host) -> None:
    shown = text(app)
    assert not FORBIDDEN & set(shown)


def shown(app: Host) -> bool:
    return isinstance(app.screen, JourneyScreen) and pane(app) is not None and app.focused is not None


def in_dialog(app: Host) -> bool:
    return isinstance(app.screen, JourneyDialog) and app.focused is not None


def listed(app: Host) -> bool:
    return any(each.total == 1 for each in app.screen.query("#journeys").results(RowList))


def hostile_desk(text_: str, current: str, state: str) -> FakeDesk:
    def poison(view: JourneyView) -> JourneyView:
        bad: JourneyView = poisoned(
            dataclasses.replace(view, others=(LINE,), conflicts=1, conflict_notes=("x",)), text_
        )
        return dataclasses.replace(bad, elsewhere="", can={})

    people = (poisoned(LINE, text_),)
    return FakeDesk(current=current, state=state, change=poison, people=people, answers={"segment": text_})


PAGES = [
    ("consent", "running"),
    ("lookup", "running"),
    ("review", "running"),
    ("need", "interrupted"),
    ("need", "offered"),
]


@pytest.mark.parametrize(("current", "state"), PAGES)
@on_screen
async def test_every_page_shows_hostile_text_as_text(current: str, state: str) -> None:
    for text_ in TOGETHER:
        app = Host(hostile_desk(text_, current, state), JourneyScreen("j1"))
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await until(pilot, functools.partial(shown, app))
            clean(app)
            for key in ("f10", "f12", "ctrl+o", "ctrl+e", "ctrl+y"):
                await pilot.press(key)
                clean(app)
                await pilot.press("escape")
                if not isinstance(app.screen, JourneyScreen):
                    break


@pytest.mark.parametrize(
    "act", ["conflicts", "others", "offer", "change_target", "abandon", "withdraw_consent", "steps"]
)
@on_screen
async def test_every_dialog_shows_hostile_text_as_text(act: str) -> None:
    for text_ in TOGETHER:
        app = Host(hostile_desk(text_, "lookup", "running"), JourneyScreen("j1"))
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await until(pilot, functools.partial(shown, app))
            screen = app.screen
            assert isinstance(screen, JourneyScreen)
            screen.act(act)
            await until(pilot, functools.partial(in_dialog, app))
            clean(app)


@on_screen
async def test_the_list_shows_hostile_names_as_text() -> None:
    for text_ in TOGETHER:
        app = Host(hostile_desk(text_, "need", "running"), OnboardingListScreen())
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, functools.partial(listed, app))
            clean(app)
