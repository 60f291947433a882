"""Finding people: by any part of a Chinese name, by pinyin or initials, by words of a Latin name, by last digits."""

from collections.abc import Iterable

from branch_console.rules.names import spaced_han
from data.lists import JourneyRow, rows_of
from data.store import Store

# Plain statements: this runs behind every key of a look-up, and building them anew would cost more than the search.
_BY_NAME = "SELECT rowid FROM journey_search WHERE journey_search MATCH ? ORDER BY rowid DESC LIMIT ?"
_BY_TERM = "SELECT DISTINCT journey FROM journey_term WHERE term >= ? AND term < ? LIMIT ?"
_MOST = 64


def search_people(store: Store, typed: str, limit: int = 50) -> list[JourneyRow]:
    """Journeys of people whom `typed` may mean, the newest first; nothing for an empty text.

    Digits are the end of a phone number (up to four of them count). Never ranked: ranking reads every match.
    """
    wanted = " ".join(typed.split())[:_MOST]
    with store.database.read() as connection:
        found: set[int] = set()
        for first, behind in _ranges(wanted):
            found.update(connection.exec_driver_sql(_BY_TERM, (first, behind, limit)).scalars())
        words = _phrase(wanted)
        if words:
            found.update(connection.exec_driver_sql(_BY_NAME, (words, limit)).scalars())
        return rows_of(connection, sorted(found, reverse=True)[:limit])


def _ranges(wanted: str) -> Iterable[tuple[str, str]]:
    """The ranges of terms that start with what was typed."""
    letters = wanted.replace(" ", "").lower()
    if not letters.isascii():
        return []
    if letters.isdigit():
        prefixes = [f"d{letters[-4:][::-1]}"]
    elif letters.isalpha():
        prefixes = [f"i{letters}", f"p{letters}"]
    else:
        return []
    return [(prefix, f"{prefix}\x7f") for prefix in prefixes]


def _phrase(wanted: str) -> str:
    """The full-text query: the words as one phrase, the last one possibly unfinished; empty for digits."""
    words = "".join(character if character.isalnum() else " " for character in spaced_han(wanted)).split()
    if not words or all(word.isdigit() for word in words):
        return ""
    return f'"{" ".join(words)}" *'
