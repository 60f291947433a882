"""Journeys at the desk: one transaction each, checked, and nothing of the customer's numbers written down."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from branch_console.demo.history import Clock, Visit
from branch_console.demo.people import DemoCustomer
from branch_console.desk import answers, consents, holding, journeys, look_up
from branch_console.desk.desk import Desk
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.security.unlock_errors import WrongLoginError
from data import queries
from tests.desk.conftest import PASSWORD, ROLES

CUSTOMER = DemoCustomer(name="欧阳静怡", phone="13100000010", target="II", segment="general", end="finished")
DOCUMENT = "11010519491231002X"


def play(desk: Desk, clock: Clock, **changes: str) -> str:
    """A whole visit; returns the journey's subject."""
    customer = CUSTOMER.model_copy(update=changes)
    visit = Visit(desk, clock, customer, random.Random(3))
    visit.play(timedelta(minutes=20))
    return queries.journeys(desk.store, tab="all", staff=None)[0].subject


def up_to(desk: Desk, clock: Clock, step: str, target: str = "II") -> str:
    """A running journey that waits at `step`."""
    subject = play(desk, clock, target=target, pause_at=step)
    holding.resume(desk, subject)
    return subject


def test_a_class_two_visit_ends_with_a_wallet(guide: Desk, clock: Clock) -> None:
    state = look_up.journey(guide, play(guide, clock))
    assert (state.status, state.wallet_class, state.marks) == ("finished", "II", [])


@pytest.mark.parametrize("target", ["IV", "III"])
def test_the_other_online_classes_end_too(guide: Desk, clock: Clock, target: str) -> None:
    assert look_up.journey(guide, play(guide, clock, target=target)).wallet_class == target


def test_no_number_of_the_customer_stands_in_the_journal(guide: Desk, clock: Clock) -> None:
    subject = up_to(guide, clock, "lookup")
    answers.answer(guide, subject, "lookup", {"phone": "１３１ ００００-００１０"})
    wires = " ".join(str(entry.wire()) for entry in guide.store.entries(subject))
    assert "131****0010" in wires
    assert "13100000010" not in wires


def test_look_up_by_phone_and_document_finds_the_person_again(guide: Desk, clock: Clock) -> None:
    subject = play(guide, clock)
    for typed in ("13100000010", "131 0000 0010", "+86 131-0000-0010", "１３１００００００１０"):
        kind, rows = look_up.find(guide, typed)
        assert (kind, [row.subject for row in rows]) == ("phone", [subject])
    assert look_up.find(guide, "13100000099")[1] == []


def test_a_document_of_1949_makes_the_senior_branch_apply(guide: Desk, clock: Clock) -> None:
    subject = up_to(guide, clock, "identity")
    answers.answer(guide, subject, "identity", {"doc_type": "IT01", "document": DOCUMENT})
    state = look_up.journey(guide, subject)
    assert (state.age_band, state.doc_masked) == ("60_plus", "****002X")
    assert look_up.find(guide, DOCUMENT)[1][0].subject == subject


def test_a_wrong_answer_writes_nothing(guide: Desk, clock: Clock) -> None:
    subject = up_to(guide, clock, "identity")
    before = guide.store.head()
    with pytest.raises(FieldErrors) as refused:
        answers.answer(guide, subject, "identity", {"doc_type": "IT01", "document": "110105194912310021"})
    assert [(each.field, each.code) for each in refused.value.errors] == [("document", "document_checksum")]
    assert guide.store.head() == before


def test_the_same_answer_twice_is_written_once(guide: Desk) -> None:
    subject = journeys.start(guide, "II")
    answers.answer(guide, subject, "need", {"segment": "young"})
    before = guide.store.head()
    answers.answer(guide, subject, "need", {"segment": "young"})
    assert guide.store.head() == before


def test_a_step_cannot_be_done_before_its_answers_and_its_turn(guide: Desk) -> None:
    subject = journeys.start(guide, "II")
    with pytest.raises(FieldErrors):
        journeys.done(guide, subject, "need", 1, 0)
    with pytest.raises(RuleError) as refused:
        journeys.open_step(guide, subject, "identity")
    assert refused.value.code == "step_order"


def test_drafts_are_kept_until_the_answer_is_confirmed(guide: Desk, clock: Clock) -> None:
    subject = up_to(guide, clock, "lookup")
    with guide.act() as act:
        act.save_draft(subject, "lookup.name", "欧")
    assert queries.drafts(guide.store, subject) == {"lookup.name": "欧"}
    answers.answer(guide, subject, "lookup", {"name": "欧阳静怡"})
    assert queries.drafts(guide.store, subject) == {}


def test_withdrawing_consent_erases_what_it_allowed_and_keeps_the_chain(guide: Desk, clock: Clock) -> None:
    subject = play(guide, clock)
    consents.withdraw(guide, subject, "general", "changed_mind")
    state = look_up.journey(guide, subject)
    assert (state.name, state.phone_masked, state.person_keys) == (None, None, [])
    assert state.status == "finished"
    assert look_up.find(guide, "13100000010")[1] == []
    assert any(entry.data is None for entry in guide.store.entries(subject))


def test_notes_lose_card_and_document_numbers(guide: Desk) -> None:
    subject = journeys.start(guide, "II")
    journeys.abandon(guide, subject, "other", f"客户念了 {DOCUMENT} 和 6212345678901265\x1b]0;x\x07")
    wires = " ".join(str(entry.wire()) for entry in guide.store.entries(subject))
    assert DOCUMENT not in wires
    assert "6212345678901265" not in wires
    assert "\x1b" not in wires


def test_fraud_stops_the_journey_until_another_person_who_is_supervisor_decides(guide: Desk, clock: Clock) -> None:
    subject = up_to(guide, clock, "fraud_gate")
    answers.answer(guide, subject, "fraud_gate", {"told_by_someone": "yes", "asked_for_secret": "no"})
    journeys_state = look_up.journey(guide, subject)
    assert journeys_state.status == "interrupted"
    for supervisor, password, code in (
        ("wang", PASSWORD, "second_person_same"),
        ("li", PASSWORD, "second_person_role"),
    ):
        with pytest.raises(RuleError) as refused:
            holding.resolve_interruption(guide, subject, "continue", "", supervisor, password)
        assert refused.value.code == code
    with pytest.raises(WrongLoginError):
        holding.resolve_interruption(guide, subject, "continue", "", "liu", "wrong")
    holding.resolve_interruption(guide, subject, "continue", "家人陪同", "liu", PASSWORD)
    assert look_up.journey(guide, subject).status == "running"


def test_a_colleague_accepts_an_offer_and_goes_on(guide: Desk, clock: Clock, desk_of: Callable[[str], Desk]) -> None:
    subject = up_to(guide, clock, "device")
    holding.offer(guide, subject, "staff", "li", "shift_end", "", "")
    with pytest.raises(RuleError) as refused:
        holding.accept(desk_of("zhao"), subject)
    assert refused.value.code == "offer_for_another"
    holding.accept(desk_of("li"), subject)
    state = look_up.journey(guide, subject)
    assert (state.holder, state.status) == ("li", "running")
    with pytest.raises(RuleError) as refused:
        holding.pause(guide, subject, "customer_away")
    assert refused.value.code == "not_holder"


def test_the_counter_needs_two_who_did_not_offer(guide: Desk, clock: Clock, desk_of: Callable[[str], Desk]) -> None:
    subject = up_to(guide, clock, "counter", target="I")
    holding.offer(guide, subject, "counter", None, "need_counter", "", "A021")
    with pytest.raises(RuleError):
        holding.accept(desk_of("li"), subject)
    holding.accept_at_counter(desk_of("li"), subject, "liu", PASSWORD)
    assert look_up.journey(guide, subject).counter_staff == ["li", "liu"]


def test_a_paused_journey_is_taken_over_with_a_reason(
    guide: Desk, clock: Clock, desk_of: Callable[[str], Desk]
) -> None:
    subject = play(guide, clock, pause_at="device")
    holding.take_over(desk_of("li"), subject, "holder_away")
    assert look_up.journey(guide, subject).holder == "li"


_WORK: list[Callable[[Desk, str], object]] = [
    lambda desk, _: journeys.start(desk, "II"),
    lambda desk, subject: answers.answer(desk, subject, "need", {"segment": "young"}),
    lambda desk, subject: journeys.done(desk, subject, "need", 0, 0),
    lambda desk, subject: journeys.leave(desk, subject, "need", "failed", "no_time", "", 0, 0),
    lambda desk, subject: journeys.abandon(desk, subject, "no_time", ""),
    lambda desk, subject: holding.take_over(desk, subject, "holder_away"),
    lambda desk, subject: consents.withdraw(desk, subject, "general", "changed_mind"),
]
_READ: list[Callable[[Desk, str], object]] = [
    look_up.journey,
    lambda desk, _: look_up.find(desk, "王"),
    lambda desk, _: look_up.page(desk, "open", 0, 10),
]
MAY = {
    "guide": (True, True),
    "case_officer": (True, True),
    "supervisor": (True, True),
    "auditor": (False, True),
    "administrator": (False, False),
}


@pytest.mark.parametrize("staff", ROLES)
def test_each_role_may_do_what_its_row_says(guide: Desk, desk_of: Callable[[str], Desk], staff: str) -> None:
    subject = journeys.start(guide, "II")
    for acts, may in zip((_WORK, _READ), MAY[ROLES[staff]], strict=True):
        for act in acts:
            try:
                act(desk_of(staff), subject)
                refused = ""
            except FieldErrors:
                refused = ""
            except RuleError as error:
                refused = error.code
            assert (refused == "role_may_not") is not may
