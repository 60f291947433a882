"""The checklist of an abnormal deduction: which steps are through, how long each took, and which is next.

It is read out of the case, so that it survives a power cut and a colleague can go on with it elsewhere.
"""

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import StepRow, StepTable
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from branch_console.rules.reference import Reference

Status: TypeAlias = Literal["done", "left_out", "open"]

CALL_BACK, SLIP = "call_back", "slip"
"""Steps that show in the case itself: the customer was called, a slip was printed."""


class Step(NamedTuple):
    """One step. `at` is when it was through or left out, `seconds` how long it took, None when that is not known."""

    row: StepRow
    status: Status
    at: str | None = None
    seconds: int | None = None
    reason: str = ""

    @property
    def late(self) -> bool:
        """Whether it took longer than it should."""
        return self.status == "done" and self.seconds is not None and self.seconds > self.row.target_seconds


def steps(state: CaseState, reference: Reference) -> tuple[Step, ...]:
    """The steps in the order of the table. Raises RuleError `case_tables_missing`.

    A step took as long as it is since the one that was through before it, the first since the form was opened; the
    call-back since the case was received.
    """
    table = reference.tables.get("case_fast_track")
    if not isinstance(table, StepTable):
        raise RuleError("case_tables_missing")
    through = _through(state)
    left_out = {
        item.detail["step"]: item
        for item in state.timeline
        if item.type == "case.step_checked" and item.detail.get("done") == "no" and "step" in item.detail
    }
    took = _took(state, through, [row.code for row in table.codes])
    found: list[Step] = []
    for row in table.codes:
        item = left_out.get(row.code)
        if row.code in through:
            found.append(Step(row, "done", through[row.code], took.get(row.code)))
        elif item is not None:
            found.append(Step(row, "left_out", item.at, None, item.text or ""))
        else:
            found.append(Step(row, "open"))
    return tuple(found)


def current(checklist: tuple[Step, ...]) -> Step | None:
    """What comes next; None when everything is through."""
    return next((each for each in checklist if each.status == "open"), None)


def running_since(state: CaseState, checklist: tuple[Step, ...]) -> str:
    """Since when the next step is being worked on (RFC 3339): the call-back since the case was received."""
    step = current(checklist)
    if step is not None and step.row.code == CALL_BACK:
        return state.received_at
    before = [each.at for each in checklist if each.at is not None and each.row.code != CALL_BACK]
    return max((each for each in before if _moment(each) is not None), key=_seconds, default=state.received_at)


def _through(state: CaseState) -> dict[str, str]:
    through = dict(state.steps)
    if state.slips:
        through.setdefault(SLIP, state.slips[0].at)
    if state.first_contact_at is not None:
        through.setdefault(CALL_BACK, state.first_contact_at)
    return through


def _took(state: CaseState, through: dict[str, str], order: list[str]) -> dict[str, int]:
    before = _moment(state.form_opened_at)
    found: dict[str, int] = {}
    known = [code for code in order if code in through and _moment(through[code]) is not None]
    for code in sorted(known, key=lambda each: (_seconds(through[each]), order.index(each))):
        start = _moment(state.received_at) if code == CALL_BACK else before
        if start is not None:
            found[code] = max(0, round(_seconds(through[code]) - start.timestamp()))
        if code != CALL_BACK:
            before = _moment(through[code])
    return found


def _moment(at: str) -> datetime | None:
    try:
        moment = parse_at(at)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _seconds(at: str) -> float:
    moment = _moment(at)
    return moment.timestamp() if moment is not None else 0.0
