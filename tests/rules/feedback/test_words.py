"""Words for counting, and which of them are new: against the formula by hand, and against chance."""

import random
from collections import Counter
from math import log, sqrt

import pytest

from branch_console.rules.feedback.log_odds import LEAST, new_words, z_scores
from branch_console.rules.feedback.words import plain, words_of
from tests.rules.feedback.help import LEXICON

CUT = plain(LEXICON.terms)


def test_terms_stay_whole_and_other_han_go_in_pairs() -> None:
    assert sorted(plain(["异常扣款", "扣款"])("异常扣款两次")) == ["两次", "异常扣款"]
    assert plain()("数字人民币a") == ["数字", "字人", "人民", "民币", "a"]
    assert plain()("My wallet's 钱") == ["y", "wallet's", "钱"], "texts come folded"


def test_what_says_nothing_is_left_out_and_a_word_counts_once_in_a_text() -> None:
    words = words_of("客户说数字人民币 数字人民币 ****1265 wallet WALLET the 2026 钱", CUT, LEXICON)
    assert words >= {"数字人民币", "wallet"}
    assert not words & {"客户", "the", "1265", "2026", "钱", "y"}
    assert words_of("", CUT, LEXICON) == frozenset()


def test_any_tokenizer_fits() -> None:
    assert words_of("异常扣款，Wallet", lambda text: text.split(","), LEXICON) == {"异常扣款", "wallet"}


def test_the_score_is_that_of_monroe_colaresi_and_quinn() -> None:
    """By hand: a word in 8 of 20 against 2 of 30, the prior's weight 10, of which the word has 10/50 · 10 = 2."""
    left, right = Counter(x=8, y=12), Counter(x=2, y=28)
    odds = log((8 + 2) / (20 + 10 - 8 - 2)) - log((2 + 2) / (30 + 10 - 2 - 2))
    scores = z_scores(left, right, prior=10)
    assert scores["x"] == pytest.approx(odds / sqrt(1 / 10 + 1 / 4))
    assert scores["x"] > 0 > scores["y"]
    mirrored = z_scores(right, left, prior=10)
    assert mirrored == {word: pytest.approx(-z) for word, z in scores.items()}


def test_a_word_that_is_the_only_one_is_not_new() -> None:
    assert z_scores(Counter(x=5), Counter(x=1)) == {"x": 0.0}
    assert new_words([{"x"}] * 5, [{"x"}]) == []


def test_what_everybody_always_says_is_not_new_and_what_begins_now_is() -> None:
    before = [{"扣款", "退款", f"词{number % 40}"} for number in range(400)]
    now = [{"扣款", "退款", f"词{number % 40}"} for number in range(50)] + [{"闪退", "扣款"}] * 6
    found = new_words(now, before)
    assert [(each.word, each.now, each.before) for each in found] == [("闪退", 6, 0)]
    assert found[0].z > 2


def test_one_long_or_two_texts_are_not_enough() -> None:
    before = [{"扣款", f"词{number % 40}"} for number in range(400)]
    assert new_words([{"闪退", "扣款"}] * (LEAST - 1) + before[:50], before) == []


def test_without_a_before_nothing_is_new() -> None:
    assert new_words([{"闪退"}] * 9, []) == []
    assert new_words([], [{"闪退"}] * 9) == []
    assert new_words([set()], [set()]) == []


def test_the_strongest_come_first_and_only_so_many() -> None:
    before = [{f"词{number % 40}"} for number in range(400)]
    now = [*before[:40], *[{"甲甲"}] * 12, *[{"乙乙"}] * 8, *[{"丙丙"}] * 8]
    found = new_words(now, before)
    assert [each.word for each in found] == ["甲甲", "丙丙", "乙乙"], "of equals, one order on every terminal"
    assert found[0].z > found[1].z == found[2].z
    assert len(new_words(now, before, most=2)) == 2


def test_weeks_that_do_not_differ_seldom_show_anything() -> None:
    """Forty weeks of 60 texts against 480, all drawn alike from 300 words whose frequencies fall as in real texts."""
    rng = random.Random(9)
    words = [f"w{number}" for number in range(300)]
    weights = [1 / (number + 2) for number in range(300)]

    def text() -> set[str]:
        return set(rng.choices(words, weights, k=10))

    shown = [len(new_words([text() for _ in range(60)], [text() for _ in range(480)], most=100)) for _ in range(40)]
    assert sum(each > 0 for each in shown) <= 8, shown
