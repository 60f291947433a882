"""The fast track at the desk: number first, a freeze that is only asked for, and everything there after a power cut."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from branch_console.demo.history import Clock
from branch_console.desk.cases import containing, fast_track
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.customers import find_customers
from branch_console.desk.cases.fast_track import Proof
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.containing import standing
from branch_console.rules.cases.fast_track import steps
from branch_console.rules.cases.form import Said
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.journal import format_at
from data.store import Store

PHONE = "13800138000"
NOTE = "疑似诈骗：已请客户拨打 110"


@pytest.fixture
def online(guide: Desk) -> CaseCounter:
    return CaseCounter(guide, online=True)


@pytest.fixture
def offline(guide: Desk) -> CaseCounter:
    return CaseCounter(guide, online=False)


def somebody(counter: CaseCounter) -> Person:
    return find_customers(counter, PHONE)[0]


def begun(counter: CaseCounter, person: Person | None = None, *, anonymous: bool = False) -> str:
    who = None if anonymous else person or somebody(counter)
    opened = format_at(counter.now() - timedelta(seconds=40))
    return fast_track.begin(
        counter, who, "double_charge", Said("客户到店反映：重复扣款"), "visit" if anonymous else "phone", opened
    )


def case(counter: CaseCounter, subject: str) -> CaseState:
    state = counter.store.state(subject)
    assert isinstance(state, CaseState)
    return state


def through(counter: CaseCounter, subject: str) -> set[str]:
    return {each.row.code for each in steps(case(counter, subject), counter.reference) if each.status == "done"}


def test_the_number_comes_first_with_everything_that_a_case_of_lost_money_needs(offline: CaseCounter) -> None:
    subject = begun(offline)
    state = case(offline, subject)
    assert state.number.startswith("TS-") and state.kind == "dispute" and state.fast_track
    assert state.codes is not None and state.codes.reason == "C09"
    assert "fast" in state.clock_sets and state.want == "refund" and state.transaction is None
    (promise,) = state.open_promises
    assert promise.way == "phone" and promise.at > state.saved_at
    assert through(offline, subject) == {"verify", "register"}
    assert state.marks == []


def test_nobody_is_verified_who_gave_no_number(online: CaseCounter) -> None:
    tail = next(each for each in find_customers(online, "8000") if not each.keys)
    for subject in (begun(online, tail), begun(online, anonymous=True)):
        assert through(online, subject) == {"register"}
        with pytest.raises(RuleError, match="containment_nobody"):
            containing.ask_to_contain(online, subject, "freeze")
        with pytest.raises(RuleError, match="customer_unproven"):
            fast_track.identify(online, subject, tail)
        fast_track.identify(online, subject, somebody(online))
        containing.ask_to_contain(online, subject, "freeze")
        assert through(online, subject) == {"register", "verify", "contain"}


def test_a_request_expires_and_only_a_person_asks_anew(online: CaseCounter, clock: Clock) -> None:
    subject = begun(online)
    first = containing.ask_to_contain(online, subject, "freeze")
    assert standing(case(online, subject), online.now()) == "requested"
    with pytest.raises(RuleError, match="containment_open"):
        containing.ask_to_contain(online, subject, "freeze")
    clock.wait(31 * 60)
    assert standing(case(online, subject), online.now()) == "expired"
    containing.ask_to_contain(online, subject, "limit")
    (_, again) = case(online, subject).containments
    assert (again.renews, again.measure) == (first.id, "limit")
    assert standing(case(online, subject), online.now()) == "requested"


def test_offline_a_request_waits_and_the_step_is_through_only_with_the_call(offline: CaseCounter) -> None:
    subject = begun(offline)
    containing.ask_to_contain(offline, subject, "freeze")
    assert standing(case(offline, subject), offline.now()) == "queued"
    assert "contain" not in through(offline, subject)
    containing.record_call(offline, subject, "icbc", "09:28", True, f"受理 H771 {PHONE}", True)
    state = case(offline, subject)
    (call,) = state.calls
    assert (call.number, call.answered, call.said_done) == ("95588", True, True)
    assert PHONE not in call.reference and "H771" in call.reference
    assert "contain" in through(offline, subject)
    assert standing(state, offline.now()) == "queued", "what a hotline says freezes nothing here"


@pytest.mark.parametrize(
    ("hotline", "at", "code"), [("nobody", "", "code_unknown"), ("icbc", "25:99", "when_unreadable")]
)
def test_a_call_is_of_a_known_hotline_at_a_time_that_was(
    offline: CaseCounter, hotline: str, at: str, code: str
) -> None:
    subject = begun(offline)
    with pytest.raises(FieldError) as refused:
        containing.record_call(offline, subject, hotline, at, False, "", False)
    assert refused.value.code == code
    assert "contain" not in through(offline, subject)


def test_evidence_is_kept_as_hash_and_masked_text_by_whoever_stands_there(online: CaseCounter, tmp_path: Path) -> None:
    subject = begun(online)
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"invented")
    proof = Proof("1,280.50", "09:10", f"王先生 {PHONE}", "PAY202611220042", str(picture), "yes")
    fast_track.add_proof(online, subject, proof, NOTE)
    state = case(online, subject)
    assert state.transaction is not None
    assert (state.transaction.amount_fen, state.transaction.reference) == (128_050, "PAY202611220042")
    assert PHONE not in state.transaction.counterparty and state.transaction.key
    assert state.evidence[0].size == len(b"invented") and "evidence" in through(online, subject)
    fast_track.add_proof(online, subject, Proof(counterparty="好又多超市", path=str(picture)), "")
    state = case(online, subject)
    assert state.transaction is not None and state.transaction.amount_fen == 128_050, "what is known stays"
    assert (state.transaction.counterparty, len(state.evidence)) == ("好又多超市", 1)


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (Proof(), "nothing_added"),
        (Proof(amount="viel"), "amount_form"),
        (Proof(at="25:99"), "when_unreadable"),
        (Proof(path="/invented/no-such-file.png"), "photo_unreadable"),
    ],
)
def test_evidence_that_is_none_is_refused_whole(online: CaseCounter, proof: Proof, code: str) -> None:
    subject = begun(online)
    before = case(online, subject).entries
    with pytest.raises((FieldError, FieldErrors), match=code):
        fast_track.add_proof(online, subject, proof, NOTE)
    assert case(online, subject).entries == before


def test_another_time_is_promised_and_replaces_the_first(online: CaseCounter) -> None:
    subject = begun(online)
    fast_track.promise_call(online, subject, "16:30", "sms", "当面告知客户回访时间")
    (promise,) = case(online, subject).open_promises
    assert (promise.way, promise.staff) == ("sms", "wang") and "16:30" in promise.at
    with pytest.raises(FieldError):
        fast_track.promise_call(online, subject, "soon", "phone", "x")


def test_all_of_it_is_there_after_the_store_was_opened_anew_and_a_colleague_goes_on(
    offline: CaseCounter, store: Store, desk_of: Callable[[str], Desk]
) -> None:
    subject = begun(offline)
    containing.record_call(offline, subject, "icbc", "", True, "H-1", False)
    fast_track.leave_out(offline, subject, "evidence", f"客户已离开 {PHONE}")
    colleague = CaseCounter(desk_of("li"), online=False)
    state = case(colleague, subject)
    left = next(each for each in steps(state, colleague.reference) if each.row.code == "evidence")
    assert left.status == "left_out" and PHONE not in left.reason
    fast_track.check_step(colleague, subject, "slip")
    assert through(colleague, subject) == {"verify", "register", "contain", "slip"}
    assert case(colleague, subject).marks == []
    entries = [each for each in store.entries(subject) if each.type == "case.step_checked"]
    assert {each.staff for each in entries} == {"wang", "li"}
