"""How long central keeps cases: years after their end (limit `keep_days`), then the person goes from all copies.

Nothing goes by itself: an administrator lists what is due, and a supervisor of the branch, whom the entry names,
confirms. What goes and what stays, `rules/cases/forgetting.py` says, as on terminals.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from branch_console.central.administration import AdministrationError, Office, check_branch
from branch_console.central.clocks import now
from branch_console.central.publish import Act, publish
from branch_console.central.store import entries_of, lock_states
from branch_console.rules.cases.fold import CASE
from branch_console.rules.cases.forgetting import erasure
from branch_console.rules.cases.keeping import ended_at, kept_long_enough
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.cases.states import CaseState
from branch_console.rules.clock import format_clock
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Data
from branch_console.rules.roles import allowed
from branch_console.rules.staff import STAFF, Role, StaffState, subject_for

_OLD = """
SELECT subject, state FROM state
WHERE branch = %s AND subject LIKE 'case/%%' AND version = %s AND last_clock < %s AND state IS NOT NULL
ORDER BY last_clock, subject
"""
_STATE = "SELECT state FROM state WHERE branch = %s AND subject = %s AND state IS NOT NULL"


class DueCase(NamedTuple):
    """A case whose time is over; of people nothing."""

    case: str
    number: str
    kind: str
    ended_at: str


async def cases_due(at: Office, branch: str) -> list[DueCase]:
    """The cases of a branch that have been over for so long and still say something of people, the oldest first."""
    await check_branch(at, branch)
    moment, days = now(), _days(at)
    before = format_clock(int((moment - timedelta(days=days)).timestamp() * 1000), 0)
    cursor = await at.connection.execute(_OLD, (branch, CASE.version, before), binary=True)
    found = []
    for subject, body in cast(list[tuple[str, bytes]], await cursor.fetchall()):
        state = CASE.load(body)
        if await _due(at, branch, state, moment, days) and erasure(await entries_of(at.connection, branch, subject)):
            found.append(DueCase(subject, state.number, state.kind, ended_at(state) or ""))
    return found


async def erase_cases(at: Office, branch: str, cases: Sequence[str], confirmed_by: str) -> int:
    """Take the persons out of these cases and their ratings, everywhere; how many. Raises AdministrationError.

    All that are due, or none: a case that is not due any more is refused by its number.
    """
    await _check_supervisor(at, branch, confirmed_by)
    due = {each.case for each in await cases_due(at, branch)}
    wrong = [case for case in cases if case not in due]
    if wrong:
        raise AdministrationError(f"not due: {', '.join(wrong)}")
    async with at.connection.transaction():
        for case in cases:
            subjects = (case, rating_subject(case))
            await lock_states(at.connection, branch, set(subjects))
            for subject in subjects:
                places = erasure(await entries_of(at.connection, branch, subject))
                if places:
                    data: Data = {"entries": places, "why": "retention", "confirmed_by": confirmed_by}
                    await publish(at.connection, branch, [Act("data.erased", subject, data)], at.reference)
    return len(cases)


async def _due(at: Office, branch: str, state: CaseState, moment: datetime, days: int) -> bool:
    """Whether its time is over; of a case that went on in another one also that one's."""
    if not kept_long_enough(state, moment, days):
        return False
    if state.merged_into is None:
        return True
    cursor = await at.connection.execute(_STATE, (branch, state.merged_into), binary=True)
    row = await cursor.fetchone()
    return row is None or kept_long_enough(CASE.load(cast(bytes, row[0])), moment, days)


async def _check_supervisor(at: Office, branch: str, staff: str) -> None:
    cursor = await at.connection.execute(_STATE, (branch, subject_for("staff", staff)), binary=True)
    row = await cursor.fetchone()
    found = StaffState() if row is None else STAFF.load(cast(bytes, row[0]))
    if not found.active or not allowed(cast(Role, found.role), "case.approve"):
        raise AdministrationError(f"{staff} is no supervisor of {branch}")


def _days(at: Office) -> int:
    try:
        return limit(at.reference, "keep_days")
    except RuleError as error:
        raise AdministrationError("the table case_limits has not been published") from error
