"""Finding people by name: pinyin initials with the readings that surnames really have, and spaced Han for FTS."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product

from branch_console.rules.surnames import COMPOUND, SINGLE

_HAN = re.compile(r"([\u3400-\u9fff\U00020000-\U000323af])")
_MOST = 8


def initials(name: str) -> list[str]:
    """All initials by which a name may be looked up, the surname's own reading first: 单小龙 → ["sxl", "dxl", …].

    Latin words count with their first letter. At most 8, so that an index stays small.
    """
    readings = [[syllable[0] for syllable in each] for each in _readings(name)]
    found = ("".join(letters) for letters in product(*(list(dict.fromkeys(each)) for each in readings)))
    return list(islice(dict.fromkeys(each for each in found if each), _MOST))


def readings(name: str) -> list[str]:
    """The full pinyin without tones, the surname's own reading first: 仇英 → ["qiuying", "chouying"]."""
    found = ("".join(syllables) for syllables in product(*_readings(name)))
    return list(islice(dict.fromkeys(each for each in found if each), _MOST))


def spaced_han(text: str) -> str:
    """The text with every Han character a word of its own, as the full-text index and its phrase queries need it."""
    return " ".join(_HAN.sub(r" \1 ", text).split())


def _readings(name: str) -> list[Sequence[str]]:
    """For each character or Latin word the readings to index. Only the surname is read in several ways."""
    letters = re.findall(r"[A-Za-z]+|[\u3400-\u9fff\U00020000-\U000323af]", name)
    if not letters:
        return []
    compound = COMPOUND.get("".join(letters[:2])) if len(letters) > 1 else None
    if compound is not None:
        return [*([each] for each in compound), *(_given(letters[2:]))]
    first = letters[0]
    if first[0].isascii():
        return _given(letters)
    own = [SINGLE[first]] if first in SINGLE else []
    return [list(dict.fromkeys([*own, *_all_readings(first)])), *_given(letters[1:])]


def _given(letters: list[str]) -> list[Sequence[str]]:
    return [[each.lower()] if each[0].isascii() else _all_readings(each)[:1] for each in letters]


@lru_cache(maxsize=8192)
def _all_readings(character: str) -> tuple[str, ...]:
    """All readings of one character without tones, the usual one first. Imported late: the tables take long to load."""
    from pypinyin import Style, pinyin  # noqa: PLC0415

    found: list[str] = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    if found[0].isascii() or "ü" in found[0]:
        return tuple(each.replace("ü", "v") for each in found)
    return (character,)
