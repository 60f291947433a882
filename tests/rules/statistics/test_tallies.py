"""Tallies say exactly what rows say, for every figure, day and group of made-up branches."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from branch_console.rules.statistics.counting import counted, funnel_lines, split_of, value_of
from branch_console.rules.statistics.definition import value_only
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES, RATIOS, split, value
from branch_console.rules.statistics.instants import EVER, Days, Scope
from branch_console.rules.statistics.tallies import FROM_ROWS, TALLIED, tallies
from branch_console.rules.statistics.tally import Key, Tally, add, by_day, merged, over_days, take, whole
from branch_console.rules.statistics.tally_bytes import pack_tallies, unpack_tallies
from tests.rules.statistics.day_branch import DAYS, FIRST, STEPS, Branch
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import facts_of

SEEDS = 12
DAYS_ASKED = [FIRST.date() + timedelta(days=number) for number in range(-3, DAYS + 1)]


@cache
def branch(seed: int) -> Branch:
    return make(seed)


def days(seed: int) -> Days:
    return Days(ZoneInfo("Asia/Shanghai"), Random(seed).choice([0, 17 * 60 + 30]))


def rows(seed: int) -> Facts:
    return facts_of(branch(seed).entries, branch(seed).confirmed, days(seed))


def scope(*asked: object) -> Scope:
    first, last = DAYS_ASKED[0], DAYS_ASKED[-1]
    return Scope(asked[0] if asked else first, asked[0] if asked else last, EVER.as_of)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(SEEDS if settings().max_examples < 1000 else 200))
def test_tallies_are_the_figures(seed: int) -> None:
    facts = rows(seed)
    found = tallies(facts)
    parts = by_day(found)
    for day in DAYS_ASKED:
        mine = parts.get(day, {})
        wholes = whole(mine)
        for name in TALLIED | RATIOS.keys():
            assert value_of(name, wholes) == value_only(value(name, facts, scope(day))), (name, day)
        for name in TALLIED:
            for group in FIGURES[name].groups:
                right = {each: value_only(part) for each, part in split(name, facts, scope(day), group).items()}
                assert split_of(name, mine, group) == right, (name, group, day)
        assert (unpack_tallies(day, pack_tallies(mine)), pack_tallies({})) == (mine, b"{}")


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_tallies_of_a_span_are_the_sum_of_its_days(seed: int) -> None:
    facts = rows(seed)
    asked = {day: found for day, found in by_day(tallies(facts)).items() if day in DAYS_ASKED}
    span = over_days(asked.values())
    for name in TALLIED:
        assert counted(name, span.get((name, "", ""))) == value_only(value(name, facts, scope())), name
    every = {key: tally for found in asked.values() for key, tally in found.items()}
    lines = funnel_lines(every, [*STEPS, "never"])
    assert [line.step for line in lines] == [*STEPS, "never"]
    names = ("funnel.reached", "funnel.seconds_median", "funnel.without_result", "funnel.dropped")
    for place, name in enumerate(names, 1):
        right = {step: value_only(part) for step, part in split(name, facts, scope(), "step").items()}
        assert {line.step: line[place] for line in lines if line[place] is not None} == right, name


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_persons_part_and_an_hour_are_those_of_the_person_and_the_moment(seed: int) -> None:
    """ "My figures" and the line of a member of staff are one number; so are an hour's bar and that hour alone."""
    facts = rows(seed)
    for name, figure in FIGURES.items():
        if "staff" in figure.groups:
            for who, part in split(name, facts, scope(), "staff").items():
                asked = replace(scope(), staff=who or None)
                assert not who or part == value(name, facts, asked), (name, who)
        for hour, part in split(name, facts, scope(), "hour").items() if "hour" in figure.groups else ():
            assert {when.hour for when in map(figure.when, part.of) if when is not None} == {int(hour)}, name


def test_days_of_which_nobody_reported_have_no_figure() -> None:
    for name in TALLIED:
        assert counted(name, None, silent=True).value is None
        assert counted(name, None) == value_only(value(name, Facts(), scope()))
        silent = Facts(silent=frozenset(DAYS_ASKED))
        assert counted(name, None, silent=True) == value_only(value(name, silent, scope()))
    assert value_of("cases.per_thousand", {}, silent=True).value is None


def test_what_is_not_in_it_cannot_be_taken_and_changes_nothing() -> None:
    key: Key = (DAYS_ASKED[0], "journeys.received", "", "")
    other: Key = (DAYS_ASKED[0], "journeys.minutes_median", "", "")
    board = {key: Tally(2, 2), other: Tally(1, 1, Counter({7: 1}))}
    for less in ({key: Tally(3, 2)}, {key: Tally(1, 1), other: Tally(1, 1, Counter({8: 1}))}):
        with pytest.raises(ValueError, match="taken away"):
            take(board, less)
        assert board == {key: Tally(2, 2), other: Tally(1, 1, Counter({7: 1}))}


def test_tallies_of_several_days_are_not_packed_as_one() -> None:
    first, second = DAYS_ASKED[:2]
    with pytest.raises(ValueError, match="several days"):
        pack_tallies({(first, "a", "", ""): Tally(1, 1), (second, "a", "", ""): Tally(1, 1)})


def test_adding_leaves_what_was_added() -> None:
    key: Key = (DAYS_ASKED[0], "gifts.cost", "", "")
    part, board = {key: Tally(1, 1, Counter({5: 1}))}, dict[Key, Tally]()
    add(board, part)
    add(board, part)
    assert (part[key], board[key]) == (Tally(1, 1, Counter({5: 1})), Tally(2, 2, Counter({5: 2})))
    assert merged([part[key], board[key]]) == Tally(3, 3, Counter({5: 3}))


def test_every_figure_is_tallied_or_counted_from_rows() -> None:
    assert {
        "gifts.chosen", "cases.open", "clocks.statutory", "clocks.internal", "clocks.first_contact", "clocks.overdue",
        "terminals.complete", "terminals.pending",
    } == FROM_ROWS  # fmt: skip
    assert FIGURES.keys() == FROM_ROWS | TALLIED
    assert {each.id for ratio in RATIOS.values() for each in (ratio.above, ratio.below)} <= TALLIED
