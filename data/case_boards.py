"""Promises that somebody must keep, and the board of suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from data import meta
from data.moments import ms_of
from data.reading import Reading

IdeaTab: TypeAlias = Literal["received", "evaluating", "adopted", "done", "declined", "told", "all"]

_PROMISES = """
SELECT c.subject, c.number, p.entry, p.at, p.way, p.staff, c.name, c.kind
FROM case_promise AS p JOIN case_row AS c ON c.id = p.case_id WHERE p.ms <= :until ORDER BY p.ms, p.case_id, p.entry
"""
_TO_SAY = """
SELECT EXISTS (SELECT 1 FROM case_promise WHERE ms <= :until)
    OR EXISTS (SELECT 1 FROM case_row WHERE kind = 'dispute' AND received_ms >= :since)
"""
_IDEAS = """
SELECT c.subject, c.number, c.status, i.topic, i.who, c.name, c.text, i.support, i.owner, i.due, i.answer, i.done,
       i.done_at, i.told_at, i.rewarded_fen, c.received_at, c.updated_at, c.differs, c.own_seq
FROM idea_row AS i JOIN case_row AS c ON c.id = i.case_id
"""
_COUNT_IDEAS = "SELECT count(*) FROM idea_row AS i"
_OF_TAB = " WHERE i.tab = :tab"
_ORDER = " ORDER BY i.support DESC, i.case_id DESC LIMIT :limit OFFSET :offset"


class PromiseListed(NamedTuple):
    """An open promise. `entry` made it; `at` is when it must be kept; `staff` keeps it (None: nobody by name)."""

    subject: str
    number: str
    entry: str
    at: str
    way: str
    staff: str | None
    name: str
    kind: str


class IdeaListed(NamedTuple):
    """A suggestion on the board. `support`: how many others want the same. `owner`, `due`: who does it until when.

    `answer` is the reason for adopting or declining it, `done` what was changed. `pending`, `differs` as of a case.
    """

    subject: str
    number: str
    status: str
    topic: str | None
    who: str
    name: str
    text: str
    support: int
    owner: str | None
    due: str | None
    answer: str | None
    done: str | None
    done_at: str | None
    told_at: str | None
    rewarded_fen: int
    received_at: str
    updated_at: str
    differs: bool
    pending: bool


def promises_until(source: Reading, until: datetime) -> list[PromiseListed]:
    """All open promises that must be kept by then, overdue ones included, the nearest first."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_PROMISES, {"until": ms_of(until)})
        return [PromiseListed._make(row) for row in rows]


def anything_to_say(source: Reading, until: datetime, since: datetime) -> bool:
    """Whether a promise must be kept by `until`, or an abnormal deduction was received since then: no case is read."""
    with source.reading() as connection:
        found = connection.exec_driver_sql(_TO_SAY, {"until": ms_of(until), "since": ms_of(since)})
        return bool(found.scalar_one())


def ideas(source: Reading, tab: IdeaTab, offset: int = 0, limit: int = 50) -> list[IdeaListed]:
    """A page of the board: what most people want first, then the newest. `received`: nobody has evaluated it yet."""
    statement = _IDEAS + ("" if tab == "all" else _OF_TAB) + _ORDER
    with source.reading() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
        rows = connection.exec_driver_sql(statement, {"tab": tab, "offset": offset, "limit": limit}).all()
    return [_idea(row, acknowledged) for row in rows]


def count_ideas(source: Reading, tab: IdeaTab) -> int:
    """How many suggestions a tab of the board has."""
    statement = _COUNT_IDEAS + ("" if tab == "all" else _OF_TAB)
    with source.reading() as connection:
        return int(connection.exec_driver_sql(statement, {"tab": tab}).scalar_one())


def _idea(row: Sequence[Any], acknowledged: int) -> IdeaListed:
    return IdeaListed._make((*row[:-2], bool(row[-2]), row[-1] > acknowledged))
