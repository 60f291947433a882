"""Rows of leases, entitlements, attested facts, campaigns and closed days."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert as upsert

from branch_console.rules.gifts.states import AttestationState, CampaignState, DayState, EntitlementState, LeaseState
from data.keyed_rows import KeyedRows, keys_json
from data.moments import moment
from data.right_tables import (
    AttestationKeyRow,
    AttestationRow,
    CampaignRow,
    DayRow,
    EntitlementKeyRow,
    EntitlementRow,
    LeaseRow,
)
from data.statements import prepared
from data.states import Folded
from data.tables import table


def _putting(rows: Table) -> str:
    """The statement that writes a row by its subject."""
    put = upsert(rows)
    changed = {column.name: put.excluded[column.name] for column in rows.c if column.name != "subject"}
    return prepared(put.on_conflict_do_update(index_elements=["subject"], set_=changed))


_PUT_LEASE, _PUT_CAMPAIGN, _PUT_DAY = (_putting(table(model)) for model in (LeaseRow, CampaignRow, DayRow))
_ENTITLEMENTS = KeyedRows(table(EntitlementRow), table(EntitlementKeyRow), "entitlement")
_ATTESTATIONS = KeyedRows(table(AttestationRow), table(AttestationKeyRow), "attestation")


def project_leases(connection: Connection, changed: Mapping[str, Folded], zone: ZoneInfo) -> None:
    """Write the rows of leases."""
    rows = []
    for subject, found in changed.items():
        state: LeaseState = found.state
        row = {name: getattr(state, name) for name in ("campaign", "terminal", "quantity", "unit_cost_fen", "epoch")}
        row |= {name: getattr(state, name) for name in ("expires_at", "status", "used", "granted_at")}
        expires = moment(state.expires_at, zone).ms
        rows.append(row | {"subject": subject, "expires_ms": expires, "marked": bool(state.marks)})
    connection.exec_driver_sql(_PUT_LEASE, rows)


def project_entitlements(connection: Connection, changed: Mapping[str, Folded], _zone: ZoneInfo) -> None:
    """Write the rows of entitlements and of the persons who have them."""
    rows = []
    for subject, found in changed.items():
        state: EntitlementState = found.state
        row = {name: getattr(state, name) for name in ("campaign", "version", "value_fen", "expires_on", "home_branch")}
        row |= {name: getattr(state, name) for name in ("epoch", "signature", "status", "why", "issued_at")}
        rows.append(
            row
            | {"subject": subject, "keys": keys_json(state.keys), "skus": orjson.dumps(state.skus).decode()}
            | {"personal": found.personal}
        )
    _ENTITLEMENTS.put(connection, rows)


def project_attestations(connection: Connection, changed: Mapping[str, Folded], zone: ZoneInfo) -> None:
    """Write the rows of attested facts and of the persons whom they are about."""
    rows = []
    for subject, found in changed.items():
        state: AttestationState = found.state
        names = ("name", "fact", "value", "reference", "seen_at", "staff", "terminal", "at", "outcome", "true_value")
        row: dict[str, Any] = {name: getattr(state, name) for name in names}
        row |= {
            "clock": found.order[0],
            "own_seq": found.own_seq,
            "personal": found.personal,
            "day": moment(state.at, zone).day,
        }
        rows.append(row | {"subject": subject, "keys": keys_json(state.keys)})
    _ATTESTATIONS.put(connection, rows)


def project_campaigns(connection: Connection, changed: Mapping[str, Folded], _zone: ZoneInfo) -> None:
    """Write what central last said about campaigns."""
    rows = []
    for subject, found in changed.items():
        state: CampaignState = found.state
        names = ("status", "version", "approved_by", "bound_count", "bound_fen", "left_count", "left_fen")
        row = {name: getattr(state, name) for name in (*names, "why", "updated_at")}
        rows.append(row | {"subject": subject, "campaign": state.id})
    connection.exec_driver_sql(_PUT_CAMPAIGN, rows)


def project_days(connection: Connection, changed: Mapping[str, Folded], _zone: ZoneInfo) -> None:
    """Write the rows of business days that were closed."""
    rows = []
    for subject, found in changed.items():
        state: DayState = found.state
        row = {name: getattr(state, name) for name in ("day", "closed", "maker", "signed_by", "previous", "digest")}
        rows.append(row | {"subject": subject, "at": state.at, "marked": bool(state.marks)})
    connection.exec_driver_sql(_PUT_DAY, rows)
