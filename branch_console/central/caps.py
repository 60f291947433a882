"""Counters that cannot be overdrawn: how often a right was used, held by PostgreSQL's own constraint.

Whoever grants a right (a hold, a lease, an entitlement, a ruling) takes all its counters with `take` in its own
transaction, all or nothing, and gives them back with `give_back`. One claim is one reward: it takes 1 of every cap of
its campaign, 1 of the campaign's quantity, and the unit cost of its budget. There is no reading before: the row's lock
and its condition are one statement, so that it does not matter how many do this at the same time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.windows import window_id

QUANTITY, BUDGET = "quantity", "budget"
"""Scopes of the campaign's own counters, whose key is empty: rewards, and fen."""

_TAKE = """
INSERT INTO cap_use AS c (campaign, scope, key, win, used, cap)
SELECT u.campaign, u.scope, u.key, u.win, u.used, u.cap
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[]) WITH ORDINALITY
    AS u (campaign, scope, key, win, used, cap, place)
WHERE u.used <= u.cap ORDER BY u.place
ON CONFLICT (key, campaign, scope, win) DO UPDATE SET used = c.used + excluded.used, cap = excluded.cap
WHERE c.used + excluded.used <= excluded.cap
RETURNING c.campaign, c.scope, c.key, c.win
"""
_LOCK = """
SELECT 1 FROM cap_use c JOIN unnest(%s::text[], %s::text[], %s::text[], %s::text[]) WITH ORDINALITY
    AS u (campaign, scope, key, win, place) USING (campaign, scope, key, win) ORDER BY u.place FOR UPDATE OF c
"""
_GIVE_BACK = """
UPDATE cap_use c SET used = c.used - u.used
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[]) AS u (campaign, scope, key, win, used)
WHERE (c.campaign, c.scope, c.key, c.win) = (u.campaign, u.scope, u.key, u.win)
"""


class Use(NamedTuple):
    """So much of one counter. `key` is a person's keyed hash, or empty for what the whole campaign shares."""

    campaign: str
    scope: str
    key: str
    window: str
    quantity: int
    cap: int


class Refused(NamedTuple):
    """The first counter that has not enough left; nothing was taken."""

    use: Use


class MissingKey(NamedTuple):
    """The campaign counts on something by which this person is not known."""

    scope: str


class At(NamedTuple):
    """Where and by whom a right is used."""

    branch: str
    terminal: str
    staff: str


async def take(connection: Connection, uses: Sequence[Use]) -> Refused | None:
    """Take all of these counters, or none, in the caller's transaction."""
    async with connection.transaction() as savepoint:
        refused = await take_or_abort(connection, uses)
        savepoint.force_rollback = refused is not None
    return refused


async def take_or_abort(connection: Connection, uses: Sequence[Use]) -> Refused | None:
    """Take all of these counters; the caller must roll its transaction back when they are refused."""
    wanted = _merged(uses)
    if not wanted:
        return None
    columns = [list(column) for column in zip(*wanted, strict=True)]
    cursor = await connection.execute(_TAKE, columns)
    taken = set(cast(list[tuple[str, str, str, str]], await cursor.fetchall()))
    return next((Refused(use) for use in wanted if use[:4] not in taken), None)


async def give_back(connection: Connection, uses: Sequence[Use]) -> None:
    """Give back what was taken. Raises psycopg.errors.CheckViolation rather than give back more than was taken."""
    given = _merged(uses)
    if given:
        columns = [list(column) for column in zip(*given, strict=True)]
        await connection.execute(_LOCK, columns[:4])
        await connection.execute(_GIVE_BACK, columns[:5])


def right_uses(campaign: Campaign, keys: Mapping[str, str], at: At, day: date) -> list[Use] | MissingKey:
    """What one claim takes of the caps on persons, staff, places and the campaign in a window of time.

    `day` is the business date of the claim. A cap on the campaign itself has an empty key.
    """
    known = {
        **keys,
        "staff": f"{at.branch}/{at.staff}",
        "terminal": at.terminal,
        "branch": at.branch,
        "campaign": "",
    }
    uses = []
    for scope, window, cap in campaign.caps:
        if scope not in known:
            return MissingKey(scope)
        uses.append(Use(campaign.id, scope, known[scope], window_id(window, day), 1, cap))
    return uses


def total_uses(campaign: Campaign, rewards: int = 1) -> list[Use]:
    """What so many rewards take of the campaign's quantity and budget, as far as it has any."""
    uses = []
    if campaign.quantity is not None:
        uses.append(Use(campaign.id, QUANTITY, "", "all", rewards, campaign.quantity))
    if campaign.budget_fen is not None:
        uses.append(Use(campaign.id, BUDGET, "", "all", rewards * campaign.unit_cost_fen, campaign.budget_fen))
    return uses


def uses_json(uses: Iterable[Use]) -> list[Json]:
    """Uses as they are kept beside a hold, to be given back one day."""
    return [list(use) for use in uses]


def uses_of_json(value: object) -> list[Use]:
    """The uses behind `uses_json`."""
    return [Use(*each) for each in cast(list[list[str | int]], value)]  # type: ignore[arg-type]


def _merged(uses: Sequence[Use]) -> list[Use]:
    """One use for each counter, the tightest cap, in the order in which everybody locks them.

    What all share comes last, so that its lock is held for the shortest time.
    """
    by_counter: dict[tuple[str, str, str, str], Use] = {}
    for use in uses:
        before = by_counter.get(use[:4])
        if before is not None:
            use = use._replace(quantity=use.quantity + before.quantity, cap=min(use.cap, before.cap))  # noqa: PLW2901
        by_counter[use[:4]] = use
    return sorted((each for each in by_counter.values() if each.quantity), key=lambda each: (not each.key, *each))
