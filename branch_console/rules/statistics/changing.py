"""What becomes of kept rows, of the indexes of their days and names, and of tallies when some subjects have changed.

A store keeps the rows of each subject, linked. When some have changed it reads what it has of them, of their neighbours
(those that have a link name in common with them, as they were or are) and of theirs, asks `changes`, and writes what
that says. Everything else is decided here, so that no two stores can count differently.
Names: `Around`, `Changes`, `first_names(old, new)`, `further_names(old, new, near)`, `changes(old, new, around, …)`,
`index_moved(made, of)`, `days_touched(made)`, `tallies_moved(made)`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from branch_console.rules.statistics.days_of_rows import MOMENTS, days_of
from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.linking import linked, links
from branch_console.rules.statistics.settling import Settled, gone, settle, with_settled
from branch_console.rules.statistics.tallies import tallies
from branch_console.rules.statistics.tally import Key, Tally

T = TypeVar("T")
_NOTHING = Facts()
_ROWS: Final = (*MOMENTS, "steps")


class Around(NamedTuple):
    """Rows as kept of those that must be linked anew (`near`), and of theirs (`far`), which only have a say in it.

    None of them has changed. Steps need not be among the rows: no link is in them.
    """

    near: Mapping[str, Facts] = {}
    far: Mapping[str, Facts] = {}


class Changes(NamedTuple):
    """Of every subject whose rows are others now: the rows as they must be kept, and as they were kept.

    `relinked`: those of them that were near only; nothing but links is another in their rows, so they stand on the same
    days and have the same names. `settled`: what must be kept of links from now on.
    """

    now: dict[str, Facts]
    before: dict[str, Facts]
    relinked: frozenset[str]
    settled: dict[str, Settled]


def first_names(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> frozenset[str]:
    """The link names of the changed subjects, as kept (`old`) and as just derived: who else has one of them is near."""
    return _names(old.values()) | _names(new.values())


def further_names(old: Mapping[str, Facts], new: Mapping[str, Facts], near: Mapping[str, Facts]) -> frozenset[str]:
    """The other link names of those that are near: who else has one of them is far."""
    return _names(near.values()) - first_names(old, new)


def changes(
    old: Mapping[str, Facts],
    new: Mapping[str, Facts],
    around: Around,
    *,
    erased: Collection[str] = (),
    settled: Mapping[str, Settled] | None = None,
) -> Changes:
    """What must be kept now.

    `new` are the rows of the changed subjects, just derived (`Facts()`: nothing is left of it); `old` theirs as kept.
    `erased`: those of them of which something was erased. `settled`: what is kept of links of these and of those near.
    """
    known = dict(settled or {})
    lost = {each: gone(old[each], new[each]) for each in erased if each in old}
    lost = {each: names for each, names in lost.items() if names}
    made: dict[str, Settled] = {}
    if lost:
        last = _linked({**new, **{each: old[each] for each in lost}}, around)
        made = settle(last, frozenset[str]().union(*lost.values()), known)
        known.update(made)
    now: dict[str, Facts] = {}
    before: dict[str, Facts] = {}
    for subject, facts in _linked(new, around).items():
        own = with_settled(facts, known[subject]) if subject in known else facts
        was = old.get(subject, _NOTHING) if subject in new else around.near[subject]
        if own != was:
            now[subject], before[subject] = own, was
    return Changes(now, before, frozenset(now.keys() - new.keys()), made)


def index_moved(made: Changes, of: Callable[[Facts], Set[T]]) -> tuple[list[tuple[T, str]], list[tuple[T, str]]]:
    """What goes out of an index of subjects, and what comes into it; `of` gives its entries (`days_of`, `links`, …)."""
    less, more = [], []
    for subject, facts in made.now.items():
        before, now = of(made.before[subject]), of(facts)
        less += [(each, subject) for each in before - now]
        more += [(each, subject) for each in now - before]
    return less, more


def days_touched(made: Changes) -> frozenset[tuple[date, str]]:
    """All days on which something that is another now stands or stood, with the kind of row."""
    return frozenset().union(*map(days_of, made.before.values()), *map(days_of, made.now.values()))


def tallies_moved(made: Changes) -> tuple[dict[Key, Tally], dict[Key, Tally]]:
    """What is to be taken out of the tallies and what is to be added; what would come back is in neither.

    Each row adds to tallies by itself, so only those that have gone or come are looked at.
    """
    gone_rows: dict[str, list[Any]] = {name: [] for name in _ROWS}
    come_rows: dict[str, list[Any]] = {name: [] for name in _ROWS}
    for subject, facts in made.now.items():
        was = made.before[subject]
        for name in _ROWS:
            before, now = getattr(was, name), getattr(facts, name)
            if before != now:
                gone_rows[name] += (Counter(before) - Counter(now)).elements()
                come_rows[name] += (Counter(now) - Counter(before)).elements()
    less, more = tallies(_facts(gone_rows)), tallies(_facts(come_rows))
    for key in [key for key, tally in less.items() if more.get(key) == tally]:
        del less[key], more[key]
    return less, more


def _facts(rows: Mapping[str, Iterable[Any]]) -> Facts:
    named: dict[str, Any] = {name: tuple(some) for name, some in rows.items()}
    return Facts(**named)


def _linked(new: Mapping[str, Facts], around: Around) -> dict[str, Facts]:
    """The changed subjects and those near, linked all at once: only what has a name in common has a say."""
    own = {**new, **around.near}
    together = linked(joined([*own.values(), *around.far.values()]))
    journeys = {row.subject: row for row in together.journeys}
    cases = {row.subject: row for row in together.cases}
    return {
        subject: replace(
            facts,
            journeys=tuple([journeys[row.subject] for row in facts.journeys]),
            cases=tuple([cases[row.subject] for row in facts.cases]),
        )
        if facts.journeys or facts.cases
        else facts
        for subject, facts in own.items()
    }


def _names(some: Iterable[Facts]) -> frozenset[str]:
    return frozenset(name for facts in some for name in links(facts))
