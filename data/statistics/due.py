"""What writing to the journal leaves for figures to see to: names of changed subjects, and days that are frozen.

Called where rows are projected, so it sees each way in which a state can change: acts, pages of the feed, late entries,
erasures, folding anew after an upgrade, going on in a new journal. One small statement an act; the rest is made later.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import orjson
from sqlalchemy import Connection

from branch_console.rules.reference import Reference
from branch_console.rules.statistics.board_rules import days_of
from branch_console.rules.statistics.day_state import DayState
from branch_console.rules.statistics.deriving_all import KINDS
from branch_console.rules.statistics.instants import Days
from data.identity import Identity
from data.states import Folded
from data.statistics import marks

_DUE = "INSERT OR IGNORE INTO fact_due(subject) VALUES (:subject)"
_DUE_FINISHES = (
    "INSERT OR IGNORE INTO fact_due(subject)"
    " SELECT subject FROM entry WHERE terminal = :own AND seq > :after AND type = 'journey.finished'"
)
_DUE_WAITING = "INSERT OR IGNORE INTO fact_due(subject) SELECT subject FROM fact WHERE waiting > 0"
_FROZEN = (
    "INSERT INTO frozen_day(day, subject, at, restated) VALUES (:day, :subject, :at, :restated)"
    " ON CONFLICT(day) DO UPDATE SET subject = :subject, at = :at, restated = :restated"
)


def note_changed(connection: Connection, changed: Mapping[str, Folded], identity: Identity) -> None:
    """Note that the facts of these subjects must be made anew, and which days are frozen."""
    mark_due(connection, (subject for subject in changed if subject.partition("/")[0] in KINDS))
    frozen = [
        {"day": state.day, "subject": subject, "at": state.frozen.at, "restated": len(state.restated)}
        for subject, found in changed.items()
        if isinstance(state := found.state, DayState) and state.frozen is not None and state.branch == identity.branch
    ]
    if frozen:
        connection.exec_driver_sql(_FROZEN, frozen)


def mark_due(connection: Connection, subjects: Iterable[str]) -> None:
    """The facts of these subjects must be made anew."""
    rows = [{"subject": subject} for subject in subjects]
    if rows:
        connection.exec_driver_sql(_DUE, rows)


def note_unconfirmed(connection: Connection, own: str, after: int) -> None:
    """Central no longer holds what this terminal wrote after `after`: what it had confirmed there waits again."""
    connection.exec_driver_sql(_DUE_FINISHES, {"own": own, "after": after})


def note_new_journal(connection: Connection) -> None:
    """What waits for central stands at other places of another journal now."""
    connection.exec_driver_sql(_DUE_WAITING)


def note_reference(connection: Connection, reference: Reference, identity: Identity) -> None:
    """Keep when business days end, as it is in force; where it is another than before, all facts are made anew."""
    cutoffs = cutoffs_of(reference, identity)
    if marks.get(connection, marks.CUTOFFS) not in {None, cutoffs}:
        marks.put(connection, marks.VERSIONS, "")
    marks.put(connection, marks.CUTOFFS, cutoffs)


def cutoffs_of(reference: Reference, identity: Identity) -> str:
    """The ends of business days by the dates from which they hold, as JSON; versions that change none are left out."""
    found: list[tuple[date, int]] = []
    for since, minutes in days_of(reference.board, identity.zone).cutoffs:
        if minutes != (found[-1][1] if found else 0):
            found.append((since, minutes))
    return orjson.dumps(found).decode()


def days_in_force(connection: Connection, identity: Identity) -> Days:
    """How the facts here reckon business days."""
    cutoffs = orjson.loads(marks.get(connection, marks.CUTOFFS) or "[]")
    return Days(identity.zone, cutoffs=tuple((date.fromisoformat(since), minutes) for since, minutes in cutoffs))
