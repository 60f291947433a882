"""Lists of cases: pages by tab, narrowed by kind, status and words; and how many there are.

Everything is asked in SQL over indexes that hold the queue alone, so that a page costs the same after ten years of
closed cases. What a line needs besides (what is left of a clock) is read for the lines that are shown.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection

from data import meta
from data.case_search import match
from data.moments import ms_of
from data.reading import Reading

Tab: TypeAlias = Literal["mine", "branch", "today", "overdue", "regulator", "review", "unsynced", "all"]
TABS: tuple[Tab, ...] = ("mine", "branch", "today", "overdue", "regulator", "review", "unsynced", "all")
MANY = 2000
"""From so many hits on, a page is found along the order of the queue, not by sorting all hits."""

_WHERE: dict[Tab, str] = {
    "mine": "queued AND (owner = :staff OR promise_staff = :staff)",
    "branch": "queued",
    "today": "queued AND promise_ms >= :day AND promise_ms < :next_day",
    "overdue": "queued AND next_ms < :now",
    "regulator": "queued AND regulator",
    "review": "status = 'review'",
    "unsynced": "own_seq > 0 AND own_seq > :acknowledged",
    "all": "true",
}
_IN_QUEUE = frozenset(TABS) - {"unsynced", "all"}
_HITS = "SELECT rowid FROM case_search WHERE case_search MATCH :match"
_HOW_MANY = f"SELECT count(*) FROM ({_HITS} LIMIT {MANY + 1})"  # noqa: S608
_LAST = "SELECT coalesce(max(id), 0) FROM case_row"
"""Rows are numbered without gaps and stay for ever, so the last one's number is how many there are."""


class CaseListed(NamedTuple):
    """One case in a list, masked.

    `next_at` is what is due next (RFC 3339, None: nothing), `next_ms` the same in milliseconds since 1970 (far away
    for nothing), `next_kind` "promise" or a clock's id, `next_share_started_ms` since when it is waited for.
    `statutory_day` is the last day that the law gives (YYYY-MM-DD), `internal_at` the branch's own limit; both None
    where such a clock does not run. `pending`: central has not confirmed this terminal's last entry about it.
    `differs`: two sides changed the same thing and nobody has settled it.
    """

    subject: str
    number: str
    kind: str
    status: str
    category: str
    name: str
    phone: str
    owner: str | None
    branch: str
    terminal: str
    level: int
    flags: tuple[str, ...]
    received_at: str
    next_at: str | None
    next_ms: int
    next_kind: str
    next_share_started_ms: int
    promise_at: str | None
    promise_staff: str | None
    statutory_day: str | None
    internal_at: str | None
    paused: bool
    text: str
    pending: bool
    differs: bool
    updated_at: str


_FLAGS, _PAUSED, _PENDING, _DIFFERS = (
    CaseListed._fields.index(each) for each in ("flags", "paused", "pending", "differs")
)
COLUMNS = ", ".join(f"c.{'own_seq' if name == 'pending' else name}" for name in CaseListed._fields)


def cases(
    source: Reading,
    tab: Tab,
    *,
    staff: str | None,
    now: datetime,
    text: str = "",
    kind: str | None = None,
    status: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[CaseListed]:
    """A page of cases.

    `mine`: in the queue and owned by `staff`, or with a promise that `staff` must keep; `branch`: the whole queue;
    `today`: something is promised for today; `overdue`: what was due next is past `now`; `regulator`: handed on by an
    authority; `review`: the superior looks again; `unsynced`: central has not confirmed it; these with what is due
    next first. `all`: ended ones too, the newest first. `text` looks in number, name, last digits and all that was
    written, and finds any part of Chinese words and the beginnings of others.
    """
    with source.reading() as connection:
        asked = _asked(source, connection, tab, staff, now, text, kind, status)
        values = {**asked.values, "offset": offset, "limit": limit}
        found = connection.exec_driver_sql(_page(connection, asked), values).all()
    acknowledged = asked.values["acknowledged"]
    return [listed(row, acknowledged) for row in found]


def count_cases(
    source: Reading,
    tab: Tab,
    *,
    staff: str | None,
    now: datetime,
    text: str = "",
    kind: str | None = None,
    status: str | None = None,
) -> int:
    """How many cases a list has."""
    with source.reading() as connection:
        asked = _asked(source, connection, tab, staff, now, text, kind, status)
        if asked.match and tab in {"branch", "all"}:
            statement = f"SELECT count(*) FROM ({_HITS})"  # noqa: S608
        elif asked.match:
            statement = f"SELECT count(*) FROM case_row AS c WHERE {asked.where} AND +c.id IN ({_HITS})"  # noqa: S608
        elif asked.where == "true":
            statement = _LAST
        else:
            statement = f"SELECT count(*) FROM case_row AS c WHERE {asked.where}"  # noqa: S608
        return int(connection.exec_driver_sql(statement, asked.values).scalar_one())


def tab_counts(source: Reading, *, staff: str | None, now: datetime) -> dict[Tab, int]:
    """How many cases each tab has."""
    counts = ", ".join(
        f"({_LAST})" if tab == "all" else f"(SELECT count(*) FROM case_row WHERE {_WHERE[tab]})"  # noqa: S608
        for tab in TABS
    )
    with source.reading() as connection:
        values = _values(source, connection, staff, now)
        found = connection.exec_driver_sql(f"SELECT {counts}", values).one()
    return dict(zip(TABS, found, strict=True))


def listed(row: Sequence[Any], acknowledged: int) -> CaseListed:
    """A line from the columns `COLUMNS`."""
    values = list(row)
    values[_FLAGS] = tuple(values[_FLAGS].split())
    values[_PENDING] = values[_PENDING] > acknowledged
    values[_PAUSED], values[_DIFFERS] = bool(values[_PAUSED]), bool(values[_DIFFERS])
    return CaseListed._make(values)


class _Asked(NamedTuple):
    """A question: its condition over `case_row`, its query of the index ("" for none), and all values."""

    tab: Tab
    where: str
    match: str
    values: dict[str, Any]


def _asked(
    source: Reading, connection: Connection, tab: Tab, staff: str | None, now: datetime, text: str, kind: str | None,
    status: str | None,
) -> _Asked:  # fmt: skip
    query = match(text, queued=tab in _IN_QUEUE, kind=kind, status=status)
    values = _values(source, connection, staff, now) | {"match": query, "kind": kind, "status": status}
    where = [_WHERE[tab]]
    if text.strip() and not query:
        where.append("false")  # only signs: nothing says them
    if not query:  # the index knows kind and status itself
        one = "+" if tab in _IN_QUEUE else ""  # the queue is looked through, never all cases of that kind
        where += [f"{one}kind = :kind"] if kind is not None else []
        where += [f"{one}status = :status"] if status is not None else []
    return _Asked(tab, " AND ".join(each for each in where if each != "true") or "true", query, values)


def _page(connection: Connection, asked: _Asked) -> str:
    end = "LIMIT :limit OFFSET :offset"
    if asked.tab == "all":
        if asked.match:
            return (
                f"SELECT {COLUMNS} FROM case_search AS s CROSS JOIN case_row AS c ON c.id = s.rowid"  # noqa: S608
                f" WHERE case_search MATCH :match ORDER BY s.rowid DESC {end}"
            )
        return f"SELECT {COLUMNS} FROM case_row AS c WHERE {asked.where} ORDER BY c.id DESC {end}"  # noqa: S608
    order = f"ORDER BY c.next_ms, c.id {end}"
    if not asked.match:
        return f"SELECT {COLUMNS} FROM case_row AS c WHERE {asked.where} {order}"  # noqa: S608
    many = asked.tab in _IN_QUEUE and connection.exec_driver_sql(_HOW_MANY, asked.values).scalar_one() > MANY
    if many:  # the order of the queue leads, and each case is asked whether it is among the hits
        source, hit = "case_row AS c INDEXED BY case_row_queue", "queued AND +c.id"
    else:
        source, hit = "case_row AS c", "c.id"
    return f"SELECT {COLUMNS} FROM {source} WHERE {asked.where} AND {hit} IN ({_HITS}) {order}"  # noqa: S608


def _values(source: Reading, connection: Connection, staff: str | None, now: datetime) -> dict[str, Any]:
    local = now.astimezone(source.identity.zone)
    today = datetime.combine(local.date(), time(), source.identity.zone)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), source.identity.zone)
    return {
        "staff": staff,
        "now": ms_of(now),
        "day": ms_of(today),
        "next_day": ms_of(tomorrow),
        "acknowledged": meta.get_number(connection, meta.ACKNOWLEDGED),
    }
