"""Texts made searchable by a full-text index that knows no Chinese, and what is typed made a query for it.

Every Han character is a word of its own in the index (rules/names.py), and words of Han are asked for as a phrase. So
words of two characters are found, and also any part of a longer one; no dictionary decides what a word is. On 100,000
texts of 50 characters a phrase took at most 5 ms in SQLite's FTS5 (counting all matches: 17 ms).
"""

import unicodedata

from branch_console.rules.names import spaced_han

MOST = 64
"""Characters of what was typed that are looked for."""


def indexed(text: str) -> str:
    """A text as the index keeps it: narrow, lower-case, Han characters apart, nothing but letters and digits.

    A mask (****1265) leaves its last four digits, so a case is found by the end of a card's number.
    """
    return " ".join(_words(text))


def query(typed: str) -> str:
    """What was typed as an FTS5 query: all of its parts must occur, the last one perhaps unfinished.

    Parts are divided by blanks; characters within one stand side by side in the text. "" when nothing can be looked
    for. No sign of the query language comes through, so nothing that is typed can be an error.
    """
    parts = [_words(part) for part in unicodedata.normalize("NFKC", typed)[:MOST].split()]
    phrases = [f'"{" ".join(words)}"' for words in parts if words]
    if not phrases:
        return ""
    last = phrases[-1]
    return " ".join([*phrases[:-1], last if _ends_with_han(typed) else f"{last} *"])


def _words(text: str) -> list[str]:
    narrow = unicodedata.normalize("NFKC", text).lower()
    return "".join(each if each.isalnum() else " " for each in spaced_han(narrow)).split()


def _ends_with_han(typed: str) -> bool:
    """A Han character is a whole word; looking for longer ones would only cost time."""
    last = typed.rstrip()[-1:]
    return spaced_han(f"a{last}") != f"a{last}"
