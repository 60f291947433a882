"""Leases: a part of a campaign's quantity in the custody of one terminal, to hand over without asking.

What is leased is taken from the campaign's counters before it is granted, and comes back only by the terminal's own
word or as used up; a lease of a terminal that cannot be heard stays where it is, however long. After a restore nothing
is leased until every terminal that was there before has shown in the new epoch all that it holds.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple, cast

from psycopg.types.json import Jsonb

from branch_console.central.caps import Use, give_back, take, total_uses, uses_json, uses_of_json
from branch_console.central.claim_mirror import BUSINESS_ZONE
from branch_console.central.database import Connection
from branch_console.central.publish import Act, publish, uuid7
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.gifts.rights import LEASE
from branch_console.rules.gifts.states import LeaseState
from branch_console.rules.journal import Data, format_at
from branch_console.rules.reference import Reference

AWAITED = """
SELECT count(*) FROM writer t JOIN writer j ON j.branch = t.branch AND j.public_key IS NULL
JOIN meta m ON m.name = 'epoch'
WHERE t.public_key IS NOT NULL AND t.revoked_at IS NULL AND t.registered_at < j.registered_at
    AND t.settled_epoch IS DISTINCT FROM m.value
"""
_WITHOUT = """
SELECT w.name, w.branch FROM writer w
WHERE w.public_key IS NOT NULL AND w.revoked_at IS NULL
    AND (%(branches)s::text[] IS NULL OR w.branch = ANY(%(branches)s))
    AND NOT EXISTS (SELECT FROM lease l WHERE l.campaign = %(campaign)s AND l.terminal = w.name
        AND l.status IN ('open', 'recalled'))
ORDER BY w.branch, w.name
"""
_LOCK = (
    "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7201501116)), (SELECT value FROM meta WHERE name = 'epoch')"
)
_ADD = """
INSERT INTO lease (id, campaign, branch, terminal, quantity, unit_cost_fen, uses, epoch, expires_at, status)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'open')
"""
_OPEN = """
SELECT id::text, branch, status, quantity, ruled, uses FROM lease WHERE id = %s
    AND status IN ('open', 'recalled', 'used_up') FOR UPDATE
"""


class Open(NamedTuple):
    """A lease that has not come back, its row locked."""

    id: str
    branch: str
    status: str
    quantity: int
    ruled: int
    uses: list[Use]


async def recovering(connection: Connection) -> bool:
    """Whether, after a restore, terminals have not yet shown all that they hold; an administrator may revoke them."""
    row = await (await connection.execute(AWAITED)).fetchone()
    return row is not None and cast(int, row[0]) > 0


async def grant_leases(
    connection: Connection, campaign: Campaign, branches: Sequence[str] | None, reference: Reference
) -> int:
    """Give every terminal in service that has none a lease, as far as the campaign reaches; return how many."""
    if campaign.offline.mode != "lease" or await recovering(connection):
        return 0
    named = {"campaign": campaign.id, "branches": None if branches is None else list(branches)}
    cursor = await connection.execute(_WITHOUT, named)
    granted = 0
    for terminal, branch in cast(list[tuple[str, str]], await cursor.fetchall()):
        async with connection.transaction():
            granted += await _grant(connection, campaign, branch, terminal, reference)
    return granted


async def _grant(connection: Connection, campaign: Campaign, branch: str, terminal: str, reference: Reference) -> bool:
    """Take the quantity and grant it, once however many try."""
    quantity = campaign.offline.lease_per_terminal
    free, epoch = cast(
        tuple[bool, str],
        await (await connection.execute(_LOCK, (f"{campaign.id}|{terminal}",))).fetchone(),
    )
    has = await connection.execute(
        "SELECT 1 FROM lease WHERE campaign = %s AND terminal = %s AND status IN ('open', 'recalled')",
        (campaign.id, terminal),
    )
    if not quantity or not free or await has.fetchone():
        return False
    uses = total_uses(campaign, quantity)
    if await take(connection, uses) is not None:
        return False
    name, expires = uuid7(), end_of(campaign)
    counted = (quantity, campaign.unit_cost_fen, Jsonb(uses_json(uses)), epoch, expires)
    await connection.execute(_ADD, (name, campaign.id, branch, terminal, *counted))
    data: Data = {
        "campaign": campaign.id,
        "terminal": terminal,
        "quantity": quantity,
        "unit_cost_fen": campaign.unit_cost_fen,
        "epoch": epoch,
        "expires_at": format_at(expires),
    }
    await publish(connection, branch, [Act("lease.granted", f"lease/{name}", data)], reference)
    return True


async def recall_leases(connection: Connection, campaign: str, why: str, reference: Reference) -> int:
    """Ask for all open leases of a campaign back; return how many. Nothing is free before they have come back."""
    cursor = await connection.execute(
        "SELECT id::text FROM lease WHERE campaign = %s AND status = 'open' ORDER BY id", (campaign,)
    )
    recalled = 0
    for (name,) in await cursor.fetchall():
        async with connection.transaction():
            recalled += await recall_lease(connection, cast(str, name), why, reference)
    return recalled


async def recall_lease(connection: Connection, name: str, why: str, reference: Reference) -> bool:
    """Ask for one lease back, in the caller's transaction; whether it was open."""
    lease = await _lock(connection, name)
    if lease is None or lease.status != "open":
        return False
    await connection.execute("UPDATE lease SET status = 'recalled' WHERE id = %s", (name,))
    await publish(connection, lease.branch, [Act("lease.recalled", f"lease/{name}", {"why": why})], reference)
    return True


async def write_off_lease(connection: Connection, name: str, reason: str, reference: Reference) -> bool:
    """The terminal is lost: all that it had counts as handed over. In the caller's transaction; whether it was out."""
    lease = await _lock(connection, name)
    if lease is None or lease.status == "used_up":
        return False
    await _end(connection, name, "written_off", lease.quantity)
    await publish(connection, lease.branch, [Act("lease.written_off", f"lease/{name}", {"reason": reason})], reference)
    return True


async def settle_lease(connection: Connection, branch: str, name: str) -> bool:
    """A terminal has written of a lease: if it gave it back, what is left is free again. In the caller's transaction.

    What the claims show counts where the terminal says less.
    """
    lease = await _lock(connection, name)
    cursor = await connection.execute(
        "SELECT state FROM state WHERE branch = %s AND subject = %s AND state IS NOT NULL", (branch, f"lease/{name}")
    )
    row = await cursor.fetchone()
    state = LeaseState() if row is None else LEASE.load(cast(bytes, row[0]))
    if lease is None or lease.branch != branch or state.status != "returned":
        return False
    used = min(lease.quantity, max(lease.ruled, state.used or 0))
    left = lease.quantity - used
    await give_back(connection, [_part(use, left, lease.quantity) for use in lease.uses])
    await _end(connection, name, "returned", used)
    return True


def end_of(campaign: Campaign) -> datetime:
    """The end of the campaign's last business day."""
    return datetime.combine(campaign.runs.ends + timedelta(days=1), time(), BUSINESS_ZONE)


async def _lock(connection: Connection, name: str) -> Open | None:
    row = await (await connection.execute(_OPEN, (name,))).fetchone()
    if row is None:
        return None
    return Open(*cast(tuple[str, str, str, int, int], row[:5]), uses_of_json(row[5]))


async def _end(connection: Connection, name: str, status: str, used: int) -> None:
    await connection.execute(
        "UPDATE lease SET status = %s, used = %s, settled_at = now() WHERE id = %s", (status, used, name)
    )


def _part(use: Use, left: int, quantity: int) -> Use:
    """What is left of what the whole lease took of a counter: the same for each of its rewards."""
    return use._replace(quantity=use.quantity // quantity * left)
