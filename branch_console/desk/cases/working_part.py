"""What the makers of entries work with: the case as the transaction sees it, and the answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from branch_console.desk.cases.core import CaseCounter, write
from branch_console.desk.cases.working_answers import Answered
from branch_console.rules.canonical import Json
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import Data, Entry
from branch_console.rules.staff import Role
from branch_console.rules.working_time.policy import Sla
from data.act import Act


@dataclass(frozen=True, slots=True)
class Working:
    """One act under way. `about` is what it is about besides the case: an entry, or the target of a merging.

    `approver` is empty when nobody stands by; `role` is theirs, after their password was checked.
    """

    counter: CaseCounter
    act: Act
    subject: str
    state: CaseState
    said: Answered
    about: str = ""
    approver: str = ""
    role: Role | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def write(self, kind: str, data: Data, *, subject: str = "", **more: Any) -> Entry:
        """Append one entry, once nothing is missing; see `desk.cases.core.write`."""
        self.said.complete()
        return write(
            self.counter, self.act, subject or self.subject, kind, data, approver_role=self.role, **self.more, **more
        )

    def approved(self) -> dict[str, Json]:
        """Whoever agreed, as an entry names them."""
        return {"approver": self.approver or None}

    def policy(self) -> Sla | None:
        """The policy that the case is pinned to."""
        return self.counter.reference.sla.get((self.state.policy_id, self.state.policy_version))


Maker: TypeAlias = Callable[[Working], None]
