"""What a password of staff must be: long and not guessable. No rules about its characters (ASVS 5.0, 6.2).

Profile `mlps` (GB/T 22239-2019, the numbers are the bank's choice): 12 characters, nothing guessable, a new one every
90 days. Nothing here remembers a password.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from branch_console.rules.journal import parse_at

MIN_LENGTH = 12
MAX_LENGTH = 128
MAX_AGE = timedelta(days=90)

_COMMON = (
    "5201314", "1314520", "1qaz2wsx", "1qazxsw2", "a123456", "aa123456", "abc123", "abcd1234", "admin",
    "administrator", "asdfgh", "bank", "branch", "changeme", "console", "default", "dragon", "football", "icbc",
    "iloveyou", "letmein", "login", "master", "mima", "monkey", "p@ssw0rd", "p@ssword", "passw0rd", "password",
    "princess", "qq123456", "qwerty", "qwertyuiop", "secret", "sunshine", "test", "user", "welcome", "woaini",
    "woaini1314", "yinhang", "zaq12wsx", "zxcvbn",
)  # fmt: skip
_ROWS = ("01234567890", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN = 4
_LEFT = 8


def password_problem(password: str, personal: Iterable[str] = ()) -> str | None:
    """Why a password is refused, as a code, or None: password_short, _long, _guessable, _personal.

    `personal`: what others know of this person, such as the staff id and the name.
    """
    if len(password) < MIN_LENGTH:
        return "password_short"
    if len(password) > MAX_LENGTH:
        return "password_long"
    folded = password.casefold()
    if any(len(each) >= 3 and each.casefold() in folded for each in personal):
        return "password_personal"
    left = folded
    for common in sorted(_COMMON, key=len, reverse=True):
        left = left.replace(common, "\0")
    if _surprises(left) < _LEFT:
        return "password_guessable"
    return None


def password_expired(changed_at: str, now: datetime) -> bool:
    """Whether a password set at `changed_at` (RFC 3339) is older than the profile allows."""
    return now - parse_at(changed_at) > MAX_AGE


def _surprises(text: str) -> int:
    """How many characters are left when repetitions, keyboard rows and common words count once."""
    count = 0
    for at, character in enumerate(text):
        run = text[max(0, at - _RUN + 1) : at + 1]
        expected = len(run) == _RUN and (any(run in row for row in _ROWS) or len(set(run)) == 1)
        repeated = at >= _RUN and text[at - _RUN + 1 : at + 1] in text[:at]
        if not expected and not repeated and character != "\0":
            count += 1
    return count
