"""Whoever counts may die between any two statements, and several may work side by side: all is counted once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from branch_console.central.database import Connection, connect
from branch_console.central.statistics_worker import count_all
from tests.central.inside import with_database
from tests.central.statistics_help import BRANCH, Pushing
from tests.central.test_gift_killed import dies_everywhere
from tests.central.test_statistics_counts import equal
from tests.central.test_statistics_frozen import AFTER, frozen_days, published
from tests.rules.statistics.day_branch import DAYS, NOW
from tests.rules.statistics.day_maker import make


def test_nothing_is_counted_or_frozen_twice_wherever_the_worker_dies(database: str) -> None:
    async def inside(connection: Connection) -> None:
        branch = make(7)
        world = await Pushing.open(connection, branch)
        await world.push_all(branch.dark)
        world.time = AFTER

        async def counts(other: Connection) -> None:
            await count_all(other, world.counting)

        assert await dies_everywhere(database, counts) > 10
        await equal(world, AFTER)
        await world.push_all()
        assert await dies_everywhere(database, counts) > 10
        await counts(connection)
        await equal(world, AFTER)
        world.time = AFTER + timedelta(minutes=2)
        await world.synced(world.time)
        assert await dies_everywhere(database, counts) > 5
        await world.count()
        assert sorted((await frozen_days(world)).values()) == [1] * DAYS
        restated = await published(world, "day.restated")
        assert len({each.subject for each in restated}) == len(restated)

    with_database(database, inside)


def test_those_who_count_side_by_side_pass_each_other_by(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(8))
        await world.push_all()
        await world.synced(AFTER)
        world.time = AFTER
        async with await connect(database) as first, await connect(database) as second:
            await connection.execute("INSERT INTO statistics_branch (branch) VALUES (%s)", (BRANCH,))
            async with connection.transaction():  # somebody is at this branch
                await connection.execute("SELECT FROM statistics_branch WHERE branch = %s FOR UPDATE", (BRANCH,))
                await asyncio.gather(*(count_all(each, world.counting) for each in (first, second)))
            assert await world.rows("SELECT * FROM fact") == []
            for _ in range(4):
                await asyncio.gather(*(count_all(each, world.counting) for each in (first, second)))
        await equal(world, AFTER)
        assert sorted((await frozen_days(world)).values()) == [1] * DAYS

    with_database(database, inside)


def test_what_others_in_service_count_by_other_rules_is_not_made_anew_meanwhile(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(8))
        name, *rest = world.waiting
        await world.push(name)
        world.time = NOW
        other = replace(world.counting, reference=replace(world.counting.reference, calendars={}))

        async def made_by() -> list[Any]:
            return await world.rows("SELECT made_by FROM statistics_branch")

        async with await connect(database) as first:
            await count_all(first, other)
            for each in rest:
                await world.push(each)
                await count_all(connection, world.counting)
                assert await made_by() == [(other.made_by,)]
                await count_all(first, other)
                assert await world.rows("SELECT FROM fact_due") == []
        await count_all(connection, world.counting)
        assert await made_by() == [(world.counting.made_by,)]
        await equal(world, NOW)

    with_database(database, inside)


def test_what_does_not_fit_is_made_anew_and_one_bad_branch_stops_no_other(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(9))
        await connection.execute(
            "INSERT INTO branch (code, name, timezone, language) VALUES ('AA', 'x', 'Mars/Base', 'zh')"
        )
        for name in world.waiting:
            await world.push(name, len(world.writers[name].entries) // 2)
        world.time = NOW
        await count_all(connection, world.counting)
        await connection.execute("UPDATE statistics_day SET tallies = '{}' WHERE tallies IS NOT NULL")
        await world.push_all()
        for _ in range(2):
            await count_all(connection, world.counting)
        await equal(world, NOW)

    with_database(database, inside)
