"""The slips of what became of a case: decision, extension, withdrawal."""

from collections.abc import Iterator

from branch_console.rules.cases.states import CaseState
from branch_console.services.slips.case_receipt import containment
from branch_console.services.slips.case_words import CaseWords

_REVIEW = frozenset({"right_to_review"})


def decision_rows(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    """What was found, on which basis, what the customer gets, and until when they may ask for a review."""
    made = state.decision
    if made is None:
        return
    yield from _head(state, words)
    yield words.t("case_slip.decided"), words.moment(made.at)
    yield words.t("case_slip.outcome"), words.label("case_decisions", made.outcome)
    yield words.t("case_slip.found"), words.masked(made.facts)
    yield words.t("case_slip.basis"), words.masked(made.basis)
    if made.redress:
        parts = (words.label("case_wants", made.redress), words.money(made.redress_fen))
        yield words.t("case_slip.redress"), " ".join(each for each in parts if each)
    yield words.t("case_slip.told"), words.moment(made.told_at)
    if made.told_at is not None:
        yield words.t("case_slip.review_until"), words.day(words.due(_REVIEW))
    yield words.t("case_slip.containment"), containment(state, words)
    yield words.t("slip.staff"), made.staff or ""


def extension_rows(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    """Why it takes longer, who approved it, and the new last day as the clock has it."""
    yield from _head(state, words)
    for each in state.extensions:
        approval = words.t(f"case_slip.approval.{each.approval}")
        yield words.t("case_slip.extension", stage=each.stage), words.masked(each.reason)
        yield words.t("case_slip.approved_by"), approval
        yield words.t("case_slip.told"), words.moment(each.told_at)
    yield words.t("case_slip.decision_by"), words.day(words.due(words.decision))
    yield words.t("slip.staff"), state.owner or state.registered_by or ""


def withdrawal_rows(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    """Who took it back, when, and how."""
    yield from _head(state, words)
    act = next((each for each in reversed(state.timeline) if each.type == "case.withdrawn"), None)
    if act is None:
        return
    yield words.t("case_slip.withdrawn"), words.moment(act.at)
    if by := act.detail.get("by"):
        yield words.t("case_slip.by_whom"), words.t(f"case_slip.by.{by}")
    if way := act.detail.get("way"):
        yield words.t("case_slip.how"), words.t(f"case_slip.way.{way}")
    yield words.t("case_slip.reason"), words.masked(act.text)
    yield words.t("slip.staff"), act.staff or ""


def _head(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    yield words.t("case_slip.received"), words.moment(state.received_at)
    yield words.t("case_slip.kind"), words.label("case_kinds", state.kind)
    if state.customer is not None:
        yield words.t("slip.customer"), state.customer.name
