"""Where in a free text a number stands that belongs to a person: documents, cards, wallets, mobile phones, QR codes.

Numbers are found however they are grouped ("6212 3456…", "138-1234-5678"), full-width or with invisible characters
between the digits. What fits by chance is masked too: a person's number that survives is worse than a masked order
number, which one key brings back (exemptions.py). Names, addresses and numbers written in words are NOT found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from branch_console.rules.id_documents import check_digit
from branch_console.rules.numbers import looks_like_card

DOCUMENT, CARD, WALLET, MOBILE, CODE = "document", "card", "wallet", "mobile", "code"
KINDS = (DOCUMENT, CARD, WALLET, MOBILE, CODE)
"""The surest first: a text that fits several kinds counts as the first of them."""


class Patterns(NamedTuple):
    """What is looked for besides identity documents.

    `cards` are the first digits that bank cards have (empty: any); `wallets` are whole wallet ids without separators;
    `codes` stand in the text as they are (QR payloads).
    """

    cards: tuple[str, ...] = ()
    mobiles: bool = False
    wallets: tuple[re.Pattern[str], ...] = ()
    codes: tuple[re.Pattern[str], ...] = ()


class Found(NamedTuple):
    """A number of a person in a text, by its place only."""

    kind: str
    start: int
    end: int


class _Group(NamedTuple):
    """Digits that stand together, or the X at the end of a document's number."""

    start: int
    end: int
    digits: str


# What people put between the digits of one number, at most four of them in a row; invisible characters included. No
# colon: times stand beside numbers too often.
_BETWEEN = r"[\s\-‐-―−_.,/|~\\()·・•、\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff]{0,4}"
RUN = re.compile(rf"[0-9](?:{_BETWEEN}[0-9])*(?:{_BETWEEN}[Xx])?")
GROWING = re.compile(rf"(?:{_BETWEEN}[0-9])*{_BETWEEN}")
_GROUP = re.compile(r"[0-9]+|[Xx]")
_MOBILE = re.compile(r"(?:0{0,2}86|0)?1[3-9][0-9]{9}")
# LP-7F3A-261122-0001-K, TS-SZ01-7F3A-261122-0001-42: two letters, the branch perhaps, terminal, day, count, check.
_OWN_NUMBER = re.compile(
    r"(?<![0-9a-z])[a-z]{2}-(?:[0-9a-z_]{1,10}-){0,2}[0-9a-z]{4}-[0-9]{6}-[0-9]{4,5}-[0-9a-z]{1,2}(?![0-9a-z])", re.I
)
_BARRIER = "\x00"
_LONGEST = 32  # digits; no number of a person is longer


def find(text: str, patterns: Patterns, exempt: Sequence[tuple[int, int]] = ()) -> list[Found]:
    """All numbers of persons outside the `exempt` spans (start, end), in the order of the text, none overlapping.

    What overlaps is one: of two readings of the same digits, the digits of both are covered. Our own receipt and case
    numbers are left alone.
    """
    plain = _blanked(narrowed(text), exempt)
    plain = _OWN_NUMBER.sub(lambda match: _BARRIER * len(match[0]), plain)
    codes = [Found(CODE, *match.span()) for each in patterns.codes for match in each.finditer(plain) if match[0]]
    return _joined([*codes, *(found for run in RUN.finditer(plain) for found in _in_run(run, patterns))])


def narrowed(text: str) -> str:
    """The text with full-width and other digits, letters and signs as ASCII; every character keeps its place."""
    return text if text.isascii() else "".join(_narrow(each) for each in text)


def groups(run: "re.Match[str]") -> list[_Group]:
    """The groups of digits in a run."""
    return [_Group(run.start() + each.start(), run.start() + each.end(), each[0]) for each in _GROUP.finditer(run[0])]


@lru_cache(maxsize=4096)
def _narrow(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 and narrow.isascii() else character


def _blanked(plain: str, exempt: Sequence[tuple[int, int]]) -> str:
    for start, end in exempt:
        plain = plain[:start] + _BARRIER * (end - start) + plain[end:]
    return plain


def _in_run(run: "re.Match[str]", patterns: Patterns) -> Iterator[Found]:
    """Every row of whole groups that reads as a number. A group is never cut, so a long order number is no mobile."""
    parts = groups(run)
    for first, part in enumerate(parts):
        number = ""
        for last in range(first, len(parts)):
            number += parts[last].digits
            if len(number) > _LONGEST and last > first:
                break
            kind = _kind(number, patterns) or (_glued(number, patterns) if last == first else None)
            if kind == MOBILE and not _grouped_as_phone(run, parts[first : last + 1]):
                continue
            if kind:
                yield Found(kind, part.start, parts[last].end)


def _kind(number: str, patterns: Patterns) -> str | None:
    if _is_document(number):
        return DOCUMENT
    if 13 <= len(number) <= 19 and _starts(number, patterns.cards) and looks_like_card(number):
        return CARD
    if any(each.fullmatch(number) for each in patterns.wallets):
        return WALLET
    return MOBILE if patterns.mobiles and _MOBILE.fullmatch(number) else None


def _starts(number: str, prefixes: tuple[str, ...]) -> bool:
    return not prefixes or number.startswith(prefixes)


def _is_document(number: str) -> bool:
    """18 characters with a date of birth and the check digit of GB 11643; permits for residents have the same form."""
    if len(number) != 18 or number[0] == "0" or number[6:8] not in {"18", "19", "20"}:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return check_digit(number[:17]) == number[17].upper()


def _glued(number: str, patterns: Patterns) -> str | None:
    """The kind of the first of several numbers that were typed without anything between them; all must be numbers."""
    if not 22 <= len(number) <= 64:
        return None
    for cut in range(11, len(number) - 10):
        kind = _kind(number[:cut], patterns)
        if kind and (_kind(number[cut:], patterns) or _glued(number[cut:], patterns)):
            return kind
    return None


def _grouped_as_phone(run: "re.Match[str]", parts: list[_Group]) -> bool:
    """Whether digits are grouped as people group a phone number; "18 2026-11-22 8" is a list, not a number."""
    between = {run.string[left.end : right.start] for left, right in pairwise(parts)}
    return len(between) <= 1 or len(parts[0].digits) >= 3


def _joined(found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if joined and each.start < joined[-1].end:
            before = joined.pop()
            kind = min(before.kind, each.kind, key=KINDS.index)
            each = Found(kind, before.start, max(before.end, each.end))  # noqa: PLW2901
        joined.append(each)
    return joined
