"""What is asked about stock: what may be taken, deliveries, counts, the figures of days and their closing."""

import pytest

from branch_console.rules.gifts.counting import books_digest
from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.journal import Data
from data import gift_queries as ask
from data.store import Store
from tests.data.gifts import (
    DRAWER,
    SKU,
    about,
    central,
    delivery,
    dispatched,
    fill,
    give,
    hand_over,
    move,
    receive_from,
    reservation,
)
from tests.data.world import NOW, OTHER, THIRD, Writer, act, later

TODAY = "2026-03-02"


def test_what_may_be_taken_is_what_is_there_less_what_is_kept(store: Store) -> None:
    fill(store, 5, lot="B")
    early = delivery(move(2, "supplier", "shelf", "receive", lot="A", expires_on="2026-06-01"))
    act(store, about("stock", "A"), ("stock.received", early))
    act(store, about("stock", "T"), ("stock.transferred", {"moves": [move(1, "shelf", DRAWER, "transfer", lot="B")],
                                                           "reason": "fill"}))  # fmt: skip
    kept = reservation()
    assert kept is not None
    stock = [move(1, "shelf", "customer", "hand_over", lot="A", expires_on="2026-06-01")]
    act(store, about("claim", 1), ("claim.reserved", {**kept, "stock": stock}))
    shelf_a, shelf_b = Slot("shelf", SKU, "A", "2026-06-01"), Slot("shelf", SKU, "B", None)
    assert list(ask.available(store, SKU, ["shelf"], NOW).items()) == [(shelf_a, 1), (shelf_b, 4)]
    assert ask.available(store, SKU, ["shelf", DRAWER], NOW)[Slot(DRAWER, SKU, "B", None)] == 1
    assert ask.available(store, SKU, ["shelf"], later(minutes=31))[shelf_a] == 2
    assert ask.available(store, "OTHER", ["shelf"], NOW) == {}
    here = {each.slot: (each.quantity, each.short, each.reserved) for each in ask.balances(store, NOW)}
    assert here[shelf_a] == (2, 0, 1)
    assert {slot.location for slot in here} == {"shelf", DRAWER}


def test_what_is_kept_of_nothing_shows_too(store: Store) -> None:
    act(store, about("claim", 1), ("claim.reserved", reservation()))
    assert ask.there(store, NOW) == {Slot("shelf", SKU, "", None): -1}


@pytest.mark.parametrize("terminal", [OTHER, THIRD])
def test_other_terminals_reservations_are_kept_too(store: Store, terminal: str) -> None:
    fill(store, 3)
    receive_from(store, Writer(terminal).write(about("claim", 1), "claim.reserved", reservation()))
    assert ask.there(store, NOW) == {Slot("shelf", SKU, "", None): 2}


def test_deliveries_are_listed_until_they_are_received(store: Store) -> None:
    goods = [
        move(5, "supplier", "transit", "dispatch"),
        move(3, "supplier", "transit", "dispatch", "RICE", lot="L1", expires_on="2026-12-01"),
    ]
    receive_from(store, central().write(about("stock", 1), "stock.dispatched", dispatched(*goods), staff=None))
    (sent,) = ask.deliveries(store)
    assert (sent.subject, sent.note_number) == (about("stock", 1), "DN-1")
    assert sent.goods == ((SKU, "", None, 5), ("RICE", "L1", "2026-12-01", 3))
    moves = [{**each, "source": "transit", "target": "shelf", "kind": "receive"} for each in goods]
    act(store, about("stock", 1), ("stock.received", delivery(*moves)))
    assert ask.deliveries(store) == []


def test_a_count_says_whether_goods_moved_since(store: Store) -> None:
    fill(store, 5)
    count = about("stock", "count")
    books = books_digest("shelf", ask.net_balances(store, "shelf"))
    lines: Data = {"location": "shelf", "lines": [{"sku": SKU, "counted": 4}], "books": books}
    act(store, count, ("stock.counted", lines), now=later(hours=1))
    (waiting,) = ask.open_counts(store)
    assert (waiting.subject, waiting.location, waiting.books, waiting.staff) == (count, "shelf", books, "s-wang")
    assert not waiting.moved
    writer = Writer(clock_ms=int(NOW.timestamp() * 1000))  # before the count, by its clock; it was cut off
    receive_from(store, writer.write(about("claim", "late"), "claim.handed_over", hand_over()))
    assert ask.open_counts(store)[0].moved
    act(store, about("stock", "back"), ("stock.received", delivery(move(1, "supplier", "shelf", "receive"))))
    assert not ask.open_counts(store)[0].moved
    give(store, 1, now=later(hours=2))
    fill(store, 1, now=later(hours=2))
    assert ask.open_counts(store)[0].moved
    assert ask.moved_since(store, "shelf", later(hours=1.5))
    assert not ask.moved_since(store, DRAWER, NOW)
    act(store, count, ("stock.count_dismissed", {"reason": "moved"}), staff="s-li", now=later(hours=3))
    assert ask.open_counts(store) == []


def test_figures_of_a_day_add_up(store: Store) -> None:
    fill(store, 10, now=later(days=-1))
    give(store, "yesterday", now=later(days=-1))
    give(store, 1, quantity=2)
    fill(store, 4)
    act(store, about("stock", "T"), ("stock.transferred", {"moves": [move(3, "shelf", DRAWER, "transfer")],
                                                           "reason": "fill"}))  # fmt: skip
    count = about("stock", "count")
    act(store, count, ("stock.counted", {"location": "shelf", "lines": [], "books": "a" * 64}))
    difference: Data = {"moves": [move(1, "shelf", "loss", "count")], "reason": "missing"}
    act(store, count, ("stock.difference_approved", difference), staff="s-li")
    give(store, "tomorrow", now=later(days=1))
    figures = {each.location: each[3:] for each in ask.day_figures(store, TODAY)}
    assert figures == {"shelf": (9, 4, 5, -1, 7), DRAWER: (0, 3, 0, 0, 3)}
    assert {each.location: each[3:] for each in ask.day_figures(store, "2026-03-01")} == {"shelf": (0, 10, 1, 0, 9)}
    tomorrow = {each.location: each[3:] for each in ask.day_figures(store, "2026-03-03")}
    assert tomorrow == {"shelf": (7, 0, 1, 0, 6), DRAWER: (3, 0, 0, 0, 3)}
    both = {each.location: each[3:] for each in ask.day_figures(store, TODAY, "2026-03-01")}
    assert both == {"shelf": (0, 14, 6, -1, 7), DRAWER: (0, 3, 0, 0, 3)}


def test_goods_that_only_passed_through_are_in_the_days_figures(store: Store) -> None:
    fill(store, 2)
    give(store, 1, quantity=2)
    assert [each[3:] for each in ask.day_figures(store, TODAY)] == [(0, 2, 2, 0, 0)]
    assert ask.day_figures(store, "2026-03-03") == []


def closed(day: str, previous: str = "0" * 64) -> tuple[str, Data]:
    from branch_console.rules.gifts.days import day_digest
    from branch_console.rules.gifts.subjects import day_subject

    data: Data = {
        "day": day, "lines": [], "open_reservations": 0, "unsynced": 0, "maker": "s-li", "previous": previous,
        "digest": day_digest(day, [], previous),
    }  # fmt: skip
    return day_subject("SZFT", day), data


def test_the_last_closed_day_and_the_days_that_were_forgotten(store: Store) -> None:
    assert ask.last_closed(store) is None
    for days in (-3, -2, -1, 0):
        fill(store, 1, now=later(days=days))
    assert ask.days_not_closed(store, TODAY) == ["2026-02-27", "2026-02-28", "2026-03-01"]
    for day in ("2026-02-27", "2026-02-28"):
        act(store, closed(day)[0], ("day.closed", closed(day)[1]))
    last = ask.last_closed(store)
    assert last is not None
    assert (last.day, last.maker, last.signed_by, last.marked) == ("2026-02-28", "s-li", "s-wang", False)
    assert ask.last_closed(store, "2026-02-27") == last._replace(
        subject=closed("2026-02-27")[0], day="2026-02-27", digest=str((closed("2026-02-27")[1] or {})["digest"])
    )
    assert ask.days_not_closed(store, TODAY) == ["2026-03-01"]
