"""What central knows of people as facts to evaluate campaigns with: imported facts, claims of all branches, what is
left of campaigns. What only a branch knows (its stock, the pace of its counters) is missing, and so unknown."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from branch_console.central.caps import BUDGET, QUANTITY
from branch_console.central.database import Connection
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.fact_schema import fits
from branch_console.rules.eligibility.facts import Fact

Facts = dict[str, Fact]

_FACTS = "SELECT person, name, value, as_of FROM person_fact WHERE person = ANY(%s)"
_CLAIMS = """
SELECT k.key, k.scope, r.campaign, r.on_day FROM claim_right_key k JOIN claim_right r ON r.claim = k.claim
WHERE k.key = ANY(%s) AND r.uses_right ORDER BY r.on_day, r.claim
"""
_USED = "SELECT scope, used FROM cap_use WHERE campaign = %s AND key = '' AND win = 'all' AND scope IN (%s, %s)"


async def read_books(
    connection: Connection, campaign: Campaign, people: Sequence[str], now: datetime
) -> dict[str, Facts]:
    """The facts of people, by the key by which the campaign recognises them."""
    books: dict[str, Facts] = {person: {} for person in people}
    cursor = await connection.execute(_FACTS, (list(people),))
    for person, name, value, as_of in cast(list[tuple[str, str, object, datetime]], await cursor.fetchall()):
        if fits(name, value):
            books[person][name] = Fact(value, as_of, "server")
    claims: defaultdict[str, dict[str, list[dict[str, object]]]] = defaultdict(lambda: defaultdict(list))
    cursor = await connection.execute(_CLAIMS, (list(people),))
    for person, scope, claimed, day in cast(list[tuple[str, str, str, date]], await cursor.fetchall()):
        row = {"campaign": claimed, "on": day.isoformat(), "quantity": 1, "branch": "", "number": ""}
        claims[person][scope].append(row)
    left = await _left(connection, campaign, now)
    scope = campaign.right_scope("person")
    for person, book in books.items():
        book.update(left)
        book[f"claims.{scope}"] = Fact(claims[person][scope], now, "server")
    return books


async def _left(connection: Connection, campaign: Campaign, now: datetime) -> Facts:
    """What is left of the campaign, as far as it is limited."""
    cursor = await connection.execute(_USED, (campaign.id, QUANTITY, BUDGET))
    used = dict(cast(list[tuple[str, int]], await cursor.fetchall()))
    left: Facts = {}
    if campaign.quantity is not None:
        rest = max(0, campaign.quantity - used.get(QUANTITY, 0))
        left[f"quantity_left.{campaign.id}"] = Fact(rest, now, "server")
    if campaign.budget_fen is not None:
        rest = max(0, campaign.budget_fen - used.get(BUDGET, 0))
        left[f"budget_left.{campaign.id}"] = Fact(rest, now, "server")
    return left
