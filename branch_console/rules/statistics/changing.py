"""What becomes of kept rows when some subjects have changed: whose rows are others now, on which days they stand.

Both stores keep the rows of each subject, linked, and find by link names those that depend on each other. One subject's
change may link others anew (a journey that was the first of its wallet no longer is).
Names: `Changes`, `changes(old, new)`, `days_of(facts)`, `begins_and_ends(facts)`.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.instants import Instant
from branch_console.rules.statistics.linking import links, relink


class Changes(NamedTuple):
    """Of every subject whose rows are others now: the rows as they must be kept, and as they were kept."""

    now: dict[str, Facts]
    before: dict[str, Facts]


def changes(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> Changes:
    """What must be kept now.

    `new` are the rows of the changed subjects, just derived (`Facts()`: nothing is left of it). `old` are the rows as
    kept of these, of all that share a link name with them (as they were or are), and of all that share one with those.
    """
    present = {**old, **new}
    holders: dict[str, set[str]] = defaultdict(set)
    names = {subject: links(facts) for subject, facts in present.items()}
    for subject, own in names.items():
        for name in own:
            holders[name].add(subject)
    touched = set(new)
    for subject in new:
        for name in names[subject] | (links(old[subject]) if subject in old else frozenset()):
            touched |= holders[name]
    now: dict[str, Facts] = {}
    before: dict[str, Facts] = {}
    for subject in sorted(touched):
        others = {each for name in names[subject] for each in holders[name]} - {subject}
        linked = relink(present[subject], joined(present[each] for each in sorted(others)))
        was = old.get(subject, Facts())
        if linked != was:
            now[subject], before[subject] = linked, was
    return Changes(now, before)


def days_of(facts: Facts) -> frozenset[tuple[date, str]]:
    """The business days on which one of its rows can count, each with the kind of subject; due days as `clock`."""
    moments: dict[str, list[Instant | None]] = {
        "journey": [m for r in facts.journeys for m in (r.started, r.finished, r.first_use, r.abandoned)],
        "claim": [m for r in facts.claims for m in (r.started, r.handed, r.returned, r.ruled)],
        "check": [row.at for row in facts.checks],
        "case": [
            *(m for r in facts.cases for m in (r.received, r.withdrawn, r.notified, r.closed, r.ended)),
            *(m for r in facts.ideas for m in (r.received, r.adopted, r.declined, r.done)),
        ],
        "clock": [row.due for row in facts.clocks],
        "rating": [row.at for row in facts.ratings],
    }
    return frozenset((each.day, kind) for kind, of in moments.items() for each in of if each is not None)


def begins_and_ends(facts: Facts) -> tuple[date | None, date | None]:
    """From which day to which its rows can stand open: the first of its days; the last, or None while it is open."""
    days = [day for day, _kind in days_of(facts)]
    days += [each.day for row in facts.clocks for each in (row.stopped, row.dropped) if each is not None]
    if not days:
        return None, None
    stands = any(row.ended is None for row in facts.cases)
    stands = stands or any(row.stopped is None and row.dropped is None for row in facts.clocks)
    return min(days), None if stands else max(days)
