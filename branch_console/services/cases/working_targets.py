"""The cases that a case could go on in: those that look alike, or what somebody searches for."""

from branch_console.case_views.working import TargetLine
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.working_merging import went
from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.cases.merging import same_customer
from branch_console.rules.cases.parts import COMPLAINTS
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.duplicates import Told, duplicates
from branch_console.services.cases.working_words import CaseWords
from data import case_queries

MOST = 20


def targets(counter: CaseCounter, subject: str, state: CaseState, text: str) -> tuple[TargetLine, ...]:
    """Found by number, or by words; else those that look alike. Of one that went on elsewhere, where it went."""
    words = CaseWords(counter)
    found: dict[str, str] = {}
    for name, hint in _named(counter, subject, state, text.strip()):
        target = _standing(counter, name)
        if target is not None and target != subject:
            found.setdefault(target, hint)
    lines = []
    for name, hint in found.items():
        other = case_queries.case_state(counter.store, name)
        if other is not None:
            lines.append(_line(name, state, other, hint, words))
    return tuple(lines)


def _named(counter: CaseCounter, subject: str, state: CaseState, text: str) -> list[tuple[str, str]]:
    """Cases with why they are named."""
    store = counter.store
    if not text:
        return _alike(counter, subject, state)
    by_number = case_queries.case_by_number(store, text)
    if by_number is not None:
        return [(by_number, t("cases.target.number"))]
    rows = case_queries.cases(store, "all", staff=counter.desk.staff, now=counter.now(), text=text, limit=MOST)
    return [(row.subject, "") for row in rows]


def _alike(counter: CaseCounter, subject: str, state: CaseState) -> list[tuple[str, str]]:
    """The same rules as beside the form, asked of a case that stands already."""
    day = parse_at(state.received_at).astimezone(counter.store.identity.zone).date()
    customer = state.customer
    keys = frozenset() if customer is None or customer.how == "anonymous" else frozenset(customer.keys.values())
    payment = state.transaction.key if state.transaction is not None else None
    new = Told(
        case=subject,
        day=day,
        branch=state.branch,
        customer=keys,
        transaction=payment or "",
        business=state.codes.business if state.codes is not None else "",
        reason=state.codes.reason if state.codes is not None else "",
        text=state.narrative,
    )
    known = case_queries.candidates(counter.store, keys, payment, day, state.branch)
    return [(hint.case, t(f"cases.target.{hint.why[0]}")) for hint in duplicates(new, known, MOST)]


def _standing(counter: CaseCounter, subject: str) -> str | None:
    """Where a case went; itself when nowhere; None when this terminal does not have it."""

    def held(name: str) -> CaseState:
        state = case_queries.case_state(counter.store, name)
        if state is None:
            raise RuleError("case_unknown")
        return state

    try:
        return went(held, subject)
    except RuleError:
        return None


def _line(name: str, state: CaseState, other: CaseState, hint: str, words: CaseWords) -> TargetLine:
    refused = _refused(state, other)
    return TargetLine(
        subject=name,
        number=other.number,
        kind=words.code("case_kinds", other.kind),
        category=words.code("case_categories", other.codes.category) if other.codes is not None else "",
        name=" ".join(each for each in (other.customer.name, other.customer.phone) if each) if other.customer else "",
        received=words.at(other.received_at),
        status=words.code("case_states", other.status),
        same_customer=same_customer(state.customer, other.customer),
        why_not="" if refused is None else sentence(refused),
        hint=hint,
    )


def _refused(state: CaseState, other: CaseState) -> RuleError | None:
    """What `rules.cases.merging` would refuse whatever the answers are."""
    if other.ended:
        return RuleError("merge_target_ended")
    both = {state.kind, other.kind}
    if len(both) > 1 and not both <= COMPLAINTS:
        return RuleError("merge_kinds_differ")
    return None
