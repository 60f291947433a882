"""Every figure equals the slow recount from raw entries, on many made-up days, before and after late ones come."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from branch_console.rules.journal import Entry
from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.figures import FIGURES, value
from branch_console.rules.statistics.instants import Days, Scope
from tests.rules.statistics import recount_cases, recount_claims, recount_journeys, recount_voices
from tests.rules.statistics.day_branch import DAYS, FIRST, NOW, STAFF, Branch
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import facts_of
from tests.rules.statistics.recount import Expected, Lines, middle, ninetieth

SHANGHAI = ZoneInfo("Asia/Shanghai")
PER_TEST = 10
NOT_RECOUNTED = {"terminals.complete", "terminals.pending"}
"""Of these there are no entries: they are what terminals report. `test_figures.py` has them."""


def scopes(random: Random) -> Iterator[Scope]:
    """Each day, all days, and something of one person or until some hour."""
    first = FIRST.date()
    last = first + timedelta(days=DAYS)
    yield Scope(first - timedelta(days=30), last, NOW)
    for number in range(DAYS):
        day = first + timedelta(days=number)
        until = random.choice([None, None, 600, 1020])
        yield Scope(day, day, NOW, until=until, staff=random.choice([None, None, *STAFF]))


def recounted(entries: list[Entry], branch: Branch, cutoff: int, scope: Scope) -> dict[str, Expected]:
    lines = Lines(entries, cutoff, NOW)
    asked = (scope.first, scope.last, scope.until, scope.staff)
    journeys, claims = recount_journeys.journeys(lines, branch.confirmed), recount_claims.claims(lines)
    cases = recount_cases.cases(lines)
    return {
        **recount_journeys.expected(lines, journeys, *asked),
        **recount_claims.expected(lines, claims, recount_claims.checks(lines), *asked),
        **recount_cases.expected(lines, cases, *asked),
        **recount_voices.expected(lines, cases, recount_cases.limits(lines, cases), *asked),
    }


def right_value(name: str, expected: Expected) -> float | None:
    counted, of, amounts = expected
    how, least = FIGURES[name].how, FIGURES[name].least
    if how in {"count", "distinct"}:
        return len(counted)
    if how == "sum":
        return sum(amounts)
    if how == "share":
        return len(counted) / len(of) if len(of) >= max(least, 1) else None
    if not amounts:
        return None
    return middle(amounts) if how == "median" else ninetieth(amounts)


def check(name: str, found: Counted[object], expected: Expected, about: object) -> None:
    rows = sorted(row.subject for row in found.rows)  # type: ignore[attr-defined]
    of = sorted(row.subject for row in found.of)  # type: ignore[attr-defined]
    if name != "gifts.chosen":  # which of a customer's two pieces of an item is shown is of no interest
        assert rows == sorted(expected[0]), about
    assert len(rows) == len(expected[0]), about
    if FIGURES[name].how == "share":
        assert of == sorted(expected[1]), about
    right = right_value(name, expected)
    assert found.value == right or found.value == pytest.approx(right), about


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
            facts = facts_of(branch.replayed(entries), branch.confirmed, Days(SHANGHAI, cutoff))
            for scope in scopes(random):
                for name, expected in recounted(entries, branch, cutoff, scope).items():
                    check(name, value(name, facts, scope), expected, (seed, name, scope))
                    filled |= {name} if expected[0] else set()
    assert filled >= FIGURES.keys() - NOT_RECOUNTED, FIGURES.keys() - filled


def test_every_figure_is_recounted() -> None:
    branch = make(1)
    scope = Scope(FIRST.date(), FIRST.date(), NOW)
    assert recounted(branch.entries, branch, 0, scope).keys() == FIGURES.keys() - NOT_RECOUNTED


def test_replaying_a_sync_moves_nothing() -> None:
    for seed in range(3):
        branch = make(seed)
        days = Days(SHANGHAI)
        once = facts_of(branch.entries, branch.confirmed, days)
        again = facts_of(branch.replayed(branch.entries), branch.confirmed, days)
        for scope in scopes(Random(seed)):
            for name in FIGURES:
                assert value(name, once, scope).value == value(name, again, scope).value
