"""The nearest way to qualify: it leads there, it is the easiest, it respects `not`, and it is one sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Node, good
from branch_console.rules.eligibility.paths import Path, nearest
from branch_console.rules.eligibility.sentence_paths import path_phrase
from tests.rules.eligibility.help import claim, facts, paid, say
from tests.rules.eligibility.strategies import NOW, TODAY, campaign_of, campaigns, partial, worlds

SPEND = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}
COUNT = {"type": "txn_count_in_window", "window": "days", "days": 30, "at_least": 10}
LEAF = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("spend_in_window"), "window": st.just("days"), "days": st.integers(1, 40),
         "at_least_fen": st.integers(1, 90_000)}
    ),
    st.fixed_dictionaries(
        {"type": st.just("txn_count_in_window"), "window": st.sampled_from(["campaign", "month"]),
         "at_least": st.integers(1, 9), "each_fen": st.sampled_from([1, 2_000])}
    ),
    st.fixed_dictionaries(
        {"type": st.just("distinct_merchants"), "window": st.just("campaign"), "at_least": st.integers(1, 5)}
    ),
    st.fixed_dictionaries(
        {"type": st.just("points_at_least"), "points": st.just("accumulated"), "at_least": st.integers(1, 900)}
    ),
)  # fmt: skip
RULES = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda of: st.one_of(
            st.just({"type": "all", "of": of}),
            st.just({"type": "any", "of": of}),
            st.integers(1, len(of)).map(lambda n: {"type": "at_least_n", "n": n, "of": of}),
        )
    ),
    max_leaves=8,
)


def explain(rule: Any, values: dict[str, Any], **fields: Any) -> Node:
    return compile_campaign(campaign_of(rule, **fields)).explain(FactBook(facts(values), NOW))


def follow(path: Path, raw: dict[str, Fact]) -> dict[str, Fact]:
    """The facts when the customer has done what the path says, and nothing else."""
    payments = list(raw["payments"].value)
    points = dict(raw["points"].value)
    for number, step in enumerate(path.steps):
        assert step.gap is not None and step.gap > 0
        if step.code == "spend_in_window":
            payments.append(paid(TODAY.isoformat(), step.gap, "m1"))
        elif step.code == "txn_count_in_window":
            payments += [paid(TODAY.isoformat(), step.params.get("each_fen", 1), "m1")] * step.gap
        elif step.code == "distinct_merchants":
            payments += [paid(TODAY.isoformat(), 1, f"new-{number}-{each}") for each in range(step.gap)]
        else:
            points["accumulated"] += step.gap
    return {**raw, "payments": Fact(payments, NOW, "server"), "points": Fact(points, NOW, "server")}


@given(RULES, worlds())
def test_whoever_follows_the_path_qualifies(rule: dict[str, Any], world: dict[str, Fact]) -> None:
    compiled = compile_campaign(campaign_of(rule))
    path = nearest(compiled.explain(FactBook(world, NOW)))
    assert path is not None
    assert compiled.fast(FactBook(follow(path, world), NOW)) is True


@given(RULES, worlds())
def test_no_step_is_idle(rule: dict[str, Any], world: dict[str, Fact]) -> None:
    """Nothing is asked for when nothing is missing, and only what is not good is asked for."""
    node = compile_campaign(campaign_of(rule)).explain(FactBook(world, NOW))
    path = nearest(node)
    assert path is not None
    assert (path.steps == ()) is (node.status == "SAT")
    assert all(good(step) is not True for step in path.steps)


@given(campaigns(), worlds().flatmap(partial))
def test_there_is_no_path_through_what_is_final(campaign: Any, raw: dict[str, Fact]) -> None:
    node = compile_campaign(campaign).explain(FactBook(raw, NOW))
    path = nearest(node)
    if path is not None:
        assert all(step.fixable not in {None, "final"} for step in path.steps)
        assert (path.steps == ()) is (good(node) is True)


def test_all_needs_everything_any_the_easiest() -> None:
    values = {"payments": [paid("2026-11-10", 38_000)]}
    both = nearest(explain({"type": "all", "of": [SPEND, COUNT]}, values))
    either = nearest(explain({"type": "any", "of": [COUNT, SPEND]}, values))
    assert both is not None and [step.code for step in both.steps] == ["spend_in_window", "txn_count_in_window"]
    assert either is not None and [(step.code, step.gap) for step in either.steps] == [("spend_in_window", 12_000)]


def test_at_least_n_needs_the_easiest_of_what_is_left() -> None:
    rule = {"type": "at_least_n", "n": 2, "of": [COUNT, SPEND, {"type": "first_wallet"}, {"type": "not_insider"}]}
    path = nearest(explain(rule, {"payments": [], "first_wallet": False, "insider": False}))
    assert path is not None and [step.code for step in path.steps] == ["txn_count_in_window"]
    values = {"payments": [paid("2026-11-10", 49_900)], "first_wallet": False, "insider": False}
    path = nearest(explain(rule, values))
    assert path is not None and [step.code for step in path.steps] == ["spend_in_window"]


def test_under_not_all_and_any_change_places() -> None:
    young = {"type": "age_between", "max": 17}
    app = {"type": "attr_in", "attr": "channel", "values": ["app"]}
    values = {"born": "2010-01-01", "channel": "app"}
    none_of_both = explain({"type": "not", "of": {"type": "any", "of": [young, app]}}, values)
    assert nearest(none_of_both) is None  # nobody grows up for a gift
    not_both = nearest(explain({"type": "not", "of": {"type": "all", "of": [young, app]}}, values))
    assert not_both is not None and [step.code for step in not_both.steps] == ["attr_in"]
    assert say(path_phrase(not_both), "en") == "To qualify: give this up: channel is app."


def test_at_least_n_under_not() -> None:
    kinds = [{"type": "consent", "purpose": f"p{number}"} for number in range(3)]
    rule = {"type": "not", "of": {"type": "at_least_n", "n": 2, "of": kinds}}
    path = nearest(explain(rule, {"consent.p0": 1, "consent.p1": 1, "consent.p2": 1}))
    assert path is not None and len(path.steps) == 2  # only one may stay
    none = nearest(explain(rule, {"consent.p0": 1, "consent.p1": 0, "consent.p2": 0}))
    assert none == Path((), 0)


def test_what_is_unknown_beside_it_is_counted_not_asked_for() -> None:
    rule = {"type": "all", "of": [SPEND, {"type": "not_insider"}]}
    path = nearest(explain(rule, {"payments": [paid("2026-11-10", 38_000)]}))
    assert path is not None and (len(path.steps), path.unknown) == (1, 1)
    text = "To qualify: spend 120.00 yuan more by 2026-11-30. 1 more condition is not known yet."
    assert say(path_phrase(path), "en") == text
    only = nearest(explain(rule, {"payments": [paid("2026-11-10", 50_000)]}))
    assert only is not None and [step.fixable for step in only.steps] == ["sync"]


@pytest.mark.parametrize(
    ("condition", "values", "zh", "en"),
    [
        (SPEND, {"payments": []}, "2026-11-30 前（含当日）再消费 500.00 元", "spend 500.00 yuan more by 2026-11-30"),
        (
            {**SPEND, "merchants": ["m1"]},
            {"payments": []},
            "2026-11-30 前（含当日）再消费 500.00 元（限m1）",
            "spend 500.00 yuan more by 2026-11-30 (only at m1)",
        ),
        (COUNT, {"payments": []}, "2026-11-30 前（含当日）再付款 10 笔", "make 10 more payments by 2026-11-30"),
        (
            {**COUNT, "each_fen": 500},
            {"payments": []},
            "2026-11-30 前（含当日）再付款 10 笔，每笔不少于 5.00 元",
            "make 10 more payments of 5.00 yuan or more by 2026-11-30",
        ),
        (
            {"type": "distinct_merchants", "window": "campaign", "at_least": 1},
            {"payments": []},
            "2026-11-30 前（含当日）再到 1 家其他商户消费",
            "pay at 1 other merchant by 2026-11-30",
        ),
        (
            {"type": "distinct_days", "window": "campaign", "at_least": 2},
            {"payments": []},
            "2026-11-30 前（含当日）再有 2 天消费",
            "pay on 2 more days by 2026-11-30",
        ),
        (
            {"type": "first_txn"},
            {"first_paid_on": None},
            "2026-11-30 前（含当日）完成首笔付款",
            "make the first payment by 2026-11-30",
        ),
        (
            {"type": "points_at_least", "points": "spendable", "at_least": 30},
            {"points": {"accumulated": 9, "spendable": 9}},
            "再得 21 积分",
            "collect 21 more points",
        ),
        (
            {"type": "referral", "role": "referrer", "milestone": "opened"},
            {"referrals": []},
            "2026-11-30 前（含当日）再推荐 1 人开立钱包",
            "refer 1 more person who opens a wallet by 2026-11-30",
        ),
        (
            {"type": "referral", "role": "referrer", "milestone": "first_payment", "at_least": 2},
            {"referrals": []},
            "2026-11-30 前（含当日）再推荐 2 人完成首笔付款",
            "refer 2 more people who make a first payment by 2026-11-30",
        ),
        (
            {"type": "suggestion_accepted"},
            {"suggestions_accepted": []},
            "2026-11-30 前（含当日）再有 1 条建议被采纳",
            "have 1 more suggestion accepted by 2026-11-30",
        ),
        (
            {"type": "wallet_tier_at_least", "tier": "II"},
            {"wallet_tier": "IV"},
            "将钱包升级到 II 类",
            "upgrade the wallet to class II",
        ),
        (
            {"type": "kyc_at_least", "level": 3},
            {"kyc": 1},
            "将身份核验提升到 3 级",
            "raise the identification to level 3",
        ),
        ({"type": "consent", "purpose": "sms"}, {"consent.sms": 0}, "同意：sms", "agree to: sms"),
        (
            {"type": "stock", "skus": ["OIL-5L"]},
            {"stock.OIL-5L": 0},
            "等到货：OIL-5L",
            "wait for new stock: OIL-5L",
        ),
        ({"type": "no_open_hold"}, {"open_hold": True}, "由网点处理", "staff will see to it"),
        (
            {"type": "period", "from": TODAY + timedelta(days=3)},
            {},
            "等到 2026-11-15",
            "wait until 2026-11-15",
        ),
        (
            {"type": "recurring", "weekdays": [6, 7]},
            {},
            "等到符合：限周六、周日",
            "wait until this holds: only on Saturday, Sunday",
        ),
        (
            {"type": "not", "of": {"type": "recurring", "weekdays": [4]}},
            {},
            "等到不再符合：限周四",
            "wait until this is over: only on Thursday",
        ),
        (
            {"type": "not", "of": {"type": "period", "to": TODAY}},
            {},
            "再等 1 天",
            "wait 1 day",
        ),
        (
            {"type": "claims_below", "scope": "person", "window": "week", "cap": 1},
            {"claims.person": [claim("2026-11-12")]},
            "等到 2026-11-16",
            "wait until 2026-11-16",
        ),
        (
            {"type": "age_between", "min": 16},
            {"born": "2010-11-20"},
            "等到 2026-11-20",
            "wait until 2026-11-20",
        ),
    ],
)  # fmt: skip
def test_a_step_is_said_in_both_languages(condition: Any, values: dict[str, Any], zh: str, en: str) -> None:
    path = nearest(explain(condition, values))
    assert path is not None
    assert (say(path_phrase(path), "zh"), say(path_phrase(path), "en")) == (f"达标办法：{zh}。", f"To qualify: {en}.")


def test_several_steps_are_one_sentence() -> None:
    rule = {"type": "all", "of": [COUNT, SPEND, {"type": "kyc_at_least", "level": 2}]}
    path = nearest(explain(rule, {"payments": [], "kyc": 1}))
    assert path is not None
    assert say(path_phrase(path), "en") == (
        "To qualify: raise the identification to level 2, and make 10 more payments by 2026-11-30, "
        "and spend 500.00 yuan more by 2026-11-30."
    )
    assert say(path_phrase(Path((), 0)), "zh") == "条件均已满足。"


def test_waiting_longer_than_the_campaign_is_no_way() -> None:
    ends = {"from": date(2026, 11, 1), "to": date(2026, 11, 14)}
    assert nearest(explain({"type": "period", "from": date(2026, 11, 15)}, {}, runs=ends)) is None
    assert nearest(explain({"type": "not", "of": {"type": "period", "to": date(2026, 11, 14)}}, {}, runs=ends)) is None
    birthday = {"type": "within_days_of", "event": "birthday_month"}
    assert nearest(explain(birthday, {"born": "2000-12-01"}, runs=ends)) is None
    opened = {"type": "within_days_of", "event": "wallet_opened_on", "days": 5}
    fresh = {"wallet_opened_on": "2026-11-12"}
    assert nearest(explain({"type": "not", "of": opened}, fresh, runs=ends)) is None
    assert nearest(explain({"type": "not", "of": opened}, fresh)) is not None


def test_whoever_must_come_on_a_weekday_is_told_the_last_such_day() -> None:
    other = next(day for day in range(1, 8) if day != TODAY.isoweekday())
    spend = {"type": "spend_in_window", "window": "month", "at_least_fen": 5_000}
    rule = {"type": "all", "of": [{"type": "recurring", "weekdays": [other]}, spend]}
    path = nearest(explain(rule, {"payments": []}))
    assert path is not None
    last = next(each.params["by"] for each in path.steps if each.code == "spend_in_window")
    alone = nearest(explain(spend, {"payments": []}))
    assert alone is not None
    assert date.fromisoformat(last).isoweekday() == other
    assert timedelta(0) <= date.fromisoformat(alone.steps[0].params["by"]) - date.fromisoformat(last) < timedelta(7)
