"""The form of an act: its questions, what was typed into it before, and who must agree."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from branch_console.case_views.working import ActForm, Page
from branch_console.desk.cases import working as desk
from branch_console.locale import t
from branch_console.rules.cases.merging import same_customer
from branch_console.rules.cases.states import CaseState
from branch_console.rules.roles import ALLOWED
from branch_console.services.cases import working_forms as forms
from branch_console.services.cases import working_forms_end as ends
from branch_console.services.cases.working_asking import Asking
from branch_console.views import StaffChoice
from data import queries

QUESTIONS: Final[dict[str, Callable[[Asking], tuple[Page, ...]]]] = {
    act: getattr(forms, act, None) or getattr(ends, act) for act in desk.ACTS
}


def act_form(asking: Asking, subject: str, act: str) -> ActForm:
    """The form of an act that can be begun, in the session's language."""
    kept = desk.kept_form(queries.drafts(asking.counter.store, subject), act, asking.about)
    why, needed = _approval(asking, act)
    return ActForm(
        case=subject,
        act=act,
        title=t(f"cases.act.{act}"),
        send=t("cases.write", act=t(f"cases.act.{act}")),
        pages=_filled(QUESTIONS[act](asking), kept),
        lead=_lead(asking, act),
        approval=why,
        approval_needed=needed,
        approvers=_approvers(asking, needed=needed) if why else (),
        about=asking.about,
        back=bool(kept),
    )


def _filled(pages: tuple[Page, ...], kept: dict[str, tuple[str, ...]]) -> tuple[Page, ...]:
    """With what was typed before; a choice that there is no more is not picked again."""
    filled = []
    for page in pages:
        questions = []
        for each in page.questions:
            value = kept.get(each.id, each.value)
            if each.options:
                value = tuple(one for one in value if one in {code for code, _ in each.options})
            questions.append(replace(each, value=value))
        filled.append(Page(page.title, tuple(questions)))
    return tuple(filled)


def _approval(asking: Asking, act: str) -> tuple[str, bool]:
    """Why a second person must agree, or when, in words; and whether it is certain that one must."""
    state = asking.state
    if act in {"extended", "redacted"}:
        return t(f"cases.approval.{act}"), True
    if act == "merged":
        target = asking.counter.store.state(asking.about)
        other = target.customer if isinstance(target, CaseState) else None
        same = same_customer(state.customer, other)
        return ("", False) if same else (t("cases.approval.merged"), True)
    if act == "decided":
        return t("cases.approval.decided"), False
    if act in {"not_accepted", "retyped"} and state.is_complaint:
        return t(f"cases.approval.{act}"), True
    return "", False


def _approvers(asking: Asking, *, needed: bool) -> tuple[StaffChoice, ...]:
    """The supervisors beside whoever works here, without interest in the matter; nobody where it may be so."""
    fit = [
        each
        for each in asking.colleagues
        if each.role in ALLOWED["case.approve"] and each.id not in asking.state.interested
    ]
    return (*(() if needed else (StaffChoice("", t("cases.approval.nobody"), ""),)), *fit)


def _lead(asking: Asking, act: str) -> str:
    """What to know before the first question."""
    state, words = asking.state, asking.words
    if act == "merged":
        target = asking.counter.store.state(asking.about)
        return t("cases.lead.merged", number=state.number, into=target.number) if isinstance(target, CaseState) else ""
    if act == "notified" and state.decision is not None:
        return t("cases.lead.notified", outcome=words.code("case_decisions", state.decision.outcome))
    always = {
        "unmerged": t("cases.lead.unmerged", number=state.merged_number or ""),
        "accepted": t("cases.lead.accepted"),
        "extended": t("cases.lead.extended"),
        "retyped": t("cases.lead.retyped") if state.is_complaint else "",
    }
    return always.get(act, "")
