"""What is new: words that texts of now have oftener than those of before, with what chance alone would do allowed for.

Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008, “Fightin' Words”, eq. 16, 18, 22).
The prior is how often each word occurs in both together: so a rare word needs several texts before it stands out, and a
word that is always there does not.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from math import log, sqrt
from typing import NamedTuple

PRIOR = 200.0
"""The prior's weight in words. Larger means that more texts are needed before a word counts as new."""
SURE = 1.96
LEAST = 3


class NewWord(NamedTuple):
    """A word that stands out. `now` and `before` are the texts that have it; `z` how far beyond chance."""

    word: str
    z: float
    now: int
    before: int


def new_words(
    now: Iterable[AbstractSet[str]], before: Iterable[AbstractSet[str]], most: int = 10, prior: float = PRIOR
) -> list[NewWord]:
    """Words of the texts of now that stand out against before: at least `LEAST` texts and z ≥ `SURE`, largest z first.

    Nothing when either side has no words: without a before nothing is new. Of ten thousand words that never changed a
    few hundred would pass by chance, so the list says “look at this”, not more; the texts themselves stand beside it.
    """
    left, right = _counted(now), _counted(before)
    if not left or not right:
        return []
    scores = z_scores(left, right, prior)
    found = [NewWord(word, z, left[word], right[word]) for word, z in scores.items() if z >= SURE]
    found = [each for each in found if each.now >= LEAST]
    return sorted(found, key=lambda each: (-each.z, each.word))[:most]


def z_scores(left: Counter[str], right: Counter[str], prior: float = PRIOR) -> dict[str, float]:
    """For each word the weighted log-odds ratio: above 0 it marks the left, below 0 the right."""
    both = left + right
    if len(both) == 1:
        return dict.fromkeys(both, 0.0)  # there is nothing that it could be more frequent than
    total, n_left, n_right = both.total(), left.total(), right.total()
    scores: dict[str, float] = {}
    for word, count in both.items():
        weight = prior * count / total
        odds = log((left[word] + weight) / (n_left + prior - left[word] - weight)) - log(
            (right[word] + weight) / (n_right + prior - right[word] - weight)
        )
        scores[word] = odds / sqrt(1 / (left[word] + weight) + 1 / (right[word] + weight))
    return scores


def _counted(texts: Iterable[AbstractSet[str]]) -> Counter[str]:
    return Counter(word for text in texts for word in text)
