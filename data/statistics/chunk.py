"""Taking in some changed subjects: their facts, days, links and what these add to the tallies, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.linking import links
from branch_console.rules.statistics.packing import Packed, pack, unpack
from data.statistics import marks
from data.statistics.days_of_rows import days_of_rows, is_open
from data.statistics.linking import around, digest, link
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
_NONE: Final = Facts()


def take_in(connection: Connection, store: Store, subjects: Sequence[str], days: Days) -> bool:
    """Make the facts of these subjects anew; whether anything has changed.

    Raises ValueError when the tallies are not what the facts say: then all must be made anew.
    """
    rows = connection.exec_driver_sql(_STORED, {"subjects": orjson.dumps(list(subjects))}).all()
    stored = {row.subject: row for row in rows}
    before = dict.fromkeys(subjects, _NONE)
    before.update({subject: unpack(row.body, row.steps) for subject, row in stored.items()})
    made = make(connection, store, subjects, days)
    neighbours = around(connection, before.values(), (each.facts for each in made.values()), subjects)
    linked = link(connection, before, made, neighbours)
    old: dict[str, Facts] = {}
    new: dict[str, Facts] = {}
    puts: list[dict[str, Any]] = []
    for subject, each in made.items():
        facts, row = linked[subject], stored.get(subject)
        packed = pack(facts) if each.facts != _NONE else None
        if row is not None and packed == Packed(row.body, row.steps) and row.waiting == each.waiting:
            continue
        old[subject] = before[subject]
        new[subject] = facts
        if packed is not None:
            puts.append(_row(subject, facts, packed, each))
    relinked = {subject: linked[subject] for subject, facts in neighbours.near.items() if linked[subject] != facts}
    old.update({subject: neighbours.near[subject] for subject in relinked})
    new.update(relinked)
    _write(connection, stored.keys() & new.keys() - {row["subject"] for row in puts}, puts, relinked)
    touched = _write_days(connection, old, new)
    _write_links(connection, old, new)
    move_tallies(connection, old.values(), new.values())
    connection.exec_driver_sql(_DONE, [{"subject": subject} for subject in subjects])
    if new:
        marks.move(connection, {day for day, _ in touched}, {kind for _, kind in touched})
    return bool(new)


def _row(subject: str, facts: Facts, packed: Packed, made: Made) -> dict[str, Any]:
    return {
        "subject": subject,
        "kind": subject.partition("/")[0],
        "body": packed.body,
        "steps": packed.steps,
        "waiting": made.waiting,
        "open": is_open(facts),
    }


def _write(
    connection: Connection, gone: Iterable[str], puts: list[dict[str, Any]], relinked: Mapping[str, Facts]
) -> None:
    _run(connection, _DROP, [{"subject": subject} for subject in gone])
    _run(connection, _PUT, puts)
    _run(
        connection,
        _PUT_LINKED,
        [{"subject": subject, "body": pack(facts).body} for subject, facts in relinked.items()],
    )


def _write_days(connection: Connection, old: Mapping[str, Facts], new: Mapping[str, Facts]) -> set[tuple[str, str]]:
    """Where the facts stand now; returns the days and kinds of all facts that have changed, before and after."""
    gone, come, touched = [], [], set[tuple[str, str]]()
    for subject, facts in new.items():
        was, now = days_of_rows(old[subject]), days_of_rows(facts)
        touched |= was | now
        gone += [{"day": day, "kind": kind, "subject": subject} for day, kind in was - now]
        come += [{"day": day, "kind": kind, "subject": subject} for day, kind in now - was]
    _run(connection, _DAY[0], gone)
    _run(connection, _DAY[1], come)
    return touched


def _write_links(connection: Connection, old: Mapping[str, Facts], new: Mapping[str, Facts]) -> None:
    gone, come = [], []
    for subject, facts in new.items():
        was, now = links(old[subject]), links(facts)
        gone += [{"name": digest(name), "subject": subject} for name in was - now]
        come += [{"name": digest(name), "subject": subject} for name in now - was]
    _run(connection, _LINK[0], gone)
    _run(connection, _LINK[1], come)


def _run(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)
