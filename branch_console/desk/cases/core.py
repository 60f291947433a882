"""The one way in which an act on a case or a rating is written: checked on the case as the transaction sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from branch_console.desk.desk import Desk
from branch_console.rules.cases import acts, acts_ideas
from branch_console.rules.cases.desk import Desk as Judged
from branch_console.rules.cases.next_due import read_clocks
from branch_console.rules.cases.rating_entries import RatingGiven
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.entries import EntryData, known_types
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Data, Entry
from branch_console.rules.narrative.patterns import MaskTable
from branch_console.rules.reference import Reference
from branch_console.rules.roles import Action, require
from branch_console.rules.staff import Role
from branch_console.rules.working_time.readings import ClockReading
from data.act import Act
from data.store import Store


@dataclass(frozen=True, slots=True)
class CaseCounter:
    """The case desk as it stands. `online`: central answers now."""

    desk: Desk
    online: bool

    @property
    def store(self) -> Store:
        """The terminal's store."""
        return self.desk.store

    @property
    def reference(self) -> Reference:
        """Code tables, policies, calendars, masks."""
        return self.desk.store.reference

    def now(self) -> datetime:
        """The wall clock, in the branch's zone."""
        return self.desk.now()

    def today(self) -> date:
        """The business date."""
        return self.desk.today()

    def require(self, action: Action) -> None:
        """Raise RuleError unless whoever works here may do it."""
        require(self.desk.role, action)

    def judged(self, **more: Any) -> Judged:
        """Who acts now, as the rules of cases ask; `more` are further fields of `rules.cases.desk.Desk`."""
        desk = self.desk
        return Judged(desk.staff, desk.role, self.now(), self.reference, online=self.online, **more)

    def approver(self, staff: str, password: str) -> Role | None:
        """The role of a second person who has typed the password; None where nobody was named. Raises UnlockError."""
        return self.desk.second_person(staff, password) if staff else None


def masks(counter: CaseCounter) -> MaskTable:
    """What is masked in texts. Raises RuleError `case_tables_missing` on a terminal that has not got it yet."""
    found = counter.reference.masks
    if found is None:
        raise RuleError("case_tables_missing")
    return found


def case_in(act: Act, subject: str) -> CaseState:
    """The case as this transaction sees it. Raises RuleError `case_unknown`."""
    state = act.state(subject)
    if not isinstance(state, CaseState) or not state.number:
        raise RuleError("case_unknown")
    return state


def write(counter: CaseCounter, act: Act, subject: str, kind: str, data: Data, **more: Any) -> Entry:
    """Check one act on a case and append it, with the newest entries that this terminal has as what the writer knew.

    `more`: further fields of `rules.cases.desk.Desk`, e.g. `approver_role`. Texts in `data` are masked already.
    Raises RuleError, FieldErrors.
    """
    state = None if kind == "case.registered" else case_in(act, subject)
    known: Mapping[str, Any] = {**data, "after": [] if state is None else list(state.heads)}
    judged = counter.judged(subject=subject, **more)
    if state is not None and "statutory_passed" not in more:
        judged = replace(judged, statutory_passed=statutory_passed(counter, state))
    acts.check(judged, state, kind, _read(kind, known))
    return act.append(kind, subject, dict(known))


def write_rating(counter: CaseCounter, act: Act, subject: str, data: Data, *, ended: bool) -> Entry:
    """Check a rating and append it. `ended`: what it is about is over. Raises RuleError, FieldErrors."""
    found = act.state(subject)
    state = found if isinstance(found, RatingState) else RatingState()
    known = {**data, "after": list(state.heads)}
    given = _read("rating.given", known)
    if not isinstance(given, RatingGiven):
        raise TypeError(given)
    acts_ideas.check_rating(counter.judged(ended=ended), state, given)
    return act.append("rating.given", subject, known)


def readings(counter: CaseCounter, state: CaseState, now: datetime | None = None) -> tuple[ClockReading, ...]:
    """The clocks of a case, by the policy and calendar that it began with.

    None for a kind without clocks, or while this terminal has not got those versions yet.
    """
    return read_clocks(counter.reference, state, now or counter.now()) or ()


def statutory_passed(counter: CaseCounter, state: CaseState) -> bool:
    """Whether the time that the law gives is over already."""
    return any(
        each.statutory and each.due_at is not None and each.live and each.due_at < counter.now()
        for each in readings(counter, state)
    )


def _read(kind: str, data: Mapping[str, Any]) -> EntryData:
    """The data of an entry as its type has it. Raises pydantic's ValidationError for what no screen can give."""
    return known_types()[kind, 1][1].model_validate(data)
