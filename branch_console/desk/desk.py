"""Who stands at the desk, and the one way in which an act about a journey is written."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from branch_console.rules.acts import check_act
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.free_text import scrub
from branch_console.rules.journal import Data, Entry
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.roles import require
from branch_console.rules.staff import Role
from branch_console.security.text import clean
from data.act import Act
from data.store import Store

FLOW = "ecny_personal"


@dataclass(frozen=True, slots=True)
class Desk:
    """A logged-in member of staff at this terminal.

    `now` gives the wall clock in the branch's zone. `second_person` checks the password of another member of staff at
    this terminal and returns their role; it raises what an unlock raises.
    """

    store: Store
    staff: str
    role: Role
    now: Callable[[], datetime]
    second_person: Callable[[str, str], Role]

    def today(self) -> date:
        """The business date in the branch's time zone."""
        return self.now().astimezone(self.store.identity.zone).date()

    def act(self) -> AbstractContextManager[Act]:
        """One transaction in this person's name."""
        return self.store.act(self.staff, self.now())

    def flow_of(self, state: JourneyState) -> Flow:
        """The version of the flow that a journey started on. Raises RuleError `flow_missing`."""
        flow = None
        if state.flow_id is not None and state.flow_version is not None:
            flow = self.store.reference.flow(state.flow_id, state.flow_version)
        if flow is None:
            raise RuleError("flow_missing", flow=str(state.flow_id), version=str(state.flow_version))
        return flow


def journey_in(act: Act, subject: str) -> JourneyState:
    """The journey as this transaction sees it. Raises RuleError `journey_unknown`."""
    state = act.state(subject)
    if not isinstance(state, JourneyState) or state.started_at is None:
        raise RuleError("journey_unknown")
    return state


def check(
    desk: Desk, state: JourneyState | None, kind: str, data: Data, roles: Mapping[str, Role] | None = None
) -> None:
    """Whether this person may do that act on the journey now. `roles`: of the second person who approves.

    The same evaluator answers the screens' "why not", so what was offered is never refused for a knowable reason.
    Raises RuleError, FieldErrors.
    """
    require(desk.role, "journey.work")
    reference = desk.store.reference
    flow = desk.flow_of(state) if state is not None else reference.newest_flow(FLOW, desk.today())
    if flow is None:
        raise RuleError("flow_missing", flow=FLOW, version="-")
    check_act(
        flow,
        state,
        kind,
        data,
        staff=desk.staff,
        role=desk.role,
        reference=reference,
        on=desk.today(),
        roles=roles,
    )


def write(desk: Desk, act: Act, subject: str, kind: str, data: Data, roles: Mapping[str, Role] | None = None) -> Entry:
    """Check one act as the transaction sees the journey, and append it. Raises RuleError, FieldErrors."""
    check(desk, journey_in(act, subject), kind, data, roles)
    return act.append(kind, subject, data)


def written(note: str) -> str | None:
    """What staff typed beside an act, as it may be kept: cleaned, numbers of people and cards masked. None: nothing."""
    return scrub(clean(note).strip()) or None
