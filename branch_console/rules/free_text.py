"""Free text of staff: numbers that must not be kept are masked before anything is saved (requirement S3)."""

import re
import unicodedata

from branch_console.rules.id_documents import check_digit
from branch_console.rules.numbers import looks_like_card

# Digits with single spaces or hyphens between them, as people write card and document numbers.
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])[Xx]?")
_RESIDENT = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


def scrub(text: str) -> str:
    """The text with whole card numbers and resident identity numbers masked to their last 4 characters.

    Full-width digits count as digits. Text without such a number comes back as it is.
    """
    plain = "".join(_narrow(each) for each in text)
    for match in reversed(list(_RESIDENT.finditer(plain))):
        number = match[0].upper()
        if check_digit(number[:17]) == number[17]:
            text = _masked(text, match.start(), match.end(), number)
            plain = _masked(plain, match.start(), match.end(), number)
    for match in reversed(list(_RUN.finditer(plain))):
        digits = re.sub(r"[^0-9]", "", match[0])
        if looks_like_card(digits):
            text = _masked(text, match.start(), match.end(), digits)
    return text


def _narrow(character: str) -> str:
    """A full-width digit or letter as its narrow form; everything else as it is, so that places stay the same."""
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 and narrow.isascii() else character


def _masked(text: str, start: int, end: int, number: str) -> str:
    return f"{text[:start]}****{number[-4:]}{text[end:]}"
