"""A real terminal and a real central over a socket: everything arrives, once."""

import json
import os
import signal
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

import branch_console
from branch_console.rules import entries as types
from branch_console.rules.folding import FOLDS, Fold
from branch_console.sync.enrol import enrol, sync_once
from branch_console.sync.errors import SyncError
from data.identity import new_id
from tests.fixtures.central import CentralProcess
from tests.sync.conftest import MakeTerminal
from tests.sync.terminal import held, own


@dataclass
class Songs:
    """The state of a kind of subject that only a newer program knows."""


def test_what_is_written_arrives_and_stays_the_same(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    terminal.write(2500)
    terminal.start()
    status = terminal.wait_drained()
    assert status["pending"] == 0
    assert status["central_head"] == status["own_head"]
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_a_new_entry_arrives_within_two_seconds(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    terminal.start()
    terminal.wait_drained()
    terminal.write(1)
    began = datetime.now(UTC)
    terminal.wait_drained()  # nobody said push_now
    assert (datetime.now(UTC) - began).total_seconds() < 2.0


def test_two_terminals_of_a_branch_converge(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    first, second = make_terminal("K-01"), make_terminal("K-02")
    first.start()
    second.start()
    ids = set(first.write(300) + second.write(200))
    first.wait_drained()
    second.wait_drained()
    seen = {subject for event in second.events if event["event"] == "applied" for subject in event["subjects"]}
    for terminal in (first, second):
        terminal.stop()
        sync_once(terminal.store, terminal.home, terminal.device)
    chains = central.sql("SELECT subject FROM entry WHERE subject LIKE 'journey/%%'")
    for (subject,) in chains:
        one, two = first.store.entries(str(subject)), second.store.entries(str(subject))
        assert one == two
        assert first.store.state(str(subject)) == second.store.state(str(subject))
        ids -= {entry.id for entry in one}
    assert not ids
    assert seen


@pytest.mark.parametrize("who", ["terminal", "central"])
def test_kill_9_in_the_middle_of_a_push_loses_and_doubles_nothing(
    central: CentralProcess, make_terminal: MakeTerminal, who: str
) -> None:
    terminal = make_terminal()
    terminal.write(6000)
    terminal.start()
    terminal.wait(lambda status: 0 < status["pending"] < 6000)
    if who == "central":
        central.kill()
        central.start()
    else:
        assert terminal.link is not None
        assert terminal.link.pid is not None
        os.kill(terminal.link.pid, signal.SIGKILL)
    terminal.wait_drained()
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_a_central_that_lost_its_newest_entries_gets_them_again(
    central: CentralProcess, make_terminal: MakeTerminal
) -> None:
    terminal = make_terminal()
    terminal.write(50)
    sync_once(terminal.store, terminal.home, terminal.device)
    central.stop()
    name, hash_20 = terminal.identity.terminal, terminal.store.hash_at(20)
    central.sql("DELETE FROM entry WHERE writer = %s AND seq > 20", name)
    central.sql("UPDATE feed SET last_seq = 20 WHERE writer = %s", name)
    central.sql("UPDATE writer SET seq = 20, hash = %s WHERE name = %s", hash_20, name)
    central.sql("UPDATE meta SET value = 'another-epoch' WHERE name = 'epoch'")
    central.start()
    status = sync_once(terminal.store, terminal.home, terminal.device)
    assert status["epoch"] == "another-epoch"
    assert held(central, name) == own(terminal.store)


def test_central_sees_of_a_terminal_what_the_terminal_sees(
    central: CentralProcess, make_terminal: MakeTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(types._SCHEMAS, ("song.sung", 1), (("song",), types.EntryData))  # a terminal that is newer
    monkeypatch.setitem(types._VERSIONS, "song.sung", 1)
    monkeypatch.setitem(FOLDS, "song", Fold("song", Songs, 1, lambda *_: None))
    terminal = make_terminal()
    with terminal.store.act("g01", datetime.now(UTC)) as act:
        act.append("song.sung", f"song/{new_id(1_780_000_000_000)}", {})
    terminal.write(3)
    terminal.start()
    terminal.wait_drained()
    terminal.stop()
    status = sync_once(terminal.store, terminal.home, terminal.device)
    listed = json.loads(central.command("terminal", "list", "--json"))
    row = next(each for each in listed if each["terminal"] == terminal.identity.terminal)
    assert status["own_head"] == {"seq": row["seq"], "hash": row["hash"]}
    assert row["seq"] == 4
    assert (row["pending"], row["quarantined"], row["quarantined_here"]) == (0, 1, 1)
    assert abs(row["clock_offset_ms"]) < 60_000
    assert (row["problem"], row["client_version"]) == (None, branch_console.__version__)


def test_a_terminal_that_is_too_old_says_so_and_keeps_what_is_written(
    central: CentralProcess, make_terminal: MakeTerminal
) -> None:
    terminal = make_terminal()
    central.stop()
    newer = CentralProcess(central.home, central.database, {"BRANCH_CONSOLE_MIN_CLIENT": "99.0"})
    newer.port = central.port
    newer.start()
    try:
        terminal.write(2)
        terminal.start()
        status = terminal.wait(lambda status: bool(status["problem"]))
        assert (status["state"], status["problem"]) == ("limited", "client-too-old")
        terminal.write(3)
        status = terminal.wait(lambda status: status["pending"] == 5)
        assert (status["state"], status["problem"], status["drained"]) == ("limited", "client-too-old", False)
        assert held(central, terminal.identity.terminal) == []
    finally:
        newer.stop()
    central.start()
    terminal.send("try_now")  # as after an upgrade
    assert terminal.wait_drained()["problem"] is None
    assert held(central, terminal.identity.terminal) == own(terminal.store)


def test_a_revoked_terminal_erases_its_keys(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    terminal.start()
    terminal.wait_drained()
    central.revoke(terminal.identity.terminal)
    terminal.write(1)
    terminal.wait_event("revoked")
    assert not (terminal.home / "device.key").exists()
    assert not (terminal.home / "unlock.json").exists()


def test_an_enrolment_code_works_once(central: CentralProcess) -> None:
    code = central.code(central.branch())
    assert enrol(central.url, code, "K-01").identity.branch == "B1"
    with pytest.raises(SyncError) as refused:
        enrol(central.url, code, "K-02")
    assert refused.value.problem == "enrolment-code-used"


def test_an_expired_enrolment_code_is_refused(central: CentralProcess) -> None:
    code = central.code(central.branch())
    central.sql("UPDATE enrolment_code SET expires_at = now() - interval '1 minute'")
    with pytest.raises(SyncError) as refused:
        enrol(central.url, code, "K-01")
    assert refused.value.problem == "enrolment-code-expired"


def test_a_terminal_that_central_lost_is_let_in_again_under_its_name(
    central: CentralProcess, make_terminal: MakeTerminal
) -> None:
    terminal = make_terminal()
    terminal.write(30)
    sync_once(terminal.store, terminal.home, terminal.device)
    central.stop()
    name = terminal.identity.terminal
    central.sql("DELETE FROM entry WHERE writer = %s", name)
    central.sql("DELETE FROM feed WHERE writer = %s", name)
    central.sql("UPDATE enrolment_code SET terminal = NULL")
    central.sql("DELETE FROM assertion")
    central.sql("DELETE FROM writer WHERE name = %s", name)
    central.sql("UPDATE meta SET value = 'another-epoch' WHERE name = 'epoch'")
    central.start()
    with pytest.raises(SyncError) as refused:
        sync_once(terminal.store, terminal.home, terminal.device)
    assert refused.value.problem == "unknown-terminal"
    enrol(central.url, central.code(), "K-01", readmit=terminal.identity)
    sync_once(terminal.store, terminal.home, terminal.device)
    assert held(central, name) == own(terminal.store)
