"""One case goes on in another, and comes out again: both written in one act, both numbers resolve for ever."""

from collections.abc import Callable

from branch_console.desk.cases.core import case_in
from branch_console.desk.cases.working_part import Working
from branch_console.rules.cases.merging import final_target, same_customer
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError


def merged(work: Working) -> None:
    """Into the target, or into what that one has gone into meanwhile; told to both."""
    reason = work.said.needed("reason")
    work.said.complete()
    into = went(lambda subject: case_in(work.act, subject), work.about)
    target = case_in(work.act, into)
    entry = work.write(
        "case.merged",
        {
            "into": into,
            "number": target.number,
            "reason": reason,
            "same_customer": same_customer(work.state.customer, target.customer),
            **work.approved(),
        },
        target=target,
        target_subject=into,
        chain=(),
    )
    work.write(
        "case.joined",
        {
            "source": work.subject,
            "number": work.state.number,
            "merge": entry.id,
            "received_at": work.state.received_at,
        },
        subject=into,
    )


def unmerged(work: Working) -> None:
    """The merging was wrong: the case stands by itself again, and the other one is told so."""
    reason, merge, into = work.said.needed("reason"), work.state.merge, work.state.merged_into
    work.said.complete()
    if merge is None or into is None:
        raise RuleError("case_not_merged")
    work.write("case.unmerged", {"merge": merge, "reason": reason})
    target = work.act.state(into)
    if isinstance(target, CaseState) and target.number:
        work.write("case.parted", {"merge": merge}, subject=into)


def went(case: Callable[[str], CaseState], subject: str) -> str:
    """Where a case went in the end; itself when it stands by itself. Raises RuleError `case_unknown`."""
    into: dict[str, str] = {}
    at = subject
    while at not in into and (following := case(at).merged_into) is not None:
        into[at] = at = following
    return final_target(subject, into)
