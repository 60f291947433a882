"""Who acts on a case, when, and with whose approval: what every act is judged by, and what all acts ask.

Asked by the desk inside the transaction that writes, and by screens to say why not. Every refusal is a RuleError.
"""

from dataclasses import dataclass, field
from datetime import datetime

from branch_console.rules.cases.parts import Promise
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.gifts.marking import passed
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from branch_console.rules.roles import allowed
from branch_console.rules.staff import Role


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts and what they know. `now` is aware.

    `approver_role` is the role of the person that the entry names as approver, whose password the desk has checked.
    `online` is whether central answers now. `statutory_passed`: the statutory time is over already.
    `subject` is the case's own; `target` and `target_subject` those of the case that this one is to be merged into,
    `chain` where that one was merged into, and so on. `rewarded_fen` is what ideas were rewarded with this month.
    `ended`: what a rating is about is over.
    """

    staff: str
    role: Role
    now: datetime
    reference: Reference
    online: bool = True
    approver_role: Role | None = None
    statutory_passed: bool = False
    subject: str = ""
    target: CaseState | None = None
    target_subject: str = ""
    chain: tuple[str, ...] = field(default=())
    rewarded_fen: int = 0
    ended: bool = False

    @property
    def at(self) -> str:
        """Now, as an entry writes it."""
        return format_at(self.now)


def known_code(desk: Desk, table: str, code: str, *, use: str | None = None, name: str = "code") -> None:
    """Raise FieldError `code_unknown` on the field `name` unless the table offers the code (for that use)."""
    if all(row.code != code for row in desk.reference.codes(table, use)):
        raise FieldError(name, "code_unknown", value=code)


def disinterested(state: CaseState, staff: str | None) -> None:
    """Raise unless that member of staff has no interest in the matter (avoidance, CBIRC 2020-3)."""
    if staff is not None and staff in state.interested:
        raise RuleError("case_own_interest")


def check_approver(desk: Desk, state: CaseState, approver: str | None, *, needed: bool) -> None:
    """Raise unless the approver (None: nobody) may approve: a supervisor, not the maker, without interest."""
    if approver is None:
        if needed:
            raise RuleError("approver_missing")
        return
    if approver == desk.staff:
        raise RuleError("approver_same")
    if desk.approver_role is None or not allowed(desk.approver_role, "case.approve"):
        raise RuleError("approver_role")
    disinterested(state, approver)


def check_promise(desk: Desk, promise: Promise | None, *, name: str = "promise") -> None:
    """Raise unless the promise (None: none) is for a moment to come, and says how the customer hears."""
    if promise is None:
        return
    try:
        late = not passed(promise.at, desk.at)
        datetime.fromisoformat(promise.at)
    except ValueError as error:
        raise FieldError(name, "promise_unreadable") from error
    if late:
        raise FieldError(name, "promise_past")
    if promise.way == "none":
        raise FieldError(name, "promise_way_missing")


def written(text: str | None, name: str, code: str = "text_missing", *, least: int = 1) -> None:
    """Raise FieldError unless that many characters stand there besides blanks."""
    if len("".join((text or "").split())) < least:
        raise FieldError(name, code, least=least)
