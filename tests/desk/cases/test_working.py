"""Acts on a case over a real store: what a form must say, who must agree, what is written with what in one act."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from branch_console.demo.history import Clock
from branch_console.locale import t
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.security.unlock_errors import UnlockError, WrongLoginError
from data import case_queries, queries
from data.store import Store
from tests.desk.cases.slip_help import Desks, later, registered
from tests.desk.cases.working_help import CONTACT, DECIDED, Work, fields, given
from tests.desk.conftest import desk_store
from tests.rules.cases.case_help import CUSTOMER

NUMBERS = count(1)
"""Of customers and of cases; each is used once."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all: each test has cases of a customer of its own."""
    made = desk_store(tmp_path_factory.mktemp("working"))
    yield made
    made.close()


@pytest.fixture
def taken(desk_of: Desks) -> Callable[..., str]:
    """Takes cases down that are all of the same customer, and of nobody else's."""
    customer = next(NUMBERS)

    def take(**changed: Any) -> str:
        about = {"customer": {**CUSTOMER, "keys": {"phone": f"k1:{customer}"}}, **changed}
        text = "".join(chr(0x4E00 + (customer * 37 + place * 11) % 5000) for place in range(12))
        return registered(desk_of("wang"), next(NUMBERS), told={"text": text, "masked": {}, "exemptions": {}}, **about)

    return take


@pytest.fixture
def work(desk_of: Desks, tmp_path: Path, taken: Callable[..., str]) -> Work:
    return Work(desk_of, tmp_path, taken())


def codes(work: Work) -> list[str]:
    return [each.type for each in work.state().timeline]


@pytest.mark.parametrize("act", ["contact_out", "contact_in"])
def test_a_contact_ends_with_the_next_promise(work: Work, act: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        work.do(act, **{**CONTACT, "promise_at": ""})
    assert fields(caught.value) == [("promise_at", "promise_missing")]
    with pytest.raises(FieldError) as past:
        work.do(act, **{**CONTACT, "promise_at": "2026-11-22 08:00"})
    assert past.value.code == "promise_past"
    assert codes(work) == ["case.registered"]
    work.do(act, **CONTACT)
    promised = work.state().open_promises
    assert [(each.at[:16], each.staff) for each in promised] == [("2026-11-24T10:00", "zhao")]


def test_a_contact_cannot_end_with_a_decision_that_there_is_not(work: Work) -> None:
    with pytest.raises(RuleError) as caught:
        work.do("contact_out", **{**CONTACT, "ends_with": "decision"})
    assert caught.value.code == "decision_missing"
    work.do("decided", **DECIDED)
    work.do("contact_out", **{**CONTACT, "ends_with": "decision"})
    assert work.state().open_promises == []


def test_a_promise_in_hours_of_work_is_reckoned_by_the_case_s_calendar(work: Work) -> None:
    work.do("contact_in", **{**CONTACT, "promise_at": "+2"})  # on a Sunday: Monday's first two hours
    assert work.state().open_promises[0].at.startswith("2026-11-23T10:30")


def test_everything_that_is_missing_is_said_at_once(work: Work) -> None:
    with pytest.raises(FieldErrors) as caught:
        work.do("contact_out", way="phone", ends_with="promise")
    assert fields(caught.value) == [
        ("text", "text_missing"), ("promise_at", "promise_missing"),
    ]  # fmt: skip


def test_numbers_in_any_text_are_masked_and_counted(work: Work) -> None:
    done = work.do("noted", text="客户另一部手机 13800138000，身份证 11010519491231002X")
    assert done.masked == 2
    text = work.state().timeline[-1].text
    assert text == "客户另一部手机 ****8000，身份证 ****002X"


@pytest.mark.parametrize("missing", ["outcome", "facts", "basis", "told_way"])
def test_the_decision_wizard_forces_what_a_decision_must_state(work: Work, missing: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        work.do("decided", **{**DECIDED, missing: ""})
    assert [field for field, _ in fields(caught.value)] == [missing]
    with pytest.raises(FieldError) as remedy:
        work.do("decided", **{**DECIDED, "remedies": ("review", "mediation")})
    assert remedy.value.code == "remedy_missing"


def test_told_at_once_means_decision_and_notice_in_one_act_or_neither(work: Work) -> None:
    told = {**DECIDED, "told_way": "phone"}
    with pytest.raises(FieldError) as caught:
        work.do("decided", **told)
    assert (caught.value.field, caught.value.code) == ("remedies_told", "remedies_untold")
    assert codes(work) == ["case.registered"]
    work.do("decided", **told, remedies_told="yes")
    assert codes(work) == ["case.registered", "case.decided", "case.notified"]
    assert work.state().status == "decided"
    statutory = [each for each in work.view().clocks.lines if each.id == "statutory"]
    assert [(each.state, each.live) for each in statutory] == [("met", False)]


def test_a_refusal_of_the_complaint_needs_another_person_and_their_password(work: Work) -> None:
    refused = {**DECIDED, "outcome": "not_upheld", "redress": "none", "amount": ""}
    with pytest.raises(RuleError) as nobody:
        work.do("decided", **refused)
    assert nobody.value.code == "approver_missing"
    with pytest.raises(RuleError) as same:
        work.do("decided", by="zhao", **refused)
    assert same.value.code == "approver_same"
    with pytest.raises(RuleError) as role:
        work.do("decided", by="wang", **refused)
    assert role.value.code == "approver_role"
    form = work.board("zhao").act_form(work.case, "decided")
    with pytest.raises(UnlockError):
        work.board("zhao").act(form, given(**refused), "liu", "wrong")
    assert codes(work) == ["case.registered"]
    work.do("decided", by="liu", **refused)
    decision = work.state().decision
    assert decision is not None and decision.approver == "liu"


def test_a_dispute_is_not_decided_without_its_payment_which_the_wizard_asks_for(
    desk_of: Desks, tmp_path: Path, taken: Callable[..., str]
) -> None:
    work = Work(desk_of, tmp_path, taken(kind="dispute", transaction=None))
    assert "disputed" in [
        each.id for page in work.board("zhao").act_form(work.case, "decided").pages for each in page.questions
    ]
    with pytest.raises(FieldError) as caught:
        work.do("decided", **DECIDED)
    assert caught.value.code == "transaction_missing"
    work.do("decided", **DECIDED, disputed="128", payment="202611221234567")
    state = work.state()
    assert state.transaction is not None and state.transaction.amount_fen == 12_800 and state.transaction.key
    assert state.status == "decision_made"


def test_out_of_complaints_only_with_a_supervisor_and_a_reason(work: Work) -> None:
    with pytest.raises(FieldErrors) as reason:
        work.do("retyped", by="liu", kind="inquiry")
    assert fields(reason.value) == [("reason", "reason_missing")]
    with pytest.raises(RuleError) as alone:
        work.do("retyped", kind="inquiry", reason="客户只问限额")
    assert alone.value.code == "approver_missing"
    work.do("retyped", by="liu", kind="inquiry", reason="客户只问限额")
    assert (work.state().kind, work.state().kinds_before) == ("inquiry", ["complaint"])


def test_another_kind_of_complaint_brings_its_clocks(work: Work) -> None:
    assert "contain" not in [each.id for each in work.view().clocks.lines]
    with pytest.raises(RuleError, match="approver_missing"):
        work.do("retyped", kind="dispute", reason="有扣款争议")
    work.do("retyped", by="liu", kind="dispute", reason="有扣款争议")
    assert "contain" in [each.id for each in work.view().clocks.lines]


def test_a_cut_makes_no_number_of_a_longer_one(work: Work) -> None:
    """13 digits are nobody's telephone; their first 11 would be."""
    work.do("escalated", level="1", reason="长" * 489 + "1381234800099")
    assert (work.state().timeline[-1].text or "").endswith("长****8000")


def test_the_statutory_time_is_extended_twice_and_no_further(work: Work, clock: Clock) -> None:
    due = [each.due for each in work.view().clocks.lines if each.statutory]
    assert due == ["12-07"]
    first: dict[str, Any] = {"reason": "需商户配合", "told_way": "phone"}
    with pytest.raises(RuleError) as alone:
        work.do("extended", stage="statutory 1", approval="supervisor", **first)
    assert alone.value.code == "approver_missing"
    work.do("extended", by="liu", stage="statutory 1", approval="supervisor", **first)
    assert [each.due for each in work.view().clocks.lines if each.statutory] == ["12-22"]
    clock.wait(20 * 86_400)
    with pytest.raises(RuleError) as superior:
        work.do("extended", by="liu", stage="statutory 2", approval="supervisor", **first)
    assert superior.value.code in {"extension_superior", "extension_needs"}
    work.do("extended", by="liu", stage="statutory 2", approval="superior", **first)
    assert [each.due for each in work.view().clocks.lines if each.statutory] == ["01-21"]
    assert work.view().acts["extended"].why_not


def test_an_extension_after_the_time_is_over_is_refused_before_anybody_types(work: Work, clock: Clock) -> None:
    clock.wait(16 * 86_400)
    assert work.view().acts["extended"].why_not
    with pytest.raises(RuleError):
        work.board("zhao").act_form(work.case, "extended")


def test_merging_writes_both_cases_and_both_numbers_keep_resolving(
    desk_of: Desks, tmp_path: Path, store: Store, taken: Callable[..., str]
) -> None:
    work = Work(desk_of, tmp_path, taken())
    target = taken()
    number, into = work.state().number, work.state(target).number
    found = work.board("zhao").merge_targets(work.case, "")
    assert [(each.subject, each.same_customer, each.why_not) for each in found] == [(target, True, "")]
    assert [each.subject for each in work.board("zhao").merge_targets(work.case, into.lower())] == [target]
    work.do("merged", about=target, reason="同一笔交易")
    assert work.state().status == "merged"
    assert [each.number for each in work.state(target).joined] == [number]
    assert work.view().goes_on == target and work.view().goes_on_number == into
    for each, subject in ((number, work.case), (into, target)):
        assert case_queries.case_by_number(store, each) == subject
    work.do("unmerged", reason="并错客户")
    assert work.state().status == "received" and work.state().open_promises
    assert [each.parted for each in work.state(target).joined] == [True]
    assert case_queries.case_by_number(store, number) == work.case


def test_another_customer_s_case_takes_a_supervisor(desk_of: Desks, tmp_path: Path, taken: Callable[..., str]) -> None:
    work = Work(desk_of, tmp_path, taken())
    other = {**CUSTOMER, "keys": {"phone": "k1:139"}, "name": "李*"}
    target = taken(customer=other)
    form = work.board("zhao").act_form(work.case, "merged", target)
    assert form.approval_needed and [each.id for each in form.approvers] == ["liu"]
    with pytest.raises(RuleError) as caught:
        work.do("merged", about=target, reason="同一事件")
    assert caught.value.code == "approver_missing"
    work.do("merged", about=target, reason="同一事件", by="liu")
    assert work.state().status == "merged"


def test_a_merging_is_taken_back_within_seven_days_only(
    desk_of: Desks, tmp_path: Path, clock: Clock, taken: Callable[..., str]
) -> None:
    work = Work(desk_of, tmp_path, taken())
    work.do("merged", about=taken(), reason="同一笔交易")
    clock.wait(8 * 86_400)
    assert work.view().acts["unmerged"].why_not
    with pytest.raises(RuleError) as caught:
        work.do("unmerged", reason="并错客户")
    assert caught.value.code == "unmerge_too_late"


def test_into_a_case_that_went_elsewhere_means_into_where_it_went(
    desk_of: Desks, tmp_path: Path, taken: Callable[..., str]
) -> None:
    cases = [taken(), taken(), taken()]
    first, second = (Work(desk_of, tmp_path, each) for each in cases[:2])
    second.do("merged", about=cases[2], reason="同一笔交易")
    number = second.state().number
    assert [each.subject for each in first.board("zhao").merge_targets(cases[0], number)] == [cases[2]]
    first.do("merged", about=cases[1], reason="同一笔交易")
    assert first.state().merged_into == cases[2]


def test_text_is_taken_out_of_an_entry_everywhere_with_a_trace(work: Work, store: Store) -> None:
    work.do("noted", text="客户住址：福田区某路 1 号")
    entry = work.state().timeline[-1].entry
    with pytest.raises(RuleError) as caught:
        work.do("redacted", "wang", about=entry, text="客户住址", reason="不应保存住址")
    assert caught.value.code == "role_may_not"
    for staff, by, code in (("zhao", "", "approver_missing"), ("zhao", "wang", "approver_role"),
                            ("liu", "", "approver_missing"), ("liu", "liu", "approver_same")):  # fmt: skip
        with pytest.raises(RuleError) as caught:
            work.do("redacted", staff, by=by, about=entry, text="客户住址", reason="不应保存住址")
        assert caught.value.code == code
    with pytest.raises(WrongLoginError):
        board = work.board("zhao")
        typed = given(text="客户住址", reason="不应保存住址")
        board.act(board.act_form(work.case, "redacted", entry), typed, "liu", "wrong")
    assert any("福田区" in str(each.data) for each in store.entries(work.case)), "what was refused deletes nothing"
    form = work.board("zhao").act_form(work.case, "redacted", entry)
    assert form.approval_needed and [each.id for each in form.approvers] == ["liu"]
    work.do("redacted", "zhao", by="liu", about=entry, text="（住址已删）", reason="不应保存住址")
    items = {each.entry: each for each in work.state().timeline}
    assert items[entry].text == "（住址已删）"
    taken_out = next(each for each in work.state().timeline if each.type == "case.redacted")
    assert (taken_out.staff, taken_out.detail["approver"]) == ("zhao", "liu")
    assert "case.redacted" in codes(work) and "data.erased" in codes(work)
    assert all("福田区" not in str(each.data) for each in store.entries(work.case))


def test_what_was_typed_is_back_masked_and_gone_once_it_is_sent(work: Work, store: Store) -> None:
    board = work.board("zhao")
    form = board.act_form(work.case, "noted")
    assert not form.back
    board.keep_act(form, given(text="客户手机 13800138000"))
    assert "13800138000" not in str(queries.drafts(store, work.case))
    again = board.act_form(work.case, "noted")
    assert again.back and again.pages[0].questions[0].value == ("客户手机 ****8000",)
    board.act(again, given(text="商户确认"), "", "")
    assert queries.drafts(store, work.case) == {}
    board.keep_act(form, given(text="再写"))
    board.drop_act(form)
    assert not board.act_form(work.case, "noted").back


def test_an_evidence_s_hash_is_kept_and_an_unreadable_file_is_said(work: Work, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"picture")
    with pytest.raises(FieldErrors) as caught:
        work.do("evidence_added", "wang", kind="screenshot", path=str(tmp_path / "none.png"))
    assert fields(caught.value) == [("path", "photo_unreadable")]
    work.do("evidence_added", "wang", kind="screenshot", path=str(picture), caption="扣款截图")
    assert [(each.kind, each.size) for each in work.state().evidence] == [("screenshot", 7)]


def test_whoever_is_complained_about_neither_handles_nor_approves(work: Work) -> None:
    work.do("staff_named", "wang", staff="liu", why="complained_about")
    options = [each.id for each in work.board("zhao").act_form(work.case, "decided").approvers]
    assert options == [""]
    assert "liu" not in [
        code
        for each in work.board("zhao").act_form(work.case, "assigned").pages[0].questions
        for code, _ in each.options
    ]
    with pytest.raises(RuleError) as caught:
        work.do("decided", by="liu", **{**DECIDED, "outcome": "not_upheld"})
    assert caught.value.code == "case_own_interest"


def test_who_is_named_and_how_long_the_form_took_is_for_supervisors(desk_of: Desks, tmp_path: Path) -> None:
    now = desk_of("wang").now()
    times = {"form_opened_at": later(now, seconds=-83), "received_at": later(now, seconds=-83)}
    work = Work(desk_of, tmp_path, registered(desk_of("wang"), next(NUMBERS), **times))
    work.do("staff_named", "wang", staff="li", why="complained_about")
    for staff, sees in (("wang", False), ("zhao", False), ("liu", True), ("zhou", True)):
        facts = dict(work.view(staff).facts)
        assert (t("cases.fact.interested") in facts, t("cases.fact.form_time") in facts) == (sees, sees)
        assert ("Li" in str(facts.values())) is sees
    assert "1:23" in dict(work.view("liu").facts)[t("cases.fact.form_time")]


def test_the_whole_way_to_the_end_with_a_rating_after_it(work: Work) -> None:
    work.do("accepted", no_interest="yes")
    work.do("contact_out", **CONTACT)
    work.do("paused", why="waiting_customer", note="待客户补交截图")
    work.do("resumed")
    work.do("decided", **DECIDED)
    assert work.view().acts["closed"].why_not
    work.do("notified", way="phone", remedies_told="yes")
    done = work.do("closed", result="已退款", root_cause="system")
    assert done.rate and work.view().ratable and work.state().status == "closed"
    work.do("reopened", reason="退款仍未到账")
    assert work.state().status == "in_progress" and not work.view().ratable


def test_what_is_promised_after_the_end_is_waited_for(work: Work, store: Store, clock: Clock) -> None:
    def queue(tab: case_queries.Tab) -> list[str]:
        return [each.subject for each in case_queries.cases(store, tab, staff="zhao", now=clock.now)]

    work.do("decided", **{**DECIDED, "told_way": "phone", "remedies_told": "yes"})
    work.do("closed", result="已退款")
    assert work.case not in queue("branch")
    work.do("contact_in", **{**CONTACT, "promise_at": "16:00"})
    assert work.state().status == "closed"
    assert work.case in queue("mine") and work.case in queue("today")
    promised = work.view().clocks.promise
    assert promised is not None and promised.state != "overdue"
    clock.wait(10 * 3600)
    assert work.case in queue("overdue")
    work.do("contact_out", **{**CONTACT, "ends_with": "decision"})
    assert work.case not in queue("branch") and work.view().clocks.promise is None


def test_a_guide_may_note_and_answer_but_not_decide(work: Work) -> None:
    acts = work.view("wang").acts
    allowed = {each.id for each in acts.values() if not each.why_not}
    assert {"noted", "contact_in", "evidence_added", "staff_named"} <= allowed
    assert not {"contact_out", "decided", "extended", "merged", "retyped", "closed", "redacted"} & allowed
    with pytest.raises(RuleError) as caught:
        work.board("wang").act_form(work.case, "decided")
    assert caught.value.code == "role_may_not"
    with pytest.raises(RuleError):
        work.view("wu")


def test_a_payment_that_became_known_keeps_what_was_known(work: Work) -> None:
    work.do("details_added", amount="128.5", reference="202611221234567", vulnerable="yes", group_size="25")
    work.do("details_added", counterparty="好又多超市")
    state = work.state()
    assert state.transaction is not None
    assert (state.transaction.amount_fen, state.transaction.counterparty) == (12_850, "好又多超市")
    assert "4567" in state.transaction.reference and state.transaction.key
    assert {t("cases.flag.major"), t("cases.flag.vulnerable")} <= set(work.view().flags)
    with pytest.raises(RuleError) as caught:
        work.do("details_added")
    assert caught.value.code == "nothing_added"


def test_a_regulator_s_case_gets_the_regulator_s_clock(work: Work) -> None:
    work.do("details_added", regulator="pboc_transfer", regulator_reference="1236300012")
    assert "pboc" in [each.id for each in work.view().clocks.lines]
