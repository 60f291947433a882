"""A journey through the real flow, and each of its branch rules."""

from typing import Any

import pytest

from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.onboarding import customer_caps, next_step
from branch_console.rules.tiers import effective_limits
from tests.rules.flow_help import ON, Journey, flow, reference


def refused(code: str) -> Any:
    return pytest.raises(RuleError, match=f"^{code}$")


@pytest.mark.parametrize(("target", "required"), [("IV", 11), ("III", 14), ("II", 15), ("I", 16)])
def test_every_class_can_be_finished(target: str, required: int) -> None:
    journey = Journey(target)
    assert journey.plan.total == required
    journey.all()
    journey.act("journey.finished", {"wallet_class": target})
    assert journey.state.status == "finished"
    assert journey.state.wallet_class == target
    assert journey.state.marks == []


def test_finish_needs_every_required_step() -> None:
    journey = Journey()
    journey.until("review")
    with refused("steps_missing"):
        journey.act("journey.finished", {"wallet_class": "II"})


def test_order_is_enforced() -> None:
    journey = Journey()
    with refused("step_order"):
        journey.act("journey.step_started", {"step": "official_app"})
    with refused("step_unknown"):
        journey.act("journey.step_started", {"step": "nonsense"})
    with refused("step_not_open"):
        journey.act("journey.answered", {"step": "need", "answers": {"segment": "young"}})
    with refused("step_not_open"):
        journey.act("journey.step_done", {"step": "need", "active_ms": 0, "away_ms": 0})


def test_required_answers_and_forms() -> None:
    journey = Journey()
    journey.act("journey.step_started", {"step": "need"})
    with pytest.raises(FieldErrors) as missing:
        journey.act("journey.step_done", {"step": "need", "active_ms": 0, "away_ms": 0})
    assert {each.field: each.code for each in missing.value.errors} == dict.fromkeys(
        ("segment", "age_band", "scene"), "answer_missing"
    )
    with pytest.raises(FieldErrors):
        journey.act("journey.answered", {"step": "need", "answers": {"segment": "aristocrat"}})
    with refused("field_unknown"):
        journey.act("journey.answered", {"step": "need", "answers": {"password": "123456"}})


def test_nothing_after_the_notice_without_a_decision() -> None:
    journey = Journey()
    journey.until("consent")
    journey.act("journey.step_started", {"step": "consent"})
    with refused("consent_missing"):
        journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    journey.consent("general")
    with refused("consent_missing"):
        journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    journey.consent("sensitive")
    journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    following = next_step(journey.plan)
    assert following is not None
    assert following.step.id == "lookup"


def test_fraud_gate_stops_until_a_supervisor_decides() -> None:
    journey = Journey()
    journey.step("need")
    journey.act("journey.step_started", {"step": "fraud_gate"})
    journey.act(
        "journey.answered", {"step": "fraud_gate", "answers": {"told_by_someone": True, "asked_for_secret": False}}
    )
    rule = journey.plan.interruption
    assert rule is not None
    assert rule.id == "fraud"
    with refused("journey_interrupted"):
        journey.act("journey.answered", {"step": "fraud_gate", "answers": {"told_by_someone": False}})
    with refused("journey_interrupted"):
        journey.act("journey.step_done", {"step": "fraud_gate", "active_ms": 0, "away_ms": 0})
    journey.act("journey.interrupted", {"step": "fraud_gate", "rule": "fraud", "reason": "suspected_fraud"})
    resolve = {"outcome": "continue", "note": "问清楚了", "approved_by": None}
    for approver in (None, "g1", "g2"):
        with refused("supervisor_needed"):
            journey.act("journey.interruption_resolved", {**resolve, "approved_by": approver})
    journey.act("journey.interruption_resolved", {**resolve, "approved_by": "s1"})
    journey.act("journey.step_done", {"step": "fraud_gate", "active_ms": 0, "away_ms": 0})
    assert journey.state.cleared == ["fraud"]


def test_a_supervisor_who_guides_cannot_approve_alone() -> None:
    journey = Journey(staff="s1")
    journey.step("need")
    journey.act("journey.step_started", {"step": "fraud_gate"})
    journey.act(
        "journey.answered", {"step": "fraud_gate", "answers": {"told_by_someone": False, "asked_for_secret": True}}
    )
    journey.act("journey.interrupted", {"step": "fraud_gate", "rule": "fraud", "reason": "suspected_fraud"})
    with refused("supervisor_needed"):
        journey.act("journey.interruption_resolved", {"outcome": "continue", "note": None, "approved_by": "s1"})
    journey.act("journey.interruption_resolved", {"outcome": "stop", "note": None, "approved_by": None})
    assert (journey.state.status, journey.state.abandoned_reason) == ("abandoned", "suspected_fraud")


def answer_age(journey: Journey, band: str) -> None:
    journey.act("journey.step_started", {"step": "need"})
    journey.act(
        "journey.answered", {"step": "need", "answers": {"segment": "young", "age_band": band, "scene": "commute"}}
    )


@pytest.mark.parametrize("band", ["under_14", "14_15"])
def test_minors_need_a_supervisor_and_a_guardian(band: str) -> None:
    journey = Journey()
    answer_age(journey, band)
    journey.act("journey.interrupted", {"step": "need", "rule": "minor", "reason": "minor_customer"})
    journey.act("journey.interruption_resolved", {"outcome": "continue", "note": None, "approved_by": "s1"})
    journey.act("journey.step_done", {"step": "need", "active_ms": 0, "away_ms": 0})
    journey.until("consent")
    journey.act("journey.step_started", {"step": "consent"})
    if band == "under_14":
        with refused("consent_guardian"):
            journey.consent("general")
    journey.consent("general", guardian=True)
    journey.consent("sensitive", guardian=True)
    with pytest.raises(FieldErrors):
        journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    guardian = {"guardian_present": True, "guardian_relation": "parent"}
    journey.act("journey.answered", {"step": "consent", "answers": guardian})
    journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    assert journey.plan.guardian == (band == "under_14")


def test_seniors_have_their_script_and_no_target_time() -> None:
    journey = Journey()
    journey.step("need", age_band="60_plus")
    assert journey.plan.script == "senior"
    assert {each.target_seconds for each in journey.plan.steps} == {None}


def test_no_smartphone_leads_to_a_hard_wallet() -> None:
    journey = Journey("IV")
    journey.step("need")
    journey.step("fraud_gate")
    journey.step("device", smartphone=False, os_family=None, phone_ok=None, nfc=None)
    path = {each.step.id: each.requirement for each in journey.plan.steps}
    assert (path["official_app"], path["register"], path["counter"]) == ("-", "-", "-")
    journey.until("open_wallet")
    journey.step("open_wallet", hard_medium="card")
    named = Journey("II")
    named.until("device")
    named.step("device", smartphone=False, os_family=None, phone_ok=None, nfc=None)
    path = {each.step.id: each.requirement for each in named.plan.steps}
    assert (path["identity"], path["bind_card"], path["counter"]) == ("-", "-", "R")


def test_a_passport_caps_the_class_and_allows_foreign_phones() -> None:
    journey = Journey("II")
    journey.until("lookup")
    journey.step("lookup", doc_type="IT03", document=DOCUMENT_PASSPORT)
    assert journey.plan.target == "III"
    assert journey.plan.capped_by is not None
    assert journey.plan.capped_by.id == "passport"
    assert journey.plan.script == "foreigner"
    with refused("target_capped"):
        journey.act("journey.target_changed", {"target": "I", "reason": "wants_more"})


DOCUMENT_PASSPORT = {"masked": "****5678", "key": "k1:passport"}


def refuse(journey: Journey, scope: str) -> None:
    journey.until("consent")
    journey.act("journey.step_started", {"step": "consent"})
    for each in ("general", "sensitive"):
        journey.consent(each, given=each != scope)
    journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})


def test_sensitive_consent_refused_caps_at_four() -> None:
    journey = Journey("II")
    refuse(journey, "sensitive")
    assert journey.plan.target == "IV"
    journey.act("journey.step_started", {"step": "lookup"})
    with refused("personal_without_consent"):
        journey.act("journey.answered", {"step": "lookup", "answers": {"doc_type": "IT01"}})
    with refused("target_capped"):
        journey.act("journey.target_changed", {"target": "III", "reason": "wants_more"})
    journey.consent("sensitive")
    reached: str = journey.plan.target
    assert reached == "II"


def test_general_consent_refused_goes_on_without_personal_data() -> None:
    journey = Journey("IV")
    refuse(journey, "general")
    assert next(each.requirement for each in journey.plan.steps if each.step.id == "lookup") == "-"
    while missing := journey.plan.missing:
        journey.step(missing[0].step.id, **({"wallet_id": None} if missing[0].step.id == "open_wallet" else {}))
    journey.act("journey.finished", {"wallet_class": "IV"})
    assert journey.state.person_keys == []


def test_withdrawal_stops_what_needs_the_consent() -> None:
    journey = Journey("II")
    journey.until("identity")
    journey.act("consent.withdrawn", {"scope": "sensitive", "reason": "changed_mind"}, staff="g2")
    assert journey.plan.target == "IV"
    with refused("step_not_in_path"):
        journey.act("journey.step_started", {"step": "identity"})
    with refused("consent_nothing_to_withdraw"):
        journey.act("consent.withdrawn", {"scope": "sensitive", "reason": "changed_mind"})


def test_raising_the_target_asks_only_for_what_is_missing() -> None:
    journey = Journey("IV")
    journey.until("education")
    done = {name for name, step in journey.state.steps.items() if step.status == "done"}
    journey.act("journey.target_changed", {"target": "II", "reason": "wants_more"})
    missing = [each.step.id for each in journey.plan.missing]
    assert missing == ["identity", "bind_card", "security", "first_use", "education", "review"]
    assert done.isdisjoint(missing)


def test_a_raised_target_asks_for_the_consent_that_was_not_needed_before() -> None:
    journey = Journey("IV")
    journey.until("consent")
    journey.act("journey.step_started", {"step": "consent"})
    journey.consent("general")
    journey.act("journey.step_done", {"step": "consent", "active_ms": 0, "away_ms": 0})
    journey.act("journey.target_changed", {"target": "III", "reason": "wants_more"})
    assert journey.plan.missing[0].step.id == "consent"
    journey.consent("sensitive")
    assert "consent" not in [each.step.id for each in journey.plan.missing]


def test_a_duplicate_is_decided_by_the_guide() -> None:
    journey = Journey("II")
    journey.until("lookup")
    journey.act("journey.step_started", {"step": "lookup"})
    journey.act("journey.answered", {"step": "lookup", "answers": {"found": "has_wallet"}})
    journey.act("journey.interrupted", {"step": "lookup", "rule": "duplicate", "reason": "duplicate"})
    journey.act("journey.interruption_resolved", {"outcome": "continue", "note": "换机构", "approved_by": None})
    assert journey.state.status == "running"


def test_required_steps_are_skipped_only_with_an_excuse() -> None:
    journey = Journey("III")
    journey.until("first_use")
    skip = {"step": "first_use", "reason": "no_time", "note": None, "active_ms": 0, "away_ms": 0}
    with refused("step_required"):
        journey.act("journey.step_skipped", skip)
    journey.act("journey.step_skipped", {**skip, "reason": "no_funds"})
    assert journey.plan.missing[0].step.id == "education"
    journey.step("education")
    with refused("reason_unknown"):
        journey.act("journey.step_skipped", {**skip, "step": "gift", "reason": "suspected_fraud"})


def test_the_counter_needs_two_people() -> None:
    journey = Journey("I")
    journey.until("counter")
    journey.act("journey.step_started", {"step": "counter"})
    with refused("counter_not_accepted"):
        journey.act("journey.step_done", {"step": "counter", "active_ms": 0, "away_ms": 0})
    offer = journey.act(
        "journey.hand_over_offered",
        {"to": "counter", "staff": None, "reason": "need_counter", "note": None, "queue_number": None},
    )
    for second in (None, "g2", "g1"):
        with refused("second_staff_needed"):
            journey.act("journey.hand_over_accepted", {"offer": offer.id, "second_staff": second}, staff="g2")
    with refused("offer_own"):
        journey.act("journey.hand_over_accepted", {"offer": offer.id, "second_staff": "s1"})
    journey.act("journey.hand_over_accepted", {"offer": offer.id, "second_staff": "s1"}, staff="g2")
    journey.act("journey.step_done", {"step": "counter", "active_ms": 0, "away_ms": 0}, staff="g2")


def test_a_change_asks_for_the_review_again() -> None:
    journey = Journey("IV")
    journey.all()
    journey.act("journey.step_reopened", {"step": "lookup", "why": "change"})
    journey.act("journey.answered", {"step": "lookup", "answers": {"name": "李明"}})
    journey.act("journey.step_done", {"step": "lookup", "active_ms": 0, "away_ms": 0})
    assert [each.step.id for each in journey.plan.missing] == ["review"]
    journey.step("review")
    journey.act("journey.finished", {"wallet_class": "IV"})


def test_only_the_holder_works_and_a_colleague_takes_over() -> None:
    journey = Journey()
    with refused("not_holder"):
        journey.act("journey.step_started", {"step": "need"}, staff="g2")
    journey.act("journey.paused", {"step": "need", "reason": "customer_away"})
    with refused("journey_paused"):
        journey.act("journey.step_started", {"step": "need"})
    with refused("holder_changed"):
        journey.act("journey.taken_over", {"from_staff": "s1", "reason": "holder_away"}, staff="g2")
    journey.act("journey.taken_over", {"from_staff": "g1", "reason": "holder_away"}, staff="g2")
    assert (journey.state.holder, journey.state.status) == ("g2", "running")


def test_an_interruption_survives_a_take_over() -> None:
    journey = Journey()
    answer_age(journey, "under_14")
    journey.act("journey.interrupted", {"step": "need", "rule": "minor", "reason": "minor_customer"})
    journey.act("journey.taken_over", {"from_staff": "g1", "reason": "shift_end"}, staff="g2")
    assert journey.state.status == "interrupted"


def test_the_notice_must_be_the_one_in_force_word_for_word() -> None:
    journey = Journey()
    journey.until("consent")
    given = {
        "policy": {"id": "data_use", "version": 1, "sha256": "0" * 64},
        "scope": "general",
        "given": True,
        "method": "spoken",
        "language": "zh",
        "guardian": False,
    }
    with refused("policy_text_differs"):
        journey.act("consent.given", given)
    with refused("policy_outdated"):
        journey.act("consent.given", {**given, "policy": {"id": "data_use", "version": 2, "sha256": "0" * 64}})


def test_the_customers_limit_rules_when_it_is_least() -> None:
    journey = Journey("II")
    journey.until("first_use")
    caps = customer_caps(flow(), journey.state)
    limits = effective_limits(reference().tiers, "II", ON, operator="icbc", customer=caps)
    assert (limits["payment"].amount, limits["payment"].ruled_by) == (50_000, "customer")
    assert (limits["balance"].amount, limits["balance"].ruled_by) == (50_000_000, "statutory")
