"""What stays known of links when the keyed hashes that they stood on are erased: forgetting a customer moves no figure.

A journey that opened a wallet once more does not become another customer's, and a complaint that repeated another is
still a repeat. What was known by a hash is settled in the step in which it goes, for those that lose it and for those
that shared it; it holds from then on. Who never saw the hash knows only what the journal says, and counts both.
Names: `Settled`, `gone(was, now)`, `settle(last, names, known)`, `with_settled(facts, settled)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.linking import links, matter_links, wallet_links


@dataclass(frozen=True, slots=True)
class Settled:
    """`later_of_wallet`: another journey had opened the same wallet. `repeat_of`: the case that it repeated."""

    later_of_wallet: bool = False
    repeat_of: str | None = None


def gone(was: Facts, now: Facts) -> frozenset[str]:
    """The link names of a subject whose hashes are no longer in its rows, after something of it was erased.

    A name that went because the case is about something else now has not gone: its hash is still there.
    """
    known = {row.subject for row in now.journeys if row.wallet != row.subject}
    keys = {key for row in now.cases for key in row.keys}
    cases = [replace(row, keys=tuple(key for key in row.keys if key not in keys)) for row in was.cases]
    return frozenset([*wallet_links(row for row in was.journeys if row.subject not in known), *matter_links(cases)])


def settle(last: Mapping[str, Facts], names: frozenset[str], known: Mapping[str, Settled]) -> dict[str, Settled]:
    """What must be kept of the subjects that have one of these names; what was kept of them before stays.

    `last` are their rows linked by the names for the last time.
    """
    found = {}
    for subject, facts in last.items():
        if names.isdisjoint(links(facts)):
            continue
        before = known.get(subject, Settled())
        later = before.later_of_wallet or any(not row.first_of_wallet for row in facts.journeys)
        repeat = next((row.repeat_of for row in facts.cases if row.repeat_of), before.repeat_of)
        if later or repeat:
            found[subject] = Settled(later, repeat)
    return found


def with_settled(facts: Facts, settled: Settled) -> Facts:
    """Linked rows with what their links do not say any more."""
    journeys = tuple(
        replace(row, first_of_wallet=False) if settled.later_of_wallet and row.finished is not None else row
        for row in facts.journeys
    )
    cases = tuple(
        replace(row, repeat_of=settled.repeat_of) if row.complaint and row.repeat_of is None else row
        for row in facts.cases
    )
    return replace(facts, journeys=journeys, cases=cases)
