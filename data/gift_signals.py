"""What a supervisor should look into: self-dealing, approver pairs, odd hours and speeds. Signals, never proofs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Row

from data.moments import day_of
from data.reading import Reading

_HANDED_OVER = """
SELECT subject, staff, second_staff, hour, handed_ms - started_ms AS took, status, outcome FROM claim_row
WHERE day >= :since AND handed_ms IS NOT NULL ORDER BY id
"""
_SHARED = """
SELECT shared.scope, shared.key, count(DISTINCT person.key) FROM claim_row AS c
JOIN claim_key AS shared ON shared.claim = c.id AND shared.scope IN ('phone', 'device')
JOIN claim_key AS person ON person.claim = c.id AND person.scope = 'person'
WHERE c.day >= :since AND c.handed_ms IS NOT NULL
GROUP BY 1, 2 HAVING count(DISTINCT person.key) >= :least
"""
_OF_KEY = """
SELECT c.subject, c.staff FROM claim_key AS k JOIN claim_row AS c ON c.id = k.claim
WHERE k.key = :key AND k.scope = :scope AND c.day >= :since AND c.handed_ms IS NOT NULL ORDER BY c.id
"""
_OFTEN_SERVED = """
SELECT c.staff, k.key, count(*) FROM claim_row AS c
JOIN claim_key AS k ON k.claim = c.id AND k.scope = 'person'
WHERE c.day >= :since AND c.handed_ms IS NOT NULL AND c.staff IS NOT NULL
GROUP BY 1, 2 HAVING count(*) >= :least
"""
_ATTESTED = """
SELECT staff, sum(outcome = 'contradicted') AS wrong, count(*) FROM attestation_row
WHERE day >= :since AND outcome IS NOT NULL AND staff IS NOT NULL GROUP BY 1 HAVING wrong > 0 ORDER BY 1
"""
_ON_WRONG_FACTS = """
SELECT DISTINCT c.subject, c.id FROM attestation_row AS a
JOIN attestation_key AS k ON k.attestation = a.id
JOIN claim_key AS own ON own.key = k.key AND own.scope = k.scope
JOIN claim_row AS c ON c.id = own.claim AND c.day >= a.day AND c.handed_ms IS NOT NULL
WHERE a.staff = :staff AND a.day >= :since AND a.outcome = 'contradicted' ORDER BY c.id
"""
_TAKEN_BACK = frozenset({"returned", "reversed"})


class Limits(NamedTuple):
    """From where on something is a signal. Hours are whole hours of the branch's time, `closes` not included."""

    days: int = 30
    opens: int = 8
    closes: int = 19
    quick_ms: int = 10_000
    share_percent: int = 50
    share_of: int = 20
    pair: int = 10
    persons: int = 3
    often: int = 4
    reversed_percent: int = 10
    reversed_least: int = 3


class Signal(NamedTuple):
    """Something odd about hand-overs. `times` out of `of`; `claims` are the newest of them.

    `signal`: staff_share (of the branch's hand-overs), approver_pair (`staff` and `other` together), outside_hours,
    quick (handed over right after it was begun), shared_phone and shared_device (`times` persons, one key),
    often_served (one person by the same member of staff), reversals, attested_wrong (facts that staff say they saw on
    a phone and that central has contradicted; `claims` of those customers since).
    """

    signal: str
    staff: str
    other: str | None
    times: int
    of: int
    claims: tuple[str, ...]


DEFAULT = Limits()
_NEWEST = 20


def signals(source: Reading, now: datetime, limits: Limits = DEFAULT) -> list[Signal]:
    """All signals of the last days, by kind, the most frequent first."""
    since = day_of(now - timedelta(days=limits.days), source.identity.zone)
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_HANDED_OVER, {"since": since}).all()
        found = [
            *_by_staff(list(rows), limits),
            *_by_key(connection, since, limits, len(rows)),
            *_attested_wrong(connection, since),
        ]
    return sorted(found, key=lambda each: (each.signal, -each.times, each.staff))


def _by_staff(rows: list[Row[tuple[object, ...]]], limits: Limits) -> Iterator[Signal]:
    """What the hand-overs of each member of staff show."""
    of_staff: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        of_staff[row.staff or ""].append(row)
        if row.second_staff:
            first, second = sorted((row.staff or "", row.second_staff))
            pairs[first, second].append(row.subject)
    for (first, second), subjects in pairs.items():
        if len(subjects) >= limits.pair:
            yield Signal("approver_pair", first, second, len(subjects), len(rows), _newest(subjects))
    for staff, theirs in of_staff.items():
        selected = {
            "outside_hours": [each for each in theirs if not limits.opens <= each.hour < limits.closes],
            "quick": [each for each in theirs if each.took < limits.quick_ms],
            "reversals": [each for each in theirs if each.status in _TAKEN_BACK or each.outcome == "reversed"],
        }
        undone = len(selected["reversals"])
        if undone < limits.reversed_least or undone * 100 < limits.reversed_percent * len(theirs):
            del selected["reversals"]
        if len(rows) >= limits.share_of and len(theirs) * 100 >= limits.share_percent * len(rows):
            yield Signal("staff_share", staff, None, len(theirs), len(rows), ())
        for signal, some in selected.items():
            if some:
                yield Signal(signal, staff, None, len(some), len(theirs), _newest([each.subject for each in some]))


def _by_key(connection: Connection, since: str, limits: Limits, of: int) -> Iterator[Signal]:
    """What the keys of the people who were served show."""
    shared = connection.exec_driver_sql(_SHARED, {"since": since, "least": limits.persons}).all()
    for scope, key, persons in shared:
        theirs = connection.exec_driver_sql(_OF_KEY, {"key": key, "scope": scope, "since": since}).all()
        staff = {row.staff for row in theirs}
        only = next(iter(staff)) if len(staff) == 1 else None
        yield Signal(f"shared_{scope}", only or "", None, persons, of, _newest([row.subject for row in theirs]))
    often = connection.exec_driver_sql(_OFTEN_SERVED, {"since": since, "least": limits.often}).all()
    for staff, key, count in often:
        theirs = connection.exec_driver_sql(_OF_KEY, {"key": key, "scope": "person", "since": since}).all()
        subjects = [row.subject for row in theirs if row.staff == staff]
        yield Signal("often_served", staff, None, count, of, _newest(subjects))


def _attested_wrong(connection: Connection, since: str) -> Iterator[Signal]:
    """Who has written down what was not so: of the facts that central has looked at, how many."""
    for staff, wrong, of in connection.exec_driver_sql(_ATTESTED, {"since": since}).all():
        theirs = connection.exec_driver_sql(_ON_WRONG_FACTS, {"staff": staff, "since": since}).all()
        yield Signal("attested_wrong", staff, None, wrong, of, _newest([row.subject for row in theirs]))


def _newest(subjects: list[str]) -> tuple[str, ...]:
    return tuple(reversed(subjects[-_NEWEST:]))
