"""What central does about a request to stop a loss: decided from values alone."""

from datetime import UTC, datetime
from typing import Literal, TypeAlias

from branch_console.rules.cases.containing import may_carry_out, status
from branch_console.rules.cases.record import Containment
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at

Step: TypeAlias = Literal["forget", "wait", "ask", "find_out", "expired", "case_ended"]
"""`ask`: pass it to the core. `find_out`: it may have been done already, so that only the core can say what is true.
`expired` and `case_ended`: it was never passed on, and will not be."""

_OVER = frozenset({"withdrawn", "not_accepted", "closed"})


def find(state: CaseState | None, request: str) -> Containment | None:
    """The request in its case."""
    return None if state is None else next((each for each in state.containments if each.entry == request), None)


def plan(state: CaseState | None, request: str, now: datetime, *, asked: bool) -> Step:
    """The next step for a request. `now` is the moment by the clock of the terminal that wrote it.

    `asked`: the core was asked before, and its answer is not known.
    """
    found = find(state, request)
    if state is None or found is None or found.status not in {"requested", "queued"}:
        return "forget"
    late = status(found, now) == "expired"
    if asked and (late or state.status in _OVER):
        return "find_out"
    if state.status in _OVER:
        return "case_ended"
    if late:
        return "expired"
    return "ask" if may_carry_out(found, now) else "wait"


def expiry(found: Containment, offset_seconds: float) -> datetime:
    """Until when the core may begin, by central's clock, which is ahead of the terminal's by the offset."""
    moment = parse_at(found.expires_at).timestamp() + offset_seconds
    return datetime.fromtimestamp(moment, UTC)
