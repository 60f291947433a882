"""Receipt and hotline slip: what was taken down, when the branch calls, what is known of a freeze."""

from collections.abc import Iterator

from branch_console.rules.cases.containing import standing
from branch_console.rules.cases.parts import Customer
from branch_console.rules.cases.promises import nearest
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.services.slips.case_words import CaseWords

SUMMARY = 160
"""Characters of what the customer said that a receipt repeats."""
_CUT = "……"


def rows(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    """Everything that the customer needs to find the case again and to know what comes next."""
    yield words.t("case_slip.received"), words.moment(state.received_at)
    yield words.t("case_slip.kind"), words.label("case_kinds", state.kind)
    yield words.t("case_slip.category"), _category(state, words)
    if state.regulator is not None:
        yield words.t("case_slip.source"), words.label("case_regulators", state.regulator.body)
    if state.customer is not None:
        yield words.t("slip.customer"), _customer(state.customer, words)
    yield words.t("case_slip.wanted"), words.label("case_wants", state.want)
    yield words.t("case_slip.transaction"), _transaction(state, words)
    yield words.t("case_slip.said"), summary(state, words)
    yield words.t("case_slip.first_contact"), first_contact(state, words)
    if state.is_complaint and not state.ended and state.notified_at is None:
        yield words.t("case_slip.decision_by"), words.day(words.due(words.decision))
    yield words.t("case_slip.containment"), containment(state, words)
    yield words.t("slip.staff"), state.owner or state.registered_by or ""


def hotline_rows(state: CaseState, words: CaseWords) -> Iterator[tuple[str, str]]:
    """What is known of a freeze, and the calls that were made."""
    yield words.t("case_slip.received"), words.moment(state.received_at)
    yield words.t("case_slip.kind"), words.label("case_kinds", state.kind)
    yield words.t("case_slip.containment"), containment(state, words, always=True)
    for call in state.calls:
        answered = words.t("case_slip.call.answered" if call.answered else "case_slip.call.unanswered")
        parts = (words.moment(call.called_at), call.number, answered, words.masked(call.reference))
        yield words.t("case_slip.called"), " ".join(each for each in parts if each)
    yield words.t("case_slip.first_contact"), first_contact(state, words)
    yield words.t("slip.staff"), state.owner or state.registered_by or ""


def summary(state: CaseState, words: CaseWords) -> str:
    """What the customer said, masked, its beginning."""
    text = words.masked(state.narrative)
    return text if len(text) <= SUMMARY else text[: SUMMARY - len(_CUT)] + _CUT


def first_contact(state: CaseState, words: CaseWords) -> str:
    """The earlier of what was promised and what the clock says; after the first contact when that was."""
    if state.ended:
        return ""
    promise = nearest(state)
    if promise is not None:
        way = words.t(f"case_slip.way.{promise.way}")
        reading = words.due(words.first) if state.first_contact_at is None else None
        if reading is None or reading.due_at is None or parse_at(promise.at) <= reading.due_at:
            return words.t("case_slip.by_way", time=words.moment(promise.at), way=way)
        return words.t("case_slip.by_way", time=words.moment(reading.due_at), way=way)
    if state.first_contact_at is not None:
        return words.t("case_slip.contacted", time=words.moment(state.first_contact_at))
    reading = words.due(words.first)
    return "" if reading is None else words.t("case_slip.by", time=words.moment(reading.due_at))


def containment(state: CaseState, words: CaseWords, *, always: bool = False) -> str:
    """Of a dispute, what is known of the freeze now. Only the core's own word says that something was done."""
    if not (always or state.kind == "dispute" or state.fast_track or state.containments or state.calls):
        return ""
    known = standing(state, words.now)
    if known == "confirmed":
        done = next(each for each in reversed(state.containments) if each.status == "confirmed")
        return words.t(
            "case_slip.contain.confirmed",
            what=words.t(f"case_slip.measure.{done.measure}"),
            time=words.moment(done.done_at),
        )
    return words.t(f"case_slip.contain.{known}", time=words.moment(words.now))


def _category(state: CaseState, words: CaseWords) -> str:
    if state.codes is not None:
        return words.label("case_categories", state.codes.category)
    return words.label("case_topics", state.topic)


def _transaction(state: CaseState, words: CaseWords) -> str:
    deed = state.transaction
    if deed is None:
        return ""
    parts = (words.money(deed.amount_fen), words.moment(deed.at), deed.counterparty, deed.reference)
    return " ".join(words.masked(each) for each in parts if each)


def _customer(customer: Customer, words: CaseWords) -> str:
    """Masked, as staff see it; somebody who gave a number and no name is not anonymous."""
    if customer.how == "anonymous":
        return words.t("case_slip.anonymous")
    return customer.name or customer.phone or customer.wallet or words.t("case_slip.anonymous")
