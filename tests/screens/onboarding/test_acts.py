"""All acts of a journey: the same in the menu and in the palette; dialogs under another language and under the lock."""

from dataclasses import replace

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.commands import search
from screens.onboarding import JourneyScreen
from screens.onboarding.acts import commands, menu
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.stories_dialog import StoriesDialog
from screens.palette import commands_of, open_palette
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.host import Host, at_step, journey_screen, pane
from tests.screens.onboarding.test_step_clock import Time


def ways(view: JourneyView) -> set[str]:
    return {command.msgid.removeprefix("onboarding.way.") for command in commands(view)}


def test_menu_and_palette_offer_the_same_acts() -> None:
    view = FakeDesk(current="official_app").view()
    assert [option.value for option in menu(view)] == [each.action[5:-2] for each in commands(view)]
    assert {"offer", "change_target", "abandon", "withdraw_consent", "pause", "skip", "fail", "qr"} <= ways(view)
    assert {"stories", "review", "back", "steps", "others", "conflicts"} <= ways(view)


def test_each_page_offers_what_belongs_to_it() -> None:
    assert "resume" in ways(FakeDesk(state="paused").view())
    assert ways(FakeDesk(state="offered").view()) & {"accept", "decline", "withdraw_offer"} == {"withdraw_offer"}
    assert "take_over" in ways(replace(FakeDesk().view(), mine=False))
    assert "new" in ways(FakeDesk(state="finished").view())
    assert not {"skip", "pause"} & ways(FakeDesk(state="paused").view())


def test_acts_are_found_by_chinese_english_and_pinyin_initials() -> None:
    found = commands(FakeDesk(current="official_app").view())
    for typed in ("移交", "hand", "yj"):
        assert "onboarding.way.offer" in [each.msgid for each in search(found, typed)][:3]


@on_screen
async def test_an_act_without_a_key_is_done_from_the_palette() -> None:
    app = Host(FakeDesk(), JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        offered, nodes = commands_of(app.screen, [])
        assert len({command.action for command in offered}) == len(offered)
        assert nodes[1] is app.screen
        open_palette(app)
        await until(pilot, lambda: app.screen.query("#palette-input") and app.focused is not None)
        await pilot.press(*"qbbz", "enter")
        await until(pilot, lambda: t("onboarding.steps.title") in text(app))


@on_screen
async def test_a_dialog_gives_way_to_another_language() -> None:
    app = Host(FakeDesk(), JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        app.speak("en")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen) and "You may say" in text(app))


@on_screen
async def test_what_two_sides_changed_can_be_read() -> None:
    note = "2026-11-22 10:12 李强 同一问题两边答得不一样"
    desk = FakeDesk(change=lambda view: replace(view, conflicts=1, conflict_notes=(note,)))
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await until(pilot, lambda: t("onboarding.conflicts") in text(app))
        await pilot.press("f10", "e")
        await until(pilot, lambda: isinstance(app.screen, StoriesDialog) and note in text(app))


@on_screen
async def test_another_reason_can_be_given_for_a_withdrawal() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("tab", "2", "2")
        await until(pilot, lambda: desk.named("withdraw_consent"))
    assert desk.named("withdraw_consent") == [("withdraw_consent", "general", "no_time")]


@on_screen
async def test_arrow_keys_among_options_are_work() -> None:
    time = Time()
    app = Host(FakeDesk(), JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        assert pane(app) is not None
        clock = journey_screen(app).clock
        clock._now = time  # a clock set by hand from here on
        clock.start()
        time.seconds += 50
        await pilot.press("right")
        time.seconds += 50
        assert clock.reading() == (100_000, 0)
