"""The facts of subjects from their states, and whether central holds the entry that finished a journey."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from branch_console.rules.cases.states import CaseState
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.deriving_all import derive
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from data import meta
from data.published import load_published
from data.states import States
from data.store import Store

_UNSENT = """
SELECT listed.subject FROM json_each(:subjects) AS wanted JOIN journey_row AS listed ON listed.subject = wanted.value
WHERE listed.own_seq > :acknowledged
"""
_FINISHES = """
SELECT entry.subject, entry.terminal, entry.seq, CAST(entry.wire AS TEXT) ->> '$.at' AS at
FROM json_each(:subjects) AS wanted JOIN entry ON entry.subject = wanted.value WHERE entry.type = 'journey.finished'
"""


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of a subject, not yet linked. `waiting`: where the finish stands that central does not hold; else 0."""

    facts: Facts
    waiting: int = 0
    erased: bool = False


NOTHING = Made(Facts())


def make(connection: Connection, store: Store, subjects: Sequence[str], days: Days) -> dict[str, Made]:
    """The rows of these subjects as their states are now; none for a subject of which nothing is known."""
    own, reference = store.identity.terminal, store.reference
    folded = States(connection, reference, own)
    folded.load(subjects)
    states = {subject: folded.state(subject) for subject in subjects}
    if any(_lacks_calendar(state, reference) for state in states.values()):
        store.published = load_published(connection, store.identity.central_key)  # another process may have received it
        reference = store.reference
    waiting = _waiting(connection, own, states)
    return {
        subject: NOTHING
        if state is None
        else Made(
            derive(subject, state, days, reference, confirmed=subject not in waiting),
            waiting.get(subject, 0),
            bool(getattr(state, "erased", False)),
        )
        for subject, state in states.items()
    }


def _lacks_calendar(state: object, reference: Reference) -> bool:
    """Whether a case's time limits cannot be read with this reference data."""
    return (
        isinstance(state, CaseState)
        and bool(state.policy_id)
        and (
            (state.policy_id, state.policy_version) not in reference.sla
            or (state.calendar_id, state.calendar_version) not in reference.calendars
        )
    )


def _waiting(connection: Connection, own: str, states: Mapping[str, Any]) -> dict[str, int]:
    """The finished journeys of which central does not hold the finish, with its place in the own journal.

    What another terminal wrote came from central, and so did each copy of an act under an earlier name of this one.
    """
    finished = {
        subject: state.finished_at
        for subject, state in states.items()
        if isinstance(state, JourneyState) and state.finished_at is not None
    }
    if not finished:
        return {}
    acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
    named = {"subjects": _json(finished), "acknowledged": acknowledged}
    unsent = connection.exec_driver_sql(_UNSENT, named).scalars().all()
    if not unsent:
        return {}
    found: dict[str, int] = {}
    held: set[str] = set()
    for row in connection.exec_driver_sql(_FINISHES, {"subjects": _json(unsent)}):
        if row.at != finished[row.subject]:  # a second finish, which changed nothing
            continue
        if row.terminal == own and row.seq > acknowledged:
            found.setdefault(row.subject, row.seq)
        else:
            held.add(row.subject)
    return {subject: seq for subject, seq in found.items() if subject not in held}


def _json(subjects: Iterable[str]) -> bytes:
    return orjson.dumps(list(subjects))
