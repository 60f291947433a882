"""The present for an adopted idea: goods leave the shelf or the drawer, and the idea says so, in one transaction.

Raises RuleError, FieldError, and what a wrong password raises.
"""

from dataclasses import dataclass

from branch_console.desk.cases.core import CaseCounter, write
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.goods import move_of, prices
from branch_console.desk.gifts.hands import Second, hands
from branch_console.desk.gifts.stock import new_document
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.gifts.ledger import Slot, fefo
from branch_console.rules.gifts.stock_acts import check_reward
from branch_console.rules.gifts.stock_entries import StockRewarded
from branch_console.rules.journal import Data
from data import case_queries
from data import gift_queries as gifts

_MOST = 99


@dataclass(frozen=True, slots=True)
class Present:
    """Goods that may be given: where they are, how many, what one is worth (fen)."""

    slot: Slot
    available: int
    value_fen: int

    @property
    def id(self) -> str:
        """Names goods at a place, for one screen."""
        slot = self.slot
        return "|".join((slot.location, slot.sku, slot.lot, slot.expires_on or ""))


def presents(booth: Booth) -> tuple[Present, ...]:
    """What is in reach here, not kept for customers and not past its date; what expires first stands first."""
    today, worth = booth.today().isoformat(), prices(booth)
    here = {
        slot: count
        for slot, count in gifts.there(booth.store, booth.now()).items()
        if count > 0 and slot.location in booth.in_reach and (slot.expires_on is None or slot.expires_on >= today)
    }
    return tuple(Present(slot, here[slot], worth.get(slot.sku, 0)) for slot in fefo(here))


def month_of(counter: CaseCounter) -> str:
    """The month whose cap a reward of today counts against."""
    return counter.today().isoformat()[:7]


def reward(
    counter: CaseCounter, booth: Booth, subject: str, goods: str, quantity: str, approver: str, password: str
) -> None:
    """Give a present for the idea. Whoever approves is neither the maker nor whose idea it was."""
    present = next((each for each in presents(booth) if each.id == goods), None)
    if present is None:
        raise FieldError("goods", "choice_unknown")
    if not quantity.isascii() or not quantity.isdecimal() or not 1 <= int(quantity[:4]) <= _MOST:
        raise FieldError("quantity", "quantity_form")
    if not approver:
        raise RuleError("approver_missing")
    role = counter.approver(approver, password)
    slot = present.slot
    move = move_of(booth, slot.goods, int(quantity), slot.location, "customer", "hand_over")
    with counter.desk.act() as act:
        document, month = new_document(booth), month_of(counter)
        given: Data = {"moves": [move.model_dump()], "idea": subject, "second_staff": approver, "note": None}
        check_reward(hands(booth, act, Second(approver, role)), StockRewarded.model_validate(given))
        with act.reading() as connection:
            spent = case_queries.rewarded_fen(connection, month)
        said: Data = {"act": document, "value_fen": move.value_fen, "approver": approver, "month": month}
        write(counter, act, subject, "suggestion.rewarded", said, approver_role=role, rewarded_fen=spent)
        act.append("stock.rewarded", document, given)
