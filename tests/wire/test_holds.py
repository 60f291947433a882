"""Holds over a real socket: taken whole or not, idempotent, refused with the reason."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from tests.central.gift_help import campaign_text, key_of, run_campaign, somebody, today, used, wanted
from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.conftest import enrolled
from tests.wire.mini import Json, Mini, uuid7
from tests.wire.test_push import refused


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
