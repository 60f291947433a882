"""Rows that lists and look-ups read, derived from states in the transaction that changed them.

Journeys here; everything about gifts in `gift_projection`, about cases and ratings in `case_projection`.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from branch_console.rules.journal import parse_at
from branch_console.rules.journey import JourneyState
from branch_console.rules.masking import mask_name
from branch_console.rules.names import spaced_han
from branch_console.rules.planning import place
from branch_console.rules.reference import Reference
from data.case_projection import project_cases
from data.gift_projection import project_gifts
from data.identity import Identity
from data.moments import day_of
from data.statements import among, prepared
from data.states import Folded
from data.statistics.due import note_changed
from data.tables import JourneyKeyRow, JourneyTermRow, ListedRow, table
from data.terms import fingerprint, terms

_LISTED, _KEY, _TERM = table(ListedRow), table(JourneyKeyRow), table(JourneyTermRow)
_INDEXED = ("ended", "started_day", "finished_day")
_BEFORE = prepared(
    select(*(_LISTED.c[name] for name in ("id", "subject", "search", "person_keys", *_INDEXED))).where(
        among(_LISTED.c.subject, "subjects")
    )
)
_PUT_INDEXED = prepared(
    update(_LISTED)
    .where(_LISTED.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _INDEXED})
)
_LAST = prepared(select(func.max(_LISTED.c.id)))
_UNTOUCHED = {"id", "own_seq", "subject", *_INDEXED}
"""What an update leaves alone: SQLite rewrites the indexes of every column that it sets, changed or not."""
_put = upsert(_LISTED)
_PUT = prepared(
    _put.on_conflict_do_update(
        index_elements=["id"],
        set_={column.name: _put.excluded[column.name] for column in _LISTED.c if column.name not in _UNTOUCHED}
        | {"own_seq": func.max(_LISTED.c.own_seq, _put.excluded.own_seq)},
    )
)
_NO_SEARCH = "DELETE FROM journey_search WHERE rowid = :journey"
_PUT_SEARCH = "INSERT INTO journey_search(rowid, name) VALUES (:journey, :name)"

_DELETES = {rows.name: prepared(delete(rows).where(rows.c.journey == bindparam("journey"))) for rows in (_KEY, _TERM)}
_INSERTS = {rows.name: prepared(insert(rows)) for rows in (_KEY, _TERM)}


def project(connection: Connection, changed: Mapping[str, Folded], reference: Reference, identity: Identity) -> None:
    """Write the rows of all journeys, gifts, cases and ratings among `changed`; their facts are due from now on."""
    journeys = {subject: found for subject, found in changed.items() if isinstance(found.state, JourneyState)}
    if len(journeys) < len(changed):
        project_gifts(connection, changed, identity.zone)
        project_cases(connection, changed, reference, identity)
    if journeys:
        _project_journeys(connection, journeys, reference, identity)
    note_changed(connection, changed, identity)


def _project_journeys(
    connection: Connection, journeys: Mapping[str, Folded], reference: Reference, identity: Identity
) -> None:
    """Write the rows of journeys."""
    found_before = connection.exec_driver_sql(_BEFORE, {"subjects": orjson.dumps(list(journeys))})
    before = {row.subject: row for row in found_before}
    last = 0 if len(before) == len(journeys) else connection.exec_driver_sql(_LAST).scalar_one() or 0
    zone = identity.zone
    rows, indexed, searches, keys = [], [], [], []
    for subject, found in journeys.items():
        old = before.get(subject)
        if old is None:
            last += 1
        row = _row(subject, found, reference, zone) | {"id": last if old is None else old.id}
        rows.append(row)
        if old is not None and any(row[name] != getattr(old, name) for name in _INDEXED):
            indexed.append({"of_id": old.id, **{f"new_{name}": row[name] for name in _INDEXED}})
        if row["search"] != (old.search if old else ""):
            searches.append((row["id"], found.state, bool(old and old.search)))
        if row["person_keys"] != (old.person_keys if old else "[]"):
            keys.append((row["id"], found.state.person_keys, old is not None))
    connection.exec_driver_sql(_PUT, rows)
    if indexed:
        connection.exec_driver_sql(_PUT_INDEXED, indexed)
    _put_searches(connection, searches)
    _put_keys(connection, keys)


def _put_searches(connection: Connection, searches: list[tuple[int, JourneyState, bool]]) -> None:
    """Replace what a journey is found by."""
    old = [{"journey": journey} for journey, _, had in searches if had]
    new = [{"term": term, "journey": journey} for journey, state, _ in searches for term in terms(state)]
    _replace(connection, _TERM, old, new)
    if old:
        connection.exec_driver_sql(_NO_SEARCH, old)
    named = [{"journey": journey, "name": spaced_han(state.name)} for journey, state, _ in searches if state.name]
    if named:
        connection.exec_driver_sql(_PUT_SEARCH, named)


def _put_keys(connection: Connection, keys: list[tuple[int, list[str], bool]]) -> None:
    """Replace the keyed hashes that lead to a journey."""
    old = [{"journey": journey} for journey, _, had in keys if had]
    new = [{"key": key, "journey": journey} for journey, some, _ in keys for key in set(some)]
    _replace(connection, _KEY, old, new)


def _replace(connection: Connection, rows: Table, old: list[dict[str, int]], new: list[dict[str, Any]]) -> None:
    if old:
        connection.exec_driver_sql(_DELETES[rows.name], old)
    if new:
        connection.exec_driver_sql(_INSERTS[rows.name], new)


def _row(subject: str, found: Folded, reference: Reference, zone: ZoneInfo) -> dict[str, Any]:
    """All columns but the id."""
    state: JourneyState = found.state
    flow = reference.flow(state.flow_id, state.flow_version) if state.flow_id and state.flow_version else None
    number, total = (0, 0) if flow is None else place(flow, state)
    return {
        "subject": subject,
        "masked_name": mask_name(state.name) if state.name else "",
        "masked_phone": state.phone_masked or "",
        "target": state.target or "",
        "status": state.status,
        "ended": state.ended,
        "erased": state.erased,
        "step_number": number,
        "step_total": total,
        "current": state.current,
        "holder": state.holder,
        "holder_terminal": state.holder_terminal,
        "started_at": state.started_at or "",
        "updated_at": state.updated_at or "",
        "clock": found.order[0],
        "own_seq": found.own_seq,
        "person_keys": orjson.dumps(state.person_keys).decode(),
        "search": fingerprint(state),
        "started_day": None if state.started_at is None else day_of(parse_at(state.started_at), zone),
        "finished_day": None if state.finished_at is None else day_of(parse_at(state.finished_at), zone),
    }
