"""Retention on the terminal (S15): customers' data goes N days after central has it; steps, times and outcomes stay.

Erasing is an act like any other: a `data.erased` entry for each journey, claim or case, which every store obeys; that
is its audit.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, exists, or_, select, text

from branch_console.rules.journal import parse_at
from branch_console.rules.journey_forgetting import erasure
from data import meta
from data.case_retention import old_drafts, purge_cases
from data.daily_secret import drop_old_secret
from data.gift_retention import AT_ONCE, Wait, clock_at, confirmed, purge_gifts
from data.moments import day_of
from data.person_facts import drop_old_facts
from data.statistics.catching_up import forget
from data.store import Store
from data.tables import UNPURGED, DraftRow, ListedRow, table

ABANDONED = timedelta(hours=24)
OTHERS = timedelta(days=1)
"""How much later a terminal erases what another terminal should have erased."""

_LISTED, _DRAFT = table(ListedRow), table(DraftRow)


class Purged(NamedTuple):
    """What a purge has erased."""

    journeys: int
    entries: int
    drafts: int
    gifts: int = 0
    """Claims, entitlements and attested facts."""
    cases: int = 0
    """Cases and ratings."""


def purge(store: Store, now: datetime, *, days: int = 7, rest: Callable[[], bool] = lambda: False) -> Purged:
    """Erase the customers' data of journeys finished `days` ago, or abandoned a day ago, that central has confirmed.

    Also that of claims and rights that are over as long, what central said of people on another day, and its key.
    Cases and ratings have a longer time of their own (`case_retention`).
    At most `AT_ONCE` of each; more are due at the next time. `rest` is called after each, to leave the interpreter to
    others for a moment, and says whether to stop.
    """
    drafts = _purge_drafts(store, now)
    today = day_of(now, store.identity.zone)
    drop_old_facts(store, today)
    drop_old_secret(store, today)
    gifts, entries = purge_gifts(store, now, Wait(timedelta(days=days), OTHERS), rest)
    gone = purge_cases(store, now, OTHERS, rest)
    journeys, entries = 0, entries + gone.entries
    for subject in _due(store, now, timedelta(days=days)):
        places = erasure(store.entries(subject))
        if places:
            with store.act(None, now) as act:
                act.append("data.erased", subject, {"entries": places, "why": "retention"})
            journeys, entries = journeys + 1, entries + len(places)
            if rest():
                break
    if journeys or drafts or gifts or gone.cases:
        forget(store)
        store.forget_old_pages()
    return Purged(journeys, entries, drafts, gifts, gone.cases)


def _due(store: Store, now: datetime, keep: timedelta) -> list[str]:
    """The journeys whose time has come."""
    own = store.identity.terminal
    # The journal's clock decides what is looked at, so that the rows of the last days are not read at all.
    old = and_(
        _LISTED.c.clock < clock_at(now - min(keep, ABANDONED)),
        or_(_LISTED.c.clock < clock_at(now - keep), _LISTED.c.status == "abandoned"),
    )
    with store.database.read() as connection:
        through = meta.get_number(connection, meta.ACKNOWLEDGED)
        due = and_(text(UNPURGED), old, _LISTED.c.own_seq <= through)
        rows = connection.execute(select(_LISTED).where(due).order_by(_LISTED.c.clock).limit(AT_ONCE)).all()
        found = []
        for row in rows:
            since = max(parse_at(row.updated_at), confirmed(connection, own, row.own_seq))
            wait = ABANDONED if row.status == "abandoned" else keep
            if row.holder_terminal != own:
                wait += OTHERS
            if now - since >= wait:
                found.append(str(row.subject))
    return found


def _purge_drafts(store: Store, now: datetime) -> int:
    """Forget drafts of journeys that ended, a day after they were typed, and those of cases that were not sent."""
    # Asked for each draft, of which there are few; the list of all journeys that ended takes a reading of the store.
    ended = exists().where(_LISTED.c.subject == _DRAFT.c.subject, _LISTED.c.ended.is_(True))
    before = (now - ABANDONED).astimezone(UTC).isoformat(timespec="milliseconds")
    old = delete(_DRAFT).where(_DRAFT.c.updated_at < before, ended)
    with store.database.write() as connection:
        return connection.execute(old).rowcount + old_drafts(store, connection, now)
