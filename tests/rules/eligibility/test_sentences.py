"""What every condition says of itself, in both languages; what is missing, how fresh it is, who can help."""

from datetime import timedelta
from typing import get_args

import pytest

from branch_console.locale import LANGUAGES, Language
from branch_console.rules.eligibility.facts import Fact, Source
from branch_console.rules.eligibility.phrases import Named, phrase, render, unit, yuan
from branch_console.rules.eligibility.sentences import (
    condition_phrase,
    freshness_phrase,
    helper_phrase,
    standing_phrase,
)
from tests.rules.eligibility.cases import FACTLESS, LEAVES
from tests.rules.eligibility.help import ask, claim, paid, say
from tests.rules.eligibility.strategies import NOW

SENTENCES = {
    "period": ("2026-11-10 至 2026-11-12 之间", "between 2026-11-10 and 2026-11-12"),
    "period.from": ("自 2026-11-12 起", "from 2026-11-12 on"),
    "period.to": ("截至 2026-11-12", "until 2026-11-12"),
    "recurring": ("限周四、周五、09:00–12:00", "only on Thursday, Friday, 09:00–12:00"),
    "recurring.calendar": ("限工作日", "only on work days"),
    "within_days_of": ("开立钱包后 30 天内", "within 30 days of opening the wallet"),
    "within_days_of.birthday": ("生日当月", "in the month of the birthday"),
    "attr_in": ("省份为江苏、浙江", "province is 江苏, 浙江"),
    "age_between": ("16–35 岁", "aged 16 to 35"),
    "age_between.min": ("年满 16 岁", "aged 16 or over"),
    "age_between.max": ("不超过 59 岁", "aged 59 or under"),
    "segment_any": ("属于客群：youth、farm", "in one of the groups: youth, farm"),
    "segment_none": ("不属于客群：youth、farm", "in none of the groups: youth, farm"),
    "customer_kind": ("小微商户", "the owner of a small business"),
    "customer_kind.individual": ("个人客户", "an individual customer"),
    "wallet_tier_at_least": ("钱包等级不低于 II 类", "wallet of class II or better"),
    "kyc_at_least": ("身份核验不低于 3 级", "identified at level 3 or better"),
    "consent": ("已同意：marketing", "has agreed to: marketing"),
    "not_insider": ("不是员工或其亲属", "not staff nor a relative of staff"),
    "spend_in_window": ("近 30 天消费满 500.00 元", "spent 500.00 yuan in the last 30 days"),
    "spend_in_window.campaign": (
        "活动期间消费满 1,234.56 元（限m1、商户类别 5812）",
        "spent 1,234.56 yuan during the campaign (only at m1, shops of category 5812)",
    ),
    "txn_count_in_window": ("本月付款满 2 笔", "made 2 payments this month"),
    "txn_count_in_window.each": (
        "活动期间付款满 2 笔，每笔不少于 10.00 元",
        "made 2 payments of 10.00 yuan or more during the campaign",
    ),
    "distinct_merchants": ("近 7 天在 2 家商户消费", "paid at 2 different merchants in the last 7 days"),
    "distinct_days": ("近 7 天有 2 天消费", "paid on 2 different days in the last 7 days"),
    "first_wallet": ("首次开立钱包", "first wallet of the customer"),
    "first_txn.made": ("活动期间完成首笔付款", "first payment made during the campaign"),
    "first_txn.to_come": ("尚未付过款（限m1）", "has not paid anything yet (only at m1)"),
    "points_at_least.accumulated": ("累计积分不少于 500", "collected at least 500 points"),
    "points_at_least.spendable": ("可用积分不少于 1", "at least 1 point to spend"),
    "referral.referrer.opened": (
        "活动期间推荐 2 人开立钱包",
        "referred 2 people who opened a wallet during the campaign",
    ),
    "referral.referrer.first_payment": (
        "活动期间推荐 2 人完成首笔付款",
        "referred 2 people who made a first payment during the campaign",
    ),
    "referral.referee.opened": (
        "活动期间经 2 人推荐开立钱包",
        "opened a wallet on the word of 2 people during the campaign",
    ),
    "referral.referee.first_payment": (
        "活动期间经 2 人推荐完成首笔付款",
        "made a first payment on the word of 2 people during the campaign",
    ),
    "suggestion_accepted": ("至今有 1 条建议被采纳", "had 1 suggestion accepted so far"),
    "claims_below": ("本人在整个活动内领取少于 1 次", "fewer than 1 claim by the customer in the whole campaign"),
    "claims_below.week": ("本家庭在本周内领取少于 2 次", "fewer than 2 claims by this household this week"),
    "budget_left": ("活动预算剩余不少于 50.00 元", "at least 50.00 yuan of the budget left"),
    "stock.branch": ("网点有货：OIL-5L、RICE-5KG，至少 2 件", "in stock here: OIL-5L, RICE-5KG, at least 2 pieces"),
    "stock.drawer": ("柜员抽屉有货：OIL-5L，至少 1 件", "in the drawer: OIL-5L, at least 1 piece"),
    "velocity_below.terminal.hour": (
        "本终端近一小时发放少于 5 次",
        "fewer than 5 given at this terminal in the last hour",
    ),
    "velocity_below.terminal.day": ("本终端当天发放少于 5 次", "fewer than 5 given at this terminal today"),
    "velocity_below.staff.hour": (
        "本员工近一小时发放少于 5 次",
        "fewer than 5 given by this member of staff in the last hour",
    ),
    "velocity_below.staff.day": ("本员工当天发放少于 5 次", "fewer than 5 given by this member of staff today"),
    "risk_below": ("风险检查通过", "risk check passed"),
    "no_open_hold": ("没有待处理的限制", "no restriction pending"),
}
CASES = {case.name: case for case in [*FACTLESS, *LEAVES]}
SPEND = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}


@pytest.mark.parametrize("name", CASES)
def test_a_condition_says_what_it_asks_for(name: str) -> None:
    case = CASES[name]
    for node in (ask(case.condition, case.good), ask(case.condition, {})):  # known or not, it asks the same
        said = condition_phrase(node)
        assert (say(said, "zh"), say(said, "en")) == SENTENCES[name]


@pytest.mark.parametrize(
    ("type_", "zh", "en"),
    [
        ("all", "以下全部满足", "all of these"),
        ("any", "以下满足任一", "any one of these"),
        ("at_least_n", "以下 2 项中至少满足 1 项", "at least 1 of these 2"),
    ],
)
def test_what_combines_conditions(type_: str, zh: str, en: str) -> None:
    number = {"n": 1} if type_ == "at_least_n" else {}
    node = ask({"type": type_, **number, "of": [{"type": "not_insider"}, {"type": "first_wallet"}]}, {})
    assert (say(condition_phrase(node), "zh"), say(condition_phrase(node), "en")) == (zh, en)
    assert standing_phrase(node) is None


def test_not() -> None:
    node = ask({"type": "not", "of": {"type": "first_wallet"}}, {})
    assert (say(condition_phrase(node), "zh"), say(condition_phrase(node), "en")) == ("以下不成立", "none of this")


@pytest.mark.parametrize(
    ("condition", "values", "zh", "en"),
    [
        (
            SPEND,
            {"payments": [paid("2026-11-12", 38_000)]},
            "现有 380.00 元，需要 500.00 元，还差 120.00 元",
            "have 380.00 yuan, need 500.00 yuan, missing 120.00 yuan",
        ),
        (SPEND, {"payments": [paid("2026-11-12", 60_000)]}, "现为 600.00 元", "now 600.00 yuan"),
        (SPEND, {}, "尚不清楚", "not known"),
        (
            {"type": "wallet_tier_at_least", "tier": "II"},
            {"wallet_tier": "III"},
            "现有 III，需要 II，还差 1 个等级",
            "have III, need II, missing 1 class",
        ),
        (
            {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1},
            {"claims.person": [claim("2026-11-02")]},
            "现为 1 次",
            "now 1 claim",
        ),
        ({"type": "period", "from": NOW.date() + timedelta(days=2)}, {}, "还要 2 天", "2 days to go"),
        ({"type": "not", "of": SPEND}, {"payments": [paid("2026-11-12", 60_000)]}, "现为 600.00 元", "now 600.00 yuan"),
    ],
)
def test_what_is_there_and_what_is_missing(
    condition: dict[str, object], values: dict[str, object], zh: str, en: str
) -> None:
    node = ask(condition, values)
    said = standing_phrase(node.children[0] if node.code == "not" else node)
    assert said is not None
    assert (say(said, "zh"), say(said, "en")) == (zh, en)


def test_nothing_to_add() -> None:
    node = ask({"type": "first_wallet"}, {"first_wallet": True})
    assert (standing_phrase(node), helper_phrase(node)) == (None, None)
    assert freshness_phrase(ask({"type": "period", "from": NOW.date()}, {})) is None


def test_a_stale_fact_is_shown_as_stale() -> None:
    node = ask({"type": "kyc_at_least", "level": 2, "max_age": 1}, {"kyc": 4}, hours=30)
    said, fresh = standing_phrase(node), freshness_phrase(node)
    assert said is not None and fresh is not None
    assert (say(said, "zh"), say(fresh, "zh")) == ("数据过旧，视为不清楚", "总行数据，11-11 04:30")
    assert say(fresh, "en") == "central, 11-11 04:30"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", get_args(Source))
def test_every_source_and_helper_has_a_name(language: Language, source: str) -> None:
    node = ask({"type": "kyc_at_least", "level": 2}, {"kyc": Fact(1, None, source)})  # type: ignore[arg-type]
    fresh, helper = freshness_phrase(node), helper_phrase(node)
    assert fresh is not None and say(fresh, language)
    assert helper is not None and say(helper, language)


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (123_456, "1,234.56"), (-5, "-0.05"), (-250, "-2.50")]
)
def test_amounts(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "times",
        "merchants",
        "days",
        "months",
        "years",
        "points",
        "people",
        "suggestions",
        "tiers",
        "levels",
        "claims",
        "pieces",
        "fen",
    ],
)
def test_units(language: Language, name: str) -> None:
    assert say(unit(name, 1), language) and say(unit(name, 100), language)


def test_reference_data_may_have_names() -> None:
    said = phrase("x", items=[Named("sku", "OIL-5L"), Named("segment", "youth")])
    words = {"x": "{items}", "gift.join": "+"}
    text = render(said, lambda msgid, **fill: words[msgid].format(**fill), lambda kind, code: f"{kind}:{code}")
    assert text == "sku:OIL-5L+segment:youth"
