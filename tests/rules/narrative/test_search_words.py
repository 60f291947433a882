"""What is typed finds what was told: in a real full-text index, with words of two Chinese characters."""

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.narrative.search_words import MOST, indexed, query

TEXTS = [
    "客户反映钱包重复扣款，要求退款",
    "柜台等待时间太长，Staff were polite but slow",
    "活动礼品没有领取，卡****1265",
    "Wallet was charged twice at the ＡＢＣ store, 我要求退款",
    "扣了款又退回",
]


@pytest.fixture(scope="module")
def found() -> Callable[[str], set[int]]:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    index.executemany(
        "INSERT INTO t (rowid, text) VALUES (?, ?)", [(at, indexed(text)) for at, text in enumerate(TEXTS)]
    )

    def search(typed: str) -> set[int]:
        return {row[0] for row in index.execute("SELECT rowid FROM t WHERE t MATCH ?", (query(typed),))}

    return search


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("扣款", {0}),
        ("退款", {0, 3}),
        ("要求退款", {0, 3}),
        ("退款 扣款", {0}),
        ("款", {0, 3, 4}),
        ("礼品", {2}),
        ("1265", {2}),
        ("****1265", {2}),
        ("wallet", {3}),
        ("WALL", {3}),
        ("ａｂｃ", {3}),
        ("charged tw", {3}),
        ("退款 store", {3}),
        ("polite", {1}),
        ("款扣", set()),
        ("重复，扣款", {0}),
        ("等待polite", set()),
    ],
)
def test_words_are_found(found: Callable[[str], set[int]], typed: str, places: set[int]) -> None:
    assert found(typed) == places


@pytest.mark.parametrize("typed", ["", "  ", "*", '"', "，。", "()"])
def test_what_holds_no_letter_asks_for_nothing(typed: str) -> None:
    assert query(typed) == ""


@given(st.text(max_size=80))
def test_nothing_that_is_typed_is_an_error_of_the_query(found: Callable[[str], set[int]], typed: str) -> None:
    if query(typed):
        found(typed)
    for operator in (" OR ", ' NEAR("', "^", "{text} :", '" NOT "'):
        if query(typed + operator + "扣款"):
            found(typed + operator + "扣款")


def test_only_so_much_is_looked_for() -> None:
    assert query("扣" * 1000) == query("扣" * MOST)
