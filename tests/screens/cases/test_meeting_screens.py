"""The wall and the pack by their keys; hostile texts in every screen of ratings and ideas."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import Screen

from screens.cases.feedback.action_form import ActionForm
from screens.cases.feedback.feedback_screen import FeedbackScreen
from screens.cases.feedback.idea_form import IdeaForm
from screens.cases.feedback.idea_screen import IdeaScreen
from screens.cases.feedback.pack_screen import PackScreen
from screens.cases.feedback.rating_dialog import RatingDialog
from screens.cases.feedback.reward_screen import RewardScreen
from screens.cases.feedback.suggest_screen import SuggestScreen
from screens.cases.feedback.wall_screen import WallScreen
from screens.onboarding.pick_dialog import PickDialog
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.cases.feedback_desk import ABOUT, FakeFeedbackDesk, Host
from tests.screens.driving import SIZE, lines, on_screen, text, until
from tests.screens.onboarding.test_hostile import poisoned as poisoned_view

HOSTILE = (" ".join((*MARKUP, *CONTROL, *INVISIBLE)), "[/ 未闭合" + "长" * 5000)


def on_top(app: Host, kind: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, kind) and app.focused is not None


@on_screen
async def test_the_pack_is_read_saved_and_turned_week_by_week() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, PackScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "42 条反馈" in text(app))
        await pilot.press("right")
        assert desk.named("pack") == [(0,)], "there is no week after this one"
        await pilot.press("left")
        await until(pilot, lambda: desk.named("pack") == [(0,), (1,)])
        await pilot.press("s")
        await until(pilot, lambda: "feedback.pdf" in text(app))
        assert desk.named("save_pack") == [(1,)]


@on_screen
async def test_the_meeting_agrees_on_an_action_and_ends_one() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, PackScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "42 条反馈" in text(app))
        await pilot.press("e")
        await until(pilot, lambda: on_top(app, ActionForm))
        await pilot.press(*"chairs", "f10")
        await until(pilot, lambda: "请选择负责人" in text(app))
        await pilot.press("2", *"12-01", "f10")
        await until(pilot, lambda: on_top(app, PackScreen))
        assert desk.named("agree")[-1] == ("chairs", "S2001", "12-01")
        await pilot.press("d")
        await until(pilot, lambda: on_top(app, PickDialog))
        assert "换大字告示" not in text(app), "what has ended is not offered"
        await pilot.press("1")
        await until(pilot, lambda: on_top(app, PickDialog) and "结果如何" in text(app))
        await pilot.press("tab", *"ok", "enter")
        await until(pilot, lambda: desk.named("end_action"))
        assert desk.named("end_action") == [("meeting/1", "done", "ok")]


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@on_screen
async def test_another_language_reads_the_wall_anew_and_nothing_is_cut(size: tuple[int, int]) -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, WallScreen())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "您说，我们做" in text(app) and "42 条反馈" in text(app))
        app.speak("en")
        await until(pilot, lambda: "You said, we did" in text(app) and "42 texts" in text(app))
        await pilot.press("end")
        await until(pilot, lambda: "more chairs  owner: Liu Yang" in text(app))
        assert all(len(line) <= size[0] for line in lines(app))


def shown(app: Host) -> bool:
    return len(app.screen_stack) > 1 and app.focused is not None


def poisoned(view: Any, hostile: str) -> Any:
    """The view with every text from outside replaced."""
    if isinstance(view, str):
        return hostile
    bad = poisoned_view(view, hostile)
    if hasattr(view, "acts"):
        bad = replace(bad, acts={name: hostile if name == "adopt" else "" for name in view.acts})
    if hasattr(view, "blocks"):
        blocks = tuple(replace(each, style=old.style) for each, old in zip(bad.blocks, view.blocks, strict=True))
        bad = replace(bad, blocks=blocks)
    if hasattr(view, "why_not"):
        bad = replace(bad, why_not="")
    if hasattr(view, "patterns"):
        bad = replace(bad, patterns=view.patterns)
    return bad


def reward(desk: FakeFeedbackDesk) -> Screen[Any]:
    return RewardScreen(desk.idea("case/1").line, desk.reward_scene("case/1"))


PAGES: dict[str, tuple[Callable[[FakeFeedbackDesk], Screen[Any]], tuple[str, ...]]] = {
    "board": (lambda _desk: FeedbackScreen(), ("down", "right", "f10", "escape")),
    "idea": (lambda _desk: IdeaScreen("case/1"), ("end", "f10", "escape")),
    "form": (lambda desk: IdeaForm("adopt", desk.idea("case/1").line, desk.owners()), ("tab", "1", "f10")),
    "suggest": (lambda desk: SuggestScreen(desk.suggest_scene()), ("a", "tab", "1", "f10")),
    "reward": (reward, ("1", "f10", "escape")),
    "pack": (lambda _desk: PackScreen(), ("end", "d", "escape", "s")),
    "wall": (lambda _desk: WallScreen(), ("end", "s")),
    "action": (lambda desk: ActionForm(desk.owners()), ("tab", "1")),
    "rating": (lambda _desk: RatingDialog(ABOUT), ("f10", "3", "tab")),
}


@pytest.mark.parametrize("page", PAGES)
@on_screen
async def test_every_page_and_its_keys_show_hostile_text_as_text(page: str) -> None:
    make, keys = PAGES[page]
    for hostile in HOSTILE:
        desk = FakeFeedbackDesk(alike=True)
        desk.change = functools.partial(poisoned, hostile=hostile)
        app = Host(desk, make(desk))
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await until(pilot, functools.partial(shown, app))
            await app.workers.wait_for_complete()
            assert not FORBIDDEN & set(text(app))
            for key in keys:
                await pilot.press(key)
                assert not FORBIDDEN & set(text(app))
