"""Lists for administrators: stock, leases, claims, exceptions. No person is in them."""

from uuid import UUID

from branch_console.central.administration import AdministrationError, Office, rows

_MOST = 10_000


async def list_stock(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Balances of what can be counted; `short`: more has left than was there."""
    return await rows(
        at,
        "SELECT branch, location, sku, lot, nullif(expires_on, '') AS expires_on, quantity, short FROM stock_balance"
        " WHERE (location IN ('shelf', 'quarantine', 'transit') OR starts_with(location, 'drawer:'))"
        " AND (quantity > 0 OR short > 0) AND (%s::text IS NULL OR branch = %s) ORDER BY 1, 2, 3, 4, 5",
        branch,
        branch,
    )


async def list_leases(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Leases, the newest first."""
    return await rows(
        at,
        "SELECT id::text AS lease, campaign, branch, terminal, quantity, ruled, used, status, epoch, expires_at,"
        " granted_at, settled_at FROM lease WHERE %s::text IS NULL OR branch = %s"
        " ORDER BY granted_at DESC, id LIMIT %s",
        branch,
        branch,
        _MOST,
    )


async def list_claims(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Claims, the newest first, each with its last ruling."""
    return await rows(
        at,
        "SELECT r.claim::text AS claim, r.branch, r.number, r.campaign, r.version, r.right_kind, r.status, r.outcome,"
        " u.why, u.excess, r.staff, r.terminal, r.on_day, r.value_fen FROM claim_right r LEFT JOIN LATERAL ("
        " SELECT why, excess FROM claim_ruling WHERE claim = r.claim ORDER BY ruled_at DESC LIMIT 1) u ON true"
        " WHERE %s::text IS NULL OR r.branch = %s ORDER BY r.claim DESC LIMIT %s",
        branch,
        branch,
        _MOST,
    )


async def list_exceptions(at: Office, branch: str | None) -> list[dict[str, object]]:
    """What was ruled otherwise than confirmed or beyond what was granted, and what waits for a ruling and why."""
    return await rows(
        at,
        "SELECT r.claim::text AS claim, r.branch, r.number, r.campaign, r.status, coalesce(u.outcome, 'waiting')"
        " AS outcome, CASE WHEN u.outcome IS NOT NULL THEN u.why WHEN v.id IS NULL THEN 'campaign_unknown'"
        " ELSE 'not_ruled_yet' END AS why, u.excess, r.staff, r.terminal, r.on_day, r.value_fen"
        " FROM claim_right r LEFT JOIN LATERAL (SELECT outcome, why, excess FROM claim_ruling WHERE claim = r.claim"
        " ORDER BY ruled_at DESC LIMIT 1) u ON true LEFT JOIN campaign v ON v.id = r.campaign"
        " WHERE (u.outcome <> 'confirmed' OR u.excess OR (u.outcome IS NULL AND r.status IN"
        " ('handed_over', 'vouchered'))) AND (%s::text IS NULL OR r.branch = %s) ORDER BY r.claim DESC LIMIT %s",
        branch,
        branch,
        _MOST,
    )


def uuid_of(text: str) -> str:
    """An id as it was typed. Raises AdministrationError."""
    try:
        return str(UUID(text))
    except ValueError as error:
        raise AdministrationError(f"{text} is no id") from error
