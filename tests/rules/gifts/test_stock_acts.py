"""Stock and the day's end: two people, goods that are there, counts nobody approves alone, days nobody closes early."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.counting import books_digest, difference
from branch_console.rules.gifts.day_acts import Closing, check_close, day_lines, hindrances
from branch_console.rules.gifts.day_entries import DayClosed
from branch_console.rules.gifts.days import FIRST_DAY, day_digest
from branch_console.rules.gifts.hands import Hands
from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.gifts.stock import reversing, standing
from branch_console.rules.gifts.stock_acts import (
    check_approve,
    check_correct,
    check_count,
    check_dismiss,
    check_receive,
    check_scrap,
    check_transfer,
)
from branch_console.rules.gifts.stock_entries import (
    CountDismissed,
    DifferenceApproved,
    StockCorrected,
    StockCounted,
    StockReceived,
    StockScrapped,
    StockTransferred,
)
from tests.rules.gifts.gift_help import K01, NOON, OTHER_DRAWER, OWN_DRAWER, STOCK, fold, move
from tests.rules.gifts.test_stock_fold import TO_LOSS, TO_SHELF, counted, dispatched, received, transferred

SHELF = Slot("shelf", "RICE-5KG", "", None)
QUARANTINE = SHELF._replace(location="quarantine")
LESS = move("shelf", "loss", "count", 2)


def hands(**changed: Any) -> Hands:
    values: dict[str, Any] = {
        "staff": "g1", "role": "guide", "terminal": K01, "now": NOON, "day": date(2026, 12, 12),
        "second_role": "guide", "there": {SHELF: 5, QUARANTINE: 2}, **changed,
    }  # fmt: skip
    return Hands(**values)


SUPERVISOR = hands(staff="s1", role="supervisor")


def refused(code: str, check: Callable[..., None], *values: Any, **named_values: Any) -> None:
    with pytest.raises(RuleError) as caught:
        check(*values, **named_values)
    assert caught.value.code == code


def receiving(moves: list[Any], second: str = "g2", note_number: str = "D-77") -> StockReceived:
    return StockReceived.model_validate({"note_number": note_number, "moves": moves, "second_staff": second})


def test_a_delivery_is_counted_by_two_and_all_of_it_accounted_for() -> None:
    sent = fold([dispatched(1)])
    there = hands(there={Slot("transit", "RICE-5KG", "", None): 10})
    check_receive(there, sent, receiving([TO_SHELF, TO_LOSS]))
    refused("not_as_sent", check_receive, there, sent, receiving([TO_SHELF]))
    refused("note_number_differs", check_receive, there, sent, receiving([TO_SHELF, TO_LOSS], note_number="D-78"))
    refused("second_person_same", check_receive, there, sent, receiving([TO_SHELF, TO_LOSS], "g1"))
    refused("role_may_not", check_receive, hands(role="auditor"), sent, receiving([TO_SHELF, TO_LOSS]))
    done = fold([dispatched(1), received(2, [TO_SHELF, TO_LOSS])])
    refused("delivery_received_already", check_receive, there, done, receiving([TO_SHELF, TO_LOSS]))
    free = receiving([move("supplier", "shelf", "receive", 4)])
    check_receive(hands(), None, free)
    refused("move_wrong", check_receive, hands(), None, receiving([TO_SHELF]))
    refused("nothing_to_move", check_receive, hands(), None, receiving([]))


def moving(moves: list[Any], second: str | None = None) -> StockTransferred:
    return StockTransferred.model_validate({"moves": moves, "reason": "refill_drawer", "second_staff": second})


def test_goods_leave_a_place_only_if_they_are_there() -> None:
    check_transfer(hands(), moving([move("shelf", OTHER_DRAWER, "transfer", 5)]))
    refused("stock_not_there", check_transfer, hands(), moving([move("shelf", OWN_DRAWER, "transfer", 6)]))
    refused("drawer_not_own", check_transfer, hands(), moving([move(OTHER_DRAWER, "shelf", "transfer")]))
    refused("move_wrong", check_transfer, hands(), moving([move("shelf", "loss", "transfer")]))
    refused("nothing_to_move", check_transfer, hands(), moving([]))
    freed = [move("quarantine", "shelf", "transfer")]
    refused("second_staff_needed", check_transfer, hands(), moving(freed))
    check_transfer(hands(), moving(freed, "g2"))


def test_what_is_destroyed_was_in_quarantine_and_two_saw_it() -> None:
    def data(source: str, second: str) -> StockScrapped:
        moves = [move(source, "scrap", "scrap")]
        return StockScrapped.model_validate({"moves": moves, "reason": "damaged", "second_staff": second})

    check_scrap(hands(), data("quarantine", "g2"))
    refused("move_wrong", check_scrap, hands(), data("shelf", "g2"))
    refused("second_person_same", check_scrap, hands(), data("quarantine", "g1"))
    refused("second_person_role", check_scrap, hands(second_role="auditor"), data("quarantine", "g2"))


def counting(lines: list[dict[str, Any]], net: dict[Slot, int], place: str = "shelf") -> StockCounted:
    return StockCounted.model_validate({"location": place, "lines": lines, "books": books_digest(place, net)})


def test_a_count_is_complete_and_of_a_place() -> None:
    net = {SHELF: 5}
    line = {"sku": "RICE-5KG", "counted": 3}
    check_count(hands(), counting([line], net), net)
    check_count(hands(), counting([line, {"sku": "OIL-5L", "counted": 1}], net), net)
    refused("count_incomplete", check_count, hands(), counting([], net), net)
    refused("count_line_twice", check_count, hands(), counting([line, line], net), net)
    refused("place_not_counted", check_count, hands(), counting([], {}, "transit"), {})
    refused("count_outdated", check_count, hands(), counting([line], net), {SHELF: 4})
    with pytest.raises(RuleError) as waits:
        check_count(hands(), counting([line], net), net, waiting=True)
    assert waits.value.code == "count_waits"


def test_nobody_approves_what_they_counted_or_what_moved_since() -> None:
    net = {SHELF: 5}
    count = fold([counted(1, [("RICE-5KG", 3)], net)])
    right = DifferenceApproved(moves=difference("shelf", count.lines, net), reason="miscounted")
    check_approve(SUPERVISOR, count, right, net)
    refused("role_may_not", check_approve, hands(), count, right, net)
    own = hands(staff="g1", role="supervisor")
    refused("second_person_same", check_approve, own, count, right, net)
    refused("count_outdated", check_approve, SUPERVISOR, count, right, {SHELF: 4})
    less = DifferenceApproved.model_validate({"moves": [{**LESS, "quantity": 1}], "reason": "miscounted"})
    refused("difference_wrong", check_approve, SUPERVISOR, count, less, net)
    other = DifferenceApproved.model_validate({"moves": [{**LESS, "kind": "scrap"}], "reason": "miscounted"})
    refused("difference_wrong", check_approve, SUPERVISOR, count, other, net)
    same = fold([counted(1, [("RICE-5KG", 5)], net)])
    refused("count_not_open", check_approve, SUPERVISOR, same, right, net)
    check_dismiss(SUPERVISOR, count, CountDismissed(reason="moved"))
    refused("count_not_open", check_dismiss, SUPERVISOR, same, CountDismissed(reason="moved"))
    refused("role_may_not", check_dismiss, hands(), count, CountDismissed(reason="moved"))


def test_a_document_is_taken_back_whole_by_two_while_the_goods_are_there() -> None:
    document = fold([transferred(1, [move("shelf", OWN_DRAWER, "transfer", 2)])])
    back = reversing(standing(document))

    def data(**changed: Any) -> StockCorrected:
        values = {"reverses": STOCK, "moves": back, "reason": "mistake", "second_staff": "g2", **changed}
        return StockCorrected(**values)

    there = hands(staff="s1", role="supervisor", there={SHELF._replace(location=OWN_DRAWER): 2})
    check_correct(there, STOCK, document, data())
    refused("role_may_not", check_correct, hands(), STOCK, document, data())
    refused("second_person_same", check_correct, there, STOCK, document, data(second_staff="s1"))
    refused("correction_wrong", check_correct, there, STOCK, document, data(moves=[]))
    refused("correction_wrong", check_correct, there, STOCK, document, data(reverses="stock/other"))
    refused("stock_not_there", check_correct, SUPERVISOR, STOCK, document, data())
    elsewhere = hands(staff="s1", role="supervisor", terminal=OTHER_DRAWER.partition(":")[2])
    refused("drawer_not_own", check_correct, elsewhere, STOCK, document, data())
    refused("document_not_open", check_correct, there, STOCK, fold([dispatched(1)]), data())
    refused("document_not_open", check_correct, there, STOCK, None, data())


class Row(NamedTuple):
    """A figure as the store gives it."""

    location: str = "shelf"
    sku: str = "RICE-5KG"
    lot: str = ""
    opening: int = 5
    came: int = 1
    went: int = 2
    corrected: int = -1
    closing: int = 3


def closing(*rows: Row, **changed: Any) -> Closing:
    values: dict[str, Any] = {
        "day": "2026-12-12", "figures": rows or (Row(),), "counted": {"shelf", "quarantine"}, "open_counts": (),
        "open_reservations": 1, "unsynced": 2, **changed,
    }  # fmt: skip
    return Closing(**values)


def signing(of: Closing, **changed: Any) -> DayClosed:
    lines = day_lines(of)
    values: dict[str, Any] = {
        "day": of.day, "lines": lines, "open_reservations": of.open_reservations, "unsynced": of.unsynced,
        "maker": "g1", "since": of.since, "previous": of.previous,
        "digest": day_digest(of.day, lines, of.previous, of.since), **changed,
    }  # fmt: skip
    return DayClosed(**values)


def test_a_day_is_made_up_by_one_and_signed_by_a_supervisor() -> None:
    day = closing()
    check_close(SUPERVISOR, day, signing(day), maker_role="guide")
    refused("role_may_not", check_close, hands(), day, signing(day), maker_role="guide")
    refused("second_person_same", check_close, SUPERVISOR, day, signing(day, maker="s1"), maker_role="supervisor")
    refused("second_person_role", check_close, SUPERVISOR, day, signing(day), maker_role="auditor")
    refused("second_person_role", check_close, SUPERVISOR, day, signing(day), maker_role=None)
    longer = closing(since="2026-12-10")
    check_close(SUPERVISOR, longer, signing(longer), maker_role="guide")
    refused("day_changed_meanwhile", check_close, SUPERVISOR, longer, signing(day), maker_role="guide")
    tomorrow = closing(day="2026-12-13")
    refused("day_not_over", check_close, SUPERVISOR, tomorrow, signing(tomorrow), maker_role="guide")
    assert hindrances(day) == []


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (closing(closed=True), ["day_closed_already"]),
        (closing(Row(closing=-1, corrected=-5)), ["day_short"]),
        (closing(Row(closing=4)), ["day_difference"]),
        (closing(counted=set()), ["day_not_counted"]),
        (closing(counted=set(), open_counts=("shelf",)), ["day_count_open"]),
        (closing(open_counts=("shelf",)), ["day_count_open"]),
        (closing(Row("transit"), counted=set()), []),
        (closing(Row("customer", closing=9), Row("quarantine", closing=9)), ["day_difference"]),
    ],
)
def test_a_day_stays_open_while_something_is_not_explained(day: Closing, codes: list[str]) -> None:
    assert [each.code for each in hindrances(day)] == codes
    if codes:
        refused(codes[0], check_close, SUPERVISOR, day, signing(closing()), maker_role="guide")


@pytest.mark.parametrize("changed", [{"unsynced": 0}, {"digest": "0" * 64}, {"previous": "1" * 64}, {"lines": []}])
def test_a_day_that_changed_meanwhile_is_looked_at_again(changed: dict[str, Any]) -> None:
    day = closing()
    refused("day_changed_meanwhile", check_close, SUPERVISOR, day, signing(day, **changed), maker_role="guide")


def test_lines_say_how_the_day_went_at_places_that_are_counted() -> None:
    (line,) = day_lines(closing(Row(), Row("supplier")))
    assert (line.opening + line.came - line.went + line.corrected, line.location) == (line.counted, "shelf")
    assert closing().previous == FIRST_DAY
    with pytest.raises(RuleError, match="day_short"):
        day_lines(closing(Row(closing=-1)))
