"""What the counter must keep: the right behind a claim, the goods, the second person, the customer's word."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_acts import (
    Counter,
    check_hand_over,
    check_release,
    check_reserve,
    check_return,
    check_settle,
    check_voucher,
    second_needed,
)
from branch_console.rules.gifts.claim_entries import (
    ClaimHandedOver,
    ClaimReleased,
    ClaimReserved,
    ClaimReturned,
    ClaimSettled,
    ClaimVouchered,
)
from branch_console.rules.gifts.claim_rights import Offline
from branch_console.rules.gifts.hands import Hands
from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.gifts.states import ClaimState, EntitlementState, LeaseState
from tests.rules.eligibility.strategies import campaign_of
from tests.rules.gifts.gift_help import (
    K01,
    NOON,
    OTHER_DRAWER,
    OWN_DRAWER,
    at,
    claim,
    entry,
    fold,
    handed_over,
    move,
    reserved,
    returned,
    ruled,
)

CAPS = {"per_terminal": 3, "per_staff": 2, "per_campaign": 4, "most_value_fen": 8000}
SHELF = Slot("shelf", "RICE-5KG", "", None)


def campaign(mode: str = "provisional", **changed: Any) -> Campaign:
    return campaign_of(
        {"type": "period"}, id="d12", unit_value_fen=6000, unit_cost_fen=4500, offline={"mode": mode, **CAPS}, **changed
    )


def named(of: Campaign) -> dict[str, Any]:
    return {"id": of.id, "version": of.version, "rule_hash": of.rule_hash}


def hands(**changed: Any) -> Hands:
    values: dict[str, Any] = {
        "staff": "g1", "role": "guide", "terminal": K01, "now": NOON + timedelta(minutes=5),
        "day": date(2026, 12, 12), "there": {SHELF: 3, SHELF._replace(location=OWN_DRAWER): 1}, **changed,
    }  # fmt: skip
    return Hands(**values)


def counter(of: Campaign | None = None, *, known: bool = True, **changed: Any) -> Counter:
    values: dict[str, Any] = {"status": "running", "offline": Offline(), **changed}
    return Counter(campaign=(of or campaign()) if known else None, **values)


def reserving(**changed: Any) -> ClaimReserved:
    stock, until = changed.pop("stock", [move()]), changed.pop("until", 30)
    data = claim(**{"campaign": named(campaign()), **changed}, stock=stock, expires_at=at(until))
    return ClaimReserved.model_validate(data)


def handing(**changed: Any) -> ClaimHandedOver:
    receipt = {"number": "LP-A001-261212-0001-X", "confirmed_by": "customer_code", **changed.pop("receipt", {})}
    said: dict[str, Any] = {"campaign": named(campaign()), "moves": [move()], "receipt": receipt, **changed}
    return ClaimHandedOver.model_validate(claim(**said))


def refused(code: str, check: Callable[..., None], *values: Any, **named_values: Any) -> RuleError:
    with pytest.raises(RuleError) as caught:
        check(*values, **named_values)
    assert caught.value.code == code
    return caught.value


def right(kind: str, of: str | None = "r1") -> dict[str, Any]:
    return {"kind": kind, "id": of, "epoch": "e1"}


RESERVED: ClaimState = fold([reserved(1)])
WORTH = {"kind": "gift", "sku": "RICE-5KG", "quantity": 1, "value_fen": 20_000, "cost_fen": 15_000}


def test_what_is_in_order_is_allowed() -> None:
    check_reserve(hands(), counter(), None, reserving())
    check_hand_over(hands(), counter(), RESERVED, handing())
    check_hand_over(hands(), counter(), None, handing(moves=[move(OWN_DRAWER)]))
    paused = counter(status="paused")
    check_hand_over(hands(), paused, RESERVED, handing())
    refused("campaign_not_running", check_hand_over, hands(), paused, None, handing())
    refused("campaign_not_running", check_reserve, hands(), paused, None, reserving())


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_only_who_works_with_customers_hands_over(role: str) -> None:
    refused("role_may_not", check_reserve, hands(role=role), counter(), None, reserving())
    refused("role_may_not", check_hand_over, hands(role=role), counter(), RESERVED, handing())


def test_the_same_rules_are_applied_as_at_the_check() -> None:
    refused("campaign_unknown", check_reserve, hands(), counter(known=False), None, reserving())
    newer = counter(campaign(version=2))
    refused("campaign_changed", check_hand_over, hands(), newer, RESERVED, handing())
    other = {"id": "d12", "version": 1, "rule_hash": "b" * 64}
    refused("campaign_changed", check_hand_over, hands(), counter(), RESERVED, handing(campaign=other))


def test_staff_never_serve_themselves() -> None:
    own = counter(staff_keys=frozenset({"k1:138"}))
    refused("recipient_is_staff", check_reserve, hands(), own, None, reserving())
    refused("recipient_is_staff", check_hand_over, hands(), own, RESERVED, handing())
    refused("recipient_is_staff", check_hand_over, hands(), counter(insider=True), RESERVED, handing())
    refused("recipient_unknown", check_reserve, hands(), counter(), None, reserving(recipient={"keys": {}}))


def test_a_reservation_ends() -> None:
    late = hands(now=NOON + timedelta(minutes=31))
    refused("reservation_expired", check_hand_over, late, counter(), RESERVED, handing())
    refused("reservation_expired", check_reserve, late, counter(), None, reserving())
    refused("claim_begun_already", check_reserve, hands(), counter(), RESERVED, reserving())
    somebody = {"keys": {"person": "k1:li"}}
    refused("claim_differs", check_hand_over, hands(), counter(), RESERVED, handing(recipient=somebody))


@pytest.mark.parametrize("last", [handed_over(2), entry(2, "claim.released", {"why": "mistake", "note": None})])
def test_what_is_over_is_over(last: Any) -> None:
    refused("claim_not_open", check_hand_over, hands(), counter(), fold([reserved(1), last]), handing())


def test_goods_must_be_there_fresh_and_what_was_granted() -> None:
    empty = hands(there={SHELF: 0})
    error = refused("stock_not_there", check_hand_over, empty, counter(), RESERVED, handing())
    assert error.params == {"sku": "RICE-5KG", "left": 0}
    refused("drawer_not_own", check_hand_over, hands(), counter(), RESERVED, handing(moves=[move(OTHER_DRAWER)]))
    refused("move_wrong", check_hand_over, hands(), counter(), RESERVED, handing(moves=[move("quarantine")]))
    refused("goods_not_granted", check_hand_over, hands(), counter(), RESERVED, handing(moves=[move(quantity=2)]))
    refused("goods_not_granted", check_hand_over, hands(), counter(), RESERVED, handing(moves=[]))
    old = SHELF._replace(expires_on="2026-12-11")
    past = [move(expires_on="2026-12-11")]
    refused("goods_expired", check_hand_over, hands(there={old: 1}), counter(), RESERVED, handing(moves=past))
    points = {"kind": "points", "amount": 500}
    check_hand_over(hands(), counter(), None, handing(reward=points, moves=[]))
    refused("goods_not_granted", check_hand_over, hands(), counter(), None, handing(reward=points))


def test_a_second_person_stands_by_from_the_threshold_on() -> None:
    at_threshold = handing(reward=WORTH)
    refused("second_staff_needed", check_hand_over, hands(), counter(), RESERVED, at_threshold)
    check_hand_over(hands(), counter(), RESERVED, handing(reward={**WORTH, "value_fen": 19_999}))
    approved = handing(reward=WORTH, second_staff="g2")
    check_hand_over(hands(second_role="guide"), counter(), RESERVED, approved)
    refused("second_person_role", check_hand_over, hands(second_role="auditor"), counter(), RESERVED, approved)
    refused("second_person_role", check_hand_over, hands(), counter(), RESERVED, approved)
    alone = handing(reward=WORTH, second_staff="g1")
    refused("second_person_same", check_hand_over, hands(second_role="guide"), counter(), RESERVED, alone)
    asked = claim()["evidence"] | {"verdict": "NEEDS_APPROVAL"}
    refused("second_staff_needed", check_hand_over, hands(), counter(), RESERVED, handing(evidence=asked))
    assert second_needed(None, 0, "ELIGIBLE")
    assert second_needed(campaign(approval_threshold_fen=6000), 100, "ELIGIBLE")


def test_a_pair_that_always_approves_each_other_is_parted() -> None:
    approved = handing(reward=WORTH, second_staff="g2")
    often = hands(second_role="guide", pairs={"g2": 10})
    assert refused("approver_pair_limit", check_hand_over, often, counter(), RESERVED, approved).params == {"limit": 10}
    check_hand_over(hands(second_role="guide", pairs={"g2": 9, "s1": 10}), counter(), RESERVED, approved)
    check_hand_over(hands(second_role="guide", pairs={"g2": 10}, pair_limit=11), counter(), RESERVED, approved)


def test_provisional_terms_and_a_signature_are_the_customers_word() -> None:
    provisional = handing(right=right("provisional"))
    refused("terms_not_accepted", check_hand_over, hands(), counter(), None, provisional)
    accepted = handing(right=right("provisional"), receipt={"provisional_terms": True})
    check_hand_over(hands(), counter(), None, accepted)
    signed = {"confirmed_by": "signature_note", "note": " "}
    refused("confirmation_missing", check_hand_over, hands(), counter(), RESERVED, handing(receipt=signed))


@pytest.mark.parametrize(
    ("used", "code"),
    [
        (Offline(campaign=4), "offline_cap_campaign"),
        (Offline(terminal=3), "offline_cap_terminal"),
        (Offline(staff=2), "offline_cap_staff"),
        (Offline(campaign=3, terminal=2, staff=1), None),
    ],
)
def test_an_outage_has_caps(used: Offline, code: str | None) -> None:
    data = reserving(right=right("provisional"))
    if code is None:
        check_reserve(hands(), counter(offline=used), None, data)
    else:
        refused(code, check_reserve, hands(), counter(offline=used), None, data)
        check_reserve(hands(), counter(offline=used), None, reserving())  # a hold asks for no cap


def test_offline_only_what_the_campaign_allows() -> None:
    for mode in ("none", "voucher", "lease"):
        of = campaign(mode)
        data = reserving(campaign=named(of), right=right("provisional"))
        refused("offline_not_allowed", check_reserve, hands(), counter(of), None, data)
    dear = reserving(right=right("provisional"), reward={**WORTH, "value_fen": 8001})
    refused("offline_value", check_reserve, hands(), counter(), None, dear)
    refused("right_unknown", check_reserve, hands(), counter(), None, reserving(right=right("hold", None)))


def lease(**changed: Any) -> LeaseState:
    values = {"campaign": "d12", "terminal": K01, "quantity": 2, "expires_at": at(60), "status": "open", **changed}
    return LeaseState(**values)


@pytest.mark.parametrize(
    ("of", "used", "code"),
    [
        (lease(), 1, None),
        (lease(), 2, "lease_used_up"),
        (lease(status="recalled"), 0, "lease_ended"),
        (lease(expires_at=at(4)), 0, "lease_ended"),
        (lease(terminal="other"), 0, "right_unknown"),
        (lease(campaign="other"), 0, "right_unknown"),
        (None, 0, "right_unknown"),
    ],
)
def test_a_lease_carries_what_is_left_of_it(of: LeaseState | None, used: int, code: str | None) -> None:
    by_lease = campaign("lease")
    data = reserving(campaign=named(by_lease), right=right("lease"))
    at_counter = counter(by_lease, offline=Offline(lease=of, lease_used=used))
    if code is None:
        check_reserve(hands(), at_counter, None, data)
    else:
        refused(code, check_reserve, hands(), at_counter, None, data)


@pytest.mark.parametrize(
    ("changed", "used", "code"),
    [
        ({}, False, None),
        ({}, True, "entitlement_used"),
        ({"expires_on": "2026-12-11"}, False, "entitlement_expired"),
        ({"status": "moved_away"}, False, "right_unknown"),
        ({"skus": ["OIL-5L"]}, False, "goods_not_granted"),
    ],
)
def test_an_entitlement_carries_one_reward(changed: dict[str, Any], used: bool, code: str | None) -> None:
    values = {"campaign": "d12", "status": "open", "expires_on": "2026-12-12", "skus": ["RICE-5KG"], **changed}
    offline = Offline(entitlement=EntitlementState(**values), entitlement_used=used)
    data = reserving(right=right("entitlement"))
    if code is None:
        check_reserve(hands(), counter(offline=offline), None, data)
    else:
        refused(code, check_reserve, hands(), counter(offline=offline), None, data)


def voucher(expires_on: str = "2026-12-31") -> ClaimVouchered:
    code = {"code": "VC-64S3-6D1N-6RVK-E", "expires_on": expires_on, "right": right("voucher")}
    return ClaimVouchered.model_validate(claim(**{"campaign": named(campaign()), **code}))


def test_a_voucher_waits_for_central() -> None:
    check_voucher(hands(), counter(), None, voucher())
    check_voucher(hands(), counter(), RESERVED, voucher())
    refused("voucher_expired", check_voucher, hands(), counter(), None, voucher("2026-12-11"))
    refused("claim_begun_already", check_voucher, hands(), counter(), fold([handed_over(1)]), voucher())
    made = entry(1, "claim.vouchered", claim(code="VC-64S3-6D1N-6RVK-E", expires_on="2026-12-31"))
    refused("voucher_not_confirmed", check_hand_over, hands(), counter(), fold([made]), handing())
    confirmed = fold([made, ruled(2, "confirmed")])
    check_hand_over(hands(), counter(), confirmed, handing())
    later = hands(day=date(2027, 1, 1))
    refused("voucher_expired", check_hand_over, later, counter(), confirmed, handing())


def test_only_what_is_open_is_released() -> None:
    def data(why: str) -> ClaimReleased:
        return ClaimReleased.model_validate({"why": why})

    check_release(hands(), RESERVED, data("customer_left"))
    refused("claim_not_open", check_release, hands(), fold([handed_over(1)]), data("mistake"))
    refused("claim_not_open", check_release, hands(), None, data("mistake"))
    refused("reservation_not_expired", check_release, hands(), RESERVED, data("expired"))
    check_release(hands(now=NOON + timedelta(minutes=31)), RESERVED, data("expired"))


def bringing(moves: list[Any] | None = None, **changed: Any) -> ClaimReturned:
    back = [move("customer", "quarantine", "return")] if moves is None else moves
    return ClaimReturned.model_validate({"moves": back, "reason": "defective", **changed})


def test_a_gift_comes_back_to_quarantine_and_reopening_needs_two() -> None:
    given = fold([handed_over(1)])
    check_return(hands(), given, bringing())
    refused("second_staff_needed", check_return, hands(), given, bringing(reopens=True))
    refused("second_staff_needed", check_return, hands(), given, bringing(), threshold_fen=6000)
    check_return(hands(second_role="supervisor"), given, bringing(reopens=True, second_staff="s1"))
    refused("move_wrong", check_return, hands(), given, bringing([move("customer", "shelf", "return")]))
    twice = [move("customer", "quarantine", "return", 2)]
    refused("nothing_to_return", check_return, hands(), given, bringing(twice))
    refused("nothing_to_return", check_return, hands(), given, bringing([]))
    refused("claim_not_handed_over", check_return, hands(), fold([handed_over(1), returned(2)]), bringing())
    refused("claim_not_handed_over", check_return, hands(), RESERVED, bringing())


def test_a_supervisor_settles_what_others_did_and_what_was_seen() -> None:
    def data(**changed: Any) -> ClaimSettled:
        return ClaimSettled.model_validate({"how": "no_fault", "reason": "已核实", "seen": 1, **changed})

    supervisor = hands(staff="s1", role="supervisor")
    duplicate = fold([handed_over(1), ruled(2, "duplicate_accepted")])
    check_settle(supervisor, duplicate, data())
    refused("role_may_not", check_settle, hands(), duplicate, data())
    refused("claim_not_exceptional", check_settle, supervisor, fold([handed_over(1)]), data())
    refused("claim_changed_meanwhile", check_settle, supervisor, duplicate, data(seen=0))
    refused("reason_missing", check_settle, supervisor, duplicate, data(reason=" "))
    own = fold([handed_over(1, second_staff="s1"), ruled(2, "duplicate_accepted")])
    refused("settle_own", check_settle, supervisor, own, data())
    settled = entry(3, "claim.settled", {"how": "no_fault", "reason": "已核实"}, staff="s2")
    done = fold([handed_over(1), ruled(2, "duplicate_accepted"), settled])
    refused("claim_settled_already", check_settle, supervisor, done, data())
