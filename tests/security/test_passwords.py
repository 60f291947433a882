"""The password policy: length and guessability, nothing about kinds of characters."""

from datetime import UTC, datetime, timedelta

import pytest

from branch_console.rules.journal import format_at
from branch_console.security.passwords import password_expired, password_problem


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "三月的雨落在福田的小路上",
        "kiwi-42-lampe-fluss",
        "vX9 qTm2 Lr7p",
        "xxxunerwartet viel",
    ],
)
def test_long_and_unexpected_is_enough(password: str) -> None:
    assert password_problem(password, ["s-wang", "王芳"]) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("x" * 129, "password_long"),
        ("password1234", "password_guessable"),
        ("123456789012", "password_guessable"),
        ("aaaaaaaaaaaaaaaa", "password_guessable"),
        ("qwertyuiop12", "password_guessable"),
        ("Woaini1314520", "password_guessable"),
        ("abcabcabcabcabc", "password_guessable"),
        ("Admin@Branch2026"[:12] + "Bank", "password_guessable"),
        ("s-wang loves tea", "password_personal"),
    ],
)
def test_what_is_refused_and_why(password: str, code: str) -> None:
    assert password_problem(password, ["s-wang", "王芳"]) == code


def test_ninety_days() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    assert not password_expired(format_at(now - timedelta(days=90)), now)
    assert password_expired(format_at(now - timedelta(days=90, seconds=1)), now)
