"""From the state of a case to what its screen draws."""

from branch_console.case_views.working import ActLine, CaseView
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.rating import RATED
from branch_console.desk.cases.working import ACTS
from branch_console.desk.cases.working_merging import went
from branch_console.desk.cases.working_possible import why_not
from branch_console.errors import sentence
from branch_console.locale import known, t
from branch_console.rules.cases.containing import standing
from branch_console.rules.cases.form_time import form_seconds
from branch_console.rules.cases.limits import flags
from branch_console.rules.cases.record import Suspected
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import allowed
from branch_console.services.cases.working_clocks import clocks_of, source_of
from branch_console.services.cases.working_lines import difference_lines, entry_lines
from branch_console.services.cases.working_words import CaseWords


def case_view(counter: CaseCounter, subject: str, state: CaseState) -> CaseView:
    """All of it, at this moment."""
    words = CaseWords(counter)
    customer = state.customer
    source = source_of(state, words)
    goes_on = _goes_on(counter, subject, state)
    found = counter.store.state(goes_on) if goes_on else None
    return CaseView(
        subject=subject,
        number=state.number,
        kind=state.kind,
        kind_label=words.code("case_kinds", state.kind),
        status=state.status,
        status_label=words.code("case_states", state.status),
        category=words.code("case_categories", state.codes.category) if state.codes is not None else "",
        name=customer.name if customer is not None else "",
        phone=customer.phone if customer is not None else "",
        owner=words.person(state.owner) if state.owner else t("cases.nobody"),
        narrative=state.narrative,
        facts=(*_facts(state, words), *_for_supervisors(counter, state, words)),
        flags=tuple(t(f"cases.flag.{each}") for each in flags(state, counter.reference)),
        entries=entry_lines(state, words),
        clocks=clocks_of(source, counter.reference, words.now, counter.store.identity.zone),
        source=source,
        acts={act: _act(counter, state, act) for act in ACTS},
        slips=tuple(
            (each, t(f"case_slip.title.{each}", kind=words.code("case_kinds", state.kind))) for each in slips(state)
        ),
        differences=difference_lines(state, words),
        unsettled=len(state.unsettled),
        standing=t(f"case.contain.{standing(state, words.now)}") if state.containments or state.calls else "",
        goes_on=goes_on,
        goes_on_number=found.number if isinstance(found, CaseState) else state.merged_number or "",
        joined=tuple(each.number for each in state.joined if not each.parted),
        ended=state.ended,
        ratable=state.status in RATED,
    )


def slips(state: CaseState) -> list[str]:
    """The slips that there are of a case as it stands, the newest occasion first."""
    there = {
        "decision": state.decision is not None,
        "extension": bool(state.extensions),
        "withdrawal": state.status == "withdrawn",
        "hotline": state.fast_track,
    }
    return [name for name, holds in there.items() if holds] + ["receipt"]


def _act(counter: CaseCounter, state: CaseState, act: str) -> ActLine:
    refused = why_not(counter, state, act)
    return ActLine(act, t(f"cases.act.{act}"), "" if refused is None else sentence(refused))


def _goes_on(counter: CaseCounter, subject: str, state: CaseState) -> str:
    """The case that this one was merged into in the end, as far as this terminal has it; empty for none."""
    if state.merged_into is None:
        return ""

    def held(name: str) -> CaseState:
        found = counter.store.state(name)
        if not isinstance(found, CaseState) or not found.number:
            raise RuleError("case_unknown")
        return found

    try:
        return went(held, subject)
    except RuleError:
        return ""


def _facts(state: CaseState, words: CaseWords) -> list[tuple[str, str]]:
    """What is known besides the timeline, label and words; what is not known is not there."""
    payment, regulator, decision = state.transaction, state.regulator, state.decision
    found = {
        "received": words.at(state.received_at),
        "by": words.person(state.registered_by),
        "source": words.code("case_regulators", state.source),
        "want": words.code("case_wants", state.want),
        "contact": words.way(state.contact) if state.contact != "none" else "",
        "payment": ""
        if payment is None
        else " ".join(
            each for each in (words.amount(payment.amount_fen), payment.counterparty, payment.reference) if each
        ),
        "regulator": ""
        if regulator is None
        else f"{words.code('case_regulators', regulator.body)} {regulator.reference}",
        "group": str(state.group_size) if state.group_size > 1 else "",
        "proxy": state.proxy or "",
        "decision": "" if decision is None else _decided(decision.outcome, decision.redress_fen, words),
        "told": words.at(state.notified_at) if state.notified_at else "",
        "review": t("cases.review_under_way") if any(each.outcome is None for each in state.reviews) else "",
        "cause": words.code("case_causes", state.root_cause),
        "evidence": str(len(state.evidence)) if state.evidence else "",
        "kinds_before": t("common.list_separator").join(words.code("case_kinds", each) for each in state.kinds_before),
        "merged": t("common.list_separator").join(each.number for each in state.joined if not each.parted),
        "elsewhere": t("common.list_separator").join(_elsewhere(each) for each in state.hints),
    }
    return [(t(f"cases.fact.{name}"), value.strip()) for name, value in found.items() if value.strip()]


def _for_supervisors(counter: CaseCounter, state: CaseState, words: CaseWords) -> list[tuple[str, str]]:
    """Who has an interest in the matter, and how long it took to take it down: not for every colleague."""
    if not allowed(counter.desk.role, "case.see_named_staff"):
        return []
    found = []
    if state.interested:
        named = [f"{words.person(staff)} ({t(f'cases.interest.{why}')})" for staff, why in state.interested.items()]
        found.append((t("cases.fact.interested"), t("common.list_separator").join(named)))
    seconds = form_seconds(state)
    if seconds is not None:
        found.append((t("cases.fact.form_time"), t("cases.form_time", time=f"{seconds // 60}:{seconds % 60:02}")))
    return found


def _elsewhere(hint: Suspected) -> str:
    """Another case that may be the same, as central says: of another branch no more than that there is one."""
    why = t("common.list_separator").join(t(f"duplicate.{each}") for each in hint.why if known(f"duplicate.{each}"))
    return t("cases.elsewhere", number=hint.of or "—", branch=hint.branch, why=why)


def _decided(outcome: str, fen: int, words: CaseWords) -> str:
    said = words.code("case_decisions", outcome)
    return f"{said} {words.amount(fen)}" if fen else said
