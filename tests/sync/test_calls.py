"""Single calls of the console through a real sync process: answers that count, and everything that is none."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from branch_console.sync.calls import CallAnswer, Called, CallFailed, allowed
from branch_console.sync.link import SyncLink
from tests.fixtures.central import CentralProcess, unique_name, until
from tests.sync.conftest import MakeTerminal
from tests.sync.proxy import Faults, Proxy, proxy_to
from tests.sync.terminal import RealTerminal

PERSON = "/v1/people/k1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK/facts"


@pytest.fixture
def proxy(shared_central: CentralProcess) -> Iterator[Proxy]:
    with proxy_to(shared_central.port) as made:
        yield made


def link_of(terminal: RealTerminal) -> SyncLink:
    assert terminal.link is not None
    return terminal.link


def ask(terminal: RealTerminal, timeout: float = 3.0, path: str = PERSON) -> Called:
    return link_of(terminal).call("GET", path, None, timeout)


@pytest.fixture
def online(shared_central: CentralProcess, proxy: Proxy, tmp_path: Path) -> Iterator[RealTerminal]:
    """A terminal whose way to central leads through the proxy."""
    branch = shared_central.branch(unique_name())
    with closing(RealTerminal(tmp_path / "K-01", shared_central, proxy.url, branch)) as terminal:
        started(terminal)
        yield terminal


def started(terminal: RealTerminal) -> RealTerminal:
    terminal.start()
    terminal.wait_drained()
    return terminal


def test_central_answers_under_the_epoch_that_was_agreed_on(online: RealTerminal) -> None:
    answer = ask(online)
    assert isinstance(answer, CallAnswer)
    assert answer.status == 200
    assert answer.epoch == online.status["epoch"]


def test_calls_side_by_side_get_their_own_answers(online: RealTerminal) -> None:
    paths = [PERSON.replace("AAAA", f"A{number:03}") for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda path: ask(online, path=path), paths))
    assert all(isinstance(answer, CallAnswer) and answer.status == 200 for answer in answers)


def test_nothing_but_holds_facts_and_figures_may_be_asked(online: RealTerminal) -> None:
    for method, path in (
        ("GET", "/v1/feed"),
        ("POST", "/v1/journal"),
        ("POST", "/v1/holds/../journal"),
        ("GET", "/v1/people/../feed/facts"),
        ("GET", f"{PERSON}?phone=13912345678"),
        ("DELETE", "/v1/holds"),
        ("GET", "/v1/holds"),
        ("GET", f"{PERSON}\n"),
        ("GET", "/v1/stats?day=2026-11-20&days=28&staff=liu&staff=wang"),
    ):
        assert link_of(online).call(method, path, None, 3.0) == CallFailed("not-allowed"), path


def test_what_may_be_asked() -> None:
    hold = "0190a0b0-0000-7000-8000-000000000001"
    assert allowed("POST", "/v1/holds")
    assert allowed("DELETE", f"/v1/holds/{hold}")
    assert allowed("GET", PERSON)
    assert allowed("GET", f"{PERSON}?phone=k1:AA-_&wallet=k1:BB")
    assert allowed("GET", "/v1/stats?day=2026-11-20&days=28&staff=liu.1")
    assert allowed("GET", "/v1/stats/activity?first=2026-09-21&weeks=9")


def test_offline_it_fails_at_once(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    online = started(make_terminal())
    central.stop()
    online.send("try_now")
    online.wait(lambda status: status["state"] == "offline")
    began = time.monotonic()
    assert isinstance(ask(online, timeout=20.0), CallFailed)
    assert time.monotonic() - began < 2.0


def test_cut_off_it_fails_at_once_and_nothing_leaves(online: RealTerminal, proxy: Proxy) -> None:
    online.send("cut")
    proxy.reset()
    known = proxy.connections
    assert ask(online) == CallFailed("network-cut")
    assert proxy.connections == known
    online.wait(lambda status: status["state"] == "offline")
    online.send("restore")
    online.wait(lambda status: status["state"] == "online")
    assert isinstance(ask(online), CallAnswer)


def test_before_the_process_runs_there_is_nobody_to_ask(tmp_path: Path) -> None:
    link = SyncLink(tmp_path, bytes(32), lambda _event: None)
    assert link.call("GET", PERSON, None, 3.0) == CallFailed("no-process")


def test_a_network_that_swallows_everything_ends_in_a_time_out(online: RealTerminal, proxy: Proxy) -> None:
    proxy.faults = Faults(blackhole=True)
    began = time.monotonic()
    assert ask(online, timeout=0.7) == CallFailed("timeout")
    assert time.monotonic() - began < 1.5


def test_a_broken_line_is_no_answer(online: RealTerminal, proxy: Proxy) -> None:
    proxy.faults = Faults(limit_down=20)
    proxy.reset()
    answer = ask(online)
    assert isinstance(answer, CallFailed)
    assert answer.reason != "not-central"


def test_a_captive_portal_says_200_and_is_not_believed(online: RealTerminal, proxy: Proxy) -> None:
    proxy.faults = Faults(portal=True)
    proxy.reset()
    assert ask(online) == CallFailed("not-central")


def test_whoever_waits_learns_of_a_process_that_dies_and_of_the_next_one(online: RealTerminal, proxy: Proxy) -> None:
    proxy.faults = Faults(blackhole=True)
    answers: list[Called] = []
    waiting = threading.Thread(target=lambda: answers.append(ask(online, timeout=25.0)))
    waiting.start()
    until(lambda: link_of(online)._waiting._calls)
    dead = link_of(online).pid
    assert dead is not None
    os.kill(dead, signal.SIGKILL)
    waiting.join(10)
    assert answers == [CallFailed("broken")]
    proxy.faults = Faults()
    until(lambda: link_of(online).pid not in {None, dead})
    until(lambda: isinstance(ask(online), CallAnswer))


def test_stopping_ends_the_wait(online: RealTerminal, proxy: Proxy) -> None:
    proxy.faults = Faults(blackhole=True)
    answers: list[Called] = []
    link = link_of(online)
    waiting = threading.Thread(target=lambda: answers.append(link.call("GET", PERSON, None, 25.0)))
    waiting.start()
    until(lambda: link._waiting._calls)
    online.stop()
    waiting.join(10)
    assert isinstance(answers[0], CallFailed)
    assert link.call("GET", PERSON, None, 3.0) == CallFailed("no-process")


def test_a_restored_central_answers_nothing_before_heads_were_compared(
    central: CentralProcess, make_terminal: MakeTerminal
) -> None:
    with proxy_to(central.port) as proxy:
        online = started(make_terminal(url=proxy.url))
        proxy.faults = Faults(blackhole=True)
        central.stop()
        central.sql("UPDATE meta SET value = 'another-epoch' WHERE name = 'epoch'")
        central.start()
        proxy.faults = Faults()
        proxy.reset()
        first = ask(online)
        assert isinstance(first, CallFailed) or first.epoch == "another-epoch"
        online.send("try_now")
        online.wait(lambda status: status["epoch"] == "another-epoch" and status["state"] == "online")
        answer = ask(online)
        assert isinstance(answer, CallAnswer)
        assert answer.epoch == "another-epoch"
