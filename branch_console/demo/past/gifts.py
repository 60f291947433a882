"""Checks for gifts in the past, and the gifts that followed. Goods of the past are in no stock of today."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from branch_console.demo.past.shop import Shop
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.rewards import GiftReward
from branch_console.rules.gifts.numbers import receipt_number
from branch_console.rules.journal import Data, format_at

_CHECKED: Final = 0.45
_VERDICTS: Final[Mapping[tuple[str, str], float]] = {
    ("ELIGIBLE", ""): 0.24,
    ("NOT_YET", "spend_in_window"): 0.26,
    ("NOT_YET", "txn_count_in_window"): 0.12,
    ("ALREADY_CLAIMED", "already_claimed"): 0.12,
    ("NO", "age_between"): 0.08,
    ("NO", "customer_kind"): 0.08,
    ("OUT_OF_STOCK", "stock"): 0.04,
    ("NEED_SYNC", "unknown"): 0.06,
}
_LEAVES_WITH_IT: Final = 0.8
_SIGNED: Final = 0.2
"""Of the hand-overs: a note of the signature in the place of the customer's code."""
_NOTHING: Final = "{}"


def look_for_gifts(shop: Shop, place: int, staff: str, moment: datetime) -> None:
    """Of some customers every campaign that ran on that day is checked; who qualified for one may leave with it."""
    rng, day = shop.rng, moment.date()
    running = [each for each in shop.campaigns if each.runs.starts <= day <= each.runs.ends]
    if not running or moment + timedelta(minutes=3) >= shop.now or rng.random() >= _CHECKED:
        return
    verdicts = {each.id: rng.choices(list(_VERDICTS), list(_VERDICTS.values()))[0] for each in running}
    said: Data = {
        "verdicts": [
            {"campaign": name, "verdict": verdict, "reasons": [reason] if reason else []}
            for name, (verdict, reason) in verdicts.items()
        ]
    }
    pages = shop.pages[place]
    pages.write(moment, staff, "gift.checked", f"check/{pages.name(moment)}", said)
    open_to = [each for each in running if verdicts[each.id][0] == "ELIGIBLE"]
    if open_to and rng.random() < _LEAVES_WITH_IT:
        _hand_over(shop, place, staff, rng.choice(open_to), moment + timedelta(seconds=95))


def _hand_over(shop: Shop, place: int, staff: str, campaign: Campaign, moment: datetime) -> None:
    """The customer has it: one entry, as the desk writes it, for somebody of whom only hashes of no number are known.

    It moves no goods: what is on the shelf today came today.
    """
    rng, pages, terminal = shop.rng, shop.pages[place], shop.terminals[place]
    reward = campaign.reward
    choice = rng.choice(reward.choices) if isinstance(reward, GiftReward) else None
    day = moment.date().isoformat()
    signed = rng.random() < _SIGNED
    number = receipt_number(terminal, moment.date(), shop.count("receipt", terminal, day))
    data: Data = {
        "campaign": {"id": campaign.id, "version": campaign.version, "rule_hash": campaign.rule_hash},
        "recipient": {
            "keys": {"person": shop.hashed(), "phone": shop.hashed()},
            "name": "",
            "phone": "",
            "journey": None,
        },
        "reward": {
            "kind": reward.kind,
            "sku": None if choice is None else choice.sku,
            "quantity": 1 if choice is None else choice.quantity,
            "amount": 0,
            "value_fen": campaign.unit_value_fen,
            "cost_fen": campaign.unit_cost_fen,
        },
        "right": {"kind": "hold", "id": str(UUID(int=rng.getrandbits(128), version=4)), "epoch": shop.epoch},
        "evidence": {
            "verdict": "ELIGIBLE",
            "checked_at": format_at(moment),
            "facts_digest": sha256(_NOTHING.encode()).hexdigest(),
            "facts": _NOTHING,
            "tree": _NOTHING,
        },
        "moves": [],
        "receipt": {
            "number": number,
            "confirmed_by": "signature_note" if signed else "customer_code",
            "note": "虚构的历史记录" if signed else None,
            "provisional_terms": False,
        },
        "second_staff": shop.supervisor if campaign.unit_value_fen >= campaign.approval_threshold_fen else None,
    }
    pages.write(moment, staff, "claim.handed_over", f"claim/{pages.name(moment)}", data)
