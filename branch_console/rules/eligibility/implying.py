"""Whether one condition follows from another for every customer, whatever is known of them.

`follows(given, claim)` compares two claims of the form "this condition is satisfied" or "… is certainly not satisfied".
What is not known is neither, so that the proof holds for customers of whom little is known too. It is sound and not
complete: True is proved, False is not.
"""

from collections.abc import Sequence
from typing import NamedTuple

from branch_console.rules.eligibility.condition_base import Leaf
from branch_console.rules.eligibility.conditions import All, AnyOf, AtLeastN, Condition, Not
from branch_console.rules.eligibility.weaker import complete, disjoint, keeps_age, weaker


class Claim(NamedTuple):
    """`condition` is satisfied (`holds`), or certainly not satisfied."""

    condition: Condition
    holds: bool = True


class _Several(NamedTuple):
    """At least `n` of the parts are so."""

    n: int
    parts: list[Claim]


def implies(one: Condition, other: Condition) -> bool:
    """Whether whoever satisfies `one` satisfies `other`."""
    return follows(Claim(one), Claim(other))


def excludes(one: Condition, other: Condition) -> bool:
    """Whether nobody can satisfy both."""
    return follows(Claim(one), Claim(other, False)) or follows(Claim(other), Claim(one, False))


def follows(given: Claim, claim: Claim) -> bool:
    """Whether `claim` is true wherever `given` is."""
    given, claim = _without_not(given), _without_not(claim)
    if given == claim:
        return True
    if isinstance(given.condition, Leaf) and isinstance(claim.condition, Leaf):
        return _leaf_follows(given.condition, given.holds, claim.condition, claim.holds)
    ours, theirs = _parts(given), _parts(claim)
    goals = _goals(given, ours, claim, theirs)
    if goals:
        return all(follows(*goal) for goal in goals)
    return _brought(ours, claim) or _enough(given, theirs) or _paired(ours, theirs)


def _goals(given: Claim, ours: _Several, claim: Claim, theirs: _Several) -> list[tuple[Claim, Claim]]:
    """What must be proved one by one, where no other way could lead there; nothing where several ways are open."""
    if theirs.n == len(theirs.parts) and theirs.parts != [claim]:
        return [(given, part) for part in theirs.parts]
    if ours.n == 1 and ours.parts != [given]:
        return [(part, claim) for part in ours.parts]
    return []


def _brought(ours: _Several, claim: Claim) -> bool:
    """So many of our parts bring the claim that one of these must be true."""
    return len(ours.parts) > 1 and sum(follows(part, claim) for part in ours.parts) > len(ours.parts) - ours.n


def _enough(given: Claim, theirs: _Several) -> bool:
    """Enough of their parts follow from what is given as a whole."""
    return len(theirs.parts) > 1 and sum(follows(given, part) for part in theirs.parts) >= theirs.n


def _leaf_follows(one: Leaf, one_holds: bool, other: Leaf, other_holds: bool) -> bool:
    """Facts that decide the one must decide the other, and they must decide it so."""
    if not keeps_age(one, other):
        return False
    if one_holds:
        return weaker(one, other) if other_holds else disjoint(one, other)
    return complete(one, other) if other_holds else _snapshots_kept(one, other) and weaker(other, one)


def _snapshots_kept(one: Leaf, other: Leaf) -> bool:
    """Segments of a certain snapshot are not known where only another is."""
    return getattr(other, "snapshot", None) in {None, getattr(one, "snapshot", None)}


def _without_not(claim: Claim) -> Claim:
    condition, holds = claim
    while isinstance(condition, Not):
        condition, holds = condition.of, not holds
    return Claim(condition, holds)


def _parts(claim: Claim) -> _Several:
    """A claim as "at least n of these"; a leaf is one of itself.

    Of m parts at least n are satisfied unless more than m - n are certainly not.
    """
    condition, holds = claim
    if not isinstance(condition, All | AnyOf | AtLeastN):
        return _Several(1, [claim])
    count = len(condition.of)
    least = count if isinstance(condition, All) else 1 if isinstance(condition, AnyOf) else condition.n
    return _Several(least if holds else count - least + 1, [Claim(part, holds) for part in condition.of])


def _paired(ours: _Several, theirs: _Several) -> bool:
    """Whether so many of our parts each bring one of theirs with them that enough of theirs come true."""
    brings = [[number for number, part in enumerate(theirs.parts) if follows(mine, part)] for mine in ours.parts]
    taken: dict[int, int] = {}
    pairs = sum(_pair(mine, brings, taken, set()) for mine in range(len(brings)))
    return ours.n - (len(ours.parts) - pairs) >= theirs.n


def _pair(mine: int, brings: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Find a partner that no other has, moving others where that helps (augmenting paths)."""
    for partner in brings[mine]:
        if partner not in tried:
            tried.add(partner)
            if partner not in taken or _pair(taken[partner], brings, taken, tried):
                taken[partner] = mine
                return True
    return False
