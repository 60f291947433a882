"""Campaigns from a file to the branches and to their end: who may take which step, and what branches are told."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from branch_console.central import campaign_trials, campaigns
from branch_console.central.administration import AdministrationError, Office
from branch_console.central.campaign_status import bound_of, notable, redeemable
from branch_console.rules.eligibility.campaign import read_campaign
from tests.central.tills import campaign_text
from tests.fixtures.central import CentralProcess, until
from tests.wire.conftest import enrolled

T = TypeVar("T")

SAMPLE = Path(__file__).parents[2] / "data" / "campaigns" / "spend_500_30d.v1.toml"
TODAY = datetime.now(UTC).date()
PERSON = "k1:" + "B" * 43


def text(version: int = 1, **changes: str) -> str:
    """The sample, running now, with other values for some keys."""
    content = SAMPLE.read_text()
    found = {
        "version": str(version),
        "effective_from": (TODAY - timedelta(days=9)).isoformat(),
        "from": (TODAY - timedelta(days=5)).isoformat(),
        "to": (TODAY + timedelta(days=30)).isoformat(),
        **changes,
    }
    lines = [
        f"{key} = {found.pop(key)}" if (key := line.partition(" = ")[0]) in found else line
        for line in content.splitlines()
    ]
    assert found == {}
    return "\n".join(lines) + "\n"


def refused(central: CentralProcess, work: Callable[[Office], Awaitable[object]]) -> str:
    """Why it was refused."""
    with pytest.raises(AdministrationError) as caught:
        central.office(work)
    return str(caught.value)


def say_facts(central: CentralProcess, spent: int) -> None:
    """What the wallet core knows of one person: an adult who has spent so many fen."""
    [(number,)] = central.sql("INSERT INTO fact_import (source, rows) VALUES ('x', 1) RETURNING id")
    paid = [{"on": TODAY.isoformat(), "fen": spent, "merchant": "m", "mcc": "5411", "kind": "spend"}]
    facts: dict[str, Any] = {"born": "1990-01-01", "insider": False, "open_hold": False, "payments": paid, "risk": 1}
    for name, value in facts.items():
        central.sql(
            "INSERT INTO person_fact (person, name, value, as_of, kind, source, import)"
            " VALUES (%s, %s, %s::jsonb, now(), 'document', 'x', %s) ON CONFLICT (person, name)"
            " DO UPDATE SET value = excluded.value",
            PERSON,
            name,
            json.dumps(value),
            number,
        )


def published(central: CentralProcess, branch: str, type_: str) -> list[dict[str, Any]]:
    """The data of central's entries of a type."""
    lines = central.command("entries", "--branch", branch, "--json").splitlines()
    return [entry["data"] for entry in map(json.loads, lines) if entry["type"] == type_]


def names(central: CentralProcess, branch: str = "B1") -> list[str]:
    """Which documents of campaigns a branch has."""
    found = [each["name"] for each in published(central, branch, "reference.published")]
    return [name for name in found if name.startswith(("drafts/", "campaigns/"))]


def test_a_campaign_from_its_file_to_its_end(central: CentralProcess, tmp_path: Path) -> None:
    central.branch("B1")
    central.branch("B2")
    enrolled(central, "B1")
    file = tmp_path / "spend_500_30d.v1.toml"
    file.write_text(text())
    assert json.loads(central.command("campaign", "lint", str(file), "--json"))["ok"] is True
    added = json.loads(central.command("campaign", "add", str(file), "--author", "liu", "--json"))
    assert added == {"campaign": "spend_500_30d", "version": 1, "state": "linted"}
    assert "not possible" in central.command("campaign", "submit", "spend_500_30d", check=False)
    assert "nothing is known" in central.command(
        "campaign", "dry-run", "spend_500_30d", "--person", PERSON, check=False
    )
    say_facts(central, 38_000)
    tried = json.loads(central.command("campaign", "dry-run", "spend_500_30d", "--person", PERSON, "--json"))
    assert (tried["verdict"], tried["reason"]) == ("NOT_YET", "spend_in_window")
    assert [each["gap"] for each in tried["conditions"] if each["condition"] == "spend_in_window"] == [12_000]
    assert "spend_in_window" in central.command("campaign", "backtest", "spend_500_30d")
    assert names(central) == []
    central.command("campaign", "submit", "spend_500_30d")
    assert names(central) == names(central, "B2") == ["drafts/spend_500_30d.v1.toml"]
    assert "another person" in central.command(
        "campaign", "approve", "spend_500_30d", "--by", "liu", check=False
    ).replace("Another", "another")
    shown = json.loads(central.command("campaign", "show", "spend_500_30d", "--json"))
    assert (shown["state"], shown["terminals"]) == ("submitted", 1)
    assert "one outage can cost at most" in shown["bound"]
    approved = json.loads(central.command("campaign", "approve", "spend_500_30d", "--by", "wang", "--json"))
    assert (approved["state"], approved["status"], approved["approved_by"]) == ("published", "running", "wang")
    assert approved["bound"] == shown["bound"]
    assert names(central, "B2") == ["drafts/spend_500_30d.v1.toml", "campaigns/spend_500_30d.v1.toml"]
    [status] = published(central, "B2", "campaign.status_changed")
    left = status.pop("left_count"), status.pop("left_fen")
    assert left in {(2000, 14_000_000), (1990, 13_931_000)}  # said before or after ten were leased to the terminal
    assert {**status, "bound_count": 0, "bound_fen": 0} == {
        "id": "spend_500_30d",
        "status": "running",
        "version": 1,
        "approved_by": "wang",
        "bound_count": 0,
        "bound_fen": 0,
        "why": None,
    }
    assert status["bound_count"] == shown["bound_rewards"]
    central.command("campaign", "pause", "spend_500_30d", "--by", "wang", "--why", "goods are late")
    central.command("campaign", "resume", "spend_500_30d", "--by", "wang")
    central.command("campaign", "end", "spend_500_30d", "--by", "wang", "--why", "over")
    said = published(central, "B1", "campaign.status_changed")
    assert [(each["status"], each["why"]) for each in said] == [
        ("running", None),
        ("paused", "goods are late"),
        ("running", None),
        ("ended", "over"),
    ]
    assert "not possible" in central.command("campaign", "resume", "spend_500_30d", "--by", "wang", check=False)
    listed = json.loads(central.command("campaign", "list", "--json"))
    assert [(each["version"], each["state"], each["status"]) for each in listed] == [(1, "ended", "ended")]
    file = tmp_path / "spend_500_30d.v2.toml"
    file.write_text(text(2))
    central.command("campaign", "add", str(file), "--author", "liu")
    central.command("campaign", "dry-run", "spend_500_30d", "--person", PERSON)
    central.command("campaign", "submit", "spend_500_30d")
    approve = ("campaign", "approve", "spend_500_30d", "--by", "wang")
    assert "new id" in central.command(*approve, "--legal-sign-off", "zhao", check=False)
    assert central.sql("SELECT status, version FROM campaign") == [("ended", 1)]
    assert len(published(central, "B1", "campaign.status_changed")) == 4


def test_a_change_after_the_start_needs_the_proof_or_a_lawyer(central: CentralProcess) -> None:
    central.branch("B1")
    say_facts(central, 60_000)

    def bring(version: int, **changes: str) -> None:
        content = text(version, **changes)
        name = f"spend_500_30d.v{version}.toml"
        central.office(lambda at: campaigns.add(at, content, name, "liu", None))
        central.office(lambda at: campaign_trials.backtest_all(at, "spend_500_30d"))
        central.office(lambda at: campaigns.submit(at, "spend_500_30d"))

    def approve(legal: str = "") -> Callable[[Office], Awaitable[object]]:
        return lambda at: campaigns.approve(at, "spend_500_30d", "wang", legal)

    bring(1)
    central.office(approve())
    bring(2, quantity="3000", budget_fen="21000000")
    shown = central.office(lambda at: campaigns.approval(at, "spend_500_30d"))
    assert shown["relaxes"] is True
    central.office(approve())
    bring(3, quantity="1000")
    assert "legal" in refused(central, approve())
    assert "liu" not in refused(central, approve("liu"))
    assert names(central)[-1] == "drafts/spend_500_30d.v3.toml"
    assert central.office(approve("zhao"))
    assert central.sql("SELECT version, relaxes, legal FROM campaign_version ORDER BY 1") == [
        (1, None, None),
        (2, True, None),
        (3, False, "zhao"),
    ]
    again = text(3, quantity="5")
    assert refused(central, lambda at: campaigns.add(at, again, "spend_500_30d.v3.toml", "liu", None))
    last = published(central, "B1", "campaign.status_changed")[-1]
    assert (last["version"], last["left_count"]) == (3, 1000)


def test_a_branch_that_comes_later_is_caught_up_and_leases_go_to_its_terminals(central: CentralProcess) -> None:
    central.branch("B1")
    say_facts(central, 60_000)
    content = campaign_text(
        "leased",
        offline='{ mode = "lease", lease_per_terminal = 5, per_terminal = 3, per_campaign = 3, per_staff = 3,'
        " most_value_fen = 9000 }",
        runs=(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
    )
    central.sql(
        "INSERT INTO campaign_version (id, version, content, sha256, rule_hash, author, state, approved_by,"
        " approved_at) VALUES ('leased', 1, %s, 'x', 'x', 'a', 'published', 'b', now())",
        content,
    )
    central.sql("INSERT INTO campaign (id, status, version) VALUES ('leased', 'announced', 1)")
    central.branch("B2")
    mini = enrolled(central, "B2")
    mini.head()

    def granted() -> list[dict[str, Any]]:
        return [entry["data"] for entry in mini.read_feed()[0] if entry["type"] == "lease.granted"]

    [lease] = until(granted)
    assert (lease["terminal"], lease["quantity"]) == (mini.terminal, 5)
    until(lambda: names(central, "B2") == ["campaigns/leased.v1.toml"])
    said = until(lambda: published(central, "B2", "campaign.status_changed"))
    assert (said[-1]["status"], said[-1]["bound_count"]) == ("running", 3)
    [row] = json.loads(central.command("lease", "list", "--json"))
    assert "no open lease" in central.command("lease", "recall", mini.terminal, check=False)
    central.command("lease", "recall", row["lease"])
    central.command("lease", "write-off", row["lease"], "--reason", "the machine was stolen")
    types = [entry["type"] for entry in mini.read_feed()[0] if entry["type"].startswith("lease")]
    assert types[:3] == ["lease.granted", "lease.recalled", "lease.written_off"]
    assert until(lambda: len(granted()) == 2)


def test_what_an_outage_can_cost() -> None:
    def bound(offline: str) -> tuple[int, int]:
        return bound_of(read_campaign("x.v1.toml", campaign_text(offline=offline)), 4, 7)

    assert bound('{ mode = "none" }') == bound('{ mode = "voucher" }') == (0, 0)
    assert bound('{ mode = "provisional", per_terminal = 3, per_campaign = 2 }') == (8, 40_000)
    assert bound('{ mode = "lease", lease_per_terminal = 1, per_terminal = 3, per_campaign = 2 }') == (4, 20_000)
    assert bound('{ mode = "none", entitlements = true }') == (7, 35_000)


def test_what_was_redeemed_counts_until_the_other_terminals_have_been_heard(central: CentralProcess) -> None:
    central.branch("B1")
    first, second, _ = (enrolled(central, "B1").terminal for _ in range(3))
    claim = "0199c0de-0000-7000-8000-0000000000c1"

    def count() -> int:
        return central.office(lambda at: redeemable(at.connection, "x"))

    central.sql(
        "INSERT INTO entitlement (id, campaign, version, branch, scope, key, uses, epoch, expires_on, status)"
        " VALUES (gen_random_uuid(), 'x', 1, 'B1', 'person', 'k', '[]', 'e', '2099-12-31', 'open')"
    )
    assert count() == 2
    central.sql(
        "INSERT INTO claim_right (claim, branch, terminal, campaign, version, rule_hash, keys, right_kind, status,"
        " uses_right, quantity, on_day) VALUES (%s, 'B1', %s, 'x', 1, 'h', '{}', 'entitlement', 'handed_over', true,"
        " 1, '2026-12-01')",
        *(claim, first),
    )
    central.sql(
        "INSERT INTO claim_ruling (claim, stage, branch, campaign, terminal, outcome, why, excess, uses)"
        " VALUES (%s, 'gift', 'B1', 'x', %s, 'confirmed', 'first', false, '[]')",
        *(claim, first),
    )
    central.sql("UPDATE entitlement SET status = 'used'")
    assert count() == 2
    central.sql("UPDATE writer SET settled_at = now() - interval '1 hour' WHERE name = %s", second)
    assert count() == 2
    central.sql("UPDATE writer SET settled_at = now() + interval '1 s' WHERE name = %s", second)
    assert count() == 1
    central.sql("UPDATE writer SET settled_at = now() + interval '1 s'")
    assert count() == 0


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, False),
        ({"left_count": 96}, False),
        ({"left_count": 95}, True),
        ({"left_count": 0}, True),
        ({"left_fen": 951}, False),
        ({"left_fen": 950}, True),
        ({"bound_count": 41}, False),
        ({"bound_count": 43}, True),
        ({"bound_count": 0}, True),
        ({"status": "paused"}, True),
        ({"version": 2}, True),
        ({"left_fen": None}, True),
    ],
)
def test_branches_are_told_again_only_when_it_matters(change: dict[str, Any], again: bool) -> None:
    before: dict[str, Any] = {"id": "x", "status": "running", "version": 1, "approved_by": "b", "why": None}
    before |= {"bound_count": 40, "bound_fen": 4000, "left_count": 100, "left_fen": 1000}
    assert notable(before, {**before, **change}, {"left_count": 100, "left_fen": 1000}) is again


def test_goods_are_sent_by_file_and_by_hand(central: CentralProcess, tmp_path: Path) -> None:
    central.branch("B1")
    note = tmp_path / "note.toml"
    note.write_text(
        'note_number = "N-7"\n[[lines]]\nsku = "OIL-5L"\nquantity = 12\nlot = "L1"\nexpires_on = "2099-01-31"\n'
    )
    sent = json.loads(central.command("stock", "dispatch", "B1", str(note), "--json"))
    by_hand = ("stock", "dispatch", "B1", "--quantity", "3", "--note", "N-8")
    assert "expires" in central.command(*by_hand, "--sku", "OIL-5L", check=False)
    assert "no item" in central.command(*by_hand, "--sku", "NOTHING", check=False)
    assert "expired" in central.command(*by_hand, "--sku", "OIL-5L", "--expires", "2020-01-01", check=False)
    assert "note_number" in central.command(*by_hand[:-2], "--sku", "UMBRELLA", check=False)
    central.command(*by_hand, "--sku", "UMBRELLA")
    assert [each["note_number"] for each in published(central, "B1", "stock.dispatched")] == ["N-7", "N-8"]
    assert sent["subject"].startswith("stock/")
    listed = json.loads(central.command("stock", "list", "--json"))
    assert [(each["location"], each["sku"], each["lot"], each["quantity"]) for each in listed] == [
        ("transit", "OIL-5L", "L1", 12),
        ("transit", "UMBRELLA", "", 3),
    ]
