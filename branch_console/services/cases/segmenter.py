"""Chinese as words: rjieba with the lexicon's terms and topic words added, so that none of them is taken apart.

The library brings a dictionary of 33 MB into memory and takes a tenth of a second at first use; so it is loaded here,
by whoever makes a meeting's pack, in a thread.
"""

import threading
from collections.abc import Sequence

from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.feedback.words import Tokenizer

_LOCK = threading.Lock()
_FREQUENT = 100_000
"""How often an added word is taken to occur: more than any way to divide it."""


def segmenter(lexicon: Lexicon) -> Tokenizer:
    """A tokenizer that keeps the words of this lexicon whole."""
    from rjieba import Jieba  # noqa: PLC0415  see above

    words = dict.fromkeys([*lexicon.terms, *(word for topic in lexicon.topics for word in topic.zh)])
    divider = Jieba()
    for word in words:
        divider.add_word(word, _FREQUENT, "n")

    def cut(text: str) -> Sequence[str]:
        with _LOCK:
            return list(divider.cut(text))

    return cut
