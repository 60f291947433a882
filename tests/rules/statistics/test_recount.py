"""Every figure equals the slow recount from raw entries, on many made-up days, before and after late ones come."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from branch_console.rules.statistics.figures import FIGURES, value
from branch_console.rules.statistics.instants import Days, Scope
from tests.rules.statistics.day_branch import DAYS, FIRST, NOW, STAFF
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import facts_of
from tests.rules.statistics.recount import Expected
from tests.rules.statistics.recounting import NOT_RECOUNTED, Recount, check

SHANGHAI = ZoneInfo("Asia/Shanghai")
PER_TEST = 10


def scopes(random: Random) -> Iterator[Scope]:
    """Each day, all days, and something of one person or until some hour; now, or as it was known some days ago."""
    first = FIRST.date()
    last = first + timedelta(days=DAYS)
    yield Scope(first - timedelta(days=30), last, NOW)
    for number in range(DAYS):
        day = first + timedelta(days=number)
        until = random.choice([None, None, 600, 1020])
        as_of = NOW - timedelta(hours=random.choice([0, 0, 20, 60]))
        yield Scope(day, day, as_of, until=until, staff=random.choice([None, None, *STAFF]))


def recounted(recount: Recount, scope: Scope) -> dict[str, Expected]:
    recount.lines.now = scope.as_of
    return recount.figures(scope.first, scope.last, scope.until, scope.staff)


@pytest.mark.parametrize("part", range(4))
def test_every_figure_equals_the_recount(part: int) -> None:
    """`make test`: 40 branches of four days; `make soak`: 300 more."""
    per_test = PER_TEST if settings().max_examples < 1000 else 85
    filled = set()
    for seed in range(part * per_test, (part + 1) * per_test):
        branch = make(seed)
        random = Random(seed)
        cutoff = random.choice([0, 17 * 60 + 30])
        for entries in (branch.arrived, branch.entries):
            recount = Recount(entries, branch.confirmed, NOW, cutoff)
            facts = facts_of(branch.replayed(entries), branch.confirmed, Days(SHANGHAI, cutoff))
            for scope in scopes(random):
                expected = recounted(recount, scope)
                for name in expected:
                    check(name, value(name, facts, scope), expected, (seed, name, scope))
                    filled |= {name} if expected[name][0] else set()
    assert filled >= FIGURES.keys() - NOT_RECOUNTED, FIGURES.keys() - filled


def test_every_figure_is_recounted() -> None:
    branch = make(1)
    scope = Scope(FIRST.date(), FIRST.date(), NOW)
    assert recounted(Recount(branch.entries, branch.confirmed, NOW), scope).keys() == FIGURES.keys() - NOT_RECOUNTED


def test_replaying_a_sync_moves_nothing() -> None:
    for seed in range(3):
        branch = make(seed)
        days = Days(SHANGHAI)
        once = facts_of(branch.entries, branch.confirmed, days)
        again = facts_of(branch.replayed(branch.entries), branch.confirmed, days)
        for scope in scopes(Random(seed)):
            for name in FIGURES:
                assert value(name, once, scope).value == value(name, again, scope).value
