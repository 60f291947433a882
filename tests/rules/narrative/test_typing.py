"""Masks while somebody types, with the cursor where the person expects it; and the one key for an order number."""

import random

import pytest

from branch_console.rules.errors import RuleError
from branch_console.rules.narrative.exemptions import LONGEST, Exemption, checked, exempted, moved
from branch_console.rules.narrative.finding import CARD, DOCUMENT, MOBILE
from branch_console.rules.narrative.masking import Typed, added, mask, mask_typing, take_back
from tests.rules.narrative.help import GROUPINGS, PATTERNS, card, document, grouped, mobile
from tests.rules.narrative.test_masking import survives

CARD_TEXT = "卡号 6212345678901265"


def typed_in(text: str) -> Typed:
    """The whole text, key by key, each at the cursor."""
    state = Typed("", 0, {}, (), None)
    for key in text:
        field = state.text[: state.cursor] + key + state.text[state.cursor :]
        exempt = moved(state.exempt, state.text, field)
        now = mask_typing(field, state.cursor + 1, PATTERNS, exempt)
        state = now._replace(counts=added(state.counts, now.counts), undo=now.undo or state.undo)
    return state


def test_a_number_is_masked_when_it_is_complete_and_the_cursor_stays_behind_it() -> None:
    assert typed_in(CARD_TEXT).text == CARD_TEXT, "a card may have up to 19 digits: it waits"
    done = typed_in(f"{CARD_TEXT}，请查")
    assert (done.text, done.cursor, done.counts) == ("卡号 ****1265，请查", 14, {CARD: 1})
    assert typed_in("证11010519491231002X").text == "证****002X", "a document's number cannot grow"
    assert typed_in("卡6205500000000000004").text == "卡****0004", "nor can a card of 19 digits"


def test_a_card_of_19_digits_is_not_masked_after_16_because_the_check_digit_fits_there_too() -> None:
    rng = random.Random(5)
    long = next(
        each for each in (card(rng) for _ in range(100_000)) if len(each) == 19 and mask(each[:16], PATTERNS)[1]
    )
    assert typed_in(f"卡{grouped(rng, long, 'fours')}。").text == f"卡****{long[-4:]}。"


def test_what_is_typed_key_by_key_is_masked_as_what_is_pasted() -> None:
    rng = random.Random(11)
    for _ in range(200):
        number = rng.choice([document, card, mobile])(rng)
        text = f"客户说{grouped(rng, number, rng.choice(GROUPINGS))}。"
        done = typed_in(text)
        assert not survives(number, done.text)
        assert sum(done.counts.values()) == 1
        assert mask(done.text, PATTERNS).text == done.text


def test_leaving_the_field_masks_what_was_still_waiting() -> None:
    assert mask(typed_in(CARD_TEXT).text, PATTERNS).text == "卡号 ****1265"
    assert mask_typing("打13812345678找我", 3, PATTERNS).text == "打13812345678找我", "the cursor stands in it"
    assert mask_typing("打13812345678找我", 13, PATTERNS).text == "打****5678找我"
    assert mask_typing("打13812345678找我", 13, PATTERNS).cursor == 10
    assert mask_typing("打13812345678找我", 1, PATTERNS).cursor == 1


def test_one_key_brings_an_order_number_back_and_its_count_goes() -> None:
    done = typed_in("单号6212345678901265，退款")
    assert done.undo is not None
    assert "6212" not in repr(done.undo)
    back = take_back(done, done.undo)
    assert (back.text, back.counts) == ("单号6212345678901265，退款", {})
    assert back.exempt == (Exemption(2, 18),)
    assert back.cursor == len(back.text)
    assert mask(back.text, PATTERNS, back.exempt) == (back.text, {}, back.exempt)
    assert mask(back.text, PATTERNS).counts == {CARD: 1}, "without the exemption it is masked again"
    assert take_back(done._replace(text="改写了"), done.undo).text == "改写了"


def test_one_key_before_it_is_masked() -> None:
    exempt = exempted(CARD_TEXT, len(CARD_TEXT), PATTERNS)
    assert exempt == (Exemption(3, 19),)
    assert mask_typing(CARD_TEXT + "，", 20, PATTERNS, exempt).text == CARD_TEXT + "，"
    assert exempted("流水 202611220017 号", 6, PATTERNS) == (Exemption(3, 15),)
    with pytest.raises(RuleError, match="exemption_no_number"):
        exempted("没有号码", 2, PATTERNS)


def test_only_the_one_number_is_exempt() -> None:
    text = "单号 4242424242424242 手机 13812345678，单号 4242424242424242"
    exempt = exempted(text, 6, PATTERNS)
    masked = mask(text, PATTERNS, exempt)
    assert masked.text == "单号 4242424242424242 手机 ****5678，单号 ****4242"
    assert masked.counts == {MOBILE: 1, CARD: 1}
    together = "4242424242424242 13812345678"
    assert mask(together, PATTERNS, exempted(together, 3, PATTERNS)).text == "4242424242424242 ****5678"


def test_an_exemption_moves_with_the_text_and_ends_when_its_number_is_edited() -> None:
    text = "单号4242424242424242，退款"
    exempt = (Exemption(2, 18),)
    assert moved(exempt, text, f"客户{text}") == (Exemption(4, 20),)
    assert moved(exempt, text, text + "谢谢") == exempt
    assert moved(exempt, text, text.replace("，", "，请")) == exempt
    assert moved(exempt, text, text.replace("2，", "5，")) == ()
    assert moved(exempt, text, text.replace("4242，", "42421，")) == (), "one digit more is another number"
    assert moved(exempt, text, text.replace("单号4", "单号94")) == ()
    assert moved(exempt, text, "") == ()
    assert moved((), text, text) == ()
    assert mask("电话13812345678 单号4242424242424242", PATTERNS, (Exemption(16, 32),)).exempt == (Exemption(13, 29),)


@pytest.mark.parametrize(
    "exempt",
    [
        [Exemption(0, 18)],
        [Exemption(2, 10)],
        [Exemption(10, 18)],
        [Exemption(2, 18), Exemption(2, 18)],
        [Exemption(18, 2)],
        [Exemption(-16, 18)],
        [Exemption(2, 99)],
    ],
)
def test_an_exemption_that_is_not_one_whole_number_is_refused(exempt: list[Exemption]) -> None:
    text = "单号4242424242424242，退款"
    checked(text, [Exemption(2, 18)])
    with pytest.raises(RuleError, match="exemption_form"):
        checked(text, exempt)


def test_a_sentence_of_numbers_is_no_order_number() -> None:
    text = " ".join(["13812345678"] * 4)
    with pytest.raises(RuleError, match="exemption_form"):
        checked(text, [Exemption(0, len(text))])
    assert len(text) > LONGEST


def test_counts_are_added_and_never_negative() -> None:
    assert added({CARD: 2}, {CARD: 1, DOCUMENT: 1}) == {CARD: 3, DOCUMENT: 1}
    assert added({CARD: 1}, {CARD: -2}) == {}
