"""What runs low in a branch: goods on its shelf, and campaigns of which little, or little time, is left.

Names: `low_goods(items, shelf, wanted)`, `campaign_low(campaign, rules, day, left_count, left_fen)`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.gifts.desk_rules import DeskRules

LOW_PERCENT: Final = 10
"""At how many per cent of its quantity or budget a campaign is nearly gone, unless the bank says otherwise."""
ENDING_DAYS: Final = 3
"""On how many last days a campaign ends soon, unless the bank says otherwise."""


def low_goods(items: ItemTable | None, shelf: Mapping[str, int], wanted: Collection[str] = ()) -> dict[str, int]:
    """What runs low, by SKU, and how many may still be taken from the shelf.

    `shelf`: how many may be taken of what is there; `wanted`: what running campaigns give, which runs low although it
    is on no shelf any more. At or below `low_at` of the item somebody should order; of an item that no table knows,
    when nothing is left.
    """
    limits = {} if items is None else {row.sku: row.low_at for row in items.rows}
    known = {sku for sku in wanted if sku in limits} | shelf.keys()
    return {sku: shelf.get(sku, 0) for sku in sorted(known) if shelf.get(sku, 0) <= limits.get(sku, 0)}


def campaign_low(
    campaign: Campaign, rules: DeskRules | None, day: date, left_count: int | None, left_fen: int | None
) -> bool:
    """Whether a campaign ends within a few days, or little is left of what it began with (None: not known)."""
    days = ENDING_DAYS if rules is None or rules.campaign_ending_days is None else rules.campaign_ending_days.value
    percent = LOW_PERCENT if rules is None or rules.campaign_low_percent is None else rules.campaign_low_percent.value
    if (campaign.runs.ends - day).days < days:
        return True
    return any(
        left is not None and (left <= 0 or (whole is not None and left * 100 <= whole * percent))
        for left, whole in ((left_count, campaign.quantity), (left_fen, campaign.budget_fen))
    )
