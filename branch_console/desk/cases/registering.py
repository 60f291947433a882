"""Taking a case down, and a customer who comes again with a matter that has its case already."""

from typing import Any

from branch_console.desk.cases.core import CaseCounter, case_in, write
from branch_console.desk.cases.drafting import NAME, draft_subject
from branch_console.desk.cases.form_reading import Filled, Reading, read_form
from branch_console.rules.cases.form import CaseForm
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.errors import FieldError
from data import case_queries
from data.act import Act
from data.identity import new_id

_WAYS = {"phone": "phone", "hotline": "phone", "letter": "letter"}
"""How somebody turned to us, by the source of the form; all others stand at the counter."""


def register(counter: CaseCounter, filled: Filled) -> str:
    """Take a case down; returns its subject. Its draft is gone with it. Raises FieldErrors, RuleError."""
    with counter.desk.act() as act:
        subject = register_in(counter, act, filled)
        clear_form_draft(counter, act)
    return subject


def register_in(counter: CaseCounter, act: Act, filled: Filled) -> str:
    """The same inside an act that does more. The number is final. Raises FieldErrors, RuleError."""
    data = read_form(counter, filled)
    identity = counter.store.identity
    with act.reading() as connection:
        count = case_queries.next_count(connection, counter.today())
    data["number"] = case_number(identity.branch, identity.terminal, counter.today(), count)
    subject = f"case/{new_id(int(counter.now().timestamp() * 1000))}"
    write(counter, act, subject, "case.registered", data)
    return subject


def follow_up(counter: CaseCounter, subject: str, form: CaseForm) -> str:
    """The customer came again with the same matter: the form becomes a contact of that case. Returns its number.

    It ends with the next promise, like every contact. Raises FieldErrors, RuleError.
    """
    reading = Reading(counter, form)
    told = reading.narrative()
    with counter.desk.act() as act:
        state = case_in(act, subject)
        asked = form if form.kind else CaseForm(kind=state.kind, promise=form.promise, source=form.source)
        way = form.contact if form.contact not in {"", "none"} else "phone"
        promise = Reading(counter, asked, reading.problems).promise(way)
        if promise is None and not reading.problems:
            reading.problems.append(FieldError("promise", "promise_missing"))
        reading.complete()
        data: dict[str, Any] = {
            "way": _WAYS.get(form.source, "visit"),
            "text": told.text,
            "ends_with": "promise",
            "promise": promise,
        }
        write(counter, act, subject, "case.contact_in", data)
        clear_form_draft(counter, act)
    return state.number


def clear_form_draft(counter: CaseCounter, act: Act) -> None:
    """The form was sent."""
    act.clear_drafts(draft_subject(counter), NAME)
