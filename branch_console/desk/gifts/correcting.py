"""Taking a stock document back: all its moves the other way, once, by a supervisor and somebody beside them."""

from datetime import timedelta
from typing import Final, NamedTuple

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.claiming import json_of
from branch_console.desk.gifts.hands import hands, second_person
from branch_console.desk.gifts.stock import known_reason
from branch_console.rules.canonical import Json
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import StockState
from branch_console.rules.gifts.stock import reversing, standing
from branch_console.rules.gifts.stock_acts import check_correct, check_correctable
from branch_console.rules.gifts.stock_entries import StockCorrected
from data import gift_queries as gifts
from data.gift_queries import StandingDocument

SHOWN: Final = 7
"""How many days back the list goes, unless the bank says otherwise. What is older is set right by a count."""


class Standing(NamedTuple):
    """A document and what it moved. `refusal`: why whoever works here may not take it back, None if they may."""

    document: StandingDocument
    moves: tuple[Move, ...]
    refusal: RuleError | None


def documents(booth: Booth, limit: int) -> list[Standing]:
    """The documents of the last days that stand, the newest first. Raises RuleError."""
    booth.require("gift.read")
    acting, rules = hands(booth, booth.store), booth.store.reference.desk_rules
    since = booth.today() - timedelta(days=SHOWN if rules is None else rules.take_back_days.value)
    found = []
    for each in gifts.standing_documents(booth.store, since.isoformat(), limit):
        state = booth.store.state(each.subject)
        if not isinstance(state, StockState):
            continue
        try:
            check_correctable(acting, state)
        except RuleError as error:
            found.append(Standing(each, tuple(standing(state)), error))
        else:
            found.append(Standing(each, tuple(standing(state)), None))
    return found


def take_back(booth: Booth, subject: str, reason: str, note: str, second_staff: str, password: str) -> None:
    """Take a document back. Raises RuleError, and what a wrong password raises."""
    booth.require("stock.approve")
    known_reason(booth, "correct", reason, note)
    second = second_person(booth.desk, second_staff, password)
    with booth.desk.act() as act:
        state = act.state(subject)
        if not isinstance(state, StockState):
            raise RuleError("document_not_open")
        data: dict[str, Json] = {
            "reverses": subject,
            "moves": json_of(reversing(standing(state))),
            "reason": reason,
            "second_staff": second.staff or "",
            "note": written(note),
        }
        if second.staff is None:
            raise RuleError("second_staff_needed")
        check_correct(hands(booth, act, second), subject, state, StockCorrected.model_validate(data))
        act.append("stock.corrected", subject, data)
