"""Texts as words, for counting. How Chinese is divided is a parameter: a dictionary is not a rule's business.

`plain` needs none: it keeps the lexicon's terms whole and takes every two Han characters that stand side by side. A
segmenter with a dictionary (rjieba's `cut`, after `add_word` for each term) gives better words and fits as it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

from branch_console.rules.feedback.lexicon import Lexicon, folded

Tokenizer: TypeAlias = Callable[[str], Sequence[str]]

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
_PIECE = re.compile(rf"[{_HAN}]+|[a-z][a-z']*[a-z]|[a-z]")
_WORD = re.compile(rf"[{_HAN}]{{2,}}|[a-z][a-z']+")
_MASK = re.compile(r"\*{4}[0-9a-z]{0,4}")


def plain(terms: Iterable[str] = ()) -> Tokenizer:
    """A tokenizer without a dictionary: terms whole, the longest first; otherwise English words and pairs of Han."""
    return _Plain(tuple(sorted(set(terms), key=lambda each: (-len(each), each))))


def words_of(text: str, tokenizer: Tokenizer, lexicon: Lexicon) -> frozenset[str]:
    """The words of a text that say something, each once: so one long complaint does not count as many.

    Numbers, masks, single characters and the lexicon's stop words are left out.
    """
    stop = _stop(tuple(lexicon.stop_zh), tuple(lexicon.stop_en))
    tokens = (folded(each).strip() for each in tokenizer(_MASK.sub(" ", folded(text))))
    return frozenset(each for each in tokens if _WORD.fullmatch(each) and each not in stop)


@lru_cache(maxsize=8)
def _stop(zh: tuple[str, ...], en: tuple[str, ...]) -> frozenset[str]:
    return frozenset([*zh, *en])


class _Plain:
    def __init__(self, terms: tuple[str, ...]) -> None:
        self._terms = re.compile("|".join(re.escape(each) for each in terms)) if terms else None

    def __call__(self, text: str) -> list[str]:
        found: list[str] = []
        if self._terms is not None:
            found += [match[0] for match in self._terms.finditer(text)]
            text = self._terms.sub(" ", text)
        for piece in _PIECE.findall(text):
            if piece[0].isascii() or len(piece) == 1:
                found.append(piece)
            else:
                found += [piece[at : at + 2] for at in range(len(piece) - 1)]
        return found
