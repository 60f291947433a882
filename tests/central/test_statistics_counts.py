"""What central counts, batch by batch, is what the rules count of all rows at once: every figure, day and group."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from branch_console.central.database import Connection
from branch_console.central.statistics_days import Told, in_words, told
from branch_console.central.statistics_tallies import tallies_of
from branch_console.rules.statistics.counting import split_of, value_of
from branch_console.rules.statistics.definition import value_only
from branch_console.rules.statistics.figures import FIGURES, RATIOS, split, value
from branch_console.rules.statistics.instants import EVER, Scope
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.statistics.tally import whole
from branch_console.rules.statistics.whole_day import REPORTED, asked
from tests.central.inside import with_database
from tests.central.statistics_help import BRANCH, Pushing
from tests.rules.statistics.day_branch import DAYS as LAST
from tests.rules.statistics.day_branch import FIRST, NOW
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.row_help import DAYS

SPAN = [FIRST.date() + timedelta(days=number) for number in range(LAST + 1)]


async def equal(world: Pushing, now: datetime) -> int:
    """Compare everything; return how many figures of days had rows."""
    facts = world.facts()
    kept = await tallies_of(world.connection, BRANCH, SPAN)
    rows = await world.rows("SELECT day, figures FROM statistics_day WHERE branch = %s", BRANCH)
    said: dict[date, dict[str, Told]] = {day: in_words(figures) for day, figures in rows}
    count = 0
    for day in SPAN:
        found, scope = kept.get(day, {}), Scope(day, day, EVER.as_of)
        for name in (*sorted(TALLIED), *RATIOS):
            assert value_of(name, whole(found)) == value_only(value(name, facts, scope)), (name, day)
            for group in FIGURES[name].groups if name in FIGURES else ():
                expected = {each: value_only(of) for each, of in split(name, facts, scope, group).items()}
                assert split_of(name, found, group) == expected, (name, day, group)
        for name in {*FIGURES, *RATIOS} - REPORTED:
            as_of = scope if name in TALLIED or name in RATIOS else asked(name, DAYS, day, now)
            expected_words = told(value(name, facts, as_of))
            assert said[day].get(name, Told(expected_words.value, 0, 0)) == expected_words, (name, day)
            count += bool(expected_words.of)
    return count


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_of_every_day_and_group_as_of_all_rows(database: str, seed: int) -> None:
    async def inside(connection: Connection) -> None:
        branch = make(seed)
        world = await Pushing.open(connection, branch, before=True)
        random = Random(seed)
        counted = 0
        while await world.push_some(random, branch.dark):
            if random.random() < 0.3:
                await world.count(NOW)
        await world.count(NOW)
        counted += await equal(world, NOW)
        await world.push_all()
        await world.count(NOW)
        counted += await equal(world, NOW)
        assert counted > 120
        for later in (NOW + timedelta(minutes=6), NOW + timedelta(days=2)):  # nothing comes, and limits run out
            await world.count(later)
            await equal(world, later)
        assert await world.rows("SELECT * FROM fact_due") == []

    with_database(database, inside)
