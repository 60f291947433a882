"""Rows about gifts, derived in the transaction that changed the states: by kind of subject; balances by difference."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection

from branch_console.rules.gifts.states import (
    AttestationState,
    CampaignState,
    ClaimState,
    DayState,
    EntitlementState,
    LeaseState,
    StockState,
)
from data.gift_tables import ClaimKeyRow, ClaimRow
from data.keyed_rows import KeyedRows, keys_json
from data.moments import NEVER, moment
from data.right_projection import (
    project_attestations,
    project_campaigns,
    project_days,
    project_entitlements,
    project_leases,
)
from data.states import Folded
from data.stock_projection import book, project_documents
from data.tables import table

_CLAIMS = KeyedRows(table(ClaimRow), table(ClaimKeyRow), "claim")
_SAME = (
    "campaign", "version", "verdict", "reward_kind", "sku", "quantity", "amount", "value_fen", "cost_fen", "name",
    "phone", "journey", "right_kind", "right_id", "terminal", "staff", "second_staff", "status", "outcome", "excess",
    "uses_right", "exceptional", "updated_at", "erased",
)  # fmt: skip
"""Columns that say what the state says, under the same name."""


def project_gifts(connection: Connection, changed: Mapping[str, Folded], zone: ZoneInfo) -> None:
    """Write the rows of everything about gifts among `changed`."""
    kinds: dict[type, dict[str, Folded]] = {}
    for subject, found in changed.items():
        kinds.setdefault(type(found.state), {})[subject] = found
    for kind, some in kinds.items():
        project = _PROJECT.get(kind)
        if project is not None:
            project(connection, some, zone)
    moved = kinds.get(ClaimState, {}) | kinds.get(StockState, {})
    if moved:
        book(connection, {subject: found.state.booked for subject, found in moved.items()}, zone)


def _project_claims(connection: Connection, changed: Mapping[str, Folded], zone: ZoneInfo) -> None:
    _CLAIMS.put(connection, [_claim(subject, found, zone) for subject, found in changed.items()])


def _claim(subject: str, found: Folded, zone: ZoneInfo) -> dict[str, Any]:
    """All columns but the id."""
    state: ClaimState = found.state
    started, handed = moment(state.started_at, zone), moment(state.handed_over_at, zone)
    shown = started if handed is NEVER else handed
    reserved = state.status == "reserved"
    settled = state.settled_how is not None
    return {name: getattr(state, name) for name in _SAME} | {
        "subject": subject,
        "number": state.receipt_number or state.voucher_code or "",
        "keys": keys_json(state.keys),
        "marked": bool(state.marks),
        "open": state.status in {"reserved", "vouchered"},
        "exception": state.exceptional and not settled,
        "settled": settled,
        "at": state.handed_over_at or state.started_at,
        "day": shown.day,
        "hour": shown.hour,
        "started_ms": started.ms,
        "handed_ms": None if handed is NEVER else handed.ms,
        "expires_at": {"reserved": state.expires_at, "vouchered": state.voucher_expires_on}.get(state.status),
        "expires_ms": moment(state.expires_at, zone).ms if reserved else 0,
        "reserved": _reserved(state),
        "clock": found.order[0],
        "own_seq": found.own_seq,
        "personal": found.personal,
    }


def _reserved(state: ClaimState) -> str:
    """What a reservation keeps, as the row has it."""
    moves = [[move.source, move.sku, move.lot, move.expires_on or "", move.quantity] for move in state.reserved]
    return orjson.dumps(moves).decode()


_PROJECT: dict[type, Callable[[Connection, Mapping[str, Folded], ZoneInfo], None]] = {
    ClaimState: _project_claims,
    StockState: project_documents,
    LeaseState: project_leases,
    EntitlementState: project_entitlements,
    AttestationState: project_attestations,
    CampaignState: project_campaigns,
    DayState: project_days,
}
