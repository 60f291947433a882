"""The customer has it: claim, goods and receipt as one act; and what comes back."""

from typing import Final, NamedTuple

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import QUARANTINE, Booth
from branch_console.desk.gifts.claiming import (
    Case,
    claim_in,
    counter_of,
    entitlement_code,
    json_of,
    named,
    promised,
)
from branch_console.desk.gifts.goods import move_of
from branch_console.desk.gifts.hands import hands, second_person
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.desk.gifts.rewards import Item, chosen, granted, items, taken
from branch_console.desk.gifts.stock import known_reason
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.rewards import GiftReward
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.gifts.claim_acts import check_hand_over, check_return, check_settle
from branch_console.rules.gifts.claim_entries import ClaimHandedOver, ClaimReturned, ClaimSettled, Right
from branch_console.rules.gifts.ledger import Goods
from branch_console.rules.gifts.numbers import receipt_number
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import ClaimState, EntitlementState
from branch_console.security.text import clean
from data import gift_queries as gifts
from data.act import Act
from data.gift_queries import Reading
from data.restored_count import first_count

GIVEN: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"})
_CLAIMS_OF_A_DAY: Final = 10_000


class Confirmation(NamedTuple):
    """How the customer confirms: `by` a way of `ways_to_confirm`, `text` the code or the note, as typed."""

    by: str
    text: str
    terms_accepted: bool


def ways_to_confirm(state: ClaimState) -> tuple[str, ...]:
    """The ways in which the customer of this claim may confirm, the surest first."""
    if state.status == "vouchered":
        return ("customer_code", "signature_note")
    if state.right_kind == "entitlement":
        return ("entitlement_code", "signature_note")
    return ("signature_note",)


def hand_over(
    booth: Booth, claim: str, choice: str, confirmation: Confirmation, second_staff: str, password: str
) -> None:
    """Hand the reward over: the same rules are asked again, in the transaction that writes.

    Raises FieldErrors (`confirmation`, `terms`), RefusedError when the situation has changed since it was promised,
    RuleError, and what a wrong password raises.
    """
    booth.require("gift.hand_over")
    second = second_person(booth.desk, second_staff, password)
    with booth.desk.act() as act:
        state = claim_in(act, claim)
        case = promised(booth, act, claim, state)
        if case.line.judged.verdict not in GIVEN:
            raise RefusedError(case.line, before=state.verdict)
        _check_confirmation(act, state, confirmation)
        item = _item(booth, case, choice)
        moves = [] if item is None else taken(booth, item, case.scene.there)
        kind = state.right_kind
        data: dict[str, Json] = {
            **named(
                case,
                granted(case.campaign, case.book, item),
                Right.model_validate({"kind": kind, "id": state.right_id, "epoch": state.right_epoch}),
            ),
            "moves": json_of(moves),
            "receipt": {
                "number": next_receipt(booth, act),
                "confirmed_by": confirmation.by,
                "note": written(confirmation.text) if confirmation.by == "signature_note" else None,
                "provisional_terms": confirmation.terms_accepted and kind == "provisional",
            },
            "second_staff": second.staff,
        }
        acting = hands(booth, act, second, there=case.scene.there)
        check_hand_over(acting, counter_of(booth, act, case), state, ClaimHandedOver.model_validate(data))
        act.append("claim.handed_over", claim, data)


def next_receipt(booth: Booth, source: Reading) -> str:
    """The number of the next receipt of this terminal today; none twice, also in a store that was restored today."""
    identity, day = booth.store.identity, booth.today()
    prefix = receipt_number(identity.terminal, day, 1).rsplit("-", 2)[0] + "-"
    listed = gifts.claims(source, tab="today", now=booth.now(), limit=_CLAIMS_OF_A_DAY)
    numbers = [each.number.removeprefix(prefix) for each in listed if each.number.startswith(prefix)]
    used = max((int(each.partition("-")[0]) for each in numbers), default=0)
    with source.reading() as connection:
        first = first_count(connection, identity, day)
    return receipt_number(identity.terminal, day, max(used + 1, first))


def give_back(
    booth: Booth, claim: str, reason: str, note: str, reopens: bool, second_staff: str, password: str
) -> None:
    """The customer brought the gift back: all of it, into quarantine. Raises RuleError, and like `hand_over`."""
    booth.require("gift.hand_over")
    known_reason(booth, "return", reason, note)
    second = second_person(booth.desk, second_staff, password)
    with booth.desk.act() as act:
        state = claim_in(act, claim)
        rules = booth.store.reference.campaign(state.campaign, state.version)
        data: dict[str, Json] = {
            "moves": json_of(_coming_back(booth, state)),
            "reason": reason,
            "note": written(note),
            "reopens": reopens,
            "second_staff": second.staff,
        }
        acting, seen = hands(booth, act, second), ClaimReturned.model_validate(data)
        if rules is None:
            check_return(acting, state, seen)
        else:
            check_return(acting, state, seen, threshold_fen=rules.approval_threshold_fen)
        act.append("claim.returned", claim, data)


def settle(booth: Booth, claim: str, how: str, reason: str) -> None:
    """A supervisor has dealt with an exception. Raises FieldErrors (`reason`), RuleError."""
    booth.require("gift.settle")
    known_reason(booth, "settle", how)
    said = written(reason)
    if said is None:
        raise FieldErrors([FieldError("reason", "reason_missing")])
    with booth.desk.act() as act:
        state = claim_in(act, claim)
        data: dict[str, Json] = {"how": how, "reason": said, "seen": state.causes}
        check_settle(hands(booth, act), state, ClaimSettled.model_validate(data))
        act.append("claim.settled", claim, data)


def _check_confirmation(act: Act, state: ClaimState, confirmation: Confirmation) -> None:
    """Raise FieldErrors unless the customer has confirmed in a way that fits the right."""
    wrong: list[FieldError] = []
    typed = clean(confirmation.text).strip()
    if confirmation.by not in ways_to_confirm(state):
        wrong.append(FieldError("confirmed_by", "confirmation_way"))
    elif not typed:
        wrong.append(FieldError("confirmation", "confirmation_missing"))
    elif confirmation.by != "signature_note" and _plain(typed) != _plain(_code(act, state)):
        wrong.append(FieldError("confirmation", "confirmation_wrong"))
    if state.right_kind == "provisional" and not confirmation.terms_accepted:
        wrong.append(FieldError("terms", "terms_not_accepted"))
    if wrong:
        raise FieldErrors(wrong)


def _code(act: Act, state: ClaimState) -> str:
    """What the customer must read aloud. Raises RuleError `right_unknown` when the right is gone."""
    if state.status == "vouchered":
        return state.voucher_code or ""
    found = act.state(f"entitlement/{state.right_id}")
    if not isinstance(found, EntitlementState) or not found.signature:
        raise RuleError("right_unknown")
    return entitlement_code(found.signature)


def _plain(code: str) -> str:
    return "".join(code.upper().replace("-", "").split())


def _item(booth: Booth, case: Case, choice: str) -> Item | None:
    if not isinstance(case.campaign.reward, GiftReward):
        return None
    return chosen(items(booth, case.campaign, case.scene.there), choice)


def _coming_back(booth: Booth, state: ClaimState) -> list[Move]:
    """What the customer has under this claim, on its way to quarantine."""
    out: dict[Goods, int] = {}
    for booked in state.booked:
        goods = Goods(booked.move.sku, booked.move.lot, booked.move.expires_on)
        sign = 1 if booked.move.target == "customer" else -1
        out[goods] = out.get(goods, 0) + sign * booked.move.quantity
    return [
        move_of(booth, goods, quantity, "customer", QUARANTINE, "return")
        for goods, quantity in out.items()
        if quantity > 0
    ]
