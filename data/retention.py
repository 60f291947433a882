"""Retention on the terminal (S15): customers' data goes N days after central has it; steps, times and outcomes stay.

Erasing is an act like any other: a `data.erased` entry for each journey, which every store obeys; that is its audit.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, func, or_, select

from branch_console.rules.canonical import Json
from branch_console.rules.clock import format_clock
from branch_console.rules.journal import Entry, parse_at
from data import meta
from data.store import Store
from data.tables import AcknowledgedRow, DraftRow, ListedRow, table

AT_ONCE = 500
ABANDONED = timedelta(hours=24)
OTHERS = timedelta(days=1)
"""How much later a terminal erases what another terminal should have erased."""

KEPT = frozenset(
    {
        "journey.step_started",
        "journey.step_done",
        "journey.step_reopened",
        "journey.target_changed",
        "journey.paused",
        "journey.resumed",
        "journey.hand_over_accepted",
        "journey.hand_over_declined",
        "journey.hand_over_withdrawn",
        "journey.taken_over",
        "journey.finished",
        "consent.given",
        "consent.withdrawn",
        "field.revealed",
        "data.erased",
    }
)
"""Types that hold no customer's data. Every other type, also one that this version does not know, is erased."""

_LISTED, _DRAFT, _ACKNOWLEDGED = table(ListedRow), table(DraftRow), table(AcknowledgedRow)


class Purged(NamedTuple):
    """What a purge has erased."""

    journeys: int
    entries: int
    drafts: int


def purge(store: Store, now: datetime, *, days: int = 7, rest: Callable[[], bool] = lambda: False) -> Purged:
    """Erase the customers' data of journeys finished `days` ago, or abandoned a day ago, that central has confirmed.

    At most `AT_ONCE` journeys; more are due at the next time. `rest` is called after each, to leave the interpreter to
    others for a moment, and says whether to stop.
    """
    drafts = _purge_drafts(store, now)
    journeys = entries = 0
    for subject in _due(store, now, timedelta(days=days)):
        places = [place for entry in store.entries(subject) for place in _place(entry)]
        if places:
            with store.act(None, now) as act:
                act.append("data.erased", subject, {"entries": places, "why": "retention"})
            journeys, entries = journeys + 1, entries + len(places)
            if rest():
                break
    if journeys or drafts:
        store.forget_old_pages()
    return Purged(journeys, entries, drafts)


def _due(store: Store, now: datetime, keep: timedelta) -> list[str]:
    """The journeys whose time has come."""
    own = store.identity.terminal
    unpurged = or_(_LISTED.c.search != "", _LISTED.c.person_keys != "[]", _LISTED.c.erased.is_(False))
    # The journal's clock decides what is looked at, so that the rows of the last days are not read at all.
    old = or_(
        _LISTED.c.clock < _clock_at(now - keep),
        and_(_LISTED.c.status == "abandoned", _LISTED.c.clock < _clock_at(now - ABANDONED)),
    )
    with store.database.read() as connection:
        through = meta.get_number(connection, meta.ACKNOWLEDGED)
        due = and_(_LISTED.c.ended.is_(True), unpurged, old, _LISTED.c.own_seq <= through)
        rows = connection.execute(select(_LISTED).where(due).order_by(_LISTED.c.clock).limit(AT_ONCE)).all()
        found = []
        for row in rows:
            since = max(parse_at(row.updated_at), _confirmed(connection, own, row.own_seq))
            wait = ABANDONED if row.status == "abandoned" else keep
            if row.holder_terminal != own:
                wait += OTHERS
            if now - since >= wait:
                found.append(str(row.subject))
    return found


def _clock_at(moment: datetime) -> str:
    return format_clock(int(moment.timestamp() * 1000), 0)


def _confirmed(connection: Connection, own: str, seq: int) -> datetime:
    """When central confirmed the own entry `seq`; long ago for a journey without own entries."""
    at = connection.execute(
        select(func.min(_ACKNOWLEDGED.c.at)).where(_ACKNOWLEDGED.c.terminal == own, _ACKNOWLEDGED.c.through >= seq)
    ).scalar_one()
    return parse_at(at) if seq and at else datetime.min.replace(tzinfo=UTC)


def _place(entry: Entry) -> list[Json]:
    """The entry's place if its data must go."""
    if entry.data is None or entry.type in KEPT:
        return []
    return [{"terminal": entry.terminal, "seq": entry.seq}]


def _purge_drafts(store: Store, now: datetime) -> int:
    """Forget drafts of journeys that ended, a day after they were typed."""
    ended = select(_LISTED.c.subject).where(_LISTED.c.ended.is_(True))
    before = (now - ABANDONED).astimezone(UTC).isoformat(timespec="milliseconds")
    old = delete(_DRAFT).where(_DRAFT.c.subject.in_(ended), _DRAFT.c.updated_at < before)
    with store.database.write() as connection:
        return connection.execute(old).rowcount
