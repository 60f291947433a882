"""Setting what facts say about each other, by reading no more than the neighbours of those that have changed.

Names that lead from one subject to another contain keyed hashes of customers, so the store keeps digests of them.
When such hashes are erased, what was known by them is settled first: a journey that opened a wallet once more does not
become another customer a week later. A store that never saw the hashes knows only what the journal says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

import orjson
from sqlalchemy import Connection

from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.linking import linked, links
from branch_console.rules.statistics.packing import unpack
from data.statistics.making import Made

_BY_NAME = """
SELECT DISTINCT link.subject FROM json_each(:names) AS wanted JOIN fact_link AS link ON link.name = wanted.value
"""
_BODIES = "SELECT subject, body FROM json_each(:subjects) AS wanted JOIN fact ON fact.subject = wanted.value"
_SETTLED = """
SELECT kept.* FROM json_each(:subjects) AS wanted JOIN fact_settled AS kept ON kept.subject = wanted.value
"""
_SETTLE = """
INSERT INTO fact_settled(subject, later_of_wallet, repeat_of) VALUES (:subject, :later, :repeat)
ON CONFLICT(subject) DO UPDATE
SET later_of_wallet = max(later_of_wallet, :later), repeat_of = coalesce(:repeat, repeat_of)
"""


@dataclass(frozen=True, slots=True)
class Around:
    """Neighbours as the store has them: those that must be linked anew, and theirs, which only have a say in it."""

    near: dict[str, Facts]
    far: dict[str, Facts]


def digest(name: str) -> int:
    """A link's name as the store keeps it. Of two names with one digest both are read; linking compares the names."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def around(connection: Connection, before: Iterable[Facts], now: Iterable[Facts], subjects: Iterable[str]) -> Around:
    """The neighbours of `subjects`, which are now what `now` says and were what `before` says."""
    changed = set(subjects)
    names = _names(before) | _names(now)
    near = _bodies(connection, _with_names(connection, names) - changed)
    rest = _names(near.values()) - names
    far = _bodies(connection, _with_names(connection, rest) - changed - near.keys())
    return Around(near, far)


def link(
    connection: Connection, before: Mapping[str, Facts], made: Mapping[str, Made], neighbours: Around
) -> dict[str, Facts]:
    """The facts of all that changed and of their near neighbours, linked."""
    now = {subject: each.facts for subject, each in made.items()}
    lost = {
        subject: names
        for subject, each in made.items()
        if each.erased and (names := links(before[subject]) - links(each.facts))
    }
    if lost:
        last = _linked({**now, **{subject: before[subject] for subject in lost}}, neighbours)
        _settle(connection, last, frozenset().union(*lost.values()))
    found = _linked(now, neighbours)
    settled = connection.exec_driver_sql(_SETTLED, {"subjects": orjson.dumps(list(found))}).all()
    for row in settled:
        found[row.subject] = _with_settled(found[row.subject], bool(row.later_of_wallet), row.repeat_of)
    return found


def _linked(now: Mapping[str, Facts], neighbours: Around) -> dict[str, Facts]:
    own = {**now, **neighbours.near}
    together = linked(joined([*own.values(), *neighbours.far.values()]))
    journeys = {row.subject: row for row in together.journeys}
    cases = {row.subject: row for row in together.cases}
    return {
        subject: replace(
            facts,
            journeys=tuple(journeys[row.subject] for row in facts.journeys),
            cases=tuple(cases[row.subject] for row in facts.cases),
        )
        if facts.journeys or facts.cases
        else facts
        for subject, facts in own.items()
    }


def _settle(connection: Connection, last: Mapping[str, Facts], names: frozenset[str]) -> None:
    """Keep what is known by these names, for the last time."""
    rows = []
    for subject, facts in last.items():
        if not names.isdisjoint(links(facts)):
            later = any(not row.first_of_wallet for row in facts.journeys)
            repeat = next((row.repeat_of for row in facts.cases if row.repeat_of), None)
            if later or repeat:
                rows.append({"subject": subject, "later": later, "repeat": repeat})
    if rows:
        connection.exec_driver_sql(_SETTLE, rows)


def _with_settled(facts: Facts, later: bool, repeat: str | None) -> Facts:
    journeys = tuple(
        replace(row, first_of_wallet=False) if later and row.finished is not None else row for row in facts.journeys
    )
    cases = tuple(
        replace(row, repeat_of=repeat) if repeat and row.complaint and row.repeat_of is None else row
        for row in facts.cases
    )
    return replace(facts, journeys=journeys, cases=cases)


def _names(some: Iterable[Facts]) -> set[str]:
    return {name for facts in some for name in links(facts)}


def _with_names(connection: Connection, names: Iterable[str]) -> set[str]:
    digests = orjson.dumps([digest(name) for name in names])
    return set(connection.exec_driver_sql(_BY_NAME, {"names": digests}).scalars())


def _bodies(connection: Connection, subjects: Iterable[str]) -> dict[str, Facts]:
    wanted = orjson.dumps(list(subjects))
    rows = connection.exec_driver_sql(_BODIES, {"subjects": wanted}).all()
    return {row.subject: unpack(row.body) for row in rows}
