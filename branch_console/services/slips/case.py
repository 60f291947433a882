"""What the slips of a case say: receipt, decision, extension, withdrawal, hotline.

A slip promises nothing that the console does not know. That a wallet is frozen it says only when the core has said so;
that head office has the case only when central has acknowledged it.
"""

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias, get_args

from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.services.slips import case_ends, case_receipt
from branch_console.services.slips.case_words import CaseWords
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.qr import case_qr_text

CaseSlip: TypeAlias = Literal["receipt", "decision", "extension", "withdrawal", "hotline"]
CASE_SLIPS: tuple[CaseSlip, ...] = get_args(CaseSlip)
"""In the order in which they are offered."""

Row: TypeAlias = tuple[str, str]
_ROWS: dict[CaseSlip, Callable[[CaseState, CaseWords], Iterable[Row]]] = {
    "receipt": case_receipt.rows,
    "decision": case_ends.decision_rows,
    "extension": case_ends.extension_rows,
    "withdrawal": case_ends.withdrawal_rows,
    "hotline": case_receipt.hotline_rows,
}


def which_slip(name: str) -> CaseSlip:
    """The slip of that name. Raises RuleError `slip_unknown`."""
    found = next((each for each in CASE_SLIPS if each == name), None)
    if found is None:
        raise RuleError("slip_unknown")
    return found


def why_no_slip(state: CaseState, which: CaseSlip) -> RuleError | None:
    """Why the case has no such slip now; None when it has."""
    if not state.number:
        return RuleError("case_unknown")
    if which == "decision" and state.decision is None:
        return RuleError("decision_missing")
    if which == "extension" and not state.extensions:
        return RuleError("slip_no_extension")
    if which == "withdrawal" and state.status != "withdrawn":
        return RuleError("slip_not_withdrawn")
    return None


def case_facts(state: CaseState, which: CaseSlip, words: CaseWords) -> SlipFacts:
    """The slip. Raises RuleError where there is nothing that it could say."""
    refused = why_no_slip(state, which)
    if refused is not None:
        raise refused
    return SlipFacts(
        title=words.t(f"case_slip.title.{which}", kind=words.label("case_kinds", state.kind)),
        number=state.number,
        branch=words.branch,
        rows=tuple((label, value) for label, value in _ROWS[which](state, words) if value),
        digest="",
        terms=tuple(each for each in _terms(state, which, words) if each),
        rights=tuple(each for each in _rights(state, which, words) if each),
        hotlines=() if which == "hotline" else words.hotlines(),
        code=case_qr_text(state.number, state.token),
        notice=tuple(_notice(state, which, words)),
        urgent=words.hotlines("urgent") if which == "hotline" else (),
        language=words.language,
    )


def _notice(state: CaseState, which: CaseSlip, words: CaseWords) -> Iterable[str]:
    """Where the case is known: head office only when central has said so."""
    if which == "hotline":
        yield words.t("case_slip.call_now")
        return
    if words.at_central:
        yield words.t("case_slip.at_central")
    else:
        yield words.t("case_slip.here_going" if words.online else "case_slip.here_only")
    if state.kind == "report" and which == "receipt":
        yield words.t("case_slip.report")


def _terms(state: CaseState, which: CaseSlip, words: CaseWords) -> Iterable[str]:
    if which == "withdrawal":
        yield words.t("case_slip.withdrawn_ends")
    elif which == "decision" and state.notified_at is None:
        yield words.t("case_slip.told_by_this")
    follow = (
        "case_slip.follow_up" if state.customer is not None and state.customer.phone else "case_slip.follow_up_slip"
    )
    yield words.t(follow)


def _rights(state: CaseState, which: CaseSlip, words: CaseWords) -> Iterable[str]:
    """Ways that stay open to the customer; of a decision those that it names."""
    if state.is_complaint and which != "hotline":
        rows = words.reference.codes("case_remedies", state.kind)
        named = state.decision.remedies if which == "decision" and state.decision is not None else None
        ways = [row.label.get(words.language) for row in rows if named is None or row.code in named]
        if ways:
            yield words.t("case_slip.rights.ways", ways=words.t("case_slip.list").join(ways))
    yield words.t("slip.rights.never_ask")
    yield words.t("case_slip.rights.data")
    yield words.hotlines_checked()
    yield words.t("case_slip.thanks")
