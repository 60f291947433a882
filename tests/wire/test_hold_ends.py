"""How holds end: never expired in the dark, used up, forgotten; fenced after a restore."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from branch_console.central.database import Connection
from branch_console.central.hold_ends import consume, forget_holds, give_up, sweep_holds
from tests.central.gift_help import run_campaign, somebody, used, wanted
from tests.central.inside import with_database
from tests.central.test_restore import copy as copy_of
from tests.fixtures.central import CentralProcess, until
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, uuid7
from tests.wire.test_holds import denied, state_of
from tests.wire.test_push import refused


def swept(central: CentralProcess, hold: str) -> str:
    """Sweep, and say what has become of a hold. Central sweeps too: what it is at just now is left to it."""
    assert central.database is not None
    with_database(central.database, sweep_holds)
    return state_of(central, hold)


def end_time(central: CentralProcess, hold: str, ago: str) -> None:
    """Let the hold's time be over since so long."""
    central.sql("UPDATE hold SET expires_at = now() - %s::interval WHERE id = %s", ago, hold)


def test_a_hold_expires_only_when_its_terminal_has_shown_that_nothing_came_of_it(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    campaign, person = run_campaign(shared_central), somebody(terminal)
    body = wanted(campaign, person)
    terminal.hold(body)
    terminal.beat()
    assert swept(shared_central, body["id"]) == "held"  # its time is not over
    end_time(shared_central, body["id"], "10 days")
    shared_central.sql("UPDATE writer SET settled_at = now() - interval '11 days' WHERE name = %s", terminal.terminal)
    assert swept(shared_central, body["id"]) == "held"  # dark since before
    terminal.head()
    terminal.beat(seq=7, hash="ab" * 32, pending=7)
    assert swept(shared_central, body["id"]) == "held"  # heard, but it has what central has not
    terminal.beat(epoch="another")
    assert swept(shared_central, body["id"]) == "held"
    terminal.beat()
    until(lambda: swept(shared_central, body["id"]) == "expired")
    assert set(used(shared_central, campaign).values()) == {0}
    denied(terminal.hold(body), "hold-over", state="expired")
    assert terminal.hold(wanted(campaign, person)).status_code == 200


@pytest.mark.parametrize(
    ("ago", "offset_ms", "over"), [("60 s", 0, False), ("180 s", 0, True), ("180 s", 90_000, False)]
)
def test_the_terminal_s_clock_may_be_behind(
    shared_central: CentralProcess, terminal: Mini, ago: str, offset_ms: int, over: bool
) -> None:
    body = wanted(run_campaign(shared_central), somebody(terminal))
    terminal.hold(body)
    end_time(shared_central, body["id"], ago)
    terminal.beat(clock_offset_ms=offset_ms)
    if over:
        until(lambda: swept(shared_central, body["id"]) == "expired")
    else:
        assert swept(shared_central, body["id"]) == "held"


def hand_over(mini: Mini, hold: str) -> None:
    """Something that says of itself that it is the hand-over of this claim; central keeps it, understood or not."""
    mini.write("claim.handed_over", f"claim/{hold}", {"not": "understood"})
    assert mini.push(len(mini.entries)).status_code == 200


def test_a_hold_whose_hand_over_has_come_is_neither_released_nor_expired(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    campaign = run_campaign(shared_central)
    body = wanted(campaign, somebody(terminal))
    terminal.hold(body)
    hand_over(terminal, body["id"])
    assert terminal.release(body["id"]).status_code == 204
    end_time(shared_central, body["id"], "10 days")
    terminal.beat()
    assert swept(shared_central, body["id"]) == "held"
    assert set(used(shared_central, campaign).values()) == {1}


def test_consumed_it_stays_taken_and_given_up_it_is_free(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, quantity=5)
    used_up, left = (wanted(campaign, somebody(terminal)) for _ in range(2))
    for body in (used_up, left):
        terminal.hold(body)
    assert shared_central.database is not None

    async def work(connection: Connection) -> None:
        held = await consume(connection, used_up["id"])
        assert held is not None
        assert (held.terminal, held.state, len(held.uses)) == (terminal.terminal, "held", 2)
        again = await consume(connection, used_up["id"])
        assert again is not None
        assert again.state == "consumed"
        assert await consume(connection, uuid7()) is None
        for _ in range(2):
            await give_up(connection, left["id"])
            await give_up(connection, used_up["id"])
        assert await consume(connection, left["id"]) is None

    with_database(shared_central.database, work)
    assert terminal.hold(used_up).json()["state"] == "consumed"
    assert terminal.release(used_up["id"]).status_code == 204
    assert used(shared_central, campaign)["quantity", ""] == 1


def test_what_ended_long_ago_is_forgotten_and_what_stands_is_not(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    campaign = run_campaign(shared_central)
    over, stands = (wanted(campaign, somebody(terminal)) for _ in range(2))
    for body in (over, stands):
        terminal.hold(body)
    terminal.release(over["id"])
    shared_central.sql("UPDATE hold SET ended_at = now() - interval '31 days' WHERE id = %s", over["id"])
    assert shared_central.database is not None
    with_database(shared_central.database, forget_holds)
    assert shared_central.sql("SELECT id::text FROM hold WHERE campaign = %s", campaign.id) == [(stands["id"],)]


def test_after_a_restore_nothing_is_granted_until_all_terminals_have_shown_what_they_hold(
    postgres_url: str, make_database: Callable[[], str], tmp_path: Path
) -> None:
    central = CentralProcess(tmp_path / "home", make_database(), {}).start()
    central.branch()
    central.branch("B2")
    one, two, lost = (enrolled(central, "B1") for _ in range(3))
    elsewhere = enrolled(central, "B2")
    campaign = run_campaign(central, quantity=2)
    person = somebody(one)
    kept = wanted(campaign, somebody(one))
    assert one.hold(kept).status_code == 200
    central.stop()
    name = str(central.sql("SELECT current_database()")[0][0])
    backup = copy_of(postgres_url, name, f"{name}_old")
    central.start()
    after = wanted(campaign, person)
    assert one.hold(after).status_code == 200
    assert central.stop() == 0

    central.database = backup
    try:
        central.start()
        epoch = one.head().headers["central-epoch"]
        assert epoch != one.epoch
        body = wanted(campaign, somebody(one))
        problem = refused(two.hold(body), 503, "recovering")
        assert (problem["awaited"], int(two.hold(body).headers["retry-after"]) > 0) == (3, True)
        assert one.hold(kept).status_code == 200  # what the backup knows it says again
        one.beat()  # still of the old epoch
        assert refused(two.hold(body), 503, "recovering")["awaited"] == 3
        for mini in (one, two, lost, elsewhere):
            mini.epoch = epoch
        one.beat(seq=5, hash="ab" * 32)  # it has what central lost
        two.beat()
        assert refused(two.hold(body), 503, "recovering")["awaited"] == 2
        one.beat()
        assert refused(two.hold(body), 503, "recovering")["awaited"] == 1
        central.revoke(lost.terminal)
        assert one.hold(after).status_code == 200  # asked for again, it takes again what the restore had lost
        denied(two.hold(body), "quantity-exhausted")
        refused(elsewhere.hold(body), 503, "recovering")
        elsewhere.beat()
        denied(elsewhere.hold(body), "quantity-exhausted")
        new = enrolled(central, "B1")  # a terminal of this epoch keeps nobody waiting
        denied(new.hold(body), "quantity-exhausted")
    finally:
        central.stop()
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}_old WITH (FORCE)".encode())
