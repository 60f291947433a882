"""Proof 1 of issue 5 on central: what it tells of random days equals the slow recount from raw entries.

Made-up branches are pushed to a real central as their terminals sync: batches of random size, some with what was pushed
before, acts carried over to another journal, a terminal that is dark for two days. A worker counts at random moments.
Then each figure of each day that central sends to a terminal is compared: its value, how many rows were counted and of
how many.

`make test` counts 312 days of 12 branches, and the dark days of each once more while they are dark; `make soak` 3,120.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import settings

from branch_console.central.database import Connection
from branch_console.central.statistics_days import Told, in_words
from branch_console.rules.journal import Entry
from tests.central.inside import with_database
from tests.central.statistics_help import BRANCH, Pushing
from tests.rules.statistics.day_branch import CENTRAL, FIRST
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.day_syncs import copied, course
from tests.rules.statistics.recounting import EVERY, Recount, right

DAYS, QUIET = 26, 3
OTHERS = 1000
"""Not the branches that the terminal has."""
PER_PART = 3 if settings().max_examples < 1000 else 30


async def compare(world: Pushing, entries: Iterable[Entry], days: Iterable[int], now: datetime) -> int:
    """Compare every figure of these days; how many of them had anything."""
    await world.count(now)
    come = list(entries)
    recount, filled = Recount(come, {each.subject for each in come if each.type == "journey.finished"}, now), 0
    rows = await world.rows("SELECT day, figures FROM statistics_day WHERE branch = %s", BRANCH)
    said: dict[date, dict[str, Told]] = {day: in_words(figures) for day, figures in rows}
    for day in (FIRST.date() + timedelta(days=number) for number in days):
        expected = recount.whole_day(day)
        for name in EVERY:
            value, counted, of = right(name, expected)
            if name not in said[day]:  # what is not sent has nothing counted
                assert (counted, of) == (0, 0), (name, day)
                continue
            found = said[day][name]
            assert found[1:] == (counted, of), (name, day)
            assert (found.value is None) == (value is None), (name, day)
            assert value is None or float(str(found.value)) == pytest.approx(value, abs=1e-6), (name, day)
            filled += bool(of)
    return filled


async def one_branch(connection: Connection, seed: int) -> None:
    """Its days, as their entries come."""
    branch = make(OTHERS + seed, DAYS, QUIET)
    branch.entries += copied(branch)
    coming = course(branch, branch.entries)
    world = await Pushing.open(connection, branch, before=True)
    come: list[Entry] = []
    looked = False
    for sync in coming.syncs:
        if sync.at >= coming.dark_until and not looked:
            await compare(world, come, coming.dark_days, coming.dark_until)
            looked = True
        await world.push(sync.writer, len(sync.entries), 0 if sync.writer == CENTRAL else sync.again)
        come += sync.entries
        if branch.random.random() < 0.1:
            await world.count(sync.at)
    assert world.waiting == []
    assert await compare(world, come, range(DAYS), coming.syncs[-1].at) > 8 * DAYS


@pytest.mark.parametrize("part", range(4))
def test_every_figure_of_every_day_equals_the_recount(make_database: Callable[[], str], part: int) -> None:
    for seed in range(part * PER_PART, (part + 1) * PER_PART):
        with_database(make_database(), partial(one_branch, seed=seed))
