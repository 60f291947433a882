"""Stock documents: what is sent, taken in, moved, counted, scrapped and taken back."""

from typing import Any

import pytest

from branch_console.rules.catalogue import known_types
from branch_console.rules.gifts.counting import books_digest, difference
from branch_console.rules.gifts.ledger import Goods, Slot, balances
from branch_console.rules.gifts.stock import on_the_way
from branch_console.rules.gifts.stock_entries import CountLine
from branch_console.rules.journal import Entry
from tests.rules.gifts.gift_help import (
    CENTRAL,
    K02,
    OTHER_DRAWER,
    OWN_DRAWER,
    STOCK,
    entry,
    fold,
    marks,
    move,
)


def dispatched(minute: int, quantity: int = 10, terminal: str = CENTRAL) -> Entry:
    data = {"note_number": "D-77", "moves": [move("supplier", "transit", "dispatch", quantity)]}
    return entry(minute, "stock.dispatched", data, subject=STOCK, staff=None, terminal=terminal)


def received(minute: int, moves: list[Any], *, second: str = "g2", **by: Any) -> Entry:
    data = {"note_number": "D-77", "moves": moves, "second_staff": second, "note": None}
    return entry(minute, "stock.received", data, subject=STOCK, **by)


def transferred(minute: int, moves: list[Any], *, second: str | None = None, **by: Any) -> Entry:
    data = {"moves": moves, "reason": "refill_drawer", "second_staff": second, "note": None}
    return entry(minute, "stock.transferred", data, subject=STOCK, **by)


def counted(minute: int, lines: list[tuple[str, int]], books: dict[Slot, int], place: str = "shelf") -> Entry:
    rows = [{"sku": sku, "lot": "", "expires_on": None, "counted": number} for sku, number in lines]
    data = {"location": place, "lines": rows, "books": books_digest(place, books)}
    return entry(minute, "stock.counted", data, subject=STOCK)


def approved(minute: int, moves: list[Any], staff: str = "s1", **by: Any) -> Entry:
    data = {"moves": moves, "reason": "miscounted", "note": None}
    return entry(minute, "stock.difference_approved", data, subject=STOCK, staff=staff, **by)


def corrected(minute: int, moves: list[Any], *, reverses: str = STOCK, **by: Any) -> Entry:
    data = {"reverses": reverses, "moves": moves, "reason": "mistake", "second_staff": "s1", "note": None}
    return entry(minute, "stock.corrected", data, subject=STOCK, **by)


def back(*moves: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**each, "source": each["target"], "target": each["source"], "kind": "correction"} for each in moves]


def net(state: Any) -> dict[str, int]:
    return {slot.location: quantity for slot, quantity in balances(each.move for each in state.booked).items()}


TO_SHELF, TO_LOSS = move("transit", "shelf", "receive", 8), move("transit", "loss", "loss", 2)
SHELF = Slot("shelf", "RICE-5KG", "", None)


def test_a_dispatch_is_on_its_way_until_two_have_counted_it() -> None:
    assert fold([dispatched(1)]).status == "sent"
    assert net(fold([dispatched(1)])) == {"supplier": -10, "transit": 10}
    state = fold([dispatched(1), received(5, [TO_SHELF, TO_LOSS])])
    assert (state.kind, state.status, state.staff, state.second_staff) == ("dispatch", "booked", "g1", "g2")
    assert net(state) == {"supplier": -10, "shelf": 8, "loss": 2}
    assert marks(state) == []


def test_a_delivery_is_booked_once_however_many_write_it_down() -> None:
    state = fold([dispatched(1), received(5, [TO_SHELF, TO_LOSS]), received(6, [TO_SHELF, TO_LOSS], terminal=K02)])
    assert marks(state) == ["document_not_open"]
    assert net(state) == {"supplier": -10, "shelf": 8, "loss": 2}


def test_a_receipt_that_leaves_goods_on_their_way_is_marked() -> None:
    state = fold([dispatched(1), received(5, [TO_SHELF])])
    assert marks(state) == ["not_as_sent"]
    assert net(state)["transit"] == 2
    more = move("supplier", "shelf", "receive", 3)
    assert marks(fold([dispatched(1), received(5, [TO_SHELF, TO_LOSS, more])])) == []


def test_goods_without_a_note_come_from_the_supplier() -> None:
    state = fold([received(1, [move("supplier", "shelf", "receive", 4)])])
    assert (state.kind, net(state)) == ("delivery", {"supplier": -4, "shelf": 4})
    assert marks(fold([received(1, [TO_SHELF])])) == ["wrong_move"]
    assert marks(fold([received(1, [move("supplier", "shelf", "receive")], second="g1")])) == ["approved_alone"]


def test_only_central_dispatches() -> None:
    state = fold([dispatched(1, terminal=K02)])
    assert (marks(state), state.status, state.booked) == (["not_central"], "", [])


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        (move("shelf", OTHER_DRAWER, "transfer"), None),
        (move(OWN_DRAWER, "quarantine", "damage"), None),
        (move(OTHER_DRAWER, "shelf", "transfer"), "not_own_drawer"),
        (move("shelf", "customer", "transfer"), "wrong_move"),
        (move("shelf", "scrap", "scrap"), "wrong_move"),
        (move("shelf", "shelf", "transfer"), "wrong_move"),
    ],
)
def test_goods_move_within_the_branch_and_out_of_the_own_drawer_only(moved: Any, code: str | None) -> None:
    state = fold([transferred(1, [moved])])
    assert marks(state) == ([code] if code else [])
    assert len(state.booked) == (0 if code else 1)


def test_only_what_is_in_quarantine_is_scrapped() -> None:
    def scrapped(source: str) -> Entry:
        data = {"moves": [move(source, "scrap", "scrap")], "reason": "damaged", "second_staff": "s1", "note": None}
        return entry(1, "stock.scrapped", {**data, "photo_sha256": "c" * 64}, subject=STOCK)

    assert net(fold([scrapped("quarantine")])) == {"quarantine": -1, "scrap": 1}
    assert fold([scrapped("quarantine")]).photo_sha256 == "c" * 64
    assert marks(fold([scrapped("shelf")])) == ["wrong_move"]


def test_a_count_without_difference_needs_nobody_and_one_with_it_somebody_else() -> None:
    books = {SHELF: 5}
    assert fold([counted(1, [("RICE-5KG", 5)], books)]).status == "approved"
    count = counted(1, [("RICE-5KG", 3)], books)
    assert fold([count]).status == "counted"
    found = [each.model_dump() for each in difference("shelf", lines(3), books)]
    state = fold([count, approved(2, found)])
    assert (state.status, state.second_staff, net(state)) == ("approved", "s1", {"shelf": -2, "loss": 2})
    alone = fold([count, approved(2, found, staff="g1")])
    assert (alone.status, marks(alone), alone.booked) == ("counted", ["approved_alone"], [])


def lines(found: int) -> list[CountLine]:
    return [CountLine(sku="RICE-5KG", counted=found)]


def test_a_difference_is_booked_once_and_only_of_the_place_that_was_counted() -> None:
    count = counted(1, [("RICE-5KG", 3)], {SHELF: 5})
    less = move("shelf", "loss", "count", 2)
    assert marks(fold([count, approved(2, [less]), approved(3, [less], terminal=K02)])) == ["count_not_open"]
    elsewhere = fold([count, approved(2, [move("quarantine", "loss", "count", 2)])])
    assert (marks(elsewhere), elsewhere.booked) == (["wrong_move"], [])
    dismissed = entry(2, "stock.count_dismissed", {"reason": "moved"}, subject=STOCK, staff="s1")
    state = fold([count, dismissed, approved(3, [less])])
    assert (state.status, marks(state), state.booked) == ("dismissed", ["count_not_open"], [])


def test_the_drawer_of_a_lost_terminal_can_be_written_off_elsewhere() -> None:
    books = {Slot(OTHER_DRAWER, "RICE-5KG", "", None): 5}
    count = counted(1, [("RICE-5KG", 0)], books, OTHER_DRAWER)
    state = fold([count, approved(2, [move(OTHER_DRAWER, "loss", "count", 5)])])
    assert (marks(state), net(state)) == ([], {OTHER_DRAWER: -5, "loss": 5})


def test_a_document_is_taken_back_whole_and_once() -> None:
    there = [move("shelf", OWN_DRAWER, "transfer", 3), move("shelf", "quarantine", "damage", 1)]
    document = transferred(1, there)
    state = fold([document, corrected(2, back(*there)), corrected(3, back(*there), terminal=K02)])
    assert (state.status, net(state), marks(state)) == ("corrected", {}, ["document_not_open"])
    assert state.reverses == "0190c0de-0000-7000-8000-000000000002"
    for wrong in (back(there[0]), there, []):
        assert marks(fold([document, corrected(2, wrong)])) == ["wrong_move"]
    other = "stock/0190c0de-0000-7000-8000-00000000d002"
    assert marks(fold([document, corrected(2, back(*there), reverses=other)])) == ["wrong_move"]
    assert marks(fold([document, corrected(2, back(*there), terminal=K02)])) == ["not_own_drawer"]


def test_of_a_dispatch_the_receipt_is_taken_back_and_it_can_be_received_rightly() -> None:
    wrong, right = [TO_SHELF, TO_LOSS], move("transit", "shelf", "receive", 10)
    made = [dispatched(1), received(2, wrong), corrected(3, back(*wrong))]
    state = fold(made)
    assert (state.status, net(state)) == ("sent", {"supplier": -10, "transit": 10})
    assert on_the_way(state) == {Goods("RICE-5KG", "", None): 10}
    again = fold([*made, received(4, [right])])
    assert (marks(again), net(again)) == ([], {"supplier": -10, "shelf": 10})
    assert net(fold([*made, received(4, [right]), corrected(5, back(right))])) == {"supplier": -10, "transit": 10}


def test_every_type_about_stock_is_folded() -> None:
    about = {name for (name, _), (kinds, _) in known_types().items() if "stock" in kinds}
    assert about == {
        "stock.dispatched", "stock.received", "stock.transferred", "stock.scrapped", "stock.counted",
        "stock.difference_approved", "stock.count_dismissed", "stock.corrected", "stock.rewarded",
    }  # fmt: skip
    for name in about:
        erased = transferred(1, [])._replace(type=name, data=None)
        assert fold([erased]).entries == 1


def test_a_present_for_an_idea_leaves_the_shelf_or_the_own_drawer_and_needs_two() -> None:
    def given(source: str, second: str = "s1") -> Entry:
        idea = "case/0190c0de-0000-7000-8000-00000000c001"
        data = {"moves": [move(source, "customer", "hand_over")], "idea": idea, "second_staff": second, "note": None}
        return entry(1, "stock.rewarded", data, subject=STOCK)

    assert net(fold([given("shelf")])) == {"shelf": -1, "customer": 1}
    assert (fold([given("shelf")]).kind, fold([given("shelf")]).idea is not None) == ("reward", True)
    assert (net(fold([given("quarantine")])), marks(fold([given("quarantine")]))) == ({}, ["wrong_move"])
    alone = fold([given("shelf", str(given("shelf").staff))])
    assert (marks(alone), net(alone)) == (["approved_alone"], {"shelf": -1, "customer": 1})
