"""Texts from people and from other machines pass through every gift screen as text, and nothing else."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import Screen

from screens.gifts.attest_screen import AttestScreen
from screens.gifts.check_screen import CheckScreen
from screens.gifts.explain_screen import ExplainScreen
from screens.gifts.gifts_screen import GiftsScreen
from screens.gifts.give_back_screen import GiveBackScreen
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.slip_screen import SlipScreen
from tests.hostile import FORBIDDEN, TOGETHER
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host
from tests.screens.onboarding.test_hostile import poisoned as poisoned_view


def poisoned(view: Any, hostile: str) -> Any:
    """The view with every text from outside replaced; acts and their reasons too."""
    from dataclasses import replace

    if isinstance(view, str):
        return hostile
    bad = poisoned_view(view, hostile)
    if hasattr(bad, "acts"):
        bad = replace(bad, acts=dict.fromkeys(bad.acts, hostile))
    if hasattr(bad, "qr"):
        bad = replace(bad, qr=hostile[:200])
    return bad


def desk_of(hostile: str) -> FakeGiftDesk:
    desk = FakeGiftDesk(verdict="ELIGIBLE", notice=hostile)
    desk.change = functools.partial(poisoned, hostile=hostile)
    return desk


def reservation(desk: FakeGiftDesk) -> Screen[Any]:
    return HandOverScreen(desk.resume("claim/1"))


def slip(desk: FakeGiftDesk) -> Screen[Any]:
    return SlipScreen(desk.slip("claim/1"))


def attest(desk: FakeGiftDesk) -> Screen[Any]:
    return AttestScreen("p1", "rice", desk.attestable("p1", "rice"))


def give_back(desk: FakeGiftDesk) -> Screen[Any]:
    return GiveBackScreen(desk.change(sample.claim(2, "handed_over")), desk.reasons("return"), desk.colleagues())


PAGES: dict[str, tuple[Callable[[FakeGiftDesk], Screen[Any]], tuple[str, ...]]] = {
    "home": (lambda _desk: GiftsScreen(), ("right", "f10", "ctrl+r")),
    "check": (lambda _desk: CheckScreen("p1"), ("down", "f10", "escape", "ctrl+g", "escape", "ctrl+e", "escape")),
    "explain": (lambda _desk: ExplainScreen("p1", "rice"), ("end", "f10", "ctrl+d", "escape")),
    "reservation": (reservation, ("enter", "2", "f10", "escape", "escape")),
    "slip": (slip, ("ctrl+s", "ctrl+e")),
    "attest": (attest, ("1", "f10")),
    "give back": (give_back, ("1", "f10")),
}


@pytest.mark.parametrize("size", [SIZE])
@pytest.mark.parametrize("page", PAGES)
@on_screen
async def test_every_page_and_its_keys_show_hostile_text_as_text(page: str, size: tuple[int, int]) -> None:
    make, keys = PAGES[page]
    for hostile in TOGETHER:
        desk = desk_of(hostile)
        app = Host(desk, make(desk))
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await until(pilot, functools.partial(settled, app))
            assert not FORBIDDEN & set(text(app))
            for key in keys:
                await pilot.press(key)
                assert not FORBIDDEN & set(text(app))


def settled(app: Host) -> bool:
    return app.focused is not None and not [each for each in app.workers if each.is_running]


@on_screen
async def test_hostile_words_are_on_the_screen_as_they_stand() -> None:
    app = Host(desk_of("[/ 未闭合"), CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: text(app).count("[/ 未闭合") > 7)
    app = Host(desk_of("[b]粗[/b]"), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: text(app).count("[b]粗[/b]") > 7)
