"""What a claim grants, and from where the goods for it are taken."""

from collections.abc import Mapping
from typing import NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.goods import move_of
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.condition_base import Counted
from branch_console.rules.eligibility.condition_behaviour import FirstTxn, SpendInWindow
from branch_console.rules.eligibility.lint_base import conjuncts
from branch_console.rules.eligibility.rewards import CashbackReward, GiftReward, PointsReward, VoucherReward
from branch_console.rules.eligibility.spending import Slice, measured
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_entries import Granted
from branch_console.rules.gifts.ledger import Slot, fefo
from branch_console.rules.gifts.parts import Move


class Item(NamedTuple):
    """An item that the customer may choose: so many of it, at one place and of one lot, of which `available` are there.

    `slot` None: no lot has enough alone; then the lots that end first are taken together.
    """

    sku: str
    quantity: int
    slot: Slot | None
    available: int

    @property
    def id(self) -> str:
        """What names this choice."""
        return self.sku if self.slot is None else "|".join(each or "" for each in self.slot)


def granted(campaign: Campaign, book: FactBook, item: Item | None) -> Granted:
    """The reward as a claim states it, at the campaign's own value and cost."""
    reward = campaign.reward
    return Granted(
        kind=reward.kind,
        sku=None if item is None else item.sku,
        quantity=1 if item is None else item.quantity,
        amount=_amount(campaign, book),
        value_fen=campaign.unit_value_fen,
        cost_fen=campaign.unit_cost_fen,
    )


def items(booth: Booth, campaign: Campaign, there: Mapping[Slot, int]) -> list[Item]:
    """What the customer may choose from, in the campaign's order; of one item what ends first comes first.

    `there`: what may be taken of each slot.
    """
    if not isinstance(campaign.reward, GiftReward):
        return []
    found: list[Item] = []
    for choice in campaign.reward.choices:
        slots = _fresh(booth, choice.sku, there)
        whole = [
            Item(choice.sku, choice.quantity, slot, there[slot]) for slot in slots if there[slot] >= choice.quantity
        ]
        total = sum(there[slot] for slot in slots)
        if not whole and total >= choice.quantity:
            whole = [Item(choice.sku, choice.quantity, None, total)]
        found += whole
    return found


def chosen(found: list[Item], choice: str) -> Item:
    """The item of that id, the first one for an empty id.

    Raises RuleError `choice_unknown`, `stock_nothing_left`.
    """
    if not found:
        raise RuleError("stock_nothing_left")
    item = next((each for each in found if each.id == choice), None) if choice else found[0]
    if item is None:
        raise RuleError("choice_unknown")
    return item


def taken(booth: Booth, item: Item, there: Mapping[Slot, int]) -> list[Move]:
    """The moves that hand this item to the customer."""
    slots = [item.slot] if item.slot is not None else _fresh(booth, item.sku, there)
    moves, wanted = [], item.quantity
    for slot in slots:
        part = min(wanted, there.get(slot, 0))
        if part > 0:
            moves.append(move_of(booth, slot.goods, part, slot.location, "customer", "hand_over"))
            wanted -= part
    return moves


def _fresh(booth: Booth, sku: str, there: Mapping[Slot, int]) -> list[Slot]:
    """Where the item is in reach and not past its date: what ends first first, the own drawer before the shelf."""
    today = booth.today().isoformat()
    reach = [
        slot
        for slot, quantity in there.items()
        if slot.sku == sku and slot.location in booth.in_reach and quantity > 0 and (slot.expires_on or today) >= today
    ]
    return sorted(fefo(reach), key=lambda slot: (slot.expires_on or "9999", slot.lot, slot.location != booth.drawer))


def _amount(campaign: Campaign, book: FactBook) -> int:
    """Points, or fen."""
    reward = campaign.reward
    if isinstance(reward, GiftReward):
        return 0
    if isinstance(reward, PointsReward):
        return reward.points
    if isinstance(reward, VoucherReward):
        return reward.value_fen
    if isinstance(reward, CashbackReward):
        return min(reward.most_fen, _basis(campaign, book) * reward.percent_bp // 10_000)
    return reward.fen


def _basis(campaign: Campaign, book: FactBook) -> int:
    """What a share is paid back of, in fen: of the first payment alone where the rule asks for that, else of all."""
    firsts = [each for _, each in conjuncts(campaign.rule) if isinstance(each, FirstTxn) and each.state == "made"]
    spent = _spent(campaign, book)
    return min([spent, *(_first(each, book) for each in firsts)])


def _first(condition: FirstTxn, book: FactBook) -> int:
    """The first payment, in fen: of the first day's the smallest, since a day's payments have no order."""
    fact = book.raw.get("payments")
    wanted = condition.merchants
    rows = [] if fact is None else [row for row in fact.value if row["kind"] == "spend" and row["fen"] > 0]
    made = [(str(row["on"]), int(row["fen"])) for row in rows if not wanted or row["merchant"] in wanted]
    return min(made, default=("", 0))[1]


def _spent(campaign: Campaign, book: FactBook) -> int:
    """What the customer has spent, net of refunds, in fen: in the window and at the merchants that the rule names, so
    that a reward that comes again each month never pays for the month before; else while the campaign ran."""
    if "payments" not in book.raw:
        return 0
    starts, ends = campaign.runs.starts, campaign.runs.ends
    counted: list[Counted] = [each for _, each in conjuncts(campaign.rule) if isinstance(each, Counted)]
    if not counted:
        counted.append(
            SpendInWindow.model_validate({"type": "spend_in_window", "window": "campaign", "at_least_fen": 1})
        )
    return max(0, min(measured(book, Slice(each, starts, ends), "spend") for each in counted))
