"""Cases that the form in front of us may repeat: asked while it is typed, never a reason to refuse it."""

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.form_reading import keep, transaction_key
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm
from branch_console.rules.cases.states import CaseState
from branch_console.rules.narrative.duplicates import Hint, Told, duplicates
from data import case_queries


def repeats(counter: CaseCounter, form: CaseForm, person: Person | None) -> list[tuple[Hint, CaseState]]:
    """The likeliest first, each with its case as it stands. Raises RuleError."""
    counter.require("case.register")
    row = counter.reference.row("case_categories", form.category)
    identity = counter.store.identity
    new = Told(
        case="",
        day=counter.today(),
        branch=identity.branch,
        customer=frozenset(person.all_keys) if person is not None else frozenset(),
        transaction=(transaction_key(counter, form.reference) or "") if form.kind == "dispute" else "",
        business=getattr(row, "business", ""),
        reason=getattr(row, "reason", ""),
        text=keep(counter, form.narrative).text,
    )
    known = case_queries.candidates(counter.store, sorted(new.customer), new.transaction or None, new.day, new.branch)
    found = []
    for hint in duplicates(new, known):
        state = case_queries.case_state(counter.store, hint.case)
        if state is not None:
            found.append((hint, state))
    return found
