"""The fast track of an abnormal deduction, step by step. The number comes first: nothing is lost when somebody leaves.

Every step is an act of its own, so that the list goes on where it was, here or at another terminal.
"""

from dataclasses import dataclass

from branch_console.desk.cases.containing import step_through
from branch_console.desk.cases.core import CaseCounter, case_in, write
from branch_console.desk.cases.customers import customer_data
from branch_console.desk.cases.form_reading import Filled, transaction_key
from branch_console.desk.cases.promising import happened, promised
from branch_console.desk.cases.registering import register_in
from branch_console.desk.cases.words import kept
from branch_console.desk.cases.working_answers import Answered
from branch_console.desk.cases.working_record import hashed
from branch_console.desk.gifts.people import Person
from branch_console.rules.canonical import Json
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.cases.parts import Transaction
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import format_at

DRAFT = "deduction"
SHORT = 64


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What is known of the payment, as it was typed; empty is nothing. `fraud`: yes, no or not asked."""

    amount: str = ""
    at: str = ""
    counterparty: str = ""
    reference: str = ""
    path: str = ""
    fraud: str = ""


def begin(counter: CaseCounter, person: Person | None, category: str, told: Said, contact: str, opened_at: str) -> str:
    """Take the case down at once; returns its subject. `told` is what the customer says, in a sentence.

    Whoever was found by a number counts as verified. Raises FieldErrors, RuleError.
    """
    form = CaseForm(
        kind="dispute",
        category=category,
        narrative=told,
        want=str(getattr(counter.reference.row("case_categories", category), "want", "")),
        contact=contact,
        opened_at=opened_at,
        payment_later=True,
    )
    with counter.desk.act() as act:
        subject = register_in(counter, act, Filled(form, person, anonymous=person is None))
        if person is not None and person.keys:
            step_through(counter, act, subject, "verify")
        step_through(counter, act, subject, "register")
        act.clear_drafts(draft_subject(counter), DRAFT)
    return subject


def identify(counter: CaseCounter, subject: str, person: Person) -> None:
    """Now it is known whose case it is. Raises RuleError `customer_unproven` for somebody without a number."""
    if not person.keys:
        raise RuleError("customer_unproven")
    with counter.desk.act() as act:
        write(counter, act, subject, "case.details_added", {"customer": customer_data(person)})
        step_through(counter, act, subject, "verify")


def add_proof(counter: CaseCounter, subject: str, proof: Proof, fraud_note: str) -> None:
    """What there is of amount, time, other side, reference, screenshot and suspicion; checks the step off.

    `fraud_note` is what is written about the suspicion that was answered. Raises FieldErrors.
    """
    if not any((proof.amount, proof.at, proof.counterparty, proof.reference, proof.path, proof.fraud)):
        raise FieldError("amount", "nothing_added")
    with counter.desk.act() as act:
        state = case_in(act, subject)
        payment, picture = _payment(counter, state, proof), None
        if proof.path:
            picture = hashed(proof.path)
        if payment is not None:
            write(counter, act, subject, "case.details_added", {"transaction": payment})
        if picture is not None and all(each.sha256 != picture[0] for each in state.evidence):
            digest, size = picture
            data: dict[str, Json] = {"sha256": digest, "kind": "screenshot", "size": size, "caption": ""}
            write(counter, act, subject, "case.evidence_added", data)
        if proof.fraud:
            write(counter, act, subject, "case.noted", {"text": kept(counter, fraud_note, 2000)})
        step_through(counter, act, subject, "evidence")


def check_step(counter: CaseCounter, subject: str, step: str) -> None:
    """A step is through. Raises RuleError."""
    with counter.desk.act() as act:
        step_through(counter, act, subject, step)


def leave_out(counter: CaseCounter, subject: str, step: str, reason: str) -> None:
    """A step is left out, and why. Raises FieldError."""
    with counter.desk.act() as act:
        data: dict[str, Json] = {"step": step, "done": False, "reason": kept(counter, reason, 500) or None}
        write(counter, act, subject, "case.step_checked", data)


def promise_call(counter: CaseCounter, subject: str, when: str, way: str, told: str) -> None:
    """Another time for the call-back than the one that the case began with. `told` is what is written about it."""
    at = promised(counter, when, "when")
    with counter.desk.act() as act:
        promise: dict[str, Json] = {"at": format_at(at), "way": way, "staff": counter.desk.staff}
        data: dict[str, Json] = {"way": "visit", "text": told, "ends_with": "promise", "promise": promise}
        write(counter, act, subject, "case.contact_in", data)


def draft_subject(counter: CaseCounter) -> str:
    """Under whom the unsent start of a fast track is kept."""
    return f"case_form/{counter.desk.staff}"


def save_draft(counter: CaseCounter, text: str) -> None:
    """Keep what stands in the form; `text` is masked already."""
    with counter.desk.act() as act:
        act.save_draft(draft_subject(counter), DRAFT, text)


def _payment(counter: CaseCounter, state: CaseState, proof: Proof) -> dict[str, Json] | None:
    """The payment as it is known now: what was typed, and what was known before. Raises FieldErrors."""
    typed = {"amount": proof.amount, "reference": proof.reference, "counterparty": proof.counterparty}
    said = Answered(counter, {name: (value,) for name, value in typed.items()})
    amount = said.fen("amount")
    reference, counterparty = said.text("reference", most=SHORT), said.text("counterparty", most=SHORT)
    at = _happened(counter, proof.at, said)
    said.complete()
    if amount is None and at is None and not reference and not counterparty:
        return None
    before = state.transaction or Transaction(amount_fen=0)
    return {
        "amount_fen": before.amount_fen if amount is None else amount,
        "at": at or before.at,
        "reference": reference or before.reference,
        "counterparty": counterparty or before.counterparty,
        "key": transaction_key(counter, Said(proof.reference)) if reference else before.key,
    }


def _happened(counter: CaseCounter, typed: str, said: Answered) -> str | None:
    """When it was paid; None when nothing was typed."""
    if not typed.strip():
        return None
    try:
        return format_at(happened(counter, typed, "at"))
    except FieldError as error:
        said.problems.append(error)
        return None
