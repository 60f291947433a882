"""Retention of what is about customers in claims, entitlements and attested facts: goods, amounts and rulings stay."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from branch_console.rules.clock import format_clock
from branch_console.rules.gifts.forgetting import erasure
from branch_console.rules.journal import parse_at
from data import meta
from data.moments import day_of, ms_of
from data.states import entries_of
from data.store import Store
from data.tables import AcknowledgedRow, table

AT_ONCE = 500

_ACKNOWLEDGED = table(AcknowledgedRow)
_CLAIMS = """
SELECT subject, terminal, updated_at, own_seq FROM claim_row
WHERE personal AND clock < :clock AND NOT exception AND own_seq <= :through AND (
    NOT open OR status = 'reserved' AND expires_ms < :old OR status = 'vouchered' AND expires_at < :day
) ORDER BY clock LIMIT :limit
"""
_ATTESTED = """
SELECT subject, terminal, at AS updated_at, own_seq FROM attestation_row
WHERE personal AND clock < :clock AND own_seq <= :through ORDER BY clock LIMIT :limit
"""
_ENTITLED = "SELECT subject FROM entitlement_row WHERE personal AND expires_on < :day ORDER BY expires_on LIMIT :limit"
_NOTHING_LEFT = "UPDATE {kind}_row SET personal = 0 WHERE subject = :subject"


class Wait(NamedTuple):
    """How long a customer's data stays after all is over; of what another terminal wrote, `others` longer."""

    keep: timedelta
    others: timedelta


def purge_gifts(store: Store, now: datetime, wait: Wait, rest: Callable[[], bool]) -> tuple[int, int]:
    """Erase the persons in what is over and confirmed by central; how many subjects and entries.

    A claim is over when nothing is open and no supervisor has to settle it. `rest` is called after each and says
    whether to stop.
    """
    subjects = entries = 0
    for subject in _due(store, now, wait):
        with store.act(None, now) as act, act.reading() as connection:
            places = erasure(entries_of(connection, subject))
            if places:
                act.append("data.erased", subject, {"entries": places, "why": "retention"})
            statement = _NOTHING_LEFT.format(kind=subject.partition("/")[0])
            connection.exec_driver_sql(statement, {"subject": subject})  # until something comes that is not erased
        subjects, entries = subjects + bool(places), entries + len(places)
        if places and rest():
            break
    return subjects, entries


def confirmed(connection: Connection, own: str, seq: int) -> datetime:
    """When central confirmed the own entry `seq`; long ago for what has no own entries."""
    at = connection.execute(
        select(func.min(_ACKNOWLEDGED.c.at)).where(_ACKNOWLEDGED.c.terminal == own, _ACKNOWLEDGED.c.through >= seq)
    ).scalar_one()
    return parse_at(at) if seq and at else datetime.min.replace(tzinfo=UTC)


def clock_at(moment: datetime) -> str:
    """The journal's clock at a moment: what was written before sorts before it."""
    return format_clock(ms_of(moment), 0)


def _due(store: Store, now: datetime, wait: Wait) -> list[str]:
    """The subjects whose time has come: claims, attested facts, entitlements."""
    own, zone = store.identity.terminal, store.identity.zone
    with store.database.read() as connection:
        values = {
            "clock": clock_at(now - wait.keep),
            "old": ms_of(now - wait.keep),
            "day": day_of(now - wait.keep, zone),
            "through": meta.get_number(connection, meta.ACKNOWLEDGED),
            "limit": AT_ONCE,
        }
        found = []
        for statement in (_CLAIMS, _ATTESTED):
            for row in connection.exec_driver_sql(statement, values).all():
                since = max(parse_at(row.updated_at), confirmed(connection, own, row.own_seq))
                if now - since >= wait.keep + (wait.others if row.terminal != own else timedelta(0)):
                    found.append(str(row.subject))
        values["day"] = day_of(now - wait.keep - wait.others, zone)
        found += connection.exec_driver_sql(_ENTITLED, values).scalars()
    return found
