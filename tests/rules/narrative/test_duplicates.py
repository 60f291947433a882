"""Which known cases are hinted at while a new one is told, and in which order."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from branch_console.rules.narrative.duplicates import (
    OPEN_CASE,
    SAME_MATTER,
    SAME_TRANSACTION,
    SIMILAR_TEXT,
    Told,
    duplicates,
)
from branch_console.rules.narrative.similar import grams, jaccard, share

TODAY = date(2026, 11, 22)
TEXT = "客户反映昨天在超市付款时钱包被扣了两次，要求退还多扣的一笔"
NEW = Told(
    case="new", day=TODAY, branch="SZ01", customer=frozenset({"k1:phone", "k1:wallet"}),
    transaction="TX-2026 1122 0017",
    business="payment", reason="funds", text=TEXT,
)  # fmt: skip
OTHER = Told(case="old", day=TODAY - timedelta(days=9), branch="SZ02", customer=frozenset({"k1:other"}))
SAME = frozenset({"k1:wallet"})


def why(old: Told, new: Told = NEW) -> tuple[str, ...]:
    hints = duplicates(new, [old])
    return hints[0].why if hints else ()


def test_nothing_in_common_is_no_hint() -> None:
    assert why(OTHER) == ()
    assert why(replace(NEW, transaction="", text="")) == (), "a case is no duplicate of itself"
    assert duplicates(Told(case="a", day=TODAY, branch="SZ01"), [Told(case="b", day=TODAY, branch="SZ01")]) == []


@pytest.mark.parametrize("reference", ["TX-2026 1122 0017", "tx202611220017", "ＴＸ２０２６１１２２００１７"])
def test_the_same_transaction_is_known_however_it_is_written(reference: str) -> None:
    assert why(replace(OTHER, transaction=reference, closed_on=date(2020, 1, 1))) == (SAME_TRANSACTION,)


@pytest.mark.parametrize(
    ("new", "old"), [("", ""), ("0017", "0017"), ("****220017", "****220017"), ("TX20261", "TX20262")]
)
def test_no_reference_a_short_one_and_a_masked_one_name_no_transaction(new: str, old: str) -> None:
    assert why(replace(OTHER, transaction=old), replace(NEW, transaction=new)) == ()


def test_the_same_customer_with_the_same_codes_counts_until_30_days_after_closing() -> None:
    old = replace(OTHER, customer=SAME, business="payment", reason="funds")
    assert why(old) == (SAME_MATTER, OPEN_CASE)
    assert why(replace(old, closed_on=TODAY - timedelta(days=30))) == (SAME_MATTER,)
    assert why(replace(old, closed_on=TODAY - timedelta(days=31))) == ()
    assert why(replace(old, reason="attitude")) == (OPEN_CASE,)
    assert why(replace(old, business="", reason=""), replace(NEW, business="", reason="")) == (OPEN_CASE,)
    assert why(replace(old, customer=frozenset())) == ()
    assert why(replace(old, customer=frozenset()), replace(NEW, customer=frozenset())) == (), "two unknown are not one"


def test_any_open_case_of_the_same_customer_is_hinted_at_and_closed_ones_are_not() -> None:
    assert why(replace(OTHER, customer=SAME)) == (OPEN_CASE,)
    assert why(replace(OTHER, customer=SAME, closed_on=TODAY)) == ()


def test_near_text_counts_for_the_same_customer_or_the_same_day_and_branch_only() -> None:
    near = replace(
        OTHER, text="客户反映：昨天在超市付款时，钱包被扣了两次。要求退还多扣一笔！", closed_on=date(2026, 1, 1)
    )
    assert why(near) == ()
    assert why(replace(near, customer=SAME)) == (SIMILAR_TEXT,)
    assert why(replace(near, day=TODAY)) == ()
    assert why(replace(near, day=TODAY, branch="SZ01")) == (SIMILAR_TEXT,)
    assert why(replace(near, day=TODAY, branch="SZ01", text="客户反映昨天在柜台等了很久")) == ()


def test_the_limit_of_near_text_is_three_fifths_exactly() -> None:
    """Five pieces in all: abc bcd cde | def efg. Three of five are near; of six they are not."""
    new = replace(NEW, text="abcdefg", transaction="")
    assert jaccard(grams("abcdefg"), grams("abcde")) == (3, 5)
    old = replace(OTHER, customer=SAME, closed_on=TODAY)
    assert why(replace(old, text="abcde"), new) == (SIMILAR_TEXT,)
    assert why(replace(old, text="abcdeh"), new) == ()


def test_width_capitals_punctuation_and_masks_make_no_difference_to_likeness() -> None:
    assert share(grams("Wallet 被扣 ****1265！"), grams("ＷＡＬＬＥＴ被扣1265")) == 1
    assert share(grams("扣款"), grams("扣款")) == 1
    assert share(grams(""), grams("")) == share(grams("，。"), grams("扣款两次")) == 0


def test_the_strongest_reason_comes_first_then_open_then_likest_then_newest() -> None:
    same_text = replace(OTHER, day=TODAY, branch="SZ01", text=TEXT, closed_on=TODAY)
    cases = [
        replace(same_text, case="7-text"),
        replace(OTHER, case="6-open-older", customer=SAME, day=TODAY - timedelta(days=20)),
        replace(OTHER, case="5-open-newer", customer=SAME),
        replace(OTHER, case="4-open-alike", customer=SAME, text=TEXT, day=TODAY - timedelta(days=300)),
        replace(OTHER, case="3-matter-closed", customer=SAME, business="payment", reason="funds", closed_on=TODAY),
        replace(OTHER, case="2-matter", customer=SAME, business="payment", reason="funds"),
        replace(OTHER, case="1-transaction", transaction="TX202611220017", closed_on=date(2026, 1, 1)),
        replace(OTHER, case="none"),
    ]
    found = duplicates(NEW, cases, most=20)
    assert [each.case[0] for each in found] == list("1234567")
    assert [each.case[0] for each in duplicates(NEW, cases)] == list("12345")
    random.Random(1).shuffle(cases)
    assert duplicates(NEW, cases, most=20) == found, "the order of what is known makes no difference"


def test_a_case_of_another_branch_is_marked_so_that_its_text_is_not_shown() -> None:
    here, there = (duplicates(NEW, [replace(OTHER, customer=SAME, branch=each)])[0] for each in ("SZ01", "SZ02"))
    assert (here.elsewhere, there.elsewhere) == (False, True)
    assert not hasattr(there, "text")
