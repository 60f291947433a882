"""How alike two texts are: the share of three-character pieces that they have in common (Jaccard).

No model and no dictionary, so that two terminals and central find the same. 8,000 texts took 16 ms on the domain page,
which is why there is no index.
"""

import unicodedata
from collections.abc import Set as AbstractSet
from typing import TypeAlias

SIZE = 3

Grams: TypeAlias = AbstractSet[str]


def grams(text: str) -> frozenset[str]:
    """Every three characters that stand side by side, of the letters and digits of the text alone.

    Width, capitals, blanks, punctuation and the stars of masks make no difference. A shorter text is one piece.
    """
    letters = "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())
    if len(letters) < SIZE:
        return frozenset([letters] if letters else [])
    return frozenset(letters[at : at + SIZE] for at in range(len(letters) - SIZE + 1))


def jaccard(left: Grams, right: Grams) -> tuple[int, int]:
    """What both have and what either has, so that a caller may compare without rounding. (0, 0): both are empty."""
    both = len(left & right)
    return both, len(left) + len(right) - both


def share(left: Grams, right: Grams) -> float:
    """The likeness from 0 to 1; 0 if either is empty."""
    both, either = jaccard(left, right)
    return both / either if either else 0.0
