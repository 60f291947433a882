"""Keeping what identifies people, and secrets, out of logs (S13): by the name of the key, and by the look of the text.

A log line is for finding defects; for what happened to whom there is the journal.
"""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "…"
MAX_TEXT = 500

_SECRET_KEY = re.compile(
    r"name|phone|mobile|doc|passw|pwd|secret|token|key|dek|otp|code_typed|pin\b|card|pan\b|cvn|cvv|note|answer|text|draft"
    r"|person|customer|address|birth|wallet|credential|data|body|wire|params|locals",
    re.IGNORECASE,
)
_PLAIN_KEYS = frozenset({"event", "level", "timestamp", "logger", "code", "terminal_name", "key_id"})
_DIGITS = re.compile(r"(?:\d[\s\-.()]?){6,}[\dXx]")
_LONG = re.compile(r"[A-Za-z0-9_\-+/=]{40,}")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af·]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def redact(text: str) -> str:
    """The text without long digits, keys, Chinese words and control characters; at most 500 characters.

    Our own messages are English and hold codes; Chinese in a log line comes from data. Ids of entries and journeys
    stay: a log is useless without them, and they name nobody.
    """
    kept: list[str] = []
    at = 0
    for match in _UUID.finditer(text):
        kept += [_hide(text[at : match.start()]), match.group()]
        at = match.end()
    kept.append(_hide(text[at:]))
    return _CONTROL.sub(" ", "".join(kept))[:MAX_TEXT]


def redact_event(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a log line, redacted in depth."""
    return {key: _value(key, value) for key, value in fields.items()}


def _value(key: str, value: Any) -> Any:
    if key not in _PLAIN_KEYS and _SECRET_KEY.search(key):
        return HIDDEN
    if value is None or isinstance(value, bool | float) or key == "timestamp":
        return value
    if isinstance(value, int):
        return value if abs(value) < 1_000_000 else HIDDEN
    if isinstance(value, Mapping):
        return {str(name): _value(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value("", item) for item in value]
    return redact(value if isinstance(value, str) else repr(value))


def _hide(text: str) -> str:
    for pattern in (_DIGITS, _LONG, _HAN_RUN):
        text = pattern.sub(HIDDEN, text)
    return text
