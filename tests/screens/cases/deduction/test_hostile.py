"""Texts from people and from other machines pass through every screen of the fast track as text, and nothing else."""

import functools
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from textual.screen import Screen

from branch_console.case_views.deduction import IncidentView
from screens.cases.deduction.call_screen import CallScreen
from screens.cases.deduction.deduction_screen import DeductionScreen
from screens.cases.deduction.identify_screen import IdentifyScreen
from screens.cases.deduction.promise_screen import PromiseScreen
from screens.cases.deduction.proof_screen import ProofScreen
from screens.cases.deduction.track_screen import TrackScreen
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.cases.deduction.fakes import CASE, FakeDesk, Host
from tests.screens.driving import SIZE, on_screen, text, until

HOSTILE = ("[/ 未闭合", " ".join((*MARKUP, *CONTROL, *INVISIBLE)), "长" * 5000)
KEEP = ("subject", "code", "state", "tone", "standing", "current", "id", "way")

PAGES: dict[str, tuple[Callable[[FakeDesk], Screen[Any]], tuple[str, ...]]] = {
    "start": (lambda _desk: DeductionScreen(), ("8", "enter", "escape", "2", "f10")),
    "track": (lambda _desk: TrackScreen(CASE), ("down", "right", "enter", "escape", "x", "escape", "up")),
    "call": (lambda desk: CallScreen(desk.track(CASE), "icbc"), ("enter", "2", "f10")),
    "proof": (lambda desk: ProofScreen(desk.track(CASE)), ("enter", "enter", "f10")),
    "promise": (lambda desk: PromiseScreen(desk.track(CASE)), ("enter", "1", "f10")),
    "identify": (lambda desk: IdentifyScreen(desk.track(CASE)), ("8", "enter", "f10")),
}


def bad(view: Any, hostile: str) -> Any:
    """The view with every text replaced that is not a code."""
    if isinstance(view, str):
        return hostile
    if isinstance(view, tuple):
        return tuple(bad(each, hostile) for each in view)
    if not is_dataclass(view) or isinstance(view, type):
        return view
    changed = {each.name: bad(getattr(view, each.name), hostile) for each in fields(view) if each.name not in KEEP}
    return replace(view, **changed)


@pytest.mark.parametrize("page", PAGES)
@on_screen
async def test_every_page_and_its_keys_show_hostile_text_as_text(page: str) -> None:
    make, keys = PAGES[page]
    for hostile in HOSTILE:
        desk = FakeDesk(online=False, standing="failed", clusters=(IncidentView("x", ()),))
        desk.change = functools.partial(bad, hostile=hostile)
        app = Host(desk, make(desk))
        async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
            await until(pilot, lambda app=app: app.focused and not [one for one in app.workers if one.is_running])  # type: ignore[misc]
            assert not FORBIDDEN & set(text(app))
            for key in keys:
                await pilot.press(key)
                assert not FORBIDDEN & set(text(app))


@on_screen
async def test_hostile_words_are_on_the_screen_as_they_stand() -> None:
    desk = FakeDesk(online=False)
    desk.change = functools.partial(bad, hostile="[/ 未闭合")
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: text(app).count("[/ 未闭合") > 6)
