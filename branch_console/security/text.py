"""Cleaning of text that people wrote or that came over a wire: what could steer a terminal, hide or reorder is removed.

Textual hands escape, C1, bidi and zero-width characters to the terminal as they are, so a synced text could write the
clipboard, the title or the screen. Every text therefore passes `clean` at each boundary (input, entry, feed, display).
"""

import re
import unicodedata

MAX_TEXT = 2000

# Escape sequences go as a whole, so that their payload does not stay behind as text. A string sequence (OSC, DCS, SOS,
# PM, APC) that is never terminated is cut at the line's end.
_STRING = r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?"
_CSI = r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
_SIMPLE = r"\x1b[ -/]*[0-~]?"
_SEQUENCE = re.compile(f"{_STRING}|{_CSI}|{_SIMPLE}")

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 (but tab and newline) and C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # soft hyphen, joiners and fillers without width
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, bidi, separators, invisible operators
    "\ufe00-\ufe0f\ufeff\ufff0-\uffff"  # variation selectors, byte order mark, specials
    "\ud800-\udfff\ue000-\uf8ff"  # surrogates, private use
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "\U000e0000-\U0010ffff"  # tags, more variation selectors, private use
    "]"
)
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """`text` in NFC without anything that is no text, at most 2,000 characters. Cleaning twice changes nothing.

    Keeps tab, newline, rare Han (𬭎 𰻞), the middle dot of names, Latin letters with accents.
    """
    if text.isascii():
        if text.isprintable():
            return text[:MAX_TEXT]
        return _stripped(text)[:MAX_TEXT]
    text = text[: 4 * MAX_TEXT]  # bounds the work on hostile input; what follows would be cut anyway
    while (cleaned := _once(text)) != text:  # removal can bring a base and its accent together
        text = cleaned
    return text


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", _stripped(text))
    return text[:MAX_TEXT]


def _stripped(text: str) -> str:
    text = _SEQUENCE.sub("", text) if not text.isprintable() else text
    text = _UNSAFE.sub("", text)
    if text.isprintable():
        return text
    return "".join(each for each in text if each in "\t\n" or unicodedata.category(each) not in _CATEGORIES)
