"""A document that was a mistake goes back whole, once, by two, while its goods are still there."""

from datetime import timedelta

import pytest

from branch_console.desk.gifts import correcting, counting, stock
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.states import StockState
from data import gift_queries as gifts
from tests.desk.conftest import PASSWORD
from tests.desk.gifts.conftest import RICE, World
from tests.desk.gifts.test_stock import dispatched, line, there


def take_back(world: World, subject: str, staff: str = "liu", second: str = "li", password: str = PASSWORD) -> None:
    correcting.take_back(world.booth(staff), subject, "wrong_quantity", "", second, password)


def refusals(world: World, staff: str = "liu") -> list[str | None]:
    return [each.refusal.code if each.refusal else None for each in correcting.documents(world.booth(staff), 10)]


def test_a_move_goes_back_once_and_leaves_the_list(world: World) -> None:
    world.shelve(RICE, 5)
    world.clock.now += timedelta(minutes=1)
    drawer = world.booth().drawer
    stock.transfer(world.booth(), "shelf", drawer, [line("3")], "refill_drawer", "", "", "")
    moved, delivery = correcting.documents(world.booth("liu"), 10)
    assert (moved.document.kind, delivery.document.kind) == ("transfer", "delivery")
    assert refusals(world) == [None, "stock_not_there"]  # three of the five have left the shelf
    assert refusals(world, "wang") == ["role_may_not", "role_may_not"]
    take_back(world, moved.document.subject)
    assert (there(world, "shelf"), there(world, drawer)) == (5, 0)
    state = world.store.state(moved.document.subject)
    assert isinstance(state, StockState)
    assert (state.status, state.marks) == ("corrected", [])
    assert [each.document.subject for each in correcting.documents(world.booth("liu"), 10)] == [
        delivery.document.subject
    ]
    with pytest.raises(RuleError) as again:
        take_back(world, moved.document.subject)
    assert again.value.code == "document_not_open"


def test_a_receipt_that_is_taken_back_can_be_received_rightly(world: World) -> None:
    about = dispatched(world, 10)
    stock.receive(world.booth(), about, "N-9", [line("8", expected=True)], "", "li", PASSWORD)
    take_back(world, about)
    assert there(world, "shelf") == 0
    assert [each.subject for each in gifts.deliveries(world.store)] == [about]
    stock.receive(world.booth(), about, "N-9", [line("10", expected=True)], "", "li", PASSWORD)
    assert there(world, "shelf") == 10


@pytest.mark.parametrize(
    ("staff", "second", "code"),
    [
        ("wang", "li", "role_may_not"),
        ("liu", "", "second_staff_needed"),
        ("liu", "liu", "second_person_same"),
        ("liu", "zhou", "second_person_role"),
    ],
)
def test_nobody_takes_back_alone(world: World, staff: str, second: str, code: str) -> None:
    world.shelve(RICE, 5)
    (document,) = correcting.documents(world.booth("liu"), 10)
    with pytest.raises(RuleError) as refused:
        take_back(world, document.document.subject, staff, second)
    assert refused.value.code == code
    assert there(world, "shelf") == 5


def test_only_what_moved_something_lately_is_listed(world: World) -> None:
    world.shelve(RICE, 5)
    counting.count(world.booth(), "shelf", [line("5")])  # agrees with the books: there is nothing to take back
    assert len(correcting.documents(world.booth("liu"), 10)) == 1
    world.clock.now += timedelta(days=8)
    assert correcting.documents(world.booth("liu"), 10) == []
    world.shelve(RICE, 1, "N2")
    world.shelve(RICE, 1, "N3")
    (newest,) = correcting.documents(world.booth("liu"), 1)
    assert newest.document.note_number == "N3"
