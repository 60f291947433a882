"""The ledger: balances are sums of moves, in whatever order; what is short is never hidden."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.gifts.counting import books_digest, counted_digest, difference
from branch_console.rules.gifts.ledger import (
    Balance,
    Goods,
    Slot,
    balances,
    booked_of,
    changed,
    deltas,
    fefo,
    missing,
    physical,
    reserved,
    split,
)
from branch_console.rules.gifts.parts import PHYSICAL, Move
from branch_console.rules.gifts.states import Booked, CampaignState
from branch_console.rules.gifts.stock_entries import CountLine
from tests.rules.gifts.gift_help import OTHER_DRAWER, OWN_DRAWER

PLACES = ["supplier", "transit", "shelf", "quarantine", "customer", "loss", "scrap", OWN_DRAWER, OTHER_DRAWER]
DATES = st.sampled_from([None, "2026-12-01", "2027-01-01"])
MOVES = st.lists(
    st.builds(
        Move,
        sku=st.sampled_from(["RICE-5KG", "OIL-5L"]),
        lot=st.sampled_from(["", "L1"]),
        expires_on=DATES,
        quantity=st.integers(1, 9),
        source=st.sampled_from(PLACES),
        target=st.sampled_from(PLACES),
        kind=st.just("transfer"),
    ),
    max_size=12,
)


def booked(moves: list[Move]) -> list[Booked]:
    return [Booked(f"e{number}#0", move, "", "", None) for number, move in enumerate(moves)]


@given(MOVES, st.randoms(use_true_random=False))
def test_balances_are_the_replay_of_moves_in_any_order_and_sum_to_zero(moves: list[Move], random: Any) -> None:
    net = balances(moves)
    kept: dict[Slot, Balance] = {}
    shuffled = list(moves)
    random.shuffle(shuffled)
    for move in shuffled:
        for location, sign in ((move.source, -1), (move.target, 1)):
            slot = Slot(location, move.sku, move.lot, move.expires_on)
            kept[slot] = changed(kept.get(slot, Balance(0, 0)), sign * move.quantity)
    assert {slot: each.quantity - each.short for slot, each in kept.items() if any(each)} == net
    assert all(each.quantity >= 0 and each.short >= 0 and 0 in each for each in kept.values())
    totals: dict[Goods, int] = {}
    for slot, quantity in net.items():
        totals[slot.goods] = totals.get(slot.goods, 0) + quantity
    assert not any(totals.values())


@given(MOVES, MOVES)
def test_a_difference_of_books_is_the_difference_of_their_balances(old: list[Move], new: list[Move]) -> None:
    after = balances(old)
    for slot, change in deltas(booked(old), booked(new)).items():
        assert change
        after[slot] = after.get(slot, 0) + change
    assert {slot: quantity for slot, quantity in after.items() if quantity} == balances(new)
    assert deltas(booked(old), booked(old)) == {}


@given(MOVES, st.dictionaries(st.sampled_from(["RICE-5KG", "OIL-5L"]), st.integers(0, 9)), DATES)
def test_after_an_approved_count_the_books_say_what_was_found(
    moves: list[Move], found: dict[str, int], expires_on: str | None
) -> None:
    net = balances(moves)
    lines = [CountLine(sku=sku, expires_on=expires_on, counted=number) for sku, number in found.items()]
    fixed = difference("shelf", lines, net)
    after = balances([*moves, *fixed])
    here = {slot.goods: quantity for slot, quantity in after.items() if slot.location == "shelf"}
    assert here == {Goods(sku, "", expires_on): number for sku, number in found.items() if number}
    assert books_digest("shelf", after) == counted_digest("shelf", lines)
    assert (books_digest("shelf", net) == counted_digest("shelf", lines)) == (not fixed)


def test_what_is_short_is_filled_up_first() -> None:
    assert split(-3) == Balance(0, 3)
    assert changed(Balance(2, 0), -5) == Balance(0, 3)
    assert changed(Balance(0, 3), 5) == Balance(2, 0)


def test_a_count_prices_its_difference() -> None:
    (one,) = difference(
        "shelf", [CountLine(sku="OIL-5L", counted=1)], {Slot("shelf", "OIL-5L", "", None): 4}, {"OIL-5L": 5000}
    )
    assert (one.quantity, one.source, one.target, one.value_fen) == (3, "shelf", "loss", 15000)


def test_places_where_something_can_be_counted() -> None:
    assert [place for place in PLACES if physical(place)] == [
        "transit",
        "shelf",
        "quarantine",
        OWN_DRAWER,
        OTHER_DRAWER,
    ]
    assert set(PHYSICAL) == {"shelf", "quarantine", "drawer", "transit"}
    assert booked_of(CampaignState()) == []


def test_goods_must_be_there_before_they_leave_and_kept_ones_are_not() -> None:
    shelf = Slot("shelf", "OIL-5L", "", None)
    two = Move(sku="OIL-5L", quantity=2, source="shelf", target="customer", kind="hand_over")
    more = Move(sku="OIL-5L", quantity=5, source="supplier", target="shelf", kind="receive")
    assert reserved([two, two]) == {shelf: 4}
    assert missing([two, two, more], {shelf: 3}) == [(shelf, 3)]
    assert missing([two, two], {shelf: 4}) == []
    assert missing([two], {shelf: -1}) == [(shelf, 0)]
    assert missing([more], {}) == []


def test_what_expires_first_goes_first() -> None:
    lots = [Goods("CAKE", "c", None), Goods("CAKE", "b", "2027-01-01"), Goods("CAKE", "a", "2026-12-20")]
    assert [each.lot for each in fefo(lots)] == ["a", "b", "c"]
