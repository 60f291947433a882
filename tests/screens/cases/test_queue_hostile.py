"""Texts from people and from other machines pass through the queue as text, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from textual.screen import Screen

from branch_console.case_views.queue import CaseLine, NotHanded, PromiseLine, UrgentCase
from screens.cases.queue import queue_screen, shift_end_screen
from screens.cases.queue.queue_screen import QueueScreen
from screens.cases.queue.shift_end_screen import ShiftEndScreen
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.cases.queue_desk import CASES, PROMISES, Host, QueueDesk
from tests.screens.driving import SIZE, console, log_in, on_screen, text, until
from tests.screens.fakes import CaseDesk, FakeServices

HOSTILE = ("[/]", "[/ 未闭合", *(" ".join(texts) for texts in (MARKUP, CONTROL, INVISIBLE)), "长" * 5000)
FREE = ("number", "kind", "category", "status", "customer", "phone", "owner", "due", "next_step", "text", "elsewhere")
"""What of a case comes from people, from other machines or from reference data."""


def poisoned(line: Any, hostile: str) -> Any:
    names = [name for name in (*FREE, "way", "staff", "statutory_day") if hasattr(line, name)]
    return replace(line, **dict.fromkeys(names, hostile))


def desk_of(hostile: str) -> QueueDesk:
    cases: list[CaseLine] = [poisoned(line, hostile) for line in CASES]
    promises: tuple[PromiseLine, ...] = tuple(poisoned(line, hostile) for line in PROMISES)
    return QueueDesk(cases, promises, refused=(NotHanded(hostile, hostile),))


@pytest.fixture(autouse=True)
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (queue_screen, shift_end_screen):
        monkeypatch.setattr(module, "open_case", lambda *_: None)


PAGES: dict[str, tuple[type[Screen[Any]], tuple[str, ...]]] = {
    "queue": (QueueScreen, ("down", "end", "right", "ctrl+k", "escape", "s", "escape", "enter")),
    "shift end": (ShiftEndScreen, ("down", "space", "a", "ctrl+g", "enter", "f1")),
}


@pytest.mark.parametrize("page", PAGES)
@on_screen
async def test_every_page_and_its_keys_show_hostile_text_as_text(page: str) -> None:
    make, keys = PAGES[page]
    for hostile in HOSTILE:
        app = Host(desk_of(hostile), make(), language="en")
        async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
            await until(pilot, lambda app=app: app.focused is not None)  # type: ignore[misc]
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert not FORBIDDEN & set(text(app))
            for key in keys:
                await pilot.press(key)
                assert not FORBIDDEN & set(text(app))
        assert not app.errors


@on_screen
async def test_hostile_words_are_on_the_screen_as_they_stand() -> None:
    app = Host(desk_of("[b]粗[/b]"), QueueScreen())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: text(app).count("[b]粗[/b]") > 10)


@on_screen
async def test_start_screen_and_alarm_show_them_as_text_too() -> None:
    hostile = " ".join((*MARKUP, *CONTROL, *INVISIBLE))
    services = FakeServices(cases=CaseDesk(promises=desk_of(hostile).promises))
    services.people = (replace(services.people[0], role="supervisor"), *services.people[1:])  # the alarm is theirs
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: "今日承诺" in text(app) and not app._urgent.due)
        await app.workers.wait_for_complete()
        services.cases.urgent = (UrgentCase("case/7", hostile, hostile, hostile, mine=False),)
        services.tell("case/7")
        await until(pilot, lambda: "快速通道 1" in text(app))
        assert not FORBIDDEN & set(text(app))
