"""Lists of claims: pages by tab, how many there are, and what is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, func, select, true

from data import meta
from data.gift_tables import ClaimRow
from data.moments import day_of, ms_of
from data.reading import Reading
from data.tables import table

ClaimTab: TypeAlias = Literal["open", "today", "exceptions", "all"]

CLAIM = table(ClaimRow)
_OVER = """
SELECT subject FROM claim_row
WHERE status = 'reserved' AND expires_ms <= :now AND +terminal = :own ORDER BY expires_ms LIMIT :limit
"""


class ListedClaim(NamedTuple):
    """One claim in a list, masked. `pending`: central has not confirmed this terminal's last entry about it.

    `number`: of the receipt, or the code of the voucher; empty for a reservation. `at`: of the hand-over, of the start
    while there is none. `expires_at`: the moment until which a reservation holds, the date until which a voucher does.
    """

    subject: str
    number: str
    name: str
    phone: str
    campaign: str
    version: int
    verdict: str
    reward_kind: str
    sku: str | None
    quantity: int
    amount: int
    value_fen: int
    right_kind: str
    right_id: str | None
    status: str
    outcome: str | None
    excess: bool
    marked: bool
    exceptional: bool
    settled: bool
    terminal: str
    staff: str | None
    second_staff: str | None
    journey: str | None
    at: str
    day: str
    expires_at: str | None
    erased: bool
    pending: bool


_COLUMNS = tuple(CLAIM.c[name] for name in ListedClaim._fields[:-1])


def claims(source: Reading, *, tab: ClaimTab, now: datetime, offset: int = 0, limit: int = 50) -> list[ListedClaim]:
    """A page of claims, the newest first.

    `open`: reserved or vouchered, also when the time is over and nobody has said so; `today`: handed over (or begun and
    not handed over) on the business date of `now`; `exceptions`: what a supervisor must still settle; `all`.
    """
    page = select(*_COLUMNS, CLAIM.c.own_seq).where(_in_tab(source, tab, now))
    with source.reading() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
        rows = connection.execute(page.order_by(CLAIM.c.id.desc()).offset(offset).limit(limit)).all()
    return [_listed(row, acknowledged) for row in rows]


def count_claims(source: Reading, *, tab: ClaimTab, now: datetime) -> int:
    """How many claims a tab has."""
    with source.reading() as connection:
        count = select(func.count()).select_from(CLAIM).where(_in_tab(source, tab, now))
        return int(connection.execute(count).scalar_one())


def claim(source: Reading, subject: str) -> ListedClaim | None:
    """One claim as lists show it, None when there is none."""
    with source.reading() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
        row = connection.execute(select(*_COLUMNS, CLAIM.c.own_seq).where(CLAIM.c.subject == subject)).one_or_none()
    return None if row is None else _listed(row, acknowledged)


def expired_reservations(source: Reading, now: datetime, limit: int = 100) -> list[str]:
    """This terminal's reservations whose time is over and that nobody has given up, the oldest first.

    They keep no stock and no right any more; they are in the way of the lists only.
    """
    values = {"now": ms_of(now), "own": source.identity.terminal, "limit": limit}
    with source.reading() as connection:
        return list(connection.exec_driver_sql(_OVER, values).scalars())


def _in_tab(source: Reading, tab: ClaimTab, now: datetime) -> ColumnElement[bool]:
    """The condition of a list."""
    conditions: dict[str, ColumnElement[bool]] = {
        "open": CLAIM.c.open.is_(True),
        "today": CLAIM.c.day == day_of(now, source.identity.zone),
        "exceptions": CLAIM.c.exception.is_(True),
        "all": true(),
    }
    return conditions[tab]


def _listed(row: Sequence[Any], acknowledged: int) -> ListedClaim:
    return ListedClaim._make((*row[:-1], row[-1] > acknowledged))
