"""Cleaned text holds nothing that could steer a terminal."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.security.text import clean


@pytest.mark.parametrize(
    "text",
    ["张三丰", "𬭎𰻞·é", "a\tb\nc", "Zoë – “ok” €5", "客户说：“好”。", "🙂", "ﾃｽﾄ", "\u3000x", "阿依古丽·买买提"],
)
def test_text_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x\x1b]52;c;aGFjaw==\x07y", "xy"),
        ("x\x1b]0;title\x1b\\y", "xy"),
        ("x\x1bPq#0\x1b\\y", "xy"),
        ("x\x1b]8;;http://evil\x1b\\link", "xlink"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("user\u202efdp.exe", "userfdp.exe"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("v\ufe0f", "v"),
        ("p\ue000\U000f0000", "p"),
        ("\ud800x", "x"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\u0378", ""),
    ],
)
def test_what_is_no_text_goes(text: str, left: str) -> None:
    assert clean(text) == left


def test_an_unterminated_sequence_swallows_no_line() -> None:
    assert clean("a\x1b]0;title\nnext line") == "a\nnext line"


def test_length() -> None:
    assert len(clean("长" * 5000)) == 2000
    assert len(clean("x\x07" * 5000)) == 2000


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b[]m;\x9b\x9d\x07\u202e\u200be\u0301")))
def test_cleaning_twice_changes_nothing_and_leaves_no_control(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= 2000
    for each in cleaned:
        assert each in "\t\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def test_cleaning_is_fast() -> None:
    field = "客户在手机上点了同意，等短信 3 分钟。" * 2
    best = min(_seconds(field) for _ in range(5))
    assert best < 26e-6


def _seconds(text: str) -> float:
    start = time.perf_counter()
    for _ in range(200):
        clean(text)
    return (time.perf_counter() - start) / 200
