"""A real terminal and a real central with a bad network between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from branch_console.sync.device import read_device
from branch_console.sync.enrol import continue_in_new_journal, enrol, sync_once
from branch_console.sync.errors import SyncError
from data.store import Store
from tests.fixtures.central import CentralProcess
from tests.sync.conftest import MakeTerminal
from tests.sync.proxy import Faults, Proxy, proxy_to
from tests.sync.terminal import held, own


@pytest.fixture
def proxy(central: CentralProcess) -> Iterator[Proxy]:
    with proxy_to(central.port) as made:
        yield made


@pytest.mark.parametrize(
    "faults",
    [
        Faults(latency=0.05),
        Faults(slice_size=700),
        Faults(limit_up=9_000),
        Faults(limit_down=3_000),
    ],
    ids=["latency", "slices", "reset while sending", "reset while receiving"],
)
def test_everything_arrives_once_over_a_bad_line(
    central: CentralProcess, make_terminal: MakeTerminal, proxy: Proxy, faults: Faults
) -> None:
    terminal = make_terminal(url=proxy.url)
    terminal.write(1200)
    proxy.faults = faults
    terminal.start(timeout=2.0)
    if faults.limit_up is not None or faults.limit_down is not None:
        terminal.wait(lambda _status: proxy.connections >= 3)
        proxy.faults = Faults()
    terminal.wait_drained()
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_a_lost_answer_is_asked_for_again(central: CentralProcess, make_terminal: MakeTerminal, proxy: Proxy) -> None:
    terminal = make_terminal(url=proxy.url)
    terminal.start(timeout=1.0)
    terminal.wait_drained()
    proxy.faults = Faults(blackhole=True)
    terminal.write(5)
    terminal.send("push_now")
    terminal.wait(lambda status: status["state"] == "offline")
    proxy.faults = Faults()
    proxy.reset()
    terminal.send("try_now")
    terminal.wait_drained()
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_a_captive_portal_is_not_central(central: CentralProcess, make_terminal: MakeTerminal, proxy: Proxy) -> None:
    terminal = make_terminal(url=proxy.url)
    terminal.write(20)
    proxy.faults = Faults(portal=True)
    terminal.start()
    status = terminal.wait(lambda status: status["problem"] == "not-central")
    assert (status["state"], status["pending"], status["drained"]) == ("offline", 20, False)
    assert (terminal.home / "device.key").exists()
    proxy.faults = Faults()
    proxy.reset()
    terminal.send("try_now")
    terminal.wait_drained()


def test_cut_and_restore(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    terminal.start()
    terminal.wait_drained()
    terminal.send("cut")
    status = terminal.wait(lambda status: status["state"] == "offline")
    assert (status["problem"], status["network_cut"]) == ("network-cut", True)
    terminal.write(7)
    terminal.send("push_now")
    terminal.wait(lambda status: status["pending"] == 7)
    terminal.send("restore")
    terminal.wait_drained()
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_nobody_at_home_is_said_so(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    central.stop()
    with pytest.raises(SyncError) as failed:
        sync_once(terminal.store, terminal.home, terminal.device, timeout=2.0)
    assert failed.value.problem == "unreachable"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://central.example.org", "plain-http"),
        ("http://10.0.0.7:8443", "plain-http"),
        ("ftp://127.0.0.1", "bad-url"),
        ("https://user:word@central.example.org", "bad-url"),
        ("central.example.org", "bad-url"),
        ("http://127.0.0.1:99999", "bad-url"),
    ],
)
def test_addresses_that_are_refused(url: str, problem: str) -> None:
    with pytest.raises(SyncError) as refused:
        enrol(url, "CODE", "K-01")
    assert refused.value.problem == problem


def test_a_ca_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(SyncError) as refused:
        enrol("https://127.0.0.1:1", "CODE", "K-01", ca_file=tmp_path / "ca.pem")
    assert refused.value.problem == "bad-ca-file"


def test_a_restored_terminal_goes_on_in_a_new_journal(
    central: CentralProcess, make_terminal: MakeTerminal, tmp_path: Path
) -> None:
    terminal = make_terminal()
    before = terminal.write(30)
    sync_once(terminal.store, terminal.home, terminal.device)
    terminal.store.forget_old_pages()
    image = (terminal.home / "store.db").read_bytes()
    after = terminal.write(20)
    sync_once(terminal.store, terminal.home, terminal.device)
    terminal.put_back(image)
    since = terminal.write(25)
    with pytest.raises(SyncError) as found:
        sync_once(terminal.store, terminal.home, terminal.device)
    assert found.value.problem == "journal-fork"
    terminal.store.close()
    assert continue_in_new_journal(terminal.home, terminal.dek, central.url, central.code()) == len(since)
    terminal.store = Store.open(terminal.home / "store.db", terminal.dek)
    device = read_device(terminal.home)
    assert device.terminal == terminal.store.identity.terminal != terminal.identity.terminal
    status = sync_once(terminal.store, terminal.home, device)
    assert status["drained"]
    at_central = {str(row[0]) for row in central.sql("SELECT convert_from(wire, 'UTF8')::json->>'id' FROM entry")}
    assert at_central >= {*before, *after, *since}
    ids = {e.id for subject in subjects(central) for e in terminal.store.entries(subject)}
    assert ids >= {*before, *after, *since}


def subjects(central: CentralProcess) -> list[str]:
    """All journeys that central knows."""
    return [str(row[0]) for row in central.sql("SELECT DISTINCT subject FROM entry WHERE subject LIKE 'journey/%%'")]
