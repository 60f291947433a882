"""`implies` and `excludes`: what follows from a condition, leaf by leaf and in structures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from branch_console.rules.eligibility.conditions import Condition
from branch_console.rules.eligibility.implying import excludes, implies
from tests.rules.eligibility.rule_help import ADULT, LIVING, ONCE, SPEND, Raw, lack, rule
from tests.rules.eligibility.strategies import campaign_of

DAYS: Raw = {"type": "distinct_days", "window": "month"}


def tree(raw: Mapping[str, Any]) -> Condition:
    return campaign_of(raw).rule


def some(n: int, *parts: Mapping[str, Any]) -> Raw:
    return rule(*parts, type_="at_least_n", n=n)


STRICTER: list[tuple[Raw, Raw]] = [
    (SPEND, {**SPEND, "at_least_fen": 40_000}),
    (LIVING, {**LIVING, "values": ["江苏", "浙江", "上海"]}),
    (ADULT, {**ADULT, "min": 16, "max": None}),
    (ONCE, {**ONCE, "cap": 2}),
    (ONCE, {**ONCE, "window": "month"}),
    ({**SPEND, "max_age": 24}, {**SPEND, "max_age": 48}),
    ({**SPEND, "max_age": 24}, SPEND),
    ({"type": "segment_any", "segments": ["youth"]}, {"type": "segment_any", "segments": ["vip", "youth"]}),
    ({"type": "segment_none", "segments": ["vip", "youth"]}, {"type": "segment_none", "segments": ["youth"]}),
    ({"type": "segment_any", "segments": ["vip"], "snapshot": "s1"}, {"type": "segment_any", "segments": ["vip"]}),
    ({"type": "wallet_tier_at_least", "tier": "II"}, {"type": "wallet_tier_at_least", "tier": "III"}),
    ({"type": "kyc_at_least", "level": 3}, {"type": "kyc_at_least", "level": 2}),
    ({"type": "consent", "purpose": "marketing", "version": 2}, {"type": "consent", "purpose": "marketing"}),
    (
        {"type": "points_at_least", "points": "spendable", "at_least": 9},
        {"type": "points_at_least", "points": "spendable", "at_least": 8},
    ),
    (
        {"type": "referral", "role": "referrer", "milestone": "opened", "at_least": 2},
        {"type": "referral", "role": "referrer", "milestone": "opened", "window": "ever"},
    ),
    ({"type": "suggestion_accepted"}, {"type": "suggestion_accepted", "window": "ever"}),
    ({"type": "budget_left", "at_least_fen": 9}, {"type": "budget_left", "at_least_fen": 8}),
    ({"type": "stock", "skus": ["OIL-5L"], "quantity": 2}, {"type": "stock", "skus": ["RICE-5KG", "OIL-5L"]}),
    (
        {"type": "velocity_below", "of": "staff", "per": "day", "cap": 3},
        {"type": "velocity_below", "of": "staff", "per": "day", "cap": 4},
    ),
    ({"type": "risk_below", "score": 50}, {"type": "risk_below", "score": 60}),
    (
        {"type": "recurring", "weekdays": [1], "hours": [{"start": 9, "end": 10}]},
        {"type": "recurring", "weekdays": [1, 2], "hours": [{"start": 9, "end": 12}]},
    ),
    (
        {"type": "within_days_of", "event": "wallet_opened_on", "days": 7},
        {"type": "within_days_of", "event": "wallet_opened_on", "days": 8},
    ),
    (
        {"type": "period", "from": date(2026, 11, 3), "to": date(2026, 11, 9)},
        {"type": "period", "from": date(2026, 11, 3)},
    ),
    ({**DAYS, "at_least": 3}, {**DAYS, "at_least": 2}),
]


@pytest.mark.parametrize(("strict", "loose"), STRICTER, ids=[pair[0]["type"] for pair in STRICTER])
def test_a_leaf_follows_from_a_stricter_one(strict: Raw, loose: Raw) -> None:
    assert implies(tree(strict), tree(loose))
    assert not implies(tree(loose), tree(strict))
    if "max_age" not in strict and "snapshot" not in strict:
        assert implies(tree(lack(loose)), tree(lack(strict)))
    assert implies(tree(lack(strict)), tree(lack(loose))) is ("max_age" in strict)


UNRELATED: list[tuple[Raw, Raw]] = [
    (SPEND, {**SPEND, "days": 60}),  # refunds of older purchases come in
    (SPEND, {**SPEND, "merchants": ["m1"]}),
    ({**SPEND, "merchants": ["m1"]}, SPEND),
    (SPEND, {**SPEND, "window": "month", "days": None}),
    (ONCE, {**ONCE, "scope": "phone"}),
    ({**ONCE, "window": "week"}, {**ONCE, "window": "month"}),
    (LIVING, {**LIVING, "attr": "city"}),
    ({"type": "stock", "skus": ["OIL-5L"]}, {"type": "stock", "skus": ["OIL-5L"], "location": "drawer"}),
    ({"type": "first_txn", "merchants": ["m1"]}, {"type": "first_txn", "merchants": ["m1", "m2"]}),
    ({"type": "segment_any", "segments": ["vip"]}, {"type": "segment_any", "segments": ["vip"], "snapshot": "s1"}),
    ({"type": "segment_any", "segments": ["vip"]}, {"type": "segment_none", "segments": ["youth"]}),
]


@pytest.mark.parametrize(("one", "other"), UNRELATED, ids=range(len(UNRELATED)))
def test_what_only_looks_weaker_does_not_follow(one: Raw, other: Raw) -> None:
    assert not implies(tree(one), tree(other))


@pytest.mark.parametrize(
    ("given_", "claim"),
    [
        (rule(ONCE, SPEND), SPEND),
        (SPEND, rule(LIVING, SPEND, type_="any")),
        (rule(SPEND, LIVING, type_="any"), rule(LIVING, ADULT, SPEND, type_="any")),
        (rule(SPEND, LIVING, ADULT), some(2, LIVING, SPEND, ONCE)),
        (some(3, SPEND, LIVING, ADULT), some(2, LIVING, SPEND, ADULT)),
        (some(2, SPEND, LIVING, ADULT), some(2, LIVING, SPEND, ADULT, ONCE)),
        (some(2, SPEND, LIVING, ADULT), some(1, LIVING, SPEND)),
        (lack(rule(SPEND, LIVING, type_="any")), lack(rule(SPEND, LIVING))),
        (lack(lack(SPEND)), SPEND),
        (lack({"type": "segment_any", "segments": ["vip"]}), {"type": "segment_none", "segments": ["vip"]}),
        ({"type": "customer_kind", "kind": "individual"}, lack({"type": "customer_kind", "kind": "small_business"})),
    ],
)
def test_structures(given_: Raw, claim: Raw) -> None:
    assert implies(tree(given_), tree(claim))


def test_not_everything_that_is_true_is_proved() -> None:
    """Distribution is beyond it, one way; a "no" may be wrong, a "yes" never."""
    spread = rule(rule(SPEND, ONCE), rule(LIVING, ONCE), type_="any")
    together = rule(ONCE, rule(SPEND, LIVING, type_="any"))
    assert implies(tree(spread), tree(together))
    assert not implies(tree(together), tree(spread))


@pytest.mark.parametrize(
    ("given_", "claim"),
    [
        (SPEND, rule(SPEND, LIVING)),
        (rule(SPEND, LIVING, type_="any"), SPEND),
        (some(2, SPEND, LIVING, ADULT), some(3, LIVING, SPEND, ADULT)),
        (some(2, SPEND, LIVING, ADULT), rule(LIVING, SPEND, type_="all")),
        (some(2, SPEND, LIVING, ADULT, ONCE), some(1, LIVING, SPEND)),
        (lack(rule(SPEND, LIVING)), lack(rule(SPEND, LIVING, type_="any"))),
        (lack(SPEND), SPEND),
        (some(2, SPEND, SPEND), some(2, SPEND, LIVING)),
    ],
)
def test_what_does_not_follow(given_: Raw, claim: Raw) -> None:
    assert not implies(tree(given_), tree(claim))


def test_who_excludes_whom() -> None:
    assert excludes(tree({**LIVING, "values": ["上海"]}), tree(LIVING))
    assert excludes(tree(ADULT), tree({"type": "age_between", "max": 17}))
    assert excludes(tree(rule(SPEND, ONCE)), tree(lack(SPEND)))
    assert not excludes(tree(ADULT), tree({"type": "age_between", "max": 18}))
