"""What stores do when subjects change: in any steps and orders, what is kept is what making all of it anew gives."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

import pytest
from hypothesis import settings

from branch_console.rules.statistics.changing import (
    Around,
    changes,
    days_touched,
    first_names,
    further_names,
    index_moved,
    tallies_moved,
)
from branch_console.rules.statistics.days_of_rows import MOMENTS, days_of
from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.linking import linked, links
from branch_console.rules.statistics.settling import Settled
from branch_console.rules.statistics.tallies import tallies
from branch_console.rules.statistics.tally import Key, Tally, add, take
from branch_console.rules.statistics.whole_day import REPORTED
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import derived
from tests.rules.statistics.row_help import DAYS

SEEDS = range(10 if settings().max_examples < 1000 else 200)
Rows = Mapping[str, Facts]


@dataclass
class Kept:
    """What a store has, in memory: it does what both do, and nothing of its own."""

    rows: dict[str, Facts] = field(default_factory=dict)
    days: set[tuple[object, str]] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)
    tallies: dict[Key, Tally] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)

    def take_in(self, new: Rows, erased: Iterable[str] = ()) -> None:
        old = {each: self.rows[each] for each in new if each in self.rows}
        near = self.sharing(first_names(old, new), new.keys())
        far = self.sharing(further_names(old, new, near), new.keys() | near.keys())
        known = {each: self.settled[each] for each in (*new, *near) if each in self.settled}
        made = changes(old, new, Around(near, far), erased=set(erased), settled=known)
        for index, of in ((self.days, days_of), (self.names, links)):
            less, more = index_moved(made, of)
            assert index.issuperset(less) and index.isdisjoint(more)
            index.difference_update(less)
            index.update(more)  # type: ignore[arg-type]
        less_tallies, more_tallies = tallies_moved(made)
        take(self.tallies, less_tallies)
        add(self.tallies, more_tallies)
        assert {key[0] for key in (*less_tallies, *more_tallies)} <= {day for day, _ in days_touched(made)}
        for subject, facts in made.now.items():
            steps = self.rows[subject].steps if subject in made.relinked else facts.steps
            self.rows[subject] = replace(facts, steps=steps)
        self.settled |= made.settled

    def sharing(self, names: frozenset[str], but: Iterable[str]) -> dict[str, Facts]:
        found = {subject for name, subject in self.names if name in names} - set(but)
        return {each: replace(self.rows[each], steps=()) for each in sorted(found)}

    def assert_right(self, now: Rows) -> None:
        whole = linked(joined(now.values()))
        kept = joined(self.rows[each] for each in now)
        assert kept == whole
        assert self.tallies == tallies(whole)
        assert self.days == {(each, subject) for subject, facts in now.items() for each in days_of(facts)}
        assert self.names == {(each, subject) for subject, facts in now.items() for each in links(facts)}


def in_pieces(rows: Rows, random: Random) -> list[dict[str, Facts]]:
    """The subjects in another order, some at a time."""
    subjects, pieces = random.sample(sorted(rows), len(rows)), []
    while subjects:
        count = random.choice([1, 1, 3, 8])
        pieces.append({each: rows[each] for each in subjects[:count]})
        subjects = subjects[count:]
    return pieces


@pytest.mark.parametrize("seed", SEEDS)
def test_in_any_steps_everything_is_what_all_rows_say(seed: int) -> None:
    """Half of the entries, then all but one terminal's, then all; in the end nothing is left of some subjects."""
    branch, random = make(seed), Random(seed)
    some = sorted(branch.entries, key=lambda each: each.order)
    replayed = branch.replayed(branch.entries)
    kept = Kept()
    for entries in (some[: len(some) // 2], branch.arrived, replayed):
        now = derived(entries, branch.confirmed, DAYS)
        for piece in in_pieces({**dict.fromkeys(kept.rows, Facts()), **now}, random):
            kept.take_in(piece)
        kept.assert_right({**dict.fromkeys(kept.rows, Facts()), **now})
    left = {each: Facts() if random.random() < 0.5 else facts for each, facts in now.items()}
    for piece in in_pieces(left, random):
        kept.take_in(piece)
    kept.assert_right({**dict.fromkeys(kept.rows, Facts()), **left})
    for piece in in_pieces(dict.fromkeys(kept.rows, Facts()), random):
        kept.take_in(piece)
    assert (kept.tallies, kept.days, kept.names, kept.settled) == ({}, set(), set(), {})


@cache
def eight_days(seed: int) -> Rows:
    """The rows of a branch's eight days, by subject."""
    branch = make(seed, 8)
    return derived(branch.entries, branch.confirmed, DAYS)


def forgotten(facts: Facts) -> Facts:
    """What erasing the customer leaves of a subject's rows."""
    return replace(
        facts,
        journeys=tuple(replace(row, wallet=row.subject) for row in facts.journeys),
        cases=tuple(replace(row, keys=()) for row in facts.cases),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_forgetting_customers_in_any_order_moves_no_figure(seed: int) -> None:
    """Nor does making everything anew afterwards."""
    random, kept, now = Random(seed), Kept(), eight_days(seed)
    kept.take_in(now)
    before = deepcopy(kept.tallies)
    after = {subject: forgotten(facts) for subject, facts in now.items()}
    for piece in in_pieces(after, random):
        kept.take_in(piece, piece)
        assert kept.tallies == before
        kept.take_in(piece, piece)
        assert kept.tallies == before
    assert not [name for name, _ in kept.names if not name.startswith("about:")]
    again = Kept(settled=kept.settled)
    for piece in in_pieces(after, random):
        again.take_in(piece, piece)
    assert again.tallies == before


def test_forgetting_is_put_to_the_test() -> None:
    """Among the made-up days are wallets that were opened twice and complaints that repeat others."""
    settled: list[Settled] = []
    for seed in SEEDS:
        kept = Kept()
        kept.take_in(eight_days(seed))
        kept.take_in({each: forgotten(facts) for each, facts in eight_days(seed).items()}, eight_days(seed))
        settled += kept.settled.values()
    assert sum(each.later_of_wallet for each in settled) > 5
    assert sum(each.repeat_of is not None for each in settled) > 2


def test_what_is_about_something_else_now_was_not_forgotten() -> None:
    """Text was taken out of a case, and later it is about another matter: then it repeats nothing."""
    for seed in SEEDS:
        now, kept = eight_days(seed), Kept()
        kept.take_in(now)
        moved = {
            subject: replace(facts, cases=tuple(replace(row, reason=f"of {subject}") for row in facts.cases))
            for subject, facts in now.items()
            if facts.cases
        }
        kept.take_in(moved, moved)
        assert kept.settled == {}
        assert not [row for facts in kept.rows.values() for row in facts.cases if row.repeat_of]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_a_figure_counts_stands_on_its_day(seed: int) -> None:
    branch = make(seed)
    for facts in derived(branch.entries, branch.confirmed, DAYS).values():
        stands = {day for day, _ in days_of(facts)}
        for name in FIGURES.keys() - REPORTED:
            figure = FIGURES[name]
            assert stands.issuperset(when.day for when in map(figure.when, figure.rows(facts)) if when), name
        assert {kind for _, kind in days_of(facts)} <= {kind for kind, _ in MOMENTS.values()}
