"""Every rule of the feed, over a real socket."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, check_chain
from tests.wire.test_push import refused


def test_a_page_has_what_others_wrote_in_order_and_not_the_callers_own(terminal: Mini, other: Mini) -> None:
    for mini in (terminal, other, terminal, other):
        mini.journey()
        assert mini.push(len(mini.entries) - 1).status_code == 200
    entries, _cursor = terminal.read_feed()
    check_chain(entries)
    assert [each for each in entries if not each["terminal"].startswith("central/")] == other.entries
    types = [each["type"] for each in entries if each["terminal"].startswith("central/")]
    assert types[0] == "branch.registered"
    assert types[-2:] == ["terminal.registered", "terminal.registered"]


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_of_any_size_give_the_same_feed(terminal: Mini, other: Mini, limit: int) -> None:
    other.journey(steps=10)
    assert other.push(1, 4).status_code == 200
    assert other.push(5).status_code == 200
    everything, end = terminal.read_feed()
    assert terminal.read_feed(limit=limit)[0] == everything
    page = terminal.feed(end).json()
    assert (page["entries"], page["more"]) == ([], False)


def test_the_cursor_goes_on_where_the_page_ended(terminal: Mini, other: Mini) -> None:
    _entries, cursor = terminal.read_feed()
    terminal.journey()  # what the caller writes itself is passed over
    assert terminal.push().status_code == 200
    _entries, cursor = terminal.read_feed(cursor)
    assert _entries == []
    other.journey(steps=4)
    assert other.push(1, 3).status_code == 200
    first = terminal.feed(cursor, limit=2).json()
    assert (first["entries"], first["more"]) == (other.entries[:2], True)
    assert other.push(4).status_code == 200
    assert terminal.read_feed(first["cursor"])[0] == other.entries[2:]


def test_central_signs_its_own_journal(terminal: Mini) -> None:
    page = terminal.feed().json()
    own = [each for each in page["entries"] if each["terminal"] == f"central/{terminal.branch}"]
    point = page["checkpoint"]
    terminal.central_signed(point)
    assert (point["terminal"], point["seq"], point["hash"]) == (own[-1]["terminal"], own[-1]["seq"], own[-1]["hash"])
    assert page["server_time"]
    assert page["poll_after_ms"] == 0


def test_waiting_ends_with_what_another_terminal_pushes(terminal: Mini, other: Mini) -> None:
    _entries, cursor = terminal.read_feed()
    other.journey()
    pages = []

    def wait() -> None:
        pages.append(terminal.feed(cursor, wait=25).json())

    waiting = threading.Thread(target=wait)
    started = time.monotonic()
    waiting.start()
    assert other.push().status_code == 200
    waiting.join(20)
    assert pages[0]["entries"] == other.entries
    assert time.monotonic() - started < 20


def test_waiting_ends_empty_when_there_is_nothing(terminal: Mini, other: Mini) -> None:
    other.journey()
    _entries, cursor = terminal.read_feed()
    started = time.monotonic()
    page = terminal.feed(cursor, wait=1).json()
    assert (page["entries"], page["more"]) == ([], False)
    assert time.monotonic() - started >= 1


def test_another_branch_has_another_feed(shared_central: CentralProcess, terminal: Mini) -> None:
    stranger = enrolled(shared_central, shared_central.branch(unique_name()))
    terminal.journey()
    terminal.push()
    assert {each["branch"] for each in stranger.read_feed()[0]} == {stranger.branch}
    refused(terminal.feed(stranger.read_feed()[1]), 410, "resync")


@pytest.mark.parametrize("cursor", ["", "A", "AAAA", "!", "é", "A" * 400])
def test_a_cursor_that_central_did_not_make_means_resync(terminal: Mini, cursor: str) -> None:
    refused(terminal.feed(cursor), 410, "resync")


def test_a_changed_cursor_means_resync(terminal: Mini) -> None:
    _entries, cursor = terminal.read_feed()
    refused(terminal.feed(cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BA")), 410, "resync")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"limit": "x"}, {"wait": -1}, {"wait": 31}])
def test_what_the_page_does_not_allow_is_a_bad_request(terminal: Mini, query: dict[str, Any]) -> None:
    refused(terminal.feed(**query), 400, "bad-request")


def test_a_new_epoch_ends_all_cursors_and_says_so_on_every_answer(make_central: Callable[..., CentralProcess]) -> None:
    central = make_central()
    central.branch()
    mini, writer = enrolled(central, "B1"), enrolled(central, "B1")
    _entries, cursor = mini.read_feed()
    old = mini.epoch
    assert mini.feed(cursor).headers["central-epoch"] == old
    waited = []
    waiting = threading.Thread(target=lambda: waited.append(mini.feed(cursor, wait=25)))
    waiting.start()
    central.command("epoch", "renew", "--json")
    waiting.join(20)  # whether it waited already or came later, it is told
    refused(waited[0], 410, "resync")
    new = waited[0].headers["central-epoch"]
    assert new != old
    assert mini.http.get("/nowhere").headers["central-epoch"] == new
    assert mini.head().json()["epoch"] == new
    writer.journey()
    assert writer.push().headers["central-epoch"] == new
    assert mini.read_feed()[0][-2:] == writer.entries
