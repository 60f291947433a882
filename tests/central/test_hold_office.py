"""Administrators and holds: only those of terminals that will never be heard again are ended by hand."""

import json

from tests.central.gift_help import run_campaign, somebody, used, wanted
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled


def test_holds_of_a_lost_terminal_are_settled_by_hand(central: CentralProcess) -> None:
    mini = enrolled(central, central.branch())
    campaign = run_campaign(central, quantity=10)
    given, kept, third = (wanted(campaign, somebody(mini)) for _ in range(3))
    for body in (given, kept, third):
        assert mini.hold(body).status_code == 200
    listed = json.loads(central.command("holds", "list", "--branch", "B1", "--json"))
    assert [each["hold"] for each in listed] == [given["id"], kept["id"], third["id"]]
    assert given["keys"]["person"] not in str(listed)
    assert json.loads(central.command("holds", "list", "--branch", "B9", "--json")) == []
    assert "in service" in central.command("holds", "settle", given["id"], "--used", check=False)
    central.revoke(mini.terminal)
    central.command("holds", "settle", given["id"], "--used")
    assert json.loads(central.command("holds", "settle", kept["id"], "--unused", "--json"))["used"] is False
    assert used(central, campaign)["quantity", ""] == 2
    assert "no hold" in central.command("holds", "settle", kept["id"], "--used", check=False)
    assert [each["hold"] for each in json.loads(central.command("holds", "list", "--json"))] == [third["id"]]


def test_a_region_is_what_other_branches_hear(central: CentralProcess) -> None:
    one = enrolled(central, central.branch("SZ01"))
    two = enrolled(central, central.branch("CD01"))
    campaign, person = run_campaign(central), somebody(one)
    one.hold(wanted(campaign, person))
    assert two.hold(wanted(campaign, person)).json()["region"] == "SZ"
    assert json.loads(central.command("branch", "region", "SZ01", "深圳", "--json"))["region"] == "深圳"
    assert two.hold(wanted(campaign, person)).json()["region"] == "深圳"
    assert "no branch" in central.command("branch", "region", "XX", "深圳", check=False)
    assert "64" in central.command("branch", "region", "SZ01", "深" * 65, check=False)
