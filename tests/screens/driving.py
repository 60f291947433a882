"""Driving a screen in a test: run it, wait for conditions, read what is on it."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, ParamSpec

from textual._compositor import LayoutUpdate
from textual.app import App
from textual.pilot import Pilot

from branch_console.app import BranchConsole
from screens.login import Login
from screens.widgets.choices import Choices
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField
from tests.screens.fakes import PASSWORD, FakeServices

P = ParamSpec("P")
SIZE = (80, 24)


def on_screen(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """An asynchronous test as a function that pytest can call."""

    @functools.wraps(test)
    def run(*arguments: P.args, **keywords: P.kwargs) -> None:
        asyncio.run(_awaited(test(*arguments, **keywords)))

    return run


async def _awaited(test: Awaitable[None]) -> None:
    await test


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 90) -> None:
    """Go on as soon as the condition holds; fail when it does not within the time."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, f"still not: {condition}\n{text(pilot.app)}"
        await pilot.pause(0.01)


def lines(app: App[Any]) -> list[str]:
    """What is on the screen, line by line, as a screenshot has it: what is drawn, blank stretches left out.

    Nothing while a screen is being made anew: a widget that has no styles yet cannot be drawn.
    """
    try:
        drawn = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    except KeyError as error:
        if "COMPONENT_CLASSES" not in str(error):
            raise
        return []
    assert isinstance(drawn, LayoutUpdate)
    rows = ([part.text for strip in row for part in strip if not part.control] for row in drawn.strips)
    return ["".join(part for part in row if part.strip(" ")).replace("\xa0", " ") for row in rows]


def text(app: App[Any]) -> str:
    """What is on the screen."""
    return "\n".join(lines(app))


def console(services: FakeServices | None = None) -> BranchConsole:
    """The real application over invented services."""
    return BranchConsole(services or FakeServices())


async def log_in(pilot: Pilot[Any], staff: str = "G1001", password: str = PASSWORD) -> None:
    """Type staff number and password, press Enter."""
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, Login) and app.screen.query_one("#who", Choices).options)
    app.screen.query_one("#staff", TextField).value = staff
    app.screen.query_one("#password", PasswordField).value = password
    app.screen.query_one("#password").focus()
    await pilot.press("enter")


async def working(pilot: Pilot[Any]) -> None:
    """Log in and wait for the start screen with its data."""
    await log_in(pilot)
    await until(pilot, lambda: pilot.app.current_mode == "today" and "接待" in text(pilot.app))
