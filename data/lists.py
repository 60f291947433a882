"""What lists, look-ups and figures ask of the store. All SQL of reading is here; functions return plain rows."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.staff import StaffState
from branch_console.rules.terminal import TerminalState
from data import meta
from data.codec import decode
from data.store import Store
from data.tables import DraftRow, EntryRow, JourneyKeyRow, ListedRow, StateRow, table

Tab: TypeAlias = Literal["open", "mine", "branch", "finished", "all"]

LISTED = table(ListedRow)
_KEY, _DRAFT, _STATE, _ENTRY = table(JourneyKeyRow), table(DraftRow), table(StateRow), table(EntryRow)


_BY_IDS = """
SELECT subject, masked_name, masked_phone, target, status, step_number, step_total, current, holder, holder_terminal,
       updated_at, started_at, person_keys, own_seq
FROM journey_row WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC
"""


class JourneyRow(NamedTuple):
    """One journey in a list, masked. `pending`: central has not confirmed this terminal's last entry about it."""

    subject: str
    masked_name: str
    masked_phone: str
    target: str
    status: str
    step_number: int
    step_total: int
    current: str | None
    holder: str | None
    holder_terminal: str | None
    updated_at: str
    started_at: str
    person_keys: list[str]
    pending: bool


class TerminalRow(NamedTuple):
    """One terminal of the branch; moments are RFC 3339."""

    terminal: str
    name: str
    registered_at: str | None
    revoked_at: str | None


class WaitingEntry(NamedTuple):
    """An own entry that central has not confirmed."""

    seq: int
    at: str
    type: str
    subject: str


def journeys(store: Store, *, tab: Tab, staff: str | None, offset: int = 0, limit: int = 50) -> list[JourneyRow]:
    """A page of journeys.

    `open`: not ended; `mine`: not ended and held by `staff`; `branch`: not ended and held by somebody else; these with
    the newest entry first. `finished`: finished or abandoned; `all`; these with the newest customer first.
    """
    newest = LISTED.c.id.desc() if tab in {"finished", "all"} else LISTED.c.clock.desc()
    page = select(LISTED).where(_in_tab(tab, staff)).order_by(newest, LISTED.c.id.desc()).offset(offset).limit(limit)
    return listed(store, page)


def count_journeys(store: Store, *, tab: Tab, staff: str | None) -> int:
    """How many journeys a list has."""
    with store.database.read() as connection:
        count = select(func.count()).select_from(LISTED).where(_in_tab(tab, staff))
        return int(connection.execute(count).scalar_one())


def journeys_of_person(store: Store, keys: Sequence[str]) -> list[JourneyRow]:
    """All journeys in which one of these keyed hashes stands, the newest first."""
    found = select(_KEY.c.journey).where(_KEY.c.key.in_(keys))
    return listed(store, select(LISTED).where(LISTED.c.id.in_(found)).order_by(LISTED.c.id.desc()))


def staff_list(store: Store) -> list[StaffState]:
    """All staff of the branch as central last wrote them, also those no longer active."""
    return [state for state in _states(store, "staff") if isinstance(state, StaffState)]


def terminals(store: Store) -> list[TerminalRow]:
    """The terminals of the branch, also revoked ones."""
    with store.database.read() as connection:
        rows = connection.execute(_of_kind("terminal")).all()
    fold = FOLDS["terminal"]
    states = ((row.subject.partition("/")[2], fold.load(row.body)) for row in rows)
    return [
        TerminalRow(terminal, state.name or "", state.registered_at, state.revoked_at)
        for terminal, state in states
        if isinstance(state, TerminalState)
    ]


def drafts(store: Store, subject: str) -> dict[str, str]:
    """What has been typed about a subject and not yet confirmed, by field."""
    with store.database.read() as connection:
        rows = connection.execute(select(_DRAFT.c.name, _DRAFT.c.text).where(_DRAFT.c.subject == subject))
        return {row.name: row.text for row in rows}


def waiting(store: Store, limit: int = 20) -> list[WaitingEntry]:
    """The oldest own entries that central has not confirmed."""
    with store.database.read() as connection:
        rows = connection.execute(
            select(_ENTRY.c.wire)
            .where(
                _ENTRY.c.terminal == store.identity.terminal,
                _ENTRY.c.seq > meta.get_number(connection, meta.ACKNOWLEDGED),
            )
            .order_by(_ENTRY.c.seq)
            .limit(limit)
        )
        found = [decode(wire) for wire in rows.scalars()]
    return [WaitingEntry(entry.seq, entry.at, entry.type, entry.subject) for entry in found]


def listed(store: Store, page: Select[Any]) -> list[JourneyRow]:
    """The rows that a select over `journey_row` gives."""
    with store.database.read() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
        rows = connection.execute(page).all()
    return [_row(row, acknowledged) for row in rows]


def rows_of(connection: Connection, ids: Sequence[int]) -> list[JourneyRow]:
    """The rows with these ids, the newest first."""
    if not ids:
        return []
    acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
    found = connection.exec_driver_sql(_BY_IDS, (orjson.dumps(ids).decode(),))
    return [JourneyRow._make((*row[:12], orjson.loads(row[12]), row[13] > acknowledged)) for row in found.all()]


def _row(row: Any, acknowledged: int) -> JourneyRow:
    return JourneyRow(
        subject=row.subject,
        masked_name=row.masked_name,
        masked_phone=row.masked_phone,
        target=row.target,
        status=row.status,
        step_number=row.step_number,
        step_total=row.step_total,
        current=row.current,
        holder=row.holder,
        holder_terminal=row.holder_terminal,
        updated_at=row.updated_at,
        started_at=row.started_at,
        person_keys=orjson.loads(row.person_keys),
        pending=row.own_seq > acknowledged,
    )


def _in_tab(tab: Tab, staff: str | None) -> ColumnElement[bool]:
    """The condition of a list."""
    running = LISTED.c.ended.is_(False)
    conditions: dict[str, ColumnElement[bool]] = {
        "open": running,
        "mine": and_(running, LISTED.c.holder == staff),
        "branch": and_(running, or_(LISTED.c.holder != staff, LISTED.c.holder.is_(None))),
        "finished": LISTED.c.ended.is_(True),
        "all": true(),
    }
    return conditions[tab]


def _of_kind(kind: str) -> Select[Any]:
    return select(_STATE.c.subject, _STATE.c.body).where(_STATE.c.subject.between(f"{kind}/", f"{kind}0"))


def _states(store: Store, kind: str) -> list[Any]:
    with store.database.read() as connection:
        rows = connection.execute(_of_kind(kind)).all()
    return [FOLDS[kind].load(row.body) for row in rows]
