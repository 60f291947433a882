"""Retention of what is about customers in cases and ratings on the terminal: clocks, codes and numbers stay.

Central keeps the whole record. A terminal needs it as long as the customer can come back with the matter: to ask for a
review, to complain again, to be spoken of at the month's meeting (limit `keep_terminal_days` of the table case_limits).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from branch_console.rules.cases.forgetting import erasure
from branch_console.rules.cases.limits import limit
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from data import meta
from data.gift_retention import AT_ONCE, clock_at, confirmed
from data.moments import day_of
from data.states import entries_of
from data.store import Store

DRAFT_HOURS = 24
"""How long a draft lives while the table of limits is not here."""

_CASES = """
SELECT c.subject, c.terminal, c.updated_at, c.own_seq FROM case_row AS c
WHERE c.personal AND c.ended AND c.clock < :clock AND c.over_day <= :day AND NOT c.differs AND c.own_seq <= :through
  AND NOT EXISTS (SELECT 1 FROM case_row AS t WHERE t.subject = c.merged_into AND (NOT t.ended OR t.over_day > :day))
ORDER BY c.clock LIMIT :limit
"""
_RATINGS = """
SELECT subject, '' AS terminal, updated_at, own_seq FROM rating_row
WHERE personal AND clock < :clock AND own_seq <= :through ORDER BY clock LIMIT :limit
"""
_NOTHING_LEFT = "UPDATE {kind}_row SET personal = 0 WHERE subject = :subject"
_OLD_DRAFTS = "DELETE FROM draft WHERE subject NOT LIKE 'journey/%' AND updated_at < :before"


class Gone(NamedTuple):
    """How many cases and ratings lost their persons, and how many entries."""

    cases: int
    entries: int


def purge_cases(store: Store, now: datetime, others: timedelta, rest: Callable[[], bool]) -> Gone:
    """Erase the persons in cases that have been over for so long, and in ratings as old, once central has them.

    A case in which two sides differ waits until that is settled, one that was merged until its target is over as long.
    `others`: how much longer what another terminal should have erased. `rest` is called after each and says whether to
    stop. Nothing goes while this terminal does not know the limit.
    """
    try:
        keep = timedelta(days=limit(store.reference, "keep_terminal_days"))
    except RuleError:
        return Gone(0, 0)
    subjects = entries = 0
    for subject in _due(store, now, keep, others):
        with store.act(None, now) as act, act.reading() as connection:
            places = erasure(entries_of(connection, subject))
            if places:
                act.append("data.erased", subject, {"entries": places, "why": "retention"})
            statement = _NOTHING_LEFT.format(kind=subject.partition("/")[0])
            connection.exec_driver_sql(statement, {"subject": subject})  # until something comes that is not erased
        subjects, entries = subjects + bool(places), entries + len(places)
        if places and rest():
            break
    return Gone(subjects, entries)


def old_drafts(store: Store, connection: Connection, now: datetime) -> int:
    """Forget what was typed about cases and not sent for so many hours (limit `draft_hours`); how many."""
    try:
        hours = limit(store.reference, "draft_hours")
    except RuleError:
        hours = DRAFT_HOURS
    before = (now - timedelta(hours=hours)).astimezone(UTC).isoformat(timespec="milliseconds")
    return connection.exec_driver_sql(_OLD_DRAFTS, {"before": before}).rowcount


def _due(store: Store, now: datetime, keep: timedelta, others: timedelta) -> list[str]:
    """The cases and ratings whose time has come."""
    own, zone = store.identity.terminal, store.identity.zone
    with store.database.read() as connection:
        values = {
            "clock": clock_at(now - keep),
            "day": day_of(now - keep, zone),
            "through": meta.get_number(connection, meta.ACKNOWLEDGED),
            "limit": AT_ONCE,
        }
        found = []
        for statement in (_CASES, _RATINGS):
            for row in connection.exec_driver_sql(statement, values).all():
                since = max(parse_at(row.updated_at), confirmed(connection, own, row.own_seq))
                own_work = row.terminal == own or (not row.terminal and row.own_seq > 0)
                if now - since >= keep + (timedelta(0) if own_work else others):
                    found.append(str(row.subject))
    return found
