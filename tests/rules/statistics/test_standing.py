"""What stood at the end of each of many days is the figure of each of these days."""

from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from branch_console.rules.statistics.figures import FIGURES, split, value
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.standing import standing_days
from branch_console.rules.statistics.whole_day import REPORTED, asked
from tests.rules.statistics.day_branch import FIRST, NOW
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import facts_of

STANDING = [name for name, each in FIGURES.items() if each.basis == "standing" and name not in REPORTED]


@pytest.mark.parametrize("seed", range(20 if settings().max_examples < 1000 else 300))
def test_the_same_as_each_day_alone(seed: int) -> None:
    branch = make(seed)
    days = Days(ZoneInfo("Asia/Shanghai"), Random(seed).choice([0, 17 * 60 + 30]))
    facts = facts_of(branch.entries, branch.confirmed, days)
    span = [FIRST.date() + timedelta(days=number) for number in range(-4, 40)]
    moments = NOW + timedelta(days=Random(seed).choice([0, 0, 60]))
    assert STANDING == ["clocks.overdue", "cases.open"]
    seen = 0.0
    for name in STANDING:
        scopes = [asked(name, days, day, moments) for day in span]
        right = [value(name, facts, each).value for each in scopes]
        assert standing_days(FIGURES[name], FIGURES[name].rows(facts), scopes) == right, name
        seen += sum(each or 0 for each in right)
        for group in {"category", "clock"} & FIGURES[name].groups:
            member = FIGURES[name].member(group)
            parts = [split(name, facts, each, group) for each in scopes]
            for who in {key for part in parts for key in part}:
                rows = [row for row in FIGURES[name].rows(facts) if member(row) == who]
                counts = [part[who].value if who in part else 0 for part in parts]
                assert standing_days(FIGURES[name], rows, scopes) == counts, (name, who)
    assert seen
