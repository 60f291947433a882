"""Erasing a claim takes the person and leaves the goods, on every store and in every order."""

from typing import Any

import orjson
import pytest

from branch_console.central.erasures import reached, targets
from branch_console.central.folding import EMPTY, fold_all, fold_new
from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.entries import read_data
from branch_console.rules.gifts.forgetting import PERSONAL, erasure, without_person
from branch_console.rules.gifts.ledger import balances
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.gifts.gift_help import K02, claim, entry, fold, folded, handed_over, marks, reserved, returned, ruled

HISTORY = [
    reserved(1, until=3),
    handed_over(5),
    ruled(6, "confirmed"),
    returned(7),
    entry(8, "claim.settled", {"how": "no_fault", "reason": "张三丰来电说明", "seen": 1}, staff="s1"),
]
PERSON = ("k1:zhang", "张*丰", "138****8000", "张三丰", "外袋破损", "380.00")


def erased(entries: list[Entry], *, why: str = "retention", minute: int = 30) -> list[Entry]:
    """The entries as a store keeps them after the erasure, which stands at the end."""
    places = erasure(entries)
    gone = {(each["terminal"], each["seq"]) for each in places}  # type: ignore[call-overload, index]
    kept = [each._replace(data=None) if (each.terminal, each.seq) in gone else each for each in entries]
    return [*kept, entry(minute, "data.erased", {"entries": places, "why": why})]


def test_the_goods_stay_booked_and_the_person_is_gone() -> None:
    before, after = fold(HISTORY), fold(erased(HISTORY))
    assert after.erased
    assert (after.keys, after.name, after.phone) == ({}, "", "")
    assert balances(each.move for each in after.booked) == balances(each.move for each in before.booked)
    assert [each.id for each in after.booked] == [each.id for each in before.booked]
    for name in ("status", "receipt_number", "campaign", "value_fen", "outcome", "settled_how", "facts_digest", "sku"):
        assert getattr(after, name) == getattr(before, name), name
    assert marks(after) == marks(before) == ["expired"]
    stored = orjson.dumps([each.wire() for each in erased(HISTORY)]).decode() + FOLDS["claim"].dump(after).decode()
    assert [each for each in PERSON if each in stored] == []


def test_without_what_stays_an_erased_claim_books_nothing() -> None:
    """What the kept part is for: breaking it must show in the balances."""
    gone = [each._replace(data=None) for each in HISTORY]
    assert fold(gone).booked == []


def test_what_stays_can_be_read_as_its_type() -> None:
    for each in HISTORY:
        assert read_data(each._replace(data=without_person(each))) is not None


def test_every_type_about_a_customer_is_known_to_be_so() -> None:
    """A new type of entry must be decided on: does it hold something of a person?"""
    harmless = {"claim.adjudicated", "entitlement.moved_away", "data.erased"}
    kinds = {"claim", "entitlement", "attestation"}
    about = {name for (name, _), (of, _) in known_types().items() if kinds & set(of)}
    assert about == PERSONAL | harmless


def test_the_erasure_may_come_before_or_after_what_it_erases() -> None:
    expected = fold(erased(HISTORY))
    assert fold(list(reversed(erased(HISTORY)))) == expected


def test_a_copy_in_another_journal_keeps_the_same() -> None:
    made = erased([handed_over(5)])
    copy = handed_over(5)._replace(terminal=K02, seq=1, data=None, clock="9000000000000-0000")
    assert fold([made[1], copy, made[0]]) == fold(made)


def test_of_two_erasures_the_first_says_what_stays() -> None:
    first = erased(HISTORY)
    lie = claim(moves=[], receipt={"number": "LP-0000", "confirmed_by": "customer_code"})
    place = {"terminal": first[1].terminal, "seq": first[1].seq, "kept": lie}
    second = entry(31, "data.erased", {"entries": [place], "why": "retention"})
    assert len(fold([*first, second]).booked) == len(fold(first).booked) == 2


def test_what_stays_says_nothing_while_the_original_stands() -> None:
    made = erased(HISTORY)[-1]
    assert fold([*HISTORY, made]).keys == {"person": "k1:zhang", "phone": "k1:138"}


def test_a_kept_part_that_cannot_be_read_is_listed_and_stops_nothing() -> None:
    made = handed_over(5)
    place = {"terminal": made.terminal, "seq": made.seq, "kept": {"nonsense": 1}}
    erasing = entry(30, "data.erased", {"entries": [place], "why": "retention"})
    state, unfolded = folded([made._replace(data=None), erasing])
    assert [each.code for each in unfolded] == ["bad-data"]
    assert isinstance(state, ClaimState)
    assert state.erased


@pytest.mark.parametrize("why", ["retention", "consent_withdrawn"])
def test_central_keeps_the_same_goods(why: str) -> None:
    """A restored central gets entries without data first, and then, in another push, the erasure."""
    made = erased(HISTORY, why=why)
    expected = FOLDS["claim"].dump(fold(made))
    first = fold_new("claim", EMPTY, made[:-1], Reference())
    assert first is not None
    assert fold_new("claim", first.stored, made[-1:], Reference()) is None
    assert fold_all("claim", made, Reference()).stored.state == expected
    places = targets(made[-1])
    assert len(places) == (0 if why == "retention" else len(made) - 2)
    acts = {(each.subject, each.id) for each in HISTORY}
    assert not any(reached(each, acts) for each in made if each.data is None or each.type == "data.erased")


def test_erasures_of_journeys_are_folded_onto_the_stored_state_as_before() -> None:
    plain = entry(30, "data.erased", {"entries": [{"terminal": K02, "seq": 1}], "why": "retention"})
    stored = fold_new("claim", EMPTY, [handed_over(1)], Reference())
    assert stored is not None
    assert fold_new("claim", stored.stored, [plain], Reference()) is not None


def test_nothing_of_an_entitlement_or_an_attested_fact_stays() -> None:
    subject: dict[str, Any] = {"subject": "entitlement/0190c0de-0000-7000-8000-00000000e002"}
    one = entry(1, "entitlement.issued", {"keys": {"person": "k1:zhang"}}, **subject)
    assert erasure([one]) == [{"terminal": one.terminal, "seq": one.seq}]
    assert erasure([one._replace(data=None), ruled(2, "confirmed")]) == []
