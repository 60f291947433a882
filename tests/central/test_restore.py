"""Central restored from an old backup: a new epoch, terminals resend from the gap, nothing is lost or doubled (G11)."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from branch_console.central.lineage import Sight, _lost
from tests.fixtures.central import CentralProcess, url_of
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, check_chain
from tests.wire.test_push import refused


def copy(server: str, name: str, to: str) -> str:
    """A backup of a database that nobody uses at the moment, or its restoring."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {to} TEMPLATE {name}".encode())
    return url_of(server, to)


def resume(mini: Mini) -> None:
    """What a terminal does when it finds another epoch: push, be told of the gap, send from there."""
    answer = mini.push(len(mini.entries))
    if answer.status_code == 409:
        expected = refused(answer, 409, "journal-gap")["expected_seq"]
        answer = mini.push(expected)
    assert answer.json()["accepted_through"] == len(mini.entries)


def test_terminals_resend_what_a_restore_lost(
    postgres_url: str, make_database: Callable[[], str], tmp_path: Path
) -> None:
    central = CentralProcess(tmp_path / "home", make_database(), {}).start()
    central.branch()
    one, two = enrolled(central, "B1"), enrolled(central, "B1")
    for mini in (one, two):
        mini.journey(steps=10)
        assert mini.push().status_code == 200
    central.stop()
    name = str(central.sql("SELECT current_database()")[0][0])
    backup = copy(postgres_url, name, f"{name}_old")
    central.start()
    late = enrolled(central, "B1")
    for mini in (one, two, late):
        mini.journey(steps=10)
        assert mini.push(len(mini.entries) - 9).status_code == 200
    _entries, cursor = one.read_feed()
    assert central.stop() == 0

    central.database = backup
    try:
        central.start()
        answer = one.head()
        assert answer.headers["central-epoch"] != one.epoch  # it noticed by itself
        assert answer.json()["seq"] == 10
        refused(one.feed(cursor), 410, "resync")
        refused(late.push(), 401, "unknown-terminal")
        refused(late.feed(), 401, "unknown-terminal")
        refused(late.ask_token(), 401, "unknown-terminal")
        assert late.enrol(central.code(), terminal=late.terminal).status_code == 201
        assert late.ask_token().status_code == 200
        for mini in (one, two, late):
            resume(mini)
            resume(mini)
        for reader in (one, two, late):
            entries, _cursor = reader.read_feed()
            check_chain(entries)
            for writer in (one, two, late):
                if writer is not reader:
                    assert [each for each in entries if each["terminal"] == writer.terminal] == writer.entries
        counted = central.sql("SELECT writer, count(*), max(seq) FROM entry WHERE type LIKE 'journey%%' GROUP BY 1")
        assert {(str(w), n, top) for w, n, top in counted} == {
            (one.terminal, 20, 20),
            (two.terminal, 20, 20),
            (late.terminal, 10, 10),
        }
        central.staff("B1", "g02")  # central goes on in a new journal, so that nobody sees it fork
        last = one.read_feed()[0][-1]
        assert (last["type"], last["seq"]) == ("staff.registered", 2)
        assert last["terminal"].startswith("central/B1-")
        point = one.feed().json()["checkpoint"]
        assert (point["terminal"], point["hash"]) == (last["terminal"], last["hash"])
        one.central_signed(point)
        epoch = one.head().headers["central-epoch"]
        central.stop()
        central.start()
        assert one.head().headers["central-epoch"] == epoch  # an ordinary start changes nothing
    finally:
        central.stop()
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}_old WITH (FORCE)".encode())


LAST = Sight("7001", "central", 1, 5000)


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        (LAST, False),
        (LAST._replace(position=5001), False),
        (LAST._replace(position=4999), True),
        (LAST._replace(timeline=2, position=6000), True),
        (LAST._replace(system="7002", position=6000), True),
        (LAST._replace(name="restored", position=6000), True),
    ],
)
def test_a_database_that_went_back_or_is_another_is_noticed(now: Sight, lost: bool) -> None:
    assert _lost(LAST, now) is lost
