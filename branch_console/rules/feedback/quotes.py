"""Quotes for a meeting: the most typical texts, not those that somebody liked, and masked once more."""

from collections.abc import Sequence
from typing import NamedTuple

from branch_console.rules.feedback.topics import Feedback
from branch_console.rules.narrative.finding import Patterns
from branch_console.rules.narrative.masking import mask
from branch_console.rules.narrative.similar import grams, jaccard, share

MOST = 3
_COMPARED = 200
"""Texts that each one is compared with; of more, every n-th, so that a meeting's pack of a large topic stays quick."""


class Quote(NamedTuple):
    """What somebody said, masked, and where it stands."""

    id: str
    text: str


def quotes(members: Sequence[Feedback], patterns: Patterns, most: int = MOST) -> tuple[Quote, ...]:
    """The texts with the highest mean likeness to the others, none nearly the same as one already chosen.

    Numbers that were exempt in the case are masked here too: a meeting needs no order numbers.
    """
    masked = [(each.id, mask(each.text, patterns).text) for each in sorted(members, key=lambda one: one.id)]
    parts = [grams(text) for _, text in masked]
    step = -(-len(parts) // _COMPARED)
    others = parts[::step] if parts else []
    typical = sorted(
        range(len(masked)), key=lambda place: (-sum(share(parts[place], each) for each in others), masked[place][0])
    )
    chosen: list[int] = []
    for place in typical:
        if len(chosen) < most and not any(_same(parts[place], parts[each]) for each in chosen):
            chosen.append(place)
    return tuple(Quote(*masked[place]) for place in chosen)


def _same(left: frozenset[str], right: frozenset[str]) -> bool:
    """Four fifths in common: the same words once more."""
    both, either = jaccard(left, right)
    return 5 * both >= 4 * either
