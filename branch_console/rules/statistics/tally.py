"""A tally: what a figure looked at and counted among some rows; how tallies are added up and taken back.

`tallies.py` makes them. Names: `Tally`, `Key`, `add(into, more)`, `take(out_of, less)`, `merged(parts)`,
`over_days(days)`, `whole(found)`, `by_day(found)`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Key: TypeAlias = tuple[date, str, str, str]
"""(business day, figure, group, member); group and member "" of the whole."""


@dataclass(slots=True)
class Tally:
    """`of`: rows that were looked at. `rows`: those that count: all, a share's numerator, those with an amount.

    `amounts`: of a sum, median or P90 how often each amount occurs.
    """

    of: int = 0
    rows: int = 0
    amounts: Counter[int] = field(default_factory=Counter)


def add(into: MutableMapping[Key, Tally], more: Mapping[Key, Tally]) -> None:
    """Add tallies to others, in place; `more` stays as it is."""
    for key, tally in more.items():
        before = into.get(key)
        if before is None:
            into[key] = Tally(tally.of, tally.rows, Counter(tally.amounts))
            continue
        before.of += tally.of
        before.rows += tally.rows
        for amount, count in tally.amounts.items():
            before.amounts[amount] += count


def take(out_of: MutableMapping[Key, Tally], less: Mapping[Key, Tally]) -> None:
    """Take away what `add` added, in place; what is empty then is gone.

    Raises ValueError for what is not in it, before anything is changed: then the tallies must be made anew.
    """
    for key, tally in less.items():
        before = out_of.get(key)
        if before is None or not _holds(before, tally):
            raise ValueError(f"{key[1]} of {key[0]} does not hold what is to be taken away")
    for key, tally in less.items():
        before = out_of[key]
        before.of -= tally.of
        before.rows -= tally.rows
        for amount, count in tally.amounts.items():
            before.amounts[amount] -= count
            if not before.amounts[amount]:
                del before.amounts[amount]
        if not before.of:
            del out_of[key]


def merged(parts: Iterable[Tally]) -> Tally:
    """One tally of several, e.g. of the days of a span."""
    found = Tally()
    for each in parts:
        found.of += each.of
        found.rows += each.rows
        found.amounts.update(each.amounts)
    return found


def over_days(days: Iterable[Mapping[Key, Tally]]) -> dict[tuple[str, str, str], Tally]:
    """The tallies of several days by figure, group and member."""
    parts: dict[tuple[str, str, str], list[Tally]] = {}
    for day in days:
        for key, tally in day.items():
            parts.setdefault(key[1:], []).append(tally)
    return {key: merged(found) for key, found in parts.items()}


def whole(found: Mapping[Key, Tally]) -> dict[str, Tally]:
    """Of the tallies of one day those of each figure as a whole."""
    return {key[1]: tally for key, tally in found.items() if not key[2]}


def by_day(found: Mapping[Key, Tally]) -> dict[date, dict[Key, Tally]]:
    """The tallies of each day."""
    days: dict[date, dict[Key, Tally]] = {}
    for key, tally in found.items():
        days.setdefault(key[0], {})[key] = tally
    return days


def _holds(whole: Tally, part: Tally) -> bool:
    """Whether a part can be in a whole."""
    return (
        whole.of >= part.of
        and whole.rows >= part.rows
        and all(whole.amounts[amount] >= count for amount, count in part.amounts.items())
    )
