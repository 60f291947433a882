"""Every act on a case: who, in which state, and what it must keep."""

from dataclasses import replace
from typing import Any

import pytest

from branch_console.rules.cases.acts import ACTS, check, why_not
from branch_console.rules.cases.acts_record import codes_of
from branch_console.rules.cases.limits import flags
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import StateTable
from branch_console.rules.entries import read_data
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.roles import allowed
from branch_console.rules.staff import ROLES
from tests.rules.cases.case_help import (
    CODES,
    CUSTOMER,
    OTHER,
    REFERENCE,
    SAMPLES,
    TRANSACTION,
    act,
    at,
    desk,
    entry,
    fold,
    promise,
    suggested,
)

OPEN = [entry(0, "case.registered")]
TOLD = [*OPEN, entry(1, "case.decided"), entry(2, "case.notified")]
CLOSED = [*TOLD, entry(3, "case.closed")]
ADOPTED = [suggested(), entry(1, "suggestion.adopted", staff="s1")]


def refused(
    known: list[Any], kind: str, /, *, minute: float = 10, on: dict[str, Any] | None = None, **changed: Any
) -> str | None:
    """The code with which the act is refused, None if it is allowed."""
    data = read_data(entry(9, kind, **changed))
    assert data is not None
    try:
        check(desk(minute, **(on or {})), fold(known) if known else None, kind, data)
    except RuleError as error:
        return error.code
    return None


def test_every_act_has_its_row_and_every_status_is_in_the_table_of_states() -> None:
    table = REFERENCE.tables["case_states"]
    assert isinstance(table, StateTable)
    states = {row.code: row for row in table.codes}
    assert set(ACTS) == set(SAMPLES) - {"case.duplicate_suspected"}  # central's own
    assert {status for each in ACTS.values() for status in each.statuses} - {""} <= set(states)
    ended = {code for code, row in states.items() if row.phase == "closed"}
    assert ended == {code for code in states if CaseState(status=code).ended}
    assert not {"escalated", "major", "overdue"} & set(states)
    assert states["waiting_customer"].statutory == "run"
    assert states["decision_made"].statutory == "run"


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_only_the_roles_of_the_table_may(kind: str) -> None:
    for role in ROLES:
        why = why_not(desk(role=role), fold(OPEN), kind)
        assert (why is not None and why.code == "role_may_not") is not allowed(role, ACTS[kind].action)
    assert not allowed("auditor", ACTS[kind].action)
    assert not allowed("administrator", ACTS[kind].action)


@pytest.mark.parametrize("kind", sorted(set(ACTS) - {"case.registered"}))
def test_nothing_is_done_to_what_is_not_registered(kind: str) -> None:
    assert refused([], kind, on={"role": "supervisor"}) == "case_not_begun"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        (None, {}),
        ("narrative_short", {"told": {"text": "扣 款 了", "masked": {}, "exemptions": {}}}),
        ("category_missing", {"codes": None}),
        ("clocks_not_pinned", {"policy": None}),
        ("clocks_not_pinned", {"clock_sets": []}),
        ("promise_missing", {"promise": None}),
        ("promise_past", {"promise": promise(5)}),
        ("promise_way_missing", {"promise": {**promise(), "way": "none"}}),
        ("promise_unreadable", {"promise": {**promise(), "at": "tomorrow morning at ten"}}),
        ("case_number_wrong", {"number": "TS-SZ01-A001-260918-0001-52"}),
        ("code_unknown", {"codes": {**CODES, "category": "nonsense"}}),
        ("code_unknown", {"want": "money"}),
        ("code_table_outdated", {"codes": {**CODES, "tables": {**CODES["tables"], "case_reasons": 9}}}),  # type: ignore[dict-item]
        ("received_in_future", {"received_at": at(30)}),
        ("anonymous_not_called", {"customer": {"how": "anonymous"}}),
        (None, {"kind": "praise", "codes": None, "policy": None, "calendar": None, "clock_sets": [], "promise": None}),
    ],
)
def test_what_the_form_must_have(code: str | None, changed: dict[str, Any]) -> None:
    assert refused([], "case.registered", **changed) == code


def test_one_choice_of_the_picker_fills_the_three_codes_with_their_versions() -> None:
    assert codes_of(desk(), "double_charge").model_dump() == CODES
    assert codes_of(desk(), "opening").channel == "A01"
    with pytest.raises(FieldError):
        codes_of(desk(), "nonsense")


@pytest.mark.parametrize("kind", ["case.contact_out", "case.contact_in"])
def test_every_contact_ends_with_the_next_promise_or_a_decision(kind: str) -> None:
    assert refused(OPEN, kind) is None
    assert refused(OPEN, kind, promise=None) == "promise_missing"
    assert refused(OPEN, kind, promise=None, ends_with="decision") == "decision_missing"
    assert refused(OPEN, kind, promise=promise(5)) == "promise_past"
    assert refused(TOLD, kind, promise=None, ends_with="decision") is None
    assert refused(TOLD, kind, ends_with="decision") == "promise_with_decision"


def test_a_customer_who_was_not_reached_needs_the_next_try() -> None:
    told: dict[str, Any] = {"promise": None, "ends_with": "decision", "reached": False}
    assert refused(TOLD, "case.contact_out", **told) == "promise_missing"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        (None, {}),
        ("facts_missing", {"facts": "  无 "}),
        ("basis_missing", {"basis": "   "}),
        ("remedy_missing", {"remedies": ["review", "mediation"]}),
        ("code_unknown", {"remedies": ["review", "mediation", "litigation", "prayer"]}),
        ("code_unknown", {"outcome": "maybe"}),
        ("redress_missing", {"outcome": "goodwill", "redress": None}),
        ("approver_missing", {"outcome": "not_upheld"}),
        ("approver_missing", {"redress": {"kind": "refund", "amount_fen": 50_000}}),
        ("approver_same", {"outcome": "not_upheld", "approver": "o1"}),
        (None, {"outcome": "not_upheld", "approver": "s1"}),
    ],
)
def test_a_decision_forces_facts_basis_remedies_and_another_person(code: str | None, changed: dict[str, Any]) -> None:
    assert refused(OPEN, "case.decided", **changed) == code


def test_an_approver_is_a_supervisor_without_interest() -> None:
    assert refused(OPEN, "case.decided", approver="o2", on={"approver_role": "case_officer"}) == "approver_role"
    named = [*OPEN, entry(1, "case.staff_named", {"staff": "s1", "why": "took_part"})]
    assert refused(named, "case.decided", approver="s1") == "case_own_interest"


def test_who_has_an_interest_neither_takes_nor_gets_nor_decides_the_case() -> None:
    named = [*OPEN, entry(1, "case.staff_named", {"staff": "o1", "why": "complained_about"})]
    for kind in ("case.accepted", "case.decided"):
        assert refused(named, kind) == "case_own_interest"
    assert refused(named, "case.assigned", to="o1") == "case_own_interest"
    assert refused(named, "case.promise_handed_over", to="o1") == "case_own_interest"
    assert refused(OPEN, "case.accepted", no_interest=False) == "case_own_interest"


def test_a_dispute_is_decided_with_the_payment_that_it_is_about() -> None:
    dispute = [entry(0, "case.registered", kind="dispute")]
    assert refused(dispute, "case.decided") == "transaction_missing"
    assert refused([*dispute, entry(1, "case.details_added", transaction=TRANSACTION)], "case.decided") is None


def test_a_complaint_is_closed_only_when_the_customer_knows_and_nothing_is_promised() -> None:
    assert refused(OPEN, "case.closed") == "customer_not_told"
    assert refused([*OPEN, entry(1, "case.decided")], "case.closed") == "case_status_not"
    assert refused(TOLD, "case.closed") is None
    assert refused([*TOLD, entry(3, "case.contact_in")], "case.closed") == "promises_open"
    both = [*TOLD, entry(3, "case.assigned", after=[2]), entry(4, "case.assigned", after=[2], to="o3")]
    assert refused(both, "case.closed") == "differences_unsettled"


def test_telling_needs_a_decision_and_the_remedies() -> None:
    decided = [*OPEN, entry(1, "case.decided")]
    assert refused(OPEN, "case.notified") == "case_status_not"
    assert refused(decided, "case.notified", remedies_told=False) == "remedies_untold"
    assert refused(decided, "case.notified", way="none") == "customer_not_told"
    assert refused(decided, "case.notified") is None


def test_a_complaint_is_retyped_only_with_a_supervisor_and_a_reason() -> None:
    assert refused(OPEN, "case.retyped", approver=None) == "approver_missing"
    assert refused(OPEN, "case.retyped", approver="o1") == "approver_same"
    assert refused(OPEN, "case.retyped", reason="  ") == "reason_missing"
    assert refused(OPEN, "case.retyped") is None
    assert refused(OPEN, "case.retyped", kind="dispute", approver=None) == "approver_missing"
    assert refused(OPEN, "case.retyped", kind="dispute") is None
    assert refused(OPEN, "case.retyped", kind="complaint") == "kind_same"
    state = fold([*OPEN, entry(1, "case.retyped", approver=None)])
    assert (state.kind, [each.code for each in state.marks]) == ("complaint", ["retyped_alone"])
    assert fold([*OPEN, entry(1, "case.retyped")]).kinds_before == ["complaint"]


def test_text_is_taken_out_only_by_two_people() -> None:
    assert refused(OPEN, "case.redacted") is None
    assert refused(OPEN, "case.redacted", approver=None) == "approver_missing"
    assert refused(OPEN, "case.redacted", approver="o1") == "approver_same"
    assert refused(OPEN, "case.redacted", on={"approver_role": "case_officer"}) == "approver_role"
    assert refused(OPEN, "case.redacted", on={"role": "guide"}) == "role_may_not"
    named = [*OPEN, entry(1, "case.staff_named", {"staff": "s1", "why": "took_part"})]
    assert refused(named, "case.redacted") == "case_own_interest"


@pytest.mark.parametrize(
    ("code", "known", "changed", "on"),
    [
        (None, OPEN, {}, {}),
        ("approver_same", OPEN, {"approver": "o1"}, {}),
        ("reason_missing", OPEN, {"reason": " "}, {}),
        ("customer_not_told", OPEN, {"told_at": at(30)}, {}),
        ("customer_not_told", OPEN, {"told_way": "none"}, {}),
        ("extension_too_late", OPEN, {}, {"statutory_passed": True}),
        ("extension_stage_skipped", OPEN, {"stage": 2, "approval": "superior"}, {}),
        ("extended_already", [*OPEN, entry(1, "case.extended")], {}, {}),
        ("extension_superior", [*OPEN, entry(1, "case.extended")], {"stage": 2}, {}),
        (None, [*OPEN, entry(1, "case.extended")], {"stage": 2, "approval": "superior"}, {}),
    ],
)
def test_an_extension_has_its_stage_reason_approval_and_told_customer(
    code: str | None, known: list[Any], changed: dict[str, Any], on: dict[str, Any]
) -> None:
    assert refused(known, "case.extended", on=on, **changed) == code


def test_escalation_only_rises_and_is_a_flag_not_a_state() -> None:
    escalated = [*OPEN, entry(1, "case.escalated", level=2)]
    state = fold(escalated)
    assert (state.status, state.level) == ("received", 2)
    assert refused(escalated, "case.escalated", level=2) == "level_not_higher"
    many = fold([*escalated, entry(2, "case.details_added", {"group_size": 20, "vulnerable": True, "regulator": None})])
    assert flags(many, REFERENCE) == ("major", "vulnerable", "escalated")


def test_a_review_is_asked_for_in_writing_within_thirty_days_and_answered_by_another() -> None:
    assert refused(CLOSED, "case.review_applied") is None
    assert refused(CLOSED, "case.review_applied", written=False) == "review_not_written"
    assert refused(CLOSED, "case.review_applied", minute=30 * 1440) is None
    assert refused(CLOSED, "case.review_applied", minute=31 * 1440) == "review_too_late"
    review = [*CLOSED, entry(4, "case.review_applied")]
    own = {"role": "supervisor", "staff": "o1"}
    assert refused(review, "case.review_notified", on=own) == "review_own"
    assert fold([*review, entry(5, "case.review_notified", staff="s1")]).status == "closed"
    assert fold([*review, entry(5, "case.review_notified", outcome="changed")]).status == "in_progress"


def test_a_case_is_withdrawn_by_proxy_only_with_an_authority() -> None:
    assert refused(OPEN, "case.withdrawn", by="proxy") == "proxy_unseen"
    assert (
        refused([*OPEN, entry(1, "case.details_added", {"proxy": "authorisation"})], "case.withdrawn", by="proxy")
        is None
    )
    assert refused(OPEN, "case.not_accepted", told=False) == "customer_not_told"


def test_suggestions_have_their_own_way_and_their_author_does_not_judge_them() -> None:
    on = {"role": "supervisor", "staff": "s1"}
    assert refused(OPEN, "suggestion.adopted", on=on) == "case_kind_not"
    assert refused([suggested()], "case.decided") == "case_kind_not"
    assert refused([suggested()], "suggestion.adopted") == "role_may_not"
    assert refused([suggested()], "suggestion.adopted", on=on) is None
    assert refused([suggested(who="staff")], "suggestion.adopted", on={**on, "staff": "o1"}) == "idea_own"
    done = [*ADOPTED, entry(2, "suggestion.done", staff="s1")]
    assert refused(done, "suggestion.told") is None
    assert refused([suggested(who="anonymous"), *done[1:]], "suggestion.told") == "idea_anonymous"
    assert fold([*done, entry(3, "suggestion.told")]).status == "told"


def test_one_reward_an_idea_within_caps_approved_by_neither_maker_nor_author() -> None:
    on = {"role": "supervisor", "staff": "s1"}
    assert refused(ADOPTED, "suggestion.rewarded", on=on) is None
    assert refused(ADOPTED, "suggestion.rewarded", on=on, approver="s1") == "approver_same"
    assert refused(ADOPTED, "suggestion.rewarded", on=on, act=OTHER) == "reward_act_unknown"
    assert refused(ADOPTED, "suggestion.rewarded", on=on, value_fen=20_001) == "reward_too_high"
    assert refused(ADOPTED, "suggestion.rewarded", on={**on, "rewarded_fen": 45_000}) == "reward_month_full"
    staff = [suggested(who="staff"), *ADOPTED[1:]]
    assert refused(staff, "suggestion.rewarded", on=on, approver="o1") == "idea_own"
    once = [*ADOPTED, entry(2, "suggestion.rewarded", staff="s1")]
    assert refused(once, "suggestion.rewarded", on=on) == "rewarded_already"
    twice = fold([*once, entry(3, "suggestion.rewarded", staff="s3")])
    assert [len(twice.rewards), *[each.code for each in twice.marks]] == [2, "rewarded_twice"]


def test_support_counts_a_known_person_once() -> None:
    supported = [*ADOPTED, entry(2, "suggestion.supported"), entry(3, "suggestion.supported")]
    assert fold(supported).support == 1
    assert fold([*supported, entry(4, "suggestion.supported", key=None)]).support == 2
    assert refused(supported, "suggestion.supported") == "supported_already"
    assert refused(ADOPTED, "suggestion.supported", key=CUSTOMER["keys"]["phone"]) == "idea_own"  # type: ignore[index]


def test_why_not_says_what_check_would() -> None:
    assert why_not(desk(), fold(OPEN), "case.notified") is not None
    assert why_not(desk(), fold(TOLD), "case.notified") is None
    assert why_not(replace(desk(), role="auditor"), fold(OPEN), "case.noted") is not None


def test_a_slip_never_claims_that_head_office_knows_while_it_cannot() -> None:
    assert refused(OPEN, "case.slip_printed", offline=False, on={"online": False}) == "slip_claims_online"
    assert refused(OPEN, "case.slip_printed", on={"online": False}) is None
    assert refused(OPEN, "case.slip_printed", slip="decision") == "decision_missing"
    assert fold([*OPEN, entry(1, "case.slip_printed"), entry(2, "case.slip_printed")]).slips[1].entry == act(2)
