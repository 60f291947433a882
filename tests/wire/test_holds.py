"""Holds over a real socket: taken whole or not, idempotent, fenced after a restore, never expired in the dark."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from branch_console.central.database import Connection
from branch_console.central.hold_ends import consume, forget_holds, give_up, sweep_holds
from tests.central.gift_help import campaign_text, key_of, run_campaign, somebody, today, used, wanted
from tests.central.inside import with_database
from tests.central.test_restore import copy as copy_of
from tests.fixtures.central import CentralProcess, unique_name, until
from tests.wire.conftest import enrolled
from tests.wire.mini import Json, Mini, uuid7
from tests.wire.test_push import refused

CLAIMERS = 16


def denied(answer: httpx.Response, reason: str, **members: Json) -> None:
    """The refusal is this one, with these members."""
    problem = refused(answer, 409, "hold-refused")
    assert {name: problem.get(name) for name in ("reason", *members)} == {"reason": reason, **members}


def state_of(central: CentralProcess, hold: str) -> str:
    return str(central.sql("SELECT state FROM hold WHERE id = %s", hold)[0][0])


def test_a_hold_takes_all_that_the_campaign_counts_and_repeats_itself(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    campaign = run_campaign(shared_central, quantity=10, budget_fen=100_000)
    person = somebody(terminal)
    body = wanted(campaign, person)
    first = terminal.hold(body)
    assert first.status_code == 200
    said = first.json()
    assert (said["id"], said["state"], said["epoch"]) == (body["id"], "held", terminal.epoch)
    assert [terminal.hold(body).json() for _ in range(3)] == [said] * 3
    assert used(shared_central, campaign) == {("person", person): 1, ("quantity", ""): 1, ("budget", ""): 3000}


def test_released_it_is_over_and_everything_is_back(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, quantity=10, budget_fen=100_000)
    body = wanted(campaign, somebody(terminal))
    terminal.hold(body)
    assert [terminal.release(body["id"]).status_code for _ in range(3)] == [204] * 3
    assert set(used(shared_central, campaign).values()) == {0}
    denied(terminal.hold(body), "hold-over", state="released")
    assert terminal.hold({**body, "id": uuid7()}).status_code == 200


def test_a_release_that_overtakes_its_hold_wins(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central)
    body = wanted(campaign, somebody(terminal))
    assert terminal.release(body["id"]).status_code == 204
    denied(terminal.hold(body), "hold-over", state="released")
    assert used(shared_central, campaign) == {}


def test_the_same_id_for_something_else_or_from_somebody_else(
    shared_central: CentralProcess, terminal: Mini, other: Mini
) -> None:
    campaign = run_campaign(shared_central)
    body = wanted(campaign, somebody(terminal))
    assert terminal.hold(body).status_code == 200
    denied(terminal.hold({**body, "staff": "g02"}), "id-taken")
    denied(terminal.hold({**body, "keys": {"person": somebody(terminal)}}), "id-taken")
    denied(other.hold(body), "id-taken")
    refused(other.release(body["id"]), 404, "not-found")
    assert state_of(shared_central, body["id"]) == "held"


def test_two_terminals_and_one_person(shared_central: CentralProcess, terminal: Mini) -> None:
    shared_central.sql("UPDATE branch SET region = '华南' WHERE code = %s", terminal.branch)
    far = enrolled(shared_central, shared_central.branch(unique_name()))
    campaign, person = run_campaign(shared_central), somebody(terminal)
    body = wanted(campaign, person)
    terminal.hold(body)
    denied(far.hold(wanted(campaign, person)), "already-claimed", on=today(), region="华南")
    terminal.release(body["id"])
    assert far.hold(wanted(campaign, person)).status_code == 200
    far.close()


def test_each_cap_says_which_it_is(shared_central: CentralProcess, terminal: Mini) -> None:
    caps = [("person", "month", 2), ("phone", "campaign", 3)]
    campaign = run_campaign(shared_central, caps=caps)
    phone = key_of(terminal, "13100009999", "phone")

    def ask(person: str, **keys: str) -> httpx.Response:
        return terminal.hold(wanted(campaign, person, keys={"person": person, "phone": phone, **keys}))

    one = somebody(terminal)
    assert [ask(one).status_code for _ in range(2)] == [200, 200]
    denied(ask(one), "cap-reached", scope="person", window="month")
    assert ask(somebody(terminal)).status_code == 200
    denied(ask(somebody(terminal)), "cap-reached", scope="phone", window="campaign")
    denied(terminal.hold(wanted(campaign, one)), "key-missing", scope="phone")


def test_staff_places_and_the_whole_campaign_are_counted_too(
    shared_central: CentralProcess, terminal: Mini, other: Mini
) -> None:
    caps = [("staff", "day", 2), ("terminal", "day", 3), ("branch", "week", 4)]
    campaign = run_campaign(shared_central, caps=caps)

    def ask(mini: Mini, staff: str) -> httpx.Response:
        return mini.hold(wanted(campaign, somebody(terminal), staff=staff))

    assert [ask(terminal, "g01").status_code for _ in range(2)] == [200, 200]
    denied(ask(other, "g01"), "cap-reached", scope="staff", window="day")
    assert ask(terminal, "g02").status_code == 200
    denied(ask(terminal, "g03"), "cap-reached", scope="terminal", window="day")
    assert ask(other, "g03").status_code == 200
    denied(ask(other, "g04"), "cap-reached", scope="branch", window="week")


@pytest.mark.parametrize(
    ("fields", "reason"), [({"quantity": 2}, "quantity-exhausted"), ({"budget_fen": 6500}, "budget-exhausted")]
)
def test_a_campaign_runs_out(shared_central: CentralProcess, terminal: Mini, fields: Any, reason: str) -> None:
    campaign = run_campaign(shared_central, **fields)
    answers = [terminal.hold(wanted(campaign, somebody(terminal))) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 409, 409]
    denied(answers[2], reason)
    assert len(used(shared_central, campaign)) == 3  # nothing is left of those that were refused


def test_a_campaign_that_counts_by_phone(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, identity="phone")
    phone = key_of(terminal, "13100008888", "phone")
    assert terminal.hold(wanted(campaign, phone)).status_code == 200
    denied(terminal.hold(wanted(campaign, phone)), "already-claimed", on=today())
    denied(terminal.hold(wanted(campaign, phone, keys={"person": phone})), "key-missing", scope="phone")


@pytest.mark.parametrize("status", ["announced", "paused", "ended"])
def test_a_campaign_that_does_not_run(shared_central: CentralProcess, terminal: Mini, status: str) -> None:
    campaign = run_campaign(shared_central, status=status)
    denied(terminal.hold(wanted(campaign, somebody(terminal))), "campaign-not-running", campaign_status=status)


def test_outside_of_its_time_or_unknown(shared_central: CentralProcess, terminal: Mini) -> None:
    early, late = run_campaign(shared_central, starts="2099-01-01"), run_campaign(shared_central, ends="2021-01-01")
    denied(terminal.hold(wanted(early, somebody(terminal))), "campaign-not-running", campaign_status="announced")
    denied(terminal.hold(wanted(late, somebody(terminal))), "campaign-not-running", campaign_status="ended")
    body = {**wanted(early, somebody(terminal)), "campaign": "nobody_knows"}
    denied(terminal.hold(body), "campaign-not-running", campaign_status="unknown")


def test_another_version_than_the_one_in_force(shared_central: CentralProcess, terminal: Mini) -> None:
    old = run_campaign(shared_central)
    new = run_campaign(shared_central, campaign_text(old.id, 2, caps=[("person", "campaign", 2)]))
    person = somebody(terminal)
    denied(terminal.hold(wanted(old, person)), "campaign-version", version=2)
    denied(terminal.hold(wanted(new, person, rule_hash=old.rule_hash)), "campaign-version", version=2)
    assert terminal.hold(wanted(new, person)).status_code == 200


def test_a_business_date_that_is_not_today_s(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central)
    for days, right in ((-1, True), (1, True), (-2, False), (2, False)):
        on = (date.fromisoformat(today()) + timedelta(days=days)).isoformat()
        answer = terminal.hold(wanted(campaign, somebody(terminal), on=on))
        if right:
            assert answer.status_code == 200
        else:
            denied(answer, "wrong-day", today=today())


def test_a_risk_hold_on_the_person(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign, person = run_campaign(shared_central), somebody(terminal)
    shared_central.sql(
        "INSERT INTO person_fact (person, name, value, as_of, source, import)"
        " VALUES (%s, 'open_hold', 'true', now(), 'x', 0)",
        person,
    )
    denied(terminal.hold(wanted(campaign, person)), "fact-hold")
    assert used(shared_central, campaign) == {}


def test_the_next_right_pays_for_an_earlier_duplicate_once(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, caps=[("person", "campaign", 2)], quantity=10)
    person, duplicate = somebody(terminal), uuid7()
    shared_central.sql(
        "INSERT INTO claim_offset (claim, grp, scope, key) VALUES (%s, %s, 'person', %s)",
        *(duplicate, f"campaign:{campaign.id}", person),
    )
    body = wanted(campaign, person)
    for _ in range(3):
        denied(terminal.hold(body), "set-off")
    assert used(shared_central, campaign) == {("person", person): 1, ("quantity", ""): 1}
    assert shared_central.sql("SELECT used_for FROM claim_offset WHERE claim = %s", duplicate) == [(body["id"],)]
    assert terminal.release(body["id"]).status_code == 204
    assert terminal.hold(wanted(campaign, person)).status_code == 200
    denied(terminal.hold(wanted(campaign, person)), "cap-reached", scope="person", window="campaign")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x"},
        {"campaign": "A B"},
        {"version": 0},
        {"rule_hash": "00"},
        {"keys": {}},
        {"keys": {"person": "110101199001011237"}},
        {"keys": {"friend": "k1:" + "x" * 43}},
        {"quantity": 0},
        {"staff": ""},
        {"on": "today"},
        {"more": 1},
    ],
)
def test_a_body_that_is_not_of_the_documented_form(shared_central: CentralProcess, terminal: Mini, wrong: Any) -> None:
    body = {**wanted(run_campaign(shared_central), somebody(terminal)), **wrong}
    refused(terminal.hold(body), 400, "bad-request")


def test_only_terminals_in_service_ask(shared_central: CentralProcess, terminal: Mini, other: Mini) -> None:
    body = wanted(run_campaign(shared_central), somebody(terminal))
    shared_central.revoke(other.terminal)
    refused(other.hold(body), 403, "terminal-revoked")
    refused(other.release(body["id"]), 403, "terminal-revoked")
    other.token = "x"
    refused(other.hold(body), 401, "invalid-token")
    refused(other.release(body["id"]), 401, "invalid-token")


def race(central: CentralProcess, work: Callable[[Mini, int], Counter[str]]) -> Counter[str]:
    """Sixteen claimers at sixteen terminals, over HTTP."""
    branch = central.branch(unique_name())
    minis = [enrolled(central, branch) for _ in range(CLAIMERS)]
    counted: Counter[str] = Counter()
    start = threading.Barrier(CLAIMERS)

    def one(mini: Mini, number: int) -> None:
        start.wait()
        counted.update(work(mini, number))
        mini.close()

    claimers = [threading.Thread(target=one, args=(mini, number)) for number, mini in enumerate(minis)]
    for each in claimers:
        each.start()
    for each in claimers:
        each.join()
    return counted


def reason(answer: httpx.Response) -> str:
    return "held" if answer.status_code == 200 else str(answer.json().get("reason", answer.text))


def test_sixteen_terminals_and_a_cap_of_a_hundred(shared_central: CentralProcess) -> None:
    campaign = run_campaign(shared_central, quantity=100)

    def work(mini: Mini, _number: int) -> Counter[str]:
        return Counter(reason(mini.hold(wanted(campaign, somebody(mini)))) for _ in range(12))

    counted = race(shared_central, work)
    assert counted == {"held": 100, "quantity-exhausted": CLAIMERS * 12 - 100}
    assert shared_central.sql("SELECT count(*) FROM hold WHERE campaign = %s", campaign.id) == [(100,)]


def test_sixteen_terminals_and_three_hundred_people(shared_central: CentralProcess) -> None:
    campaign = run_campaign(shared_central)

    def work(mini: Mini, number: int) -> Counter[str]:
        tries = range(number * 19, number * 19 + 75)  # everybody is tried four times, by neighbours at the same time
        return Counter(
            reason(mini.hold(wanted(campaign, key_of(mini, f"{campaign.id}-{each % 300}")))) for each in tries
        )

    counted = race(shared_central, work)
    assert counted == {"held": 300, "already-claimed": CLAIMERS * 75 - 300}


def test_the_same_request_many_times_at_once_is_one(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, quantity=10)
    body = wanted(campaign, somebody(terminal))
    answers: list[httpx.Response] = []

    def ask() -> None:
        with httpx.Client(base_url=terminal.url, timeout=30) as client:
            answers.append(client.post("/v1/holds", json=body, headers=terminal.headers()))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({each.text for each in answers}) == 1
    assert used(shared_central, campaign)["quantity", ""] == 1


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
