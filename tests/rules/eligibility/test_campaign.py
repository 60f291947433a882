"""Campaigns as documents: what can be written, what cannot, where the error stands; rule hash and caps."""

from datetime import date
from typing import Any

import pytest

from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.eligibility.campaign import Cap, read_campaign
from branch_console.rules.eligibility.conditions import LEAVES, children, walk
from branch_console.rules.eligibility.forbidden import resolves_to_balance
from tests.rules.eligibility.strategies import campaign_of

TEXT = """\
id = "d11_oil"
version = 1
effective_from = 2026-11-01
title = { zh = "双十一大礼", en = "Double Eleven gift" }
runs = { from = 2026-11-01, to = 2026-11-30 }
identity = "document"
unit_cost_fen = 5000
unit_value_fen = 6000
tax_treatment = "to_confirm"
compliance_reference = "C-2026-17"

[offline]
mode = "lease"
lease_per_terminal = 3

[disclosure]
kinds = { zh = "食用油", en = "Cooking oil" }
conditions = { zh = "消费满 500 元", en = "500 yuan spent" }
method = { zh = "网点领取", en = "At the branch" }
times = { zh = "11 月", en = "November" }
quantity_or_probability = { zh = "300 份", en = "300" }
delivery = { zh = "当场", en = "At once" }
organiser = { zh = "示例银行", en = "Sample Bank" }
contact = { zh = "网点", en = "The branch" }

[reward]
kind = "gift"
choices = [{ sku = "OIL-5L" }, { sku = "RICE-5KG", quantity = 2 }]

[rule]
type = "all"

[[rule.of]]
type = "any"

[[rule.of.of]]
type = "spend_in_window"
window = "days"
days = 30
at_least_fen = 50000

[[rule.of.of]]
type = "txn_count_in_window"
window = "campaign"
at_least = 10

[[rule.of]]
type = "not"

[rule.of.of]
type = "attr_in"
attr = "province"
values = ["西藏"]

[[rule.of]]
type = "claims_below"
scope = "person"
window = "campaign"
cap = 1
max_age = 24
"""
ONCE: dict[str, Any] = {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1}
DAILY: dict[str, Any] = {"type": "claims_below", "scope": "branch", "window": "day", "cap": 20}
BOTH = [("person", "campaign", 1), ("branch", "day", 20)]
OTHER: dict[str, Any] = {"type": "not_insider"}


def test_a_campaign_as_a_person_writes_it() -> None:
    campaign = read_campaign("d11_oil.v1.toml", TEXT)
    assert campaign.runs.starts == date(2026, 11, 1)
    assert campaign.skus == ("OIL-5L", "RICE-5KG")
    assert (campaign.approval_threshold_fen, campaign.hold_minutes) == (20_000, 30)
    assert [condition.type for _, condition in walk(campaign.rule)] == [
        "all", "any", "spend_in_window", "txn_count_in_window", "not", "attr_in", "claims_below",
    ]  # fmt: skip
    paths = {condition.type: path for path, condition in walk(campaign.rule, ("rule",))}
    assert paths["attr_in"] == ("rule", "of", 1, "of")
    assert paths["txn_count_in_window"] == ("rule", "of", 0, "of", 1)
    assert children(campaign.rule)[1].type == "not"
    assert campaign.runs_on(date(2026, 11, 30)) and not campaign.runs_on(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("before", "after", "at", "key"),
    [
        ("days = 30\n", "days = 900\n", "days = 900", "rule.of.0.of.0.days"),
        ("days = 30\n", "", "[[rule.of.of]]", "rule.of.0.of.0.days"),
        ("at_least_fen = 50000", "at_least_fen = 500.0", "at_least_fen", "rule.of.0.of.0.at_least_fen"),
        ("at_least = 10", "at_least = 10\ndays = 3", "days = 3\n", "rule.of.0.of.1.days"),
        ('attr = "province"', 'attr = "balance"', "attr = ", "rule.of.1.of.attr"),
        ('type = "attr_in"', 'type = "wallet_balance_at_least"', "[rule.of.of]", "rule.of.1.of"),
        ('scope = "person"', 'scope = "everybody"', "scope = ", "rule.of.2.scope"),
        ("cap = 1", "cap = 0", "cap = 0", "rule.of.2.cap"),
        ("max_age = 24", "max_age = 0", "max_age", "rule.of.2.max_age"),
        ("to = 2026-11-30", "to = 2026-10-30", "runs", "runs.to"),
        ('identity = "document"', 'identity = "face"', "identity", "identity"),
        ("unit_cost_fen = 5000", "unit_cost_fen = -1", "unit_cost_fen", "unit_cost_fen"),
        ("lease_per_terminal = 3", 'lease_per_terminal = "3"', "lease_per", "offline.lease_per_terminal"),
        ('organiser = { zh = "示例银行"', 'organiser = { zh = ""', "organiser", "disclosure.organiser.zh"),
        ('kind = "gift"', 'kind = "deposit_bonus"', "[reward]", "reward"),
        ('type = "not"', 'type = "at_least_n"\nn = 2', "[rule.of.of]", "rule.of.1.of"),
        ("title = {", "headline = {", 'id = "d11_oil"', "title"),
    ],
)
def test_an_error_names_its_line_and_key(before: str, after: str, at: str, key: str) -> None:
    assert before in TEXT
    text = TEXT.replace(before, after, 1)
    found = text.index("\n" + at) + 1 if "\n" + at in text else text.index(at)
    with pytest.raises(ReferenceFormatError) as caught:
        read_campaign("x.toml", text)
    assert (caught.value.line, caught.value.key) == (text.count("\n", 0, found) + 1, key), str(caught.value)


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"type": "period"}, ("rule",)),
        ({"type": "period", "from": date(2026, 1, 2), "to": date(2026, 1, 1)}, ("rule", "to")),
        ({"type": "recurring"}, ("rule",)),
        ({"type": "recurring", "hours": [{"start": 9, "end": 9}]}, ("rule", "hours", 0, "end")),
        ({"type": "within_days_of", "event": "wallet_opened_on"}, ("rule", "days")),
        ({"type": "within_days_of", "event": "birthday_month", "days": 3}, ("rule", "days")),
        ({"type": "age_between"}, ("rule",)),
        ({"type": "age_between", "min": 3, "max": 2}, ("rule", "max")),
        ({"type": "not", "of": {"type": "distinct_days", "window": "days", "at_least": 1}}, ("rule", "of", "days")),
        ({"type": "at_least_n", "n": 2, "of": [OTHER]}, ("rule", "n")),
        ({"type": "all", "of": [OTHER, {"type": "age_between"}]}, ("rule", "of", 1)),
    ],
)
def test_values_that_contradict_each_other(rule: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert [where for where, _ in campaign_of(rule).problems()] == [path]


def test_no_condition_can_ask_for_what_is_in_the_wallet() -> None:
    """Neither by type nor by the name of any field or value of its schema."""
    for model in LEAVES:
        schema = str(model.model_json_schema()["properties"])
        assert not resolves_to_balance(model.__name__), model
        assert not resolves_to_balance(schema.replace("_", " ")), model


def test_the_rule_hash_covers_what_decides_and_nothing_else() -> None:
    base = campaign_of(ONCE)
    same = [
        campaign_of(ONCE, version=2, title={"zh": "别的", "en": "Other"}, compliance_reference="C-9"),
        campaign_of(dict(reversed(ONCE.items()))),
        campaign_of(ONCE, hold_minutes=5, max_per_group=1),
    ]
    other = [
        campaign_of({**ONCE, "cap": 2}),
        campaign_of({**ONCE, "max_age": 2}),
        campaign_of(ONCE, runs={"from": date(2026, 11, 1), "to": date(2026, 11, 29)}),
        campaign_of(ONCE, quantity=299),
        campaign_of(ONCE, budget_fen=None),
        campaign_of(ONCE, group="d11"),
        campaign_of(ONCE, identity="phone"),
        campaign_of(ONCE, offline={"mode": "voucher"}),
        campaign_of(ONCE, reward={"kind": "points", "points": 1}),
        campaign_of(ONCE, id="other"),
    ]
    assert {each.rule_hash for each in same} == {base.rule_hash}
    assert len({base.rule_hash, *(each.rule_hash for each in other)}) == len(other) + 1
    assert len(base.rule_hash) == 64
    assert base == campaign_of(ONCE)  # having asked for the hash changes nothing


def test_a_rule_hash_never_changes_with_the_program() -> None:
    """Terminals of different versions must agree about it, so that it is pinned here."""
    assert read_campaign("x", TEXT).rule_hash == "00b306f0739676e84b5c07b63354a38e287d47f6b65eb3f6f8c985803e61100d"


@pytest.mark.parametrize(
    ("rule", "caps"),
    [
        (ONCE, [("person", "campaign", 1)]),
        ({"type": "all", "of": [ONCE, {"type": "all", "of": [DAILY, ONCE]}]}, BOTH),
        ({"type": "any", "of": [ONCE]}, [("person", "campaign", 1)]),
        ({"type": "at_least_n", "n": 2, "of": [ONCE, DAILY]}, BOTH),
        ({"type": "any", "of": [ONCE, OTHER]}, []),
        ({"type": "at_least_n", "n": 1, "of": [ONCE, DAILY]}, []),
        ({"type": "not", "of": {"type": "not", "of": ONCE}}, []),
    ],
)  # fmt: skip
def test_caps_are_those_that_always_hold(rule: dict[str, Any], caps: list[tuple[str, str, int]]) -> None:
    assert [tuple(each) for each in campaign_of(rule).caps] == caps


def test_a_person_may_be_recognised_by_the_phone() -> None:
    by_phone = campaign_of({"type": "all", "of": [ONCE, DAILY]}, identity="phone")
    assert by_phone.caps == (Cap("phone", "campaign", 1), Cap("branch", "day", 20))
    assert by_phone.right_scope("person") == "phone"
    assert campaign_of(ONCE).right_scope("person") == "person"
