"""Taking in some changed subjects: their facts, days, links and what these add to the tallies, in one transaction.

What must be kept is said by `rules/statistics/changing.py`; here it is read and written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row

from branch_console.rules.statistics.changing import (
    Around,
    Changes,
    changes,
    days_touched,
    first_names,
    further_names,
    index_moved,
    tallies_moved,
)
from branch_console.rules.statistics.days_of_rows import days_of, is_open, onboarded
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.linking import links
from branch_console.rules.statistics.packing import pack, unpack
from data.statistics import marks
from data.statistics.linking import digest, settled_of, sharing, write_settled
from data.statistics.making import Made, make
from data.statistics.moving import move_tallies
from data.store import Store

_STORED = """
SELECT fact.subject, body, steps, waiting FROM json_each(:subjects) AS wanted JOIN fact ON fact.subject = wanted.value
"""
_PUT = """
INSERT INTO fact(subject, kind, body, steps, waiting, open) VALUES (:subject, :kind, :body, :steps, :waiting, :open)
ON CONFLICT(subject) DO UPDATE SET body = :body, steps = :steps, waiting = :waiting, open = :open
"""
_PUT_LINKED = "UPDATE fact SET body = :body WHERE subject = :subject"
_PUT_WAITING = "UPDATE fact SET waiting = :waiting WHERE subject = :subject"
_DROP = "DELETE FROM fact WHERE subject = :subject"
_DONE = "DELETE FROM fact_due WHERE subject = :subject"
_DAY: Final = (
    "DELETE FROM fact_day WHERE day = :day AND kind = :kind AND subject = :subject",
    "INSERT OR IGNORE INTO fact_day(day, kind, subject) VALUES (:day, :kind, :subject)",
)
_LINK: Final = (
    "DELETE FROM fact_link WHERE name = :name AND subject = :subject",
    "INSERT OR IGNORE INTO fact_link(name, subject) VALUES (:name, :subject)",
)
_WALLET: Final = (
    "DELETE FROM fact_wallet WHERE day = :day AND wallet = :wallet",
    "INSERT OR IGNORE INTO fact_wallet(day, wallet) VALUES (:day, :wallet)",
)
_NONE: Final = Facts()


class NotKeptError(Exception):
    """What is kept cannot be what the facts were made of: all must be made anew."""


def take_in(connection: Connection, store: Store, subjects: Sequence[str], days: Days) -> None:
    """Make the facts of these subjects anew. Raises NotKeptError."""
    made = make(connection, store, subjects, days)
    try:
        _keep(connection, made)
    except ValueError as error:
        raise NotKeptError from error


def _keep(connection: Connection, made: Mapping[str, Made]) -> None:
    """Keep these facts and what follows from them. Raises ValueError when the tallies are not what the facts say."""
    rows = connection.exec_driver_sql(_STORED, {"subjects": orjson.dumps(list(made))}).all()
    stored = {row.subject: row for row in rows}
    old = {subject: unpack(row.body, row.steps) for subject, row in stored.items()}
    found = _changes(connection, old, made)
    _write_facts(connection, found, made, stored)
    _write_index(connection, found)
    write_settled(connection, found.settled)
    move_tallies(connection, *tallies_moved(found))
    _run(connection, _DONE, [{"subject": subject} for subject in made])
    if found.now:
        touched = days_touched(found)
        marks.move(connection, {day.isoformat() for day, _ in touched}, {kind for _, kind in touched})


def _changes(connection: Connection, old: Mapping[str, Facts], made: Mapping[str, Made]) -> Changes:
    """What must be kept now, by no more than the neighbours of those that have changed, and theirs."""
    new = {subject: each.facts for subject, each in made.items()}
    near = sharing(connection, first_names(old, new), new.keys())
    far = sharing(connection, further_names(old, new, near), new.keys() | near.keys())
    erased = [subject for subject, each in made.items() if each.erased]
    settled = settled_of(connection, [*new, *near])
    return changes(old, new, Around(near, far), erased=erased, settled=settled)


def _write_facts(
    connection: Connection, found: Changes, made: Mapping[str, Made], stored: Mapping[str, Row[Any]]
) -> None:
    """Keep the facts that are others now. Where a finish stands that waits for central may be another by itself."""
    gone, puts, linked = [], [], []
    for subject, facts in found.now.items():
        if facts == _NONE:
            gone.append({"subject": subject})
            continue
        packed = pack(facts)
        if subject in found.relinked:
            linked.append({"subject": subject, "body": packed.body})
            continue
        kind, each = subject.partition("/")[0], made[subject]
        row = {"kind": kind, "steps": packed.steps, "waiting": each.waiting, "open": is_open(facts)}
        puts.append({"subject": subject, "body": packed.body, **row})
    waiting = [
        {"subject": subject, "waiting": made[subject].waiting}
        for subject, row in stored.items()
        if subject not in found.now and row.waiting != made[subject].waiting
    ]
    _run(connection, _DROP, gone)
    _run(connection, _PUT, puts)
    _run(connection, _PUT_LINKED, linked)
    _run(connection, _PUT_WAITING, waiting)


def _write_index(connection: Connection, found: Changes) -> None:
    """Where the facts stand now, by which names they have a say in each other, and whose wallets count."""
    for statement, moved in zip(_DAY, index_moved(found, days_of), strict=True):
        rows = [{"day": day.isoformat(), "kind": kind, "subject": subject} for (day, kind), subject in moved]
        _run(connection, statement, rows)
    for statement, names in zip(_LINK, index_moved(found, links), strict=True):
        _run(connection, statement, [{"name": digest(name), "subject": subject} for name, subject in names])
    for statement, wallets in zip(_WALLET, index_moved(found, onboarded), strict=True):
        _run(connection, statement, [{"day": day.isoformat(), "wallet": digest(name)} for (day, name), _ in wallets])


def _run(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)
