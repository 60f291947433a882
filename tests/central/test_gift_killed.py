"""Whoever rules may die between any two statements: nothing is ruled or taken twice, nothing forgotten."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

from branch_console.central.adjudication import PERSON_LOCK, adjudicate_all
from branch_console.central.campaign_round import campaign_round
from branch_console.central.database import Connection, connect
from branch_console.central.gift_worker import settle_rights
from branch_console.rules.journal import Data
from tests.central.inside import with_database
from tests.central.tills import DAY, Till, World, campaign_text, push_all

LEASED = '{ mode = "lease", lease_per_terminal = 4, per_terminal = 9, per_campaign = 9 }'


class KilledError(Exception):
    """The process died here."""


class Dying(psycopg.AsyncCursor[Any]):
    """A cursor of a process that dies before one of its statements."""

    left = 10**9

    async def execute(self, *args: Any, **named: Any) -> "Dying":
        Dying.count()
        return await super().execute(*args, **named)

    async def executemany(self, *args: Any, **named: Any) -> None:
        Dying.count()
        await super().executemany(*args, **named)

    @classmethod
    def count(cls) -> None:
        cls.left -= 1
        if cls.left < 0:
            raise KilledError


async def dies_everywhere(database: str, work: Callable[[Connection], Awaitable[object]]) -> int:
    """Run `work` by processes that die after 0, 1, 2 … statements, until one comes to its end; return how many died."""
    deaths = 0
    while True:
        connection = await connect(database)
        connection.cursor_factory = Dying
        Dying.left = deaths
        try:
            await work(connection)
        except KilledError:
            deaths += 1
        else:
            return deaths
        finally:
            Dying.left = 10**9
            await connection.close()


async def published(world: World, type_: str) -> Counter[str]:
    """How often what was published, by subject."""
    return Counter(subject for (subject,) in await world.rows("SELECT subject FROM entry WHERE type = %s", type_))


async def duplicates(world: World, till_one: Till, till_two: Till) -> list[str]:
    """Claims of three people at both terminals; one of them comes back."""
    campaign = await world.campaign(campaign_text())
    claims = [till.claim(campaign, person) for person in ("p1", "p2", "p3") for till in (till_one, till_two)]
    till_one.give_back(claims[0], reopens=True)
    await push_all(world.connection, [till_one, till_two])
    return claims


def test_rulings_are_given_once_wherever_the_ruler_dies(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        one, two = await world.till("A1"), await world.till("B1")
        claims = await duplicates(world, one, two)

        async def rules(other: Connection) -> None:
            await adjudicate_all(other, world.court)

        assert await dies_everywhere(database, rules) > 15
        assert await published(world, "claim.adjudicated") == Counter(f"claim/{claim}" for claim in claims)
        assert await world.outcomes(*claims[:2]) == ["confirmed", "confirmed"]
        for first in (2, 4):
            assert sorted(map(str, await world.outcomes(*claims[first : first + 2]))) == [
                "confirmed",
                "duplicate_offset",
            ]
        assert await world.used() == 3
        assert await world.rows("SELECT * FROM claim_queue") == []

    with_database(database, inside)


def test_two_who_rule_at_the_same_time_share_the_work(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        one, two = await world.till("A1"), await world.till("B1")
        claims = await duplicates(world, one, two)
        async with await connect(database) as first, await connect(database) as second:
            async with connection.transaction():  # somebody is in the middle of ruling on this person
                await connection.execute(PERSON_LOCK, ("oil|p1",))
                done = await asyncio.gather(*(adjudicate_all(each, world.court) for each in (first, second)))
                assert sum(done) == 4
            assert await world.outcomes(*claims[:2]) == [None, None]
            await asyncio.gather(*(adjudicate_all(each, world.court) for each in (first, second)))
        assert await published(world, "claim.adjudicated") == Counter(f"claim/{claim}" for claim in claims)
        assert await world.used() == 3

    with_database(database, inside)


def test_leases_are_granted_and_settled_once_wherever_the_worker_dies(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        tills = [await world.till("A1"), await world.till("B1")]
        campaign = await world.campaign(campaign_text(offline=LEASED, more="quantity = 10"))

        async def round_(other: Connection) -> None:
            await settle_rights(other)
            await campaign_round(other, world.court.catalogue, DAY.date(), world.facts, world.court.reference)

        assert await dies_everywhere(database, round_) > 12
        assert set((await published(world, "lease.granted")).values()) == {1}
        assert await world.used() == 8
        told = await published(world, "campaign.status_changed")
        for till in tills:
            await till.pull(connection)
            [(subject, state)] = till.folded("lease").items()
            right: Data = {"kind": "lease", "id": subject.partition("/")[2], "epoch": state.epoch}
            till.claim(campaign, f"p{till.branch}", right=right)
            till.write("lease.returned", subject, {"used": 1})
        await push_all(connection, tills)

        async def rules(other: Connection) -> None:
            await settle_rights(other)
            await adjudicate_all(other, world.court)

        assert await dies_everywhere(database, rules) > 15
        assert await world.used() == 2
        assert await world.rows("SELECT status, quantity, ruled, used FROM lease") == [("returned", 4, 1, 1)] * 2
        assert dict(await world.outcome_counts()) == {"confirmed": 2}
        await round_(connection)
        assert await world.used() == 10
        assert sum(told.values()) == 2

    with_database(database, inside)
