"""What a campaign gives and costs, and what the law wants said about it. Names: `terms_findings(campaign, items)`.

Sources: Anti-Unfair Competition Law Art. 10(3) (2025: Art. 11), SAMR Order 32 Art. 13–14, MoF/STA Notice 74/2019; the
1,000 yuan are one bank's published limit for a gift.
"""

import re
from collections.abc import Iterator

from branch_console.rules.eligibility.campaign import Campaign, Disclosure
from branch_console.rules.eligibility.condition_base import Counted
from branch_console.rules.eligibility.condition_behaviour import FirstTxn, FirstWallet, Referral
from branch_console.rules.eligibility.condition_limits import BudgetLeft, ClaimsBelow, Stock
from branch_console.rules.eligibility.condition_time import WithinDaysOf
from branch_console.rules.eligibility.conditions import walk
from branch_console.rules.eligibility.forbidden import speaks_of_deposits
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.eligibility.lint_base import Finding, Path, conjuncts, warning
from branch_console.rules.eligibility.rewards import (
    CashbackReward,
    CashReward,
    FeeWaiverReward,
    GiftReward,
    VoucherReward,
)

TOP_PRIZE_FEN = 5_000_000
GIFT_VALUE_FEN = 100_000
APPROVAL_FEN = 20_000
_PERCENT_LOW, _PERCENT_HIGH = 10, 3_000
_UNFINISHED = re.compile(r"待定|待补|暂无|\bTBD\b|\bTODO\b|\?\?|xxx|…{2,}", re.IGNORECASE)
_MEASURED = re.compile(r"[0-9０-９一二三四五六七八九十百千万]|不限|unlimited|no limit", re.IGNORECASE)


def terms_findings(campaign: Campaign, items: ItemTable | None) -> list[Finding]:
    """Everything but the rule, the group and the time without a connection."""
    return [
        *_reward(campaign, items),
        *_worth(campaign, items),
        *_budget(campaign),
        *_law(campaign),
        *_disclosure(campaign),
    ]


def _reward(campaign: Campaign, items: ItemTable | None) -> Iterator[Finding]:
    """The items exist; what is in stock is what is given; a cashback is a part of something spent."""
    reward = campaign.reward
    for path, sku in _skus(campaign):
        if items is not None and items.row(sku) is None:
            yield Finding(path, "unknown_sku", {"sku": sku})
    if isinstance(reward, GiftReward):
        for number, choice in enumerate(reward.choices):
            if choice.sku in campaign.skus[:number]:
                yield Finding(("reward", "choices", number, "sku"), "sku_twice", {"sku": choice.sku})
    for path, each in walk(campaign.rule, ("rule",)):
        if isinstance(each, Stock) and not isinstance(reward, GiftReward):
            yield Finding(path, "stock_without_gift")
        elif isinstance(each, Stock) and not set(each.skus) <= set(campaign.skus):
            yield Finding((*path, "skus"), "stock_of_other_items")
    if isinstance(reward, CashbackReward):
        spending = any(isinstance(each, Counted | FirstTxn) for _, each in conjuncts(campaign.rule))
        if not spending:
            yield Finding(("reward",), "cashback_without_spending")
        if reward.percent_bp > _PERCENT_HIGH:
            yield warning(("reward", "percent_bp"), "percent_high", percent=reward.percent_bp // 100)
        elif reward.percent_bp < _PERCENT_LOW:
            yield warning(("reward", "percent_bp"), "percent_low", hundredths=reward.percent_bp)


def _skus(campaign: Campaign) -> Iterator[tuple[Path, str]]:
    for number, sku in enumerate(campaign.skus):
        yield ("reward", "choices", number, "sku"), sku
    for path, each in walk(campaign.rule, ("rule",)):
        if isinstance(each, Stock):
            yield from (((*path, "skus", number), sku) for number, sku in enumerate(each.skus))


def _worth(campaign: Campaign, items: ItemTable | None) -> Iterator[Finding]:
    """`unit_value_fen` and `unit_cost_fen` are of the dearest reward: approval, tax and caps go by them."""
    value, cost = 0, 0
    reward = campaign.reward
    if isinstance(reward, GiftReward) and items is not None:
        rows = [(items.row(each.sku), each.quantity) for each in reward.choices]
        value = max((row.value_fen * quantity for row, quantity in rows if row is not None), default=0)
        cost = max((row.cost_fen * quantity for row, quantity in rows if row is not None), default=0)
    elif isinstance(reward, CashReward | FeeWaiverReward):
        value = cost = reward.fen
    elif isinstance(reward, CashbackReward):
        value = cost = reward.most_fen
    elif isinstance(reward, VoucherReward):
        value = reward.value_fen
    if campaign.unit_value_fen < value:
        yield Finding(("unit_value_fen",), "unit_value_low", {"least": value})
    if campaign.unit_cost_fen < cost:
        yield Finding(("unit_cost_fen",), "unit_cost_low", {"least": cost})
    if isinstance(reward, GiftReward) and campaign.unit_value_fen > GIFT_VALUE_FEN:
        yield warning(("unit_value_fen",), "gift_value_high", limit=GIFT_VALUE_FEN)
    if campaign.approval_threshold_fen > APPROVAL_FEN:
        yield warning(("approval_threshold_fen",), "approval_high", usual=APPROVAL_FEN)


def _budget(campaign: Campaign) -> Iterator[Finding]:
    """What can be claimed can be paid; conditions about what is left have something to look at."""
    quantity, budget, cost = campaign.quantity, campaign.budget_fen, campaign.unit_cost_fen
    if quantity is None and budget is None:
        yield Finding(("reward",), "no_limit")
    if quantity is not None and budget is not None and budget < quantity * cost:
        yield Finding(("budget_fen",), "budget_low", {"least": quantity * cost})
    for path, each in walk(campaign.rule, ("rule",)):
        if isinstance(each, BudgetLeft) and budget is None:
            yield Finding(path, "budget_left_without_budget")
        elif isinstance(each, BudgetLeft) and each.at_least_fen < cost:
            yield warning((*path, "at_least_fen"), "budget_left_below_cost", cost=cost)
        if isinstance(each, ClaimsBelow) and each.scope == "campaign" and quantity is None:
            yield warning(path, "campaign_cap_without_quantity")


def _law(campaign: Campaign) -> Iterator[Finding]:
    """Prizes, tax, compliance; rewards for an opening, about which the law is not clear."""
    if campaign.prize_mode == "lottery":
        if campaign.top_prize_fen is None:
            yield Finding(("prize_mode",), "top_prize_missing")
        elif campaign.top_prize_fen > TOP_PRIZE_FEN:
            yield Finding(("top_prize_fen",), "top_prize_high", {"limit": TOP_PRIZE_FEN})
    elif campaign.top_prize_fen is not None:
        yield Finding(("top_prize_fen",), "top_prize_without_draw")
    if campaign.tax_treatment == "to_confirm":
        yield warning(("tax_treatment",), "tax_to_confirm")
    if not campaign.compliance_reference.strip() or _UNFINISHED.search(campaign.compliance_reference):
        yield Finding(("compliance_reference",), "no_compliance_reference")
    if campaign.version == 1 and campaign.effective_from > campaign.runs.starts:
        yield Finding(("effective_from",), "published_after_start", {"from": str(campaign.runs.starts)})
    for path, each in conjuncts(campaign.rule):
        opening = isinstance(each, FirstWallet) or (isinstance(each, WithinDaysOf) and each.days is not None)
        if opening or (isinstance(each, Referral) and each.milestone == "opened"):
            yield warning(path, "opening_reward")


def _disclosure(campaign: Campaign) -> Iterator[Finding]:
    """Complete, finished, and not a word that could be taken as a reward for money put in."""
    for name in Disclosure.model_fields:
        words = getattr(campaign.disclosure, name)
        for language in ("zh", "en"):
            text, path = words.get(language), ("disclosure", name, language)
            if not text.strip():
                yield Finding(path, "disclosure_missing", {"what": name})
            elif _UNFINISHED.search(text):
                yield Finding(path, "disclosure_unfinished")
            elif name == "quantity_or_probability" and not _MEASURED.search(text):
                yield Finding(path, "disclosure_without_number")
            elif speaks_of_deposits(text):
                yield warning(path, "deposit_words")
    for language in ("zh", "en"):
        if speaks_of_deposits(campaign.title.get(language)):
            yield warning(("title", language), "deposit_words")
