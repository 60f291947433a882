"""Whether what a claim names as its right is known to central and was there to use, and using it up.

A hold and an entitlement have taken all counters of the campaign when they were granted; a lease has taken quantity
and budget, so that only the caps on the person remain to be taken.
"""

from typing import NamedTuple, cast

from branch_console.central.caps import Use, uses_of_json
from branch_console.central.claim_docket import Case
from branch_console.central.claim_mirror import business_day
from branch_console.central.database import Connection
from branch_console.central.hold_ends import consume
from branch_console.rules.gifts.marking import passed

_HOLD = "SELECT uses FROM hold WHERE id = %s AND state = 'held' AND campaign = %s AND branch = %s"
_ENTITLEMENT = """
SELECT scope, key, uses, expires_on FROM entitlement
WHERE id::text = %s AND status = 'open' AND campaign = %s AND branch = %s
"""
_LEASE = """
SELECT expires_at, ruled < CASE WHEN status = 'returned' THEN coalesce(used, 0) ELSE quantity END FROM lease
WHERE id::text = %s AND campaign = %s AND branch = %s AND terminal = %s AND epoch = %s
"""


class Owned(NamedTuple):
    """A right that is there: of which kind, and what it has taken already; `personal` = the person's caps are not."""

    kind: str
    uses: list[Use]
    personal: bool


async def owned_right(connection: Connection, case: Case, *, lock: bool = False) -> Owned | None:
    """The claim's right, if central knows it and it can be used; None = the claim must take everything itself.

    With `lock` it stays so until the end of the transaction.
    """
    state = case.state
    if state.right_id is None:
        return None
    if state.right_kind == "hold" and state.right_id == case.claim:
        row = await _one(connection, _HOLD, (case.claim, state.campaign, case.branch), lock=lock)
        return None if row is None else Owned("hold", uses_of_json(row[0]), personal=False)
    if state.right_kind == "entitlement":
        return await _entitlement(connection, case, lock=lock)
    if state.right_kind == "lease":
        return await _lease(connection, case, lock=lock)
    return None


async def _entitlement(connection: Connection, case: Case, *, lock: bool) -> Owned | None:
    state = case.state
    row = await _one(connection, _ENTITLEMENT, (state.right_id, state.campaign, case.branch), lock=lock)
    if row is None or state.keys.get(cast(str, row[0])) != row[1]:
        return None
    if business_day(state.handed_over_at or state.started_at).isoformat() > str(row[3]):
        return None
    return Owned("entitlement", uses_of_json(row[2]), personal=False)


async def _lease(connection: Connection, case: Case, *, lock: bool) -> Owned | None:
    state = case.state
    mine = (state.right_id, state.campaign, case.branch, state.terminal, state.right_epoch or "")
    row = await _one(connection, _LEASE, mine, lock=lock)
    if row is None or not row[1] or passed(state.handed_over_at or state.started_at, str(row[0])):
        return None
    return Owned("lease", [], personal=True)


async def _one(
    connection: Connection, statement: str, values: tuple[object, ...], *, lock: bool
) -> tuple[object, ...] | None:
    cursor = await connection.execute(f"{statement} FOR UPDATE" if lock else statement, values)
    return await cursor.fetchone()


async def use_up(connection: Connection, case: Case, right: Owned) -> None:
    """Note that the claim has used its right."""
    name = case.state.right_id
    if right.kind == "hold":
        await consume(connection, case.claim)
    elif right.kind == "entitlement":
        await connection.execute("UPDATE entitlement SET status = 'used' WHERE id = %s", (name,))
    else:
        await connection.execute(
            "UPDATE lease SET ruled = ruled + 1, status = CASE WHEN status IN ('open', 'recalled')"
            " AND ruled + 1 = quantity THEN 'used_up' ELSE status END WHERE id = %s",
            (name,),
        )
