"""In which weeks wallets were used that a branch has onboarded, by the wallet facts that central imports.

A wallet is recognised as journeys recognise it; of what was imported, what stands under its holder's phone or document
counts: payments by their days, and the day of the first one. Entries show nothing of this.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.central.statistics_days import reckoned
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.retention import monday
from branch_console.sync.wire_stats import ActivityAnswer

_USED = """
WITH wallet AS (
    SELECT DISTINCT substr(l.name, 8) AS wallet, split_part(l.name, '|', 2) AS person
    FROM fact_link l JOIN fact f ON f.branch = l.branch AND f.subject = l.subject
    WHERE l.branch = %(branch)s AND l.name LIKE 'wallet:%%' AND f.kind = 'journey' AND f.ends >= %(first)s
)
SELECT w.wallet, p.person IS NOT NULL, coalesce(array_agg(DISTINCT u.day) FILTER (WHERE u.day IS NOT NULL), '{}')
FROM wallet w LEFT JOIN person_fact p ON p.person = w.person AND p.name IN ('payments', 'first_paid_on')
LEFT JOIN LATERAL (
    SELECT (each ->> 'on')::date AS day
    FROM jsonb_array_elements(CASE WHEN p.name = 'payments' THEN p.value ELSE '[]' END) AS each
    WHERE each ->> 'kind' IN ('spend', 'transfer')
    UNION SELECT (p.value #>> '{}')::date WHERE p.name = 'first_paid_on' AND jsonb_typeof(p.value) = 'string'
) u ON u.day BETWEEN %(first)s AND %(last)s
GROUP BY w.wallet, p.person IS NOT NULL
"""
_UNTIL = "SELECT max(as_of) FROM person_fact WHERE name = 'payments'"
_ZONE = "SELECT timezone FROM branch WHERE code = %s"


class Weeks(NamedTuple):
    """So many weeks from the one in which `first` lies."""

    first: date
    number: int


async def read_activity(
    connection: Connection, branch: str, weeks: Weeks, reference: Reference, now: datetime
) -> ActivityAnswer:
    """When the wallets were used that were onboarded in the branch since the first of the weeks."""
    first = monday(weeks.first)
    last = first + timedelta(days=7 * weeks.number - 1)
    cursor = await connection.execute(_USED, {"branch": branch, "first": first, "last": last})
    used: dict[str, set[int]] = defaultdict(set)
    wallets, covered = set(), set()
    for wallet, known, days in cast(list[tuple[str, bool, list[date]]], await cursor.fetchall()):
        wallets.add(wallet)
        if known:
            covered.add(wallet)
        used[wallet] |= {(each - first).days // 7 for each in days}
    row = await (await connection.execute(_ZONE, (branch,))).fetchone()
    newest = await (await connection.execute(_UNTIL)).fetchone()
    until = None
    if newest is not None and newest[0] is not None and row is not None:
        until = reckoned(cast(str, row[0]), reference).day_of(cast(datetime, newest[0])) - timedelta(days=1)
    return ActivityAnswer(
        as_of=format_at(now),
        first=first,
        weeks=weeks.number,
        until=until,
        onboarded=len(wallets),
        covered=len(covered),
        wallets={wallet: sorted(numbers) for wallet, numbers in sorted(used.items()) if numbers},
    )
