"""What central says of a person: imported facts, claims of all branches, to terminals in service and not too fast."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from branch_console.central.lookups import Lookups
from branch_console.central.problems import ProblemError
from tests.central.gift_help import key_of, run_campaign, somebody
from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, uuid7
from tests.wire.test_push import refused


def know(central: CentralProcess, person: str, name: str, value: str, days_ago: int = 1) -> None:
    """Let central know a fact."""
    as_of = datetime.now(UTC) - timedelta(days=days_ago)
    central.sql(
        "INSERT INTO person_fact (person, name, value, as_of, source, import) VALUES (%s, %s, %s, %s, 'x', 0)",
        *(person, name, value, as_of),
    )


def claim(central: CentralProcess, branch: str, campaign: str, keys: dict[str, str], **more: Any) -> str:
    """Let central have a claim, as its mirror of the journals holds it."""
    row = {"number": "X-000001", "on": "2026-12-01", "uses_right": True, **more}
    name = uuid7()
    central.sql(
        "INSERT INTO claim_right (claim, branch, terminal, campaign, version, rule_hash, keys, right_kind, status,"
        " uses_right, quantity, on_day, number) VALUES (%s, %s, 't', %s, 1, 'h', '{}', 'hold', 'handed_over',"
        " %s, 2, %s, %s)",
        *(name, branch, campaign, row["uses_right"], row["on"], row["number"]),
    )
    for scope, key in keys.items():
        central.sql("INSERT INTO claim_right_key (scope, key, claim) VALUES (%s, %s, %s)", scope, key, name)
    return name


def facts(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return {each["name"]: each["value"] for each in answer.json()["facts"]}


def test_facts_by_all_keys_the_newest_of_each_name(shared_central: CentralProcess, terminal: Mini) -> None:
    person, phone, wallet = somebody(terminal), somebody(terminal), somebody(terminal)
    know(shared_central, person, "risk", "12", days_ago=3)
    know(shared_central, phone, "risk", "44", days_ago=2)
    know(shared_central, wallet, "points", '{"accumulated": 900, "spendable": 40}')
    know(shared_central, somebody(terminal), "risk", "99", days_ago=0)
    answer = terminal.facts(person, phone=phone, wallet=wallet)
    assert facts(answer) == {"risk": 44, "points": {"accumulated": 900, "spendable": 40}}
    assert facts(terminal.facts(person)) == {"risk": 12}
    first = answer.json()["facts"][0]
    assert set(first) == {"name", "value", "as_of", "source"}
    assert first["source"] == "server"
    assert datetime.fromisoformat(first["as_of"]).tzinfo is not None
    assert answer.headers["cache-control"] == "no-store"


def test_claims_of_all_branches_by_scope(shared_central: CentralProcess, terminal: Mini) -> None:
    far = shared_central.branch(unique_name("GZ"))
    shared_central.sql("UPDATE branch SET region = '华南' WHERE code = %s", far)
    person, phone = somebody(terminal), somebody(terminal)
    claim(shared_central, far, "d_oil", {"person": person, "phone": phone})
    claim(shared_central, terminal.branch, "d_bag", {"person": person}, on="2026-12-05", number="X-000002")
    claim(shared_central, far, "d_gone", {"person": person}, uses_right=False)
    claim(shared_central, far, "d_tea", {"phone": phone}, on="2026-11-30", number=None)
    said = terminal.facts(person, phone=phone).json()["claims"]
    oil = {"campaign": "d_oil", "on": "2026-12-01", "quantity": 1, "branch": "华南", "number": "X-000001"}
    tea = {"campaign": "d_tea", "on": "2026-11-30", "quantity": 1, "branch": "华南", "number": ""}
    assert [each["campaign"] for each in said["person"]] == ["d_oil", "d_bag"]
    assert said["person"][0] == oil
    assert said["phone"] == [tea, oil]
    assert far not in str(said)


def test_duplicates_that_are_not_paid_for_by_scope_and_group(shared_central: CentralProcess, terminal: Mini) -> None:
    person, phone = somebody(terminal), somebody(terminal)
    for group, scope, key in (
        ("d12", "person", person),
        ("d12", "person", person),
        ("campaign:d_oil", "person", person),
        ("d11", "phone", phone),
        ("d11", "person", phone),
        ("d10", "person", somebody(terminal)),
    ):
        shared_central.sql(
            "INSERT INTO claim_offset (claim, grp, scope, key) VALUES (%s, %s, %s, %s)", uuid7(), group, scope, key
        )
    paid = uuid7()
    shared_central.sql(
        "INSERT INTO claim_offset (claim, grp, scope, key, used_for) VALUES (%s, 'd9', 'person', %s, %s)",
        *(paid, person, uuid7()),
    )
    said = terminal.facts(person, phone=phone).json()["owing"]
    assert said == {"person": ["campaign:d_oil", "d12"], "phone": ["d11"]}
    assert terminal.facts(somebody(terminal)).json()["owing"] == {"person": []}
    assert terminal.facts(phone, phone=phone).json()["owing"] == {"phone": ["d11"]}


def test_nothing_known_is_said_and_nothing_is_said_of_what_was_not_asked(terminal: Mini) -> None:
    person, phone = somebody(terminal), somebody(terminal)
    assert terminal.facts(person).json()["claims"] == {"person": []}
    assert terminal.facts(person, phone=phone, wallet=somebody(terminal)).json()["claims"] == {
        "person": [],
        "phone": [],
        "wallet": [],
    }
    assert terminal.facts(phone, phone=phone).json()["claims"] == {"phone": []}


@pytest.mark.parametrize("person", ["110101199001011237", "k1:short", "k1:" + "x" * 101, "K1:" + "x" * 43])
def test_only_keyed_hashes_are_asked_about(terminal: Mini, person: str) -> None:
    refused(terminal.facts(person), 400, "bad-request")
    refused(terminal.facts(somebody(terminal), phone=person), 400, "bad-request")


def test_only_terminals_in_service_ask(shared_central: CentralProcess, terminal: Mini, other: Mini) -> None:
    shared_central.revoke(other.terminal)
    refused(other.facts(somebody(terminal)), 403, "terminal-revoked")
    other.token = "x"
    refused(other.facts(somebody(terminal)), 401, "invalid-token")


def test_no_key_and_no_answer_stands_in_the_log(make_central: Any) -> None:
    central: CentralProcess = make_central()
    mini = enrolled(central, central.branch())
    person = key_of(mini, uuid4().hex)
    know(central, person, "city", '"虚构市"')
    assert mini.facts(person).status_code == 200
    assert mini.facts(person[:-1] + "!").status_code == 400
    central.sql("ALTER TABLE person_fact RENAME TO gone")
    assert mini.facts(person).status_code == 500
    metrics = httpx.get(f"{central.url}/metrics").text
    central.stop()
    log = central.log()
    assert "unexpected" in log
    assert person[3:-1] not in log + metrics
    assert "虚构市" not in log + metrics


def test_a_terminal_that_asks_too_fast_is_told_to_wait(make_central: Any) -> None:
    central: CentralProcess = make_central(BRANCH_CONSOLE_LOOKUPS_PER_MINUTE="5")
    branch = central.branch()
    one, two = enrolled(central, branch), enrolled(central, branch)
    answers = [one.facts(somebody(one)) for _ in range(6)]
    assert [each.status_code for each in answers[:5]] == [200] * 5
    refused(answers[5], 429, "too-busy")
    assert 1 <= int(answers[5].headers["retry-after"]) <= 12
    assert two.facts(somebody(two)).status_code == 200
    assert one.hold({}).status_code == 400  # other calls go on


def test_the_bucket_fills_again_evenly() -> None:
    lookups = Lookups(6)
    for _ in range(6):
        lookups.admit("t", 100.0)
    for now, right in ((100.0, False), (109.0, False), (110.0, True), (110.0, False), (130.0, True), (130.0, True)):
        if right:
            lookups.admit("t", now)
        else:
            with pytest.raises(ProblemError):
                lookups.admit("t", now)
    for _ in range(6):
        lookups.admit("t", 10_000.0)
    with pytest.raises(ProblemError):
        lookups.admit("t", 10_000.0)


def test_a_member_of_the_answer_fits_the_rules(shared_central: CentralProcess, terminal: Mini) -> None:
    from branch_console.rules.eligibility.fact_schema import fits, read_facts

    person = somebody(terminal)
    know(shared_central, person, "born", '"1990-01-01"')
    claim(shared_central, terminal.branch, run_campaign(shared_central).id, {"person": person})
    said = terminal.facts(person).json()
    found, wrong = read_facts(said["facts"])
    assert (found["born"].value, wrong) == ("1990-01-01", [])
    assert fits("claims.person", said["claims"]["person"])
