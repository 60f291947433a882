"""Goods come, are counted, moved, and the day is closed: never more than is there, never alone."""

from datetime import timedelta

import pytest

from branch_console.desk.gifts import closing, counting, stock
from branch_console.desk.gifts.goods import TypedLine
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.gifts.ledger import balances as sums
from branch_console.rules.gifts.ledger import booked_of
from branch_console.rules.gifts.states import DayState, StockState
from branch_console.rules.gifts.subjects import day_subject
from branch_console.rules.journal import Data
from data import gift_queries as gifts
from tests.desk.conftest import PASSWORD
from tests.desk.gifts.conftest import LOT, OIL, RICE, World


def line(quantity: str, sku: str = RICE, *, expected: bool = False) -> TypedLine:
    return TypedLine(sku, "L1", LOT, quantity, expected)


def there(world: World, place: str, sku: str = RICE) -> int:
    found = gifts.balances(world.store, world.clock())
    return sum(each.quantity for each in found if (each.slot.location, each.slot.sku) == (place, sku))


def dispatched(world: World, quantity: int) -> str:
    about = "stock/0195f000-0000-7000-8000-00000000aaaa"
    move: Data = {
        "sku": RICE, "lot": "L1", "expires_on": LOT, "quantity": quantity, "source": "supplier", "target": "transit",
        "kind": "dispatch", "value_fen": 0,
    }  # fmt: skip
    world.say(about, "stock.dispatched", {"note_number": "N-9", "moves": [move]})
    return about


def test_a_delivery_is_taken_in_as_two_people_counted_it(world: World) -> None:
    about = dispatched(world, 10)
    with pytest.raises(RuleError) as alone:
        stock.receive(world.booth(), about, "N-9", [line("8", expected=True)], "", "", "")
    assert alone.value.code == "second_staff_needed"
    stock.receive(world.booth(), about, "N-9", [line("8", expected=True)], "", "li", PASSWORD)
    assert (there(world, "shelf"), there(world, "transit")) == (8, 0)
    state = world.store.state(about)
    assert isinstance(state, StockState)
    net = sums(each.move for each in booked_of(state))
    assert sum(net.values()) == 0
    assert {slot.location: count for slot, count in net.items()} == {"supplier": -10, "shelf": 8, "loss": 2}


def test_what_came_beside_the_note_comes_from_the_supplier(world: World) -> None:
    about = dispatched(world, 10)
    stock.receive(world.booth(), about, "N-9", [line("12", expected=True), line("1", OIL)], "", "li", PASSWORD)
    assert (there(world, "shelf"), there(world, "shelf", OIL)) == (12, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (line("", expected=True), "quantity_missing"),
        (line("x"), "quantity_form"),
        (line("0"), "quantity_none"),
        (line("9999999"), "quantity_too_large"),
        (line("1", "NOPE"), "item_unknown"),
        (TypedLine(RICE, "L1", "2027-13-01", "1"), "date_form"),
        (TypedLine(RICE, "L1", "", "1"), "expiry_missing"),
    ],
)
def test_what_is_wrong_stands_beside_its_line(world: World, typed: TypedLine, code: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        stock.receive(world.booth(), None, "N1", [line("1"), typed], "", "li", PASSWORD)
    assert [(error.field, error.code) for error in refused.value.errors] == [("line.1", code)]


def test_no_more_leaves_a_place_than_is_there(world: World) -> None:
    world.shelve(RICE, 3)
    drawer = world.booth().drawer
    with pytest.raises(RuleError) as refused:
        stock.transfer(world.booth(), "shelf", drawer, [line("4")], "refill_drawer", "", "", "")
    assert refused.value.code == "stock_not_there"
    stock.transfer(world.booth(), "shelf", drawer, [line("3")], "refill_drawer", "", "", "")
    assert (there(world, "shelf"), there(world, drawer)) == (0, 3)


def test_goods_are_destroyed_out_of_quarantine_before_two(world: World) -> None:
    world.shelve(RICE, 3)
    stock.transfer(world.booth(), "shelf", "quarantine", [line("2")], "damaged", "", "", "")
    with pytest.raises(FieldErrors):
        stock.scrap(world.booth(), [line("2")], "spoilt", "", "/no/such/photo", "li", PASSWORD)
    stock.scrap(world.booth(), [line("2")], "spoilt", "", "", "li", PASSWORD)
    assert (there(world, "quarantine"), there(world, "shelf")) == (0, 1)


def test_a_count_is_blind_and_booked_by_somebody_else(world: World) -> None:
    world.shelve(RICE, 5)
    assert [each.sku for each in counting.sheet(world.booth(), "shelf")] == [RICE]
    subject = counting.count(world.booth("liu"), "shelf", [line("4")])
    (own,) = counting.counts(world.booth("liu"))
    assert own.refusal is not None
    with pytest.raises(RuleError):
        counting.approve(world.booth("liu"), subject, "missing", "")
    world.store.state(subject)
    counting.dismiss(world.booth("liu"), subject, "count_mistake")
    again = counting.count(world.booth("wang"), "shelf", [line("4")])
    counting.approve(world.booth("liu"), again, "missing", "")
    assert there(world, "shelf") == 4


def test_a_count_that_goods_overtook_is_refused(world: World) -> None:
    world.shelve(RICE, 5)
    subject = counting.count(world.booth(), "shelf", [line("4")])
    world.shelve(RICE, 1, "N2")
    with pytest.raises(RuleError) as refused:
        counting.approve(world.booth("liu"), subject, "counted_twice", "")
    assert refused.value.code == "count_outdated"


def test_a_place_is_not_counted_again_while_a_count_waits_that_nothing_has_overtaken(world: World) -> None:
    world.shelve(RICE, 5)
    counting.count(world.booth(), "shelf", [line("4")])
    with pytest.raises(RuleError) as refused:
        counting.count(world.booth("li"), "shelf", [line("3")])
    assert refused.value.code == "count_waits"
    world.shelve(RICE, 1, "N2")
    counting.count(world.booth("li"), "shelf", [line("5")])


def test_the_day_is_closed_by_two_when_everything_is_counted(world: World) -> None:
    world.shelve(RICE, 5)
    end = closing.day_end(world.booth())
    assert [each.code for each in end.hindrances] == ["day_not_counted"]
    with pytest.raises(RuleError):
        closing.close_day(world.booth(), "", "liu", PASSWORD)
    subject = counting.count(world.booth(), "shelf", [line("4")])
    assert [each.code for each in closing.day_end(world.booth()).hindrances] == ["day_count_open"]
    counting.approve(world.booth("liu"), subject, "missing", "")
    with pytest.raises(RuleError):
        closing.close_day(world.booth(), "", "li", PASSWORD)
    closing.close_day(world.booth(), "", "liu", PASSWORD)
    state = world.store.state(day_subject("SZFT", world.booth().today()))
    assert isinstance(state, DayState)
    assert (state.closed, state.signed_by, state.maker, state.marks) == (True, "liu", "wang", [])
    assert closing.day_end(world.booth()).hindrances[0].code == "day_closed_already"


def test_the_day_is_counted_after_the_last_goods_moved(world: World) -> None:
    world.shelve(RICE, 5)
    counting.count(world.booth(), "shelf", [line("5")])
    assert closing.day_end(world.booth()).hindrances == ()
    world.shelve(RICE, 1, "N2")
    assert [each.code for each in closing.day_end(world.booth()).hindrances] == ["day_not_counted"]
    with pytest.raises(RuleError):
        closing.close_day(world.booth(), "", "liu", PASSWORD)
    counting.approve(world.booth("liu"), counting.count(world.booth(), "shelf", [line("5")]), "missing", "")
    closing.close_day(world.booth(), "", "liu", PASSWORD)


def test_closed_days_are_chained(world: World) -> None:
    def close() -> DayState:
        counting.count(world.booth(), "shelf", [line("5")])
        assert not counting.counts(world.booth("liu"))  # what agrees with the books needs nobody else
        closing.close_day(world.booth("liu"), "", "wang", PASSWORD)
        state = world.store.state(day_subject("SZFT", world.booth().today()))
        assert isinstance(state, DayState)
        return state

    world.shelve(RICE, 5)
    first = close()
    world.clock.now += timedelta(days=1)
    second = close()
    assert second.previous == first.digest
    assert second.maker == "wang"


def test_days_that_nobody_closed_are_closed_with_the_next_one(world: World) -> None:
    """The count is of what is there now: an earlier day cannot be counted any more."""
    first = world.booth().today()
    world.shelve(RICE, 5)
    world.clock.now += timedelta(days=1)
    world.shelve(RICE, 1, "N2")
    world.clock.now += timedelta(days=2)
    stock.transfer(world.booth(), "shelf", "quarantine", [line("2")], "damaged", "", "", "")
    end = closing.day_end(world.booth())
    assert end.missed == (first.isoformat(), (first + timedelta(days=1)).isoformat())
    shelf = next(each for each in end.closing.figures if each.location == "shelf")
    assert (shelf.opening, shelf.came, shelf.went, shelf.closing) == (0, 6, 2, 4)
    for place, quantity in (("shelf", "4"), ("quarantine", "2")):
        counting.count(world.booth(), place, [line(quantity)])
    closing.close_day(world.booth("liu"), "", "wang", PASSWORD)
    again = closing.day_end(world.booth())
    assert again.state is not None
    assert (again.state.since, again.state.marks, again.missed) == (first.isoformat(), [], ())
    assert [each.came for each in again.closing.figures if each.location == "shelf"] == [6]  # as it was signed
    world.clock.now += timedelta(days=1)
    counting.count(world.booth(), "shelf", [line("4")])
    counting.count(world.booth(), "quarantine", [line("2")])
    closing.close_day(world.booth("liu"), "", "wang", PASSWORD)
    state = closing.day_end(world.booth()).state
    assert state is not None
    assert (state.since, state.previous) == (None, again.state.digest)
