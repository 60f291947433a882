"""Every act of working on a case: one form, one transaction, one door."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import orjson

from branch_console.desk.cases import working_contacts as contacts
from branch_console.desk.cases import working_deciding as deciding
from branch_console.desk.cases import working_extending as extending
from branch_console.desk.cases import working_merging as merging
from branch_console.desk.cases import working_record as record
from branch_console.desk.cases.core import CaseCounter, case_in, masks
from branch_console.desk.cases.working_answers import Answered
from branch_console.desk.cases.working_part import Maker, Working
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.narrative.masking import mask
from branch_console.rules.working_time.calendar import Calendar
from branch_console.security.text import clean

ACTS: Final[dict[str, Maker]] = {
    "contact_out": contacts.contact_out,
    "contact_in": contacts.contact_in,
    "interim_replied": contacts.interim_replied,
    "noted": contacts.noted,
    "escalated": contacts.escalated,
    "extended": extending.extended,
    "decided": deciding.decided,
    "notified": deciding.notified,
    "closed": deciding.closed,
    "accepted": contacts.accepted,
    "assigned": contacts.assigned,
    "paused": contacts.paused,
    "resumed": contacts.resumed,
    "details_added": record.details_added,
    "evidence_added": record.evidence_added,
    "reclassified": record.reclassified,
    "retyped": record.retyped,
    "staff_named": record.staff_named,
    "difference_settled": record.difference_settled,
    "merged": merging.merged,
    "unmerged": merging.unmerged,
    "withdrawn": deciding.withdrawn,
    "not_accepted": deciding.not_accepted,
    "reopened": deciding.reopened,
    "review_applied": deciding.review_applied,
    "review_notified": deciding.review_notified,
    "redacted": record.redacted,
}
"""The acts of the case's screen, in the order of its list. The entry's type is `case.<act>`."""

NEVER_KEPT: Final = frozenset({"redacted"})
"""Forms of which nothing is kept while they are filled in: what is wrong there is in the text itself."""
_DRAFT: Final = "act."


class Written(NamedTuple):
    """What became of an act. `masked`: so many numbers were taken out of its texts."""

    state: CaseState
    masked: int


def do(
    counter: CaseCounter,
    subject: str,
    act: str,
    answers: Mapping[str, tuple[str, ...]],
    *,
    about: str = "",
    approver: str = "",
    password: str = "",
) -> Written:
    """Write one act with the answers of its form, and forget the form.

    Raises FieldErrors with all that is missing, RuleError when the rules refuse, and what a wrong password raises.
    """
    if act not in ACTS:
        raise RuleError("act_unknown")
    counter.require("case.read")
    role = counter.approver(approver, password) if approver and approver != counter.desk.staff else None
    with counter.desk.act() as opened:
        state = case_in(opened, subject)
        said = Answered(counter, answers, calendar_of(counter, state))
        work = Working(counter, opened, subject, state, said, about, approver, role)
        ACTS[act](work)
        opened.clear_drafts(subject, draft_name(act, about))
        return Written(case_in(opened, subject), said.masked)


def calendar_of(counter: CaseCounter, state: CaseState) -> Calendar | None:
    """The calendar that the case is pinned to; of one without clocks the branch's newest."""
    calendars = counter.reference.calendars
    pinned = calendars.get((state.calendar_id, state.calendar_version))
    return pinned or max(calendars.values(), key=lambda each: each.version, default=None)


def keep_form(
    counter: CaseCounter, subject: str, act: str, answers: Mapping[str, tuple[str, ...]], about: str = ""
) -> None:
    """Keep what was typed so far, masked, for whoever opens the form again; nothing of an empty form. Raises RuleError.

    No password is among the answers, and a person's number never reaches the disk.
    """
    counter.require("case.register")
    patterns = masks(counter).patterns
    kept = {name: [mask(clean(each), patterns).text for each in some] for name, some in answers.items() if any(some)}
    with counter.desk.act() as opened:
        if kept and act not in NEVER_KEPT:
            opened.save_draft(subject, draft_name(act, about), orjson.dumps(kept).decode())
        else:
            opened.clear_drafts(subject, draft_name(act, about))


def kept_form(drafts: Mapping[str, str], act: str, about: str = "") -> dict[str, tuple[str, ...]]:
    """What `keep_form` kept, of the drafts of a case."""
    text = drafts.get(draft_name(act, about), "")
    if not text:
        return {}
    found = orjson.loads(text)
    return {str(name): tuple(str(each) for each in some) for name, some in found.items()}


def draft_name(act: str, about: str = "") -> str:
    """Under which name a form is kept; of one about something besides the case, each by itself."""
    return f"{_DRAFT}{act}.{about.rpartition('/')[2]}" if about else f"{_DRAFT}{act}"
