"""Claims a second at central: hold and hand-over of one campaign, all on one counter, and spread over leases.

Sixteen claimers on connections of their own, everything durable; a claim is two transactions, as it is in service.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import psycopg

from branch_console.central.caps import Use, take
from branch_console.central.database import Connection, connect
from branch_console.central.hold_ends import consume
from branch_console.central.holds import BUSINESS_ZONE, grant_hold
from branch_console.central.loop import run
from branch_console.central.publish import uuid7
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.sync.device import read_device
from branch_console.sync.wire_gifts import HoldRequest
from tests.bench.stage import Stage
from tests.central.gift_help import campaign_text

CLAIMERS, CLAIMS, LEASES = 16, 250, 50


def claim_rates(made: Stage) -> tuple[float, float]:
    """Claims a second with one counter for all, and with the quantity in the custody of fifty leases."""
    database = str(json.loads(made.central_settings.facts_path.read_text())["database"])
    terminal = read_device(made.terminal().home).terminal
    campaign = _publish(database)
    hot = run(_race(database, lambda connection, number: _hold(connection, terminal, campaign, number)))
    leased = run(_race(database, lambda connection, number: _under_lease(connection, campaign.id, number)))
    return hot, leased


def _publish(database: str) -> Campaign:
    content = campaign_text("bench_oil", quantity=1_000_000, budget_fen=10**12)
    values = (hashlib.sha256(content.encode()).hexdigest(), content, datetime.now(UTC).isoformat())
    with psycopg.connect(database) as connection:
        connection.execute(
            "INSERT INTO reference_document (name, sha256, content, published_at, signature)"
            " VALUES ('campaigns/bench_oil.v1.toml', %s, %s, %s, 'x')",
            values,
        )
        connection.execute("INSERT INTO campaign (id, status, version) VALUES ('bench_oil', 'running', 1)")
    return read_campaign("bench_oil.v1.toml", content)


async def _race(database: str, claim: Callable[[Connection, int], Awaitable[None]]) -> float:
    """Claims a second of all claimers together."""
    connections = [await connect(database) for _ in range(CLAIMERS)]

    async def work(connection: Connection, first: int) -> None:
        for number in range(first, first + CLAIMS):
            await claim(connection, number)

    begin = time.perf_counter()
    await asyncio.gather(*(work(each, number * CLAIMS) for number, each in enumerate(connections)))
    took = time.perf_counter() - begin
    for each in connections:
        await each.close()
    return CLAIMERS * CLAIMS / took


async def _hold(connection: Connection, terminal: str, campaign: Campaign, number: int) -> None:
    request = HoldRequest(
        id=uuid7(),
        campaign=campaign.id,
        version=campaign.version,
        rule_hash=campaign.rule_hash,
        keys={"person": f"k1:{number:043}"},
        staff="bench",
        on=datetime.now(BUSINESS_ZONE).date(),
    )
    async with connection.transaction():
        await grant_hold(connection, terminal, request)
    async with connection.transaction():
        assert await consume(connection, request.id) is not None


async def _under_lease(connection: Connection, campaign: str, number: int) -> None:
    """Only the person and the lease are counted; the campaign's quantity was taken when the lease was granted."""
    lease = Use(campaign, "lease", f"lease-{number % LEASES}", "all", 1, 1_000_000)
    person = Use(campaign, "person", f"k1:leased-{number}", "all", 1, 1)
    async with connection.transaction():
        assert await take(connection, [person]) is None
    async with connection.transaction():
        assert await take(connection, [lease]) is None
