"""Whether a case may go into another, and come out again; where a merged case went.

A merging that anybody may make hides complaints and takes customers over. So: the same customer, or a supervisor; a
reason; both sides of statistics the same; never in a circle; and it can be taken back for some days.
"""

from collections.abc import Mapping

from branch_console.rules.cases.desk import Desk, check_approver, written
from branch_console.rules.cases.ending_entries import CaseMerged, CaseUnmerged
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.parts import COMPLAINTS, Customer
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at


def same_customer(one: Customer | None, other: Customer | None) -> bool:
    """Whether two cases are known to be of one customer: a key in common. Anonymous customers are nobody's same."""
    if one is None or other is None or "anonymous" in {one.how, other.how}:
        return False
    return any(other.keys.get(scope) == key for scope, key in one.keys.items())


def check_merge(desk: Desk, state: CaseState, data: CaseMerged) -> None:
    """Raise unless this case may go into the target."""
    target = desk.target
    if target is None or data.into != desk.target_subject or target.number != data.number:
        raise RuleError("merge_target_unknown")
    if data.into == desk.subject or desk.subject in desk.chain:
        raise RuleError("merge_circle")
    if target.ended:
        raise RuleError("merge_target_ended")
    if (state.kind in COMPLAINTS) != (target.kind in COMPLAINTS) or (
        state.kind not in COMPLAINTS and state.kind != target.kind
    ):
        raise RuleError("merge_kinds_differ")
    written(data.reason, "reason", "reason_missing")
    same = same_customer(state.customer, target.customer)
    if data.same_customer and not same:
        raise RuleError("merge_customer_differs")
    check_approver(desk, state, data.approver, needed=not same)


def check_unmerge(desk: Desk, state: CaseState, data: CaseUnmerged) -> None:
    """Raise unless the merging stands and is not too long ago."""
    written(data.reason, "reason", "reason_missing")
    if state.merge != data.merge or state.merged_at is None:
        raise RuleError("case_not_merged")
    days = limit(desk.reference, "unmerge_days")
    if (desk.now - parse_at(state.merged_at)).total_seconds() > days * 86_400:
        raise RuleError("unmerge_too_late", days=days)


def final_target(subject: str, into: Mapping[str, str]) -> str:
    """Where a case went in the end: `into` maps each merged case to the next. In a circle (merged on several
    terminals at once) it is the oldest of the circle, so that every case in it leads to one and the same.
    """
    seen: list[str] = [subject]
    while (following := into.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]
