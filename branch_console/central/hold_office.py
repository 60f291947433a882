"""What an administrator does about holds: see them, and end those of terminals that will never be heard again."""

from branch_console.central.administration import AdministrationError, Office, rows
from branch_console.central.hold_ends import consume, give_up, lock_hold


async def list_holds(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Holds that stand, whose time is over first; of people nothing but the id of the claim."""
    return await rows(
        at,
        "SELECT h.id::text AS hold, h.branch, w.label, h.terminal, h.campaign, h.staff, h.held_at, h.expires_at,"
        " w.revoked_at, w.settled_at FROM hold h LEFT JOIN writer w ON w.name = h.terminal"
        " WHERE h.state = 'held' AND h.branch = coalesce(%s, h.branch) ORDER BY h.expires_at, h.id",
        branch,
    )


async def settle_hold(at: Office, hold: str, *, used: bool) -> None:
    """End a hold of a revoked terminal: as handed over (`used`), or as not. Raises AdministrationError.

    A terminal in service settles its holds itself, as soon as it is heard.
    """
    async with at.connection.transaction():
        known = await lock_hold(at.connection, hold)
        if known is None or known.state != "held":
            raise AdministrationError(f"no hold {hold} stands")
        cursor = await at.connection.execute(
            "SELECT 1 FROM writer WHERE name = %s AND revoked_at IS NOT NULL", (known.terminal,)
        )
        if await cursor.fetchone() is None:
            raise AdministrationError("its terminal is in service, and will settle it when it is heard; or revoke it")
        await (consume if used else give_up)(at.connection, hold)
