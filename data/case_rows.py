"""The columns of rows about cases, from their states."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from branch_console.rules.cases.keeping import ended_at
from branch_console.rules.cases.limits import flags
from branch_console.rules.cases.next_due import NextDue, moment, next_due, read_clocks
from branch_console.rules.cases.promises import nearest
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from branch_console.rules.working_time.readings import ClockReading
from data.case_tables import NOTHING_DUE
from data.keyed_rows import keys_json
from data.moments import moment as moment_of
from data.moments import ms_of
from data.states import Folded

INTERNAL = "internal"
"""The clock that is the branch's own time limit, beside the regulator's."""
PAUSED = frozenset({"waiting_customer", "external_appraisal"})
_TABS = {
    "received": "received", "accepted": "received", "in_progress": "received", "evaluating": "evaluating",
    "adopted": "adopted", "done": "done", "declined": "declined", "told": "told",
}  # fmt: skip
"""Where a suggestion stands on the board, by its status; all others only among all."""


def case_columns(subject: str, found: Folded, reference: Reference, zone: ZoneInfo) -> dict[str, Any]:
    """All columns of a case's row but `id` and `search`."""
    state: CaseState = found.state
    readings = () if state.ended else read_clocks(reference, state)
    try:
        known: tuple[str, ...] | None = flags(state, reference)
    except RuleError:  # the table of limits is not here yet
        known = None
    due = next_due(state, readings or ())
    promised = nearest(state)
    works = not state.ended and state.kind != "suggestion"
    received = moment_of(state.received_at, zone)
    over = ended_at(state)
    customer, codes = state.customer, state.codes
    return {
        "subject": subject,
        "number": state.number,
        "kind": state.kind,
        "status": state.status,
        "category": "" if codes is None else codes.category,
        "business": "" if codes is None else codes.business,
        "reason": "" if codes is None else codes.reason,
        "name": "" if customer is None else customer.name,
        "phone": "" if customer is None else customer.phone,
        "keys": keys_json({} if customer is None else customer.keys),
        "transaction_key": None if state.transaction is None else state.transaction.key,
        "owner": state.owner,
        "branch": state.branch,
        "terminal": state.terminal,
        "level": state.level,
        "flags": " ".join(known or ()),
        "received_at": state.received_at,
        "received_ms": received.ms,
        "received_day": received.day,
        "ended": state.ended,
        "over_day": None if over is None else moment_of(over, zone).day,
        "merged_into": state.merged_into,
        "queued": bool(state.number) and (works or (promised is not None and state.status != "merged")),
        "regulator": state.regulator is not None,
        "paused": state.status in PAUSED,
        "differs": bool(state.unsettled),
        **_due(due),
        "promise_at": None if promised is None else promised.at,
        "promise_ms": NOTHING_DUE if promised is None else ms_of(moment(promised.at)),
        "promise_staff": None if promised is None else promised.staff,
        "statutory_day": _statutory_day(readings or ()),
        "internal_at": _internal_at(readings or ()),
        "text": state.narrative,
        "unread": readings is None or known is None,
        "updated_at": state.updated_at,
        "clock": found.order[0],
        "own_seq": found.own_seq,
        "erased": state.erased,
        "personal": found.personal,
    }


def promises(row: int, state: CaseState, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """The rows of the open promises of a case."""
    for each in state.open_promises:
        at = moment_of(each.at, zone)
        yield {"ms": at.ms, "case_id": row, "entry": each.entry, "at": each.at, "way": each.way, "staff": each.staff}


def rewards(row: int, state: CaseState) -> Iterator[dict[str, Any]]:
    """The rows of the rewards of a suggestion."""
    for each in state.rewards:
        yield {"month": each.month, "case_id": row, "entry": each.entry, "value_fen": each.value_fen}


def idea_columns(row: int, state: CaseState) -> dict[str, Any]:
    """The row of a suggestion on the board."""
    return {
        "case_id": row,
        "tab": _TABS.get(state.status, ""),
        "topic": state.topic,
        "who": state.who,
        "owner": state.idea_owner,
        "due": state.idea_due,
        "answer": state.idea_answer,
        "done": state.idea_done,
        "done_at": state.idea_done_at,
        "told_at": state.told_at,
        "support": state.support,
        "rewarded_fen": sum(each.value_fen for each in state.rewards),
    }


def rating_columns(subject: str, found: Folded, zone: ZoneInfo) -> dict[str, Any]:
    """All columns of a rating's row but `id`."""
    state: RatingState = found.state
    counted = state.counted
    first = state.revisions[0].at if state.revisions else state.updated_at
    return {
        "subject": subject,
        "about": state.about,
        "score": 0 if counted is None else counted.score,
        "day": moment_of(first, zone).day,
        "staff": None if counted is None else counted.staff,
        "revisions": len(state.revisions),
        "updated_at": state.updated_at,
        "clock": found.order[0],
        "own_seq": found.own_seq,
        "erased": state.erased,
        "personal": found.personal,
    }


def _due(due: NextDue | None) -> dict[str, Any]:
    if due is None:
        return {"next_at": None, "next_ms": NOTHING_DUE, "next_kind": "", "next_share_started_ms": 0}
    return {
        "next_at": format_at(due.at),
        "next_ms": ms_of(due.at),
        "next_kind": due.kind,
        "next_share_started_ms": ms_of(due.since),
    }


def _statutory_day(readings: tuple[ClockReading, ...]) -> str | None:
    days = [each.due_day for each in readings if each.statutory and each.live and each.due_day is not None]
    return min(days).isoformat() if days else None


def _internal_at(readings: tuple[ClockReading, ...]) -> str | None:
    dues = [each.due_at for each in readings if each.id == INTERNAL and each.live and each.due_at is not None]
    return format_at(min(dues)) if dues else None
