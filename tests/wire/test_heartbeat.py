"""Heartbeats: what terminals report with their head stands in the list of terminals and in the metrics (G12)."""

import json

import httpx
import pytest

from tests.fixtures.central import CentralProcess
from tests.wire.mini import Mini
from tests.wire.test_push import refused

REPORT: dict[str, object] = {
    "seq": 7,
    "hash": "ab" * 32,
    "pending": 5,
    "quarantined": 2,
    "epoch": "e1",
    "clock_offset_ms": -130_500,
    "problem": "clock-off",
}


def ask(mini: Mini, **report: object) -> httpx.Response:
    """A head with a report."""
    headers = mini.headers(**{"Client-Version": "1.4.0"})
    return mini.http.get("/v1/journal/head", params=report, headers=headers)  # type: ignore[arg-type]


def listed(central: CentralProcess, branch: str) -> dict[str, dict[str, object]]:
    """What `central terminal list` says of each terminal of a branch."""
    said = central.command("terminal", "list", "--branch", branch, "--database", str(central.database), "--json")
    return {each["terminal"]: each for each in json.loads(said)}


def gauge(central: CentralProcess, name: str, branch: str) -> float | None:
    """The value of a branch's gauge."""
    start = f'central_branch_{name}{{branch="{branch}"}} '
    lines = httpx.get(f"{central.url}/metrics").text.splitlines()
    return next((float(line.removeprefix(start)) for line in lines if line.startswith(start)), None)


def test_a_report_stands_in_the_list_of_terminals(shared_central: CentralProcess, terminal: Mini, branch: str) -> None:
    before = listed(shared_central, branch)[terminal.terminal]
    assert {before[name] for name in ("last_seen_at", "client_version", "pending", "problem")} == {None}
    assert ask(terminal, **REPORT).json()["seq"] == 0
    row = listed(shared_central, branch)[terminal.terminal]
    assert isinstance(row["last_seen_at"], str)
    said = {name: row[name] for name in ("pending", "quarantined_here", "clock_offset_ms", "problem", "client_version")}
    assert said == {
        "pending": 5,
        "quarantined_here": 2,
        "clock_offset_ms": -130_500,
        "problem": "clock-off",
        "client_version": "1.4.0",
    }
    kept = shared_central.sql(
        "SELECT reported_seq, reported_hash, reported_epoch FROM writer WHERE name = %s", terminal.terminal
    )
    assert kept == [(7, "ab" * 32, "e1")]
    assert terminal.head().status_code == 200  # what is not said stays
    assert listed(shared_central, branch)[terminal.terminal]["pending"] == 5
    assert ask(terminal, pending=0, problem="").status_code == 200
    row = listed(shared_central, branch)[terminal.terminal]
    assert (row["pending"], row["problem"], row["clock_offset_ms"]) == (0, None, -130_500)


def test_the_reports_of_a_branch_are_gauges(
    shared_central: CentralProcess, terminal: Mini, other: Mini, branch: str
) -> None:
    assert (gauge(shared_central, "terminals", branch), gauge(shared_central, "silent", branch)) == (2, 2)
    ask(terminal, **REPORT)
    ask(other, pending=10, quarantined=1, clock_offset_ms=40, problem="")
    names = ("terminals", "silent", "with_problem", "pending", "quarantined", "clock_offset_ms")
    assert [gauge(shared_central, name, branch) for name in names] == [2, 0, 1, 15, 3, 130_500]
    text = httpx.get(f"{shared_central.url}/metrics").text
    assert terminal.terminal not in text
    shared_central.revoke(terminal.terminal)
    assert [gauge(shared_central, name, branch) for name in names] == [1, 0, 0, 10, 1, 40]


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": -1},
        {"seq": 2**53},
        {"hash": "AB" * 32},
        {"hash": "ab"},
        {"pending": "many"},
        {"quarantined": 1.5},
        {"epoch": "x" * 129},
        {"epoch": "a b"},
        {"clock_offset_ms": 2**63},
        {"problem": "王小明"},
        {"problem": "x" * 65},
        {"problem": "a\x00b"},
    ],
)
def test_a_report_that_is_not_of_the_documented_form_is_refused(
    shared_central: CentralProcess, terminal: Mini, wrong: dict[str, object]
) -> None:
    refused(ask(terminal, **{**REPORT, **wrong}), 400, "bad-request")
    kept = shared_central.sql("SELECT last_seen_at, pending FROM writer WHERE name = %s", terminal.terminal)
    assert kept == [(None, None)]


def test_a_version_is_kept_as_far_as_it_can_be_shown(shared_central: CentralProcess, terminal: Mini) -> None:
    headers = terminal.headers(**{"Client-Version": "9.1\t" + "x" * 100})
    assert terminal.http.get("/v1/journal/head", headers=headers).status_code == 200
    kept = shared_central.sql("SELECT client_version FROM writer WHERE name = %s", terminal.terminal)
    assert kept == [("9.1" + "x" * 29,)]
