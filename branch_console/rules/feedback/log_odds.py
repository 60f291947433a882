"""What is new: words that texts of now have oftener than those of before, with what chance alone would do allowed for.

Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008, “Fightin' Words”, eq. 16, 18, 22).
The prior is how often each word occurs in both together: so a rare word needs several texts before it stands out, and a
word that is always there does not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from math import erfc, log, sqrt
from typing import NamedTuple

PRIOR = 200.0
"""The prior's weight in words. Larger means that more texts are needed before a word counts as new."""
BY_CHANCE = 0.1
"""How much of what is shown may be there by chance (false discovery rate, Benjamini and Hochberg 1995)."""
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
    """Words of at least `LEAST` texts of now that stand out against before, the largest z first.

    Nothing when either side has no words: without a before nothing is new. Hundreds of words are looked at at once, and
    some of those always differ; so the bar rises with their number, and about nine of ten words shown are no chance.
    """
    left, right = _counted(now), _counted(before)
    if not left or not right:
        return []
    scores = z_scores(left, right, prior)
    found = [NewWord(word, scores[word], left[word], right[word]) for word in left if left[word] >= LEAST]
    found.sort(key=lambda each: (-each.z, -len(each.word), each.word))
    return found[: _beyond_chance([each.z for each in found])][:most]


def _beyond_chance(scores: Sequence[float]) -> int:
    """How many of the scores, largest first, are beyond chance: the last place k with p ≤ k/n of what is allowed."""
    places = range(1, len(scores) + 1)
    passing = (k for k in places if erfc(scores[k - 1] / sqrt(2)) / 2 <= BY_CHANCE * k / len(scores))
    return max(passing, default=0)


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
