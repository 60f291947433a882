"""Figures over the wire: the caller's branch, a supervisor's area and nobody else's; the use of wallets."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from branch_console.central import staffing
from branch_console.central.administration import AdministrationError
from branch_console.sync.wire_stats import ActivityAnswer, StatsAnswer
from tests.central.gift_help import key_of
from tests.fixtures.central import CentralProcess, unique_name, until
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, uuid7
from tests.wire.test_push import refused

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(SHANGHAI).date()


def counted(mini: Mini, **query: Any) -> dict[str, Any]:
    """The answer once everything is counted."""

    def ready() -> dict[str, Any]:
        answer = mini.stats(**query)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return {} if any(each["behind"] for each in said["branches"]) else said

    return until(ready)


def onboard(mini: Mini, phone: str | None = None) -> str:
    """A journey that opened a wallet; returns what the wallet is recognised by."""
    key = phone or key_of(mini, uuid4().hex)
    subject = f"journey/{uuid7()}"
    mini.write("journey.started", subject, {"flow": {"id": "ecny_personal", "version": 1}, "target": "III"})
    answers = {"phone": {"masked": "138****8000", "key": key}, "wallet_id": "002250******5001"}
    mini.write("journey.answered", subject, {"step": "open_wallet", "answers": answers})
    mini.write("journey.finished", subject, {"wallet_class": "III"})
    assert mini.push().json()["quarantined"] == []
    return f"002250******5001|{key}"


def supervise(central: CentralProcess, branch: str, staff: str, area: list[str], role: str = "supervisor") -> None:
    central.staff(branch, staff, role="supervisor")
    central.office(lambda at: staffing.set_area(at, branch, staff, area))
    if role != "supervisor":
        central.office(lambda at: staffing.change_role(at, branch, staff, role))


def test_whole_days_of_the_own_branch(shared_central: CentralProcess, terminal: Mini, other: Mini) -> None:
    onboard(terminal)
    terminal.beat(clock_offset_ms=250)
    said = counted(terminal, days=7)
    StatsAnswer.model_validate(said)
    (branch,) = said["branches"]
    assert (branch["branch"], branch["name"], branch["timezone"]) == (terminal.branch, "北京朝阳支行", "Asia/Shanghai")
    assert said["day"] == today().isoformat()
    (day,) = branch["days"]
    assert (day["day"], day["state"], day["silent"]) == (said["day"], "running", False)
    assert day["figures"]["journeys.onboarded"] == [1, 1, 1]
    assert day["figures"]["journeys.completed"] == [1, 1, 1]
    assert "cases.received" not in day["figures"]
    assert day["figures"]["terminals.pending"] == [0, 2, 2]
    lines = {each["terminal"]: each for each in branch["terminals"]}
    own = lines[terminal.terminal]
    assert (own["pending"], own["clock_offset_ms"], own["revoked_at"]) == (0, 250, None)
    assert datetime.fromisoformat(own["synced_at"]) <= datetime.now(UTC)
    assert lines[other.terminal]["synced_at"] is None
    terminal.journey()
    terminal.push()
    until(lambda: received(counted(terminal)) == 2)
    assert counted(terminal)["branches"][0]["days"][0]["figures"]["journeys.completed"] == ["0.500000", 1, 2]
    assert counted(other)["branches"][0]["days"] == counted(terminal)["branches"][0]["days"]


def received(said: dict[str, Any]) -> int:
    return int(said["branches"][0]["days"][-1]["figures"].get("journeys.received", [0])[0])


def test_a_terminal_is_shown_as_it_last_said(terminal: Mini) -> None:
    terminal.beat(pending=3)
    said = terminal.stats()
    assert said.headers["cache-control"] == "no-store"
    assert said.json()["branches"][0]["terminals"][0]["pending"] == 3


def test_the_area_of_a_supervisor_and_of_nobody_else(
    shared_central: CentralProcess, make_branch: Callable[[], Mini], terminal: Mini
) -> None:
    near, far = make_branch(), make_branch()
    onboard(near)
    for staff, role in (("s1", "supervisor"), ("g1", "guide"), ("a1", "auditor"), ("s2", "supervisor")):
        supervise(shared_central, terminal.branch, staff, [near.branch, terminal.branch], role)
    shared_central.office(lambda at: staffing.remove_staff(at, terminal.branch, "s2"))
    supervise(shared_central, far.branch, "s3", [terminal.branch])

    def branches(mini: Mini, staff: str | None) -> list[str]:
        query = {} if staff is None else {"staff": staff}
        return [each["branch"] for each in counted(mini, **query)["branches"]]

    assert branches(terminal, "s1") == [terminal.branch, near.branch]
    for nobody in (None, "g1", "a1", "s2", "s3", "nobody"):
        assert branches(terminal, nobody) == [terminal.branch], nobody
    assert branches(near, "s1") == [near.branch]
    assert branches(far, "s3") == [far.branch, terminal.branch]
    shown = counted(terminal, staff="s1")["branches"][1]["days"][0]["figures"]
    assert shown["journeys.onboarded"] == [1, 1, 1]
    shared_central.office(lambda at: staffing.set_area(at, terminal.branch, "s1", []))
    assert branches(terminal, "s1") == [terminal.branch]


@pytest.fixture
def make_branch(shared_central: CentralProcess) -> Any:
    made: list[Mini] = []

    def make() -> Mini:
        made.append(enrolled(shared_central, shared_central.branch(unique_name())))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_the_area_stands_in_the_entry_only_when_there_is_one(shared_central: CentralProcess, terminal: Mini) -> None:
    far = shared_central.branch(unique_name())
    supervise(shared_central, terminal.branch, "s1", [far])
    shared_central.office(lambda at: staffing.reset_password(at, terminal.branch, "s1"))
    shared_central.office(lambda at: staffing.set_area(at, terminal.branch, "s1", []))
    said = [each["data"] for each in terminal.read_feed()[0] if each["type"] == "staff.registered"]
    assert [each.get("area") for each in said] == [None, [far], [far], None]
    shared_central.staff(terminal.branch, "g1")
    for staff, area in (("s1", ["no-such"]), ("g1", [far]), ("nobody", [far])):
        with pytest.raises(AdministrationError):
            supervise_again(shared_central, terminal.branch, staff, area)


def supervise_again(central: CentralProcess, branch: str, staff: str, area: list[str]) -> None:
    central.office(lambda at: staffing.set_area(at, branch, staff, area))


def test_other_questions_are_refused(terminal: Mini) -> None:
    for query in ({"day": "2026-13-01"}, {"day": "0001-01-01"}, {"days": 0}, {"days": 85}, {"staff": "a b"}):
        refused(terminal.stats(**query), 400, "bad-request")


def test_only_terminals_in_service_ask(shared_central: CentralProcess, terminal: Mini, other: Mini) -> None:
    shared_central.revoke(other.terminal)
    refused(other.stats(), 403, "terminal-revoked")
    refused(other.activity(first="2026-11-16"), 403, "terminal-revoked")
    other.token = "x"
    refused(other.stats(), 401, "invalid-token")
    assert terminal.stats(day="2020-01-01").json()["branches"][0]["days"] == []


def test_wallets_are_used_in_weeks_after_they_were_onboarded(
    shared_central: CentralProcess, terminal: Mini, make_branch: Callable[[], Mini]
) -> None:
    monday = today() - timedelta(days=today().weekday())
    keys = [key_of(terminal, uuid4().hex) for _ in range(4)]
    wallets = [onboard(terminal, key) for key in keys[:3]]
    onboard(make_branch(), keys[3])
    acts = ((1, "spend"), (8, "transfer"), (9, "spend"), (15, "own_merchant"), (-1, "spend"))
    some = {"fen": 100, "merchant": "m", "mcc": "1"}
    pay = [{"on": str(monday + timedelta(days=days)), "kind": kind, **some} for days, kind in acts]
    as_of = datetime.now(UTC) + timedelta(days=20)
    for key, name, value in (
        (keys[0], "payments", pay),
        (keys[1], "payments", []),
        (keys[1], "first_paid_on", str(monday + timedelta(days=22))),
        (keys[3], "payments", pay),
    ):
        shared_central.sql(
            "INSERT INTO person_fact (person, name, value, as_of, source, import) VALUES (%s, %s, %s, %s, 'x', 0)",
            *(key, name, json.dumps(value), as_of),
        )
    counted(terminal)
    said = until(
        lambda: (found := terminal.activity(first=str(today()), weeks=6).json()) and found["onboarded"] and found
    )
    answer = ActivityAnswer.model_validate(said)
    assert (answer.first, answer.weeks, answer.onboarded, answer.covered) == (monday, 6, 3, 2)
    assert answer.wallets == {wallets[0]: [0, 1], wallets[1]: [3]}
    assert answer.until == as_of.astimezone(SHANGHAI).date() - timedelta(days=1)
    assert terminal.activity(first=str(today() + timedelta(days=14)), weeks=1).json()["onboarded"] == 0
    refused(terminal.activity(first="x"), 400, "bad-request")
    refused(terminal.activity(first=str(today()), weeks=53), 400, "bad-request")
