"""A claim from check to ruling: what counts, what is marked, and which goods left the branch."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.folding import fold_onto, fold_subject
from branch_console.rules.gifts.ledger import balances, booked_of
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.gifts.gift_help import (
    CENTRAL,
    K01,
    K02,
    OTHER_DRAWER,
    OWN_DRAWER,
    at,
    claim,
    entry,
    fold,
    handed_over,
    marks,
    move,
    reserved,
    returned,
    ruled,
)

CLAIMS = FOLDS["claim"]


def vouchered(minute: int, expires_on: str = "2026-12-31") -> Entry:
    return entry(minute, "claim.vouchered", claim(code="VC-64S3-6D1N-6RVK-E", expires_on=expires_on))


def released(minute: int, why: str = "customer_left") -> Entry:
    return entry(minute, "claim.released", {"why": why, "note": None})


def settled(minute: int, seen: int | None = None) -> Entry:
    data = {"how": "no_fault", "reason": "查明：网络中断", "seen": seen}
    return entry(minute, "claim.settled", data, staff="s1")


def test_reserved_and_handed_over_is_one_claim_with_its_goods_and_receipt() -> None:
    state = fold([reserved(1), handed_over(5, second_staff="s1"), ruled(9, "confirmed")])
    assert (state.status, state.outcome, state.receipt_number) == ("handed_over", "confirmed", "LP-A001-261212-0001-X")
    assert [(each.id, each.staff, each.second_staff) for each in state.booked] == [
        ("0190c0de-0000-7000-8000-000000000005#0", "g1", "s1")
    ]
    assert state.reserved == []
    assert state.keys == {"person": "k1:zhang", "phone": "k1:138"}
    assert (state.uses_right, state.exceptional, marks(state)) == (True, False, [])


def test_a_reservation_keeps_goods_and_books_none() -> None:
    state = fold([reserved(1, stock=[move(OWN_DRAWER)])])
    assert [each.source for each in state.reserved] == [OWN_DRAWER]
    assert booked_of(state) == []
    assert fold([reserved(1), released(2)]).reserved == []
    assert fold([reserved(1), released(2)]).uses_right is False


def test_goods_that_left_twice_are_booked_twice_and_the_first_receipt_stands() -> None:
    state = fold([handed_over(1), handed_over(2, number="LP-A002-261212-0001-X", terminal=K02)])
    assert marks(state) == ["already_handed_over"]
    assert (state.receipt_number, state.terminal) == ("LP-A001-261212-0001-X", K01)
    assert len(state.booked) == 2
    assert state.exceptional


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ([reserved(1, until=4)], "expired"),
        ([reserved(1), released(2)], "after_release"),
        ([vouchered(1)], "not_confirmed"),
        ([vouchered(1), ruled(2, "reversed")], "after_reversal"),
        ([vouchered(1, "2026-12-11"), ruled(2, "confirmed")], "expired"),
        ([reserved(1, recipient={"keys": {"person": "k1:li"}})], "person_differs"),
        ([reserved(1, campaign={"id": "other", "version": 1, "rule_hash": "b" * 64})], "campaign_differs"),
    ],
)
def test_a_late_or_wrong_hand_over_is_marked_and_its_goods_are_booked(before: list[Entry], code: str) -> None:
    state = fold([*before, handed_over(5)])
    assert marks(state) == [code]
    assert (state.status, len(state.booked), state.exceptional) == ("handed_over", 1, True)


def test_an_expiry_that_is_no_moment_has_passed() -> None:
    early = reserved(1)
    broken = early._replace(data={**(early.data or {}), "expires_at": "tomorrow, at noon or so"})
    assert marks(fold([broken, handed_over(2)])) == ["expired"]


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        (move("shelf", "loss"), "wrong_move"),
        (move("quarantine"), "wrong_move"),
        (move("shelf", "customer", "scrap"), "wrong_move"),
        (move("customer", "customer"), "wrong_move"),
    ],
)
def test_moves_that_cannot_be_so_are_not_booked(moved: dict[str, Any], code: str) -> None:
    state = fold([handed_over(1, moves=[moved])])
    assert (marks(state), state.booked) == ([code], [])
    assert state.status == "handed_over"


def test_goods_out_of_the_drawer_of_a_terminal_that_has_a_new_name_are_booked_and_marked() -> None:
    state = fold([handed_over(1, moves=[move(OTHER_DRAWER)])])
    assert marks(state) == ["not_own_drawer"]
    assert [each.move.source for each in state.booked] == [OTHER_DRAWER]


def test_other_goods_than_granted_are_booked_and_marked() -> None:
    state = fold([handed_over(1, moves=[move(quantity=2)])])
    assert marks(state) == ["not_what_was_granted"]
    assert sum(each.move.quantity for each in state.booked) == 2


def test_a_gift_comes_back_once_into_quarantine() -> None:
    state = fold([handed_over(1), returned(2, reopens=True), returned(3)])
    assert (state.status, state.reopens, state.uses_right) == ("returned", True, False)
    assert marks(state) == ["nothing_to_return"]
    assert {slot.location: net for slot, net in balances(each.move for each in state.booked).items()} == {
        "shelf": -1,
        "quarantine": 1,
    }
    assert marks(fold([returned(1)])) == ["nothing_to_return"]
    assert marks(fold([handed_over(1), returned(2, moves=[move("customer", "shelf", "return")])])) == ["wrong_move"]


def test_what_left_twice_may_come_back_twice() -> None:
    state = fold([handed_over(1), handed_over(2, terminal=K02), returned(3), returned(4, terminal=K02)])
    assert marks(state) == ["already_handed_over"]
    assert balances(each.move for each in state.booked).keys().isdisjoint({"customer"})
    assert len(state.booked) == 4


def test_only_central_rules_and_its_newest_ruling_counts() -> None:
    assert marks(fold([handed_over(1), ruled(2, "confirmed", terminal=K02)])) == ["not_central"]
    state = fold([handed_over(1, reward={"kind": "points", "amount": 500}, moves=[]), ruled(2, "reversed")])
    assert (state.status, state.uses_right, state.exceptional) == ("reversed", False, True)
    back = fold([handed_over(1), ruled(2, "reversed"), ruled(3, "confirmed")])
    assert (back.status, back.uses_right, back.exceptional) == ("handed_over", True, False)
    assert fold([vouchered(1), ruled(2, "reversed"), ruled(3, "confirmed")]).status == "vouchered"


def test_settling_needs_an_exception_and_covers_only_what_was_seen() -> None:
    duplicate = [handed_over(1), ruled(2, "duplicate_accepted")]
    state = fold([*duplicate, settled(5, seen=1)])
    assert (state.settled_how, state.settled_by, state.settled_at) == ("no_fault", "s1", at(5))
    assert marks(fold([handed_over(1), settled(2)])) == ["not_exceptional"]
    beside = fold([*duplicate, handed_over(3, terminal=K02), settled(5, seen=1)])
    assert (beside.settled_how, marks(beside)) == (None, ["already_handed_over", "settled_unseen"])


def test_what_happens_after_settling_opens_the_exception_again() -> None:
    done = [handed_over(1), ruled(2, "duplicate_accepted"), settled(3, seen=1)]
    assert fold([*done, handed_over(4, terminal=K02)]).settled_how is None
    assert fold([*done, ruled(4, "case", why="repeated")]).settled_how is None
    assert fold([*done, ruled(4, "duplicate_accepted")]).settled_how == "no_fault"


@pytest.mark.parametrize(
    "entries",
    [
        [reserved(1), reserved(2, terminal=K02)],
        [handed_over(1), vouchered(2)],
        [handed_over(1), released(2)],
        [released(1)],
    ],
)
def test_what_comes_too_late_is_marked_and_changes_nothing(entries: list[Entry]) -> None:
    state = fold(entries)
    assert marks(state) == ["claim_not_open"]
    assert state.status in {"reserved", "handed_over", ""}


def test_nobody_stands_by_themselves() -> None:
    assert marks(fold([handed_over(1, second_staff="g1")])) == ["approved_alone"]


MOVES = st.lists(
    st.builds(
        move,
        st.sampled_from(["shelf", OWN_DRAWER, OTHER_DRAWER, "customer", "quarantine"]),
        st.sampled_from(["customer", "quarantine", "shelf"]),
        st.sampled_from(["hand_over", "return"]),
        st.integers(1, 3),
    ),
    max_size=2,
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries of one claim by two terminals and central, sensible or not, some erased, some unreadable."""
    makers: list[Any] = [
        lambda n, t: reserved(n, stock=draw(MOVES), until=draw(st.integers(0, 12)), terminal=t),
        lambda n, t: handed_over(n, moves=draw(MOVES), terminal=t, second_staff=draw(st.sampled_from(["g1", None]))),
        lambda n, t: vouchered(n)._replace(terminal=t),
        lambda n, t: released(n)._replace(terminal=t),
        lambda n, t: returned(n, moves=draw(MOVES), reopens=draw(st.booleans()), terminal=t),
        lambda n, t: ruled(n, draw(st.sampled_from(["confirmed", "reversed", "case", "duplicate_offset"])), terminal=t),
        lambda n, t: settled(n, draw(st.none() | st.integers(0, 3)))._replace(terminal=t),
        lambda n, t: entry(n, "data.erased", {"entries": [{"terminal": t, "seq": 1}], "why": "retention"}),
    ]
    made = []
    for number in range(draw(st.integers(1, 9))):
        one = draw(st.sampled_from(makers))(number, draw(st.sampled_from([K01, K02, CENTRAL])))
        if draw(st.integers(0, 7)) == 0:
            one = one._replace(data=draw(st.sampled_from([None, {"nonsense": 1}])))
        made.append(one)
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_doubles_and_one_at_a_time_change_nothing(made: list[Entry], random: Any) -> None:
    expected, left_out = fold_subject(CLAIMS, made, Reference())
    shuffled = [*made, *random.sample(made, len(made) // 2)]
    random.shuffle(shuffled)
    assert fold_subject(CLAIMS, shuffled, Reference()) == (expected, left_out)
    state = CLAIMS.start()
    for each in made:
        state = CLAIMS.load(CLAIMS.dump(state))
        fold_onto(CLAIMS, state, each, Reference())
    assert state == expected
    assert CLAIMS.load(CLAIMS.dump(expected)) == expected


@given(histories())
def test_goods_are_booked_once_and_a_customer_never_gives_back_more_than_they_got(made: list[Entry]) -> None:
    state, _ = fold_subject(CLAIMS, made, Reference())
    booked = booked_of(state)
    assert len({each.id for each in booked}) == len(booked)
    net = balances(each.move for each in booked)
    assert sum(net.values()) == 0
    assert all(quantity >= 0 for slot, quantity in net.items() if slot.location == "customer")
    foreign = [each for each in booked if each.move.source == OTHER_DRAWER and each.terminal == K01]
    assert all(each.move.kind == "hand_over" for each in foreign)
    assert not foreign or "not_own_drawer" in marks(state)


def test_every_type_about_a_claim_is_folded() -> None:
    about = {name for (name, _), (kinds, _) in known_types().items() if "claim" in kinds}
    made = [
        reserved(1),
        handed_over(2),
        vouchered(3),
        released(4),
        returned(5),
        ruled(6, "case"),
        settled(7),
        entry(8, "data.erased", {"entries": [], "why": "retention"}),
    ]
    assert {each.type for each in made} == about
    fold(made)
