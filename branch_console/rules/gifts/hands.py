"""Who acts at the gift desk and who stands by; whether a second person counts; whether goods may move.

Asked by the desk inside the transaction that writes, and by screens to say why not. Every refusal is a RuleError.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.ledger import Slot, missing
from branch_console.rules.gifts.marking import Way, place
from branch_console.rules.gifts.parts import Move, drawer
from branch_console.rules.roles import allowed
from branch_console.rules.staff import Role

PAIR_LIMIT = 10
"""How often two members of staff may approve each other's acts on one day, unless the bank says otherwise."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts, where and when. `now` is aware, `day` the business date.

    `second_role` is the role of the second person named in the entry, whose password the desk has checked.
    `pairs` says how often each colleague and this member of staff have stood by each other today, either way round.
    `there` is what is at each slot and not kept for other customers.
    """

    staff: str
    role: Role
    terminal: str
    now: datetime
    day: date
    second_role: Role | None = None
    pairs: Mapping[str, int] = field(default_factory=dict)
    pair_limit: int = PAIR_LIMIT
    there: Mapping[Slot, int] = field(default_factory=dict)


def check_second(hands: Hands, second: str | None, *, needed: bool) -> None:
    """Raise RuleError unless the second person (None: nobody) may stand by; `needed` says that somebody must.

    The second is somebody else, works with customers too, and not the same one all day (a pair that approves each
    other's acts again and again is how gifts disappear).
    """
    if second is None:
        if needed:
            raise RuleError("second_staff_needed")
        return
    if second == hands.staff:
        raise RuleError("second_person_same")
    if hands.second_role is None or not allowed(hands.second_role, "stock.work"):
        raise RuleError("second_person_role")
    if hands.pairs.get(second, 0) >= hands.pair_limit:
        raise RuleError("approver_pair_limit", limit=hands.pair_limit)


def check_moves(hands: Hands, moves: Sequence[Move], ways: Way) -> None:
    """Raise RuleError unless these moves fit the document, leave the own drawer only, and the goods are there."""
    for move in moves:
        if move.source == move.target or move.kind not in ways.kinds:
            raise RuleError("move_wrong", sku=move.sku)
        if (place(move.source), place(move.target)) not in ways.ways:
            raise RuleError("move_wrong", sku=move.sku)
        if place(move.source) == "drawer" and move.source != drawer(hands.terminal):
            raise RuleError("drawer_not_own")
    for slot, left in missing(moves, hands.there):
        raise RuleError("stock_not_there", sku=slot.sku, left=left)


def check_fresh(hands: Hands, moves: Iterable[Move]) -> None:
    """Raise RuleError for goods past their date: they go to quarantine, never to a customer."""
    for move in moves:
        if move.expires_on is not None and move.expires_on < hands.day.isoformat():
            raise RuleError("goods_expired", sku=move.sku)
