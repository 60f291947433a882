"""Work of the store's thread that has time: step by step, never while the feed is being read."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from branch_console.sync import idle
from branch_console.sync.books import AT_ONCE, Books
from branch_console.sync.idle import IdleWork, reads_feed
from branch_console.sync.messages import Facts, Page
from branch_console.sync.state import Options, State
from data.errors import LockedError
from data.statistics.catching_up import caught_up
from tests.data.world import new_store, receive


def state(**changed: object) -> State:
    made = State(Options(), Facts(0, "", 0, 0), "E1", (), committed_cursor=None, cursor=None)
    return replace(made, caught_up=True, **changed)  # type: ignore[arg-type]


def run(step: Callable[[], bool], now: Callable[[], State | None], looks: int = 1) -> None:
    """Look so often, and let everything end."""

    async def play() -> None:
        with ThreadPoolExecutor(1) as worker:
            work = IdleWork(step, now)
            work.begin(asyncio.get_running_loop(), worker)
            for _ in range(looks):
                work.look()
            for _ in range(200):  # each is carried out behind what the worker was given before
                await asyncio.get_running_loop().run_in_executor(worker, lambda: None)

    asyncio.run(asyncio.wait_for(play(), 30))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "PAUSE", 0.0)


def test_steps_follow_one_another_until_nothing_is_left() -> None:
    steps: list[int] = []

    def step() -> bool:
        steps.append(len(steps))
        return len(steps) < 5

    run(step, state, looks=3)
    assert steps == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "reading",
    [
        state(pages=(Page([], "c"),)),
        state(applying=True),
        replace(state(waiting={"feed": "n"}), caught_up=False),
    ],
)
def test_nothing_is_done_between_two_pages_of_the_feed(reading: State) -> None:
    steps: list[bool] = []

    def step() -> bool:
        steps.append(True)
        return False

    assert reads_feed(reading)
    run(step, lambda: reading)
    run(step, lambda: None)
    assert steps == []
    assert not reads_feed(state(waiting={"feed": "n"}))  # it waits for news
    assert not reads_feed(replace(state(), caught_up=False))  # offline


def test_a_page_that_comes_meanwhile_goes_first() -> None:
    steps: list[bool] = []
    found = [state(), state(applying=True)]

    def step() -> bool:
        steps.append(True)
        return True

    run(step, lambda: found.pop(0) if len(found) > 1 else found[0])
    assert steps == [True]


def test_books_let_figures_follow_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store(tmp_path)
    books = Books(store, lambda _event: None)
    for name in range(AT_ONCE + 1):
        receive(store, name)
    steps = 1
    while books.catch_up():
        steps += 1
    assert caught_up(store)
    assert steps > 2

    def locked(*_: object, **__: object) -> None:
        raise LockedError

    receive(store, "one more")
    with monkeypatch.context() as patched:
        patched.setattr("branch_console.sync.books.catch_up", locked)
        assert not books.catch_up()  # another process writes: at the next look
    assert not caught_up(store)
    assert not books.catch_up()
    assert caught_up(store)
    store.close()
