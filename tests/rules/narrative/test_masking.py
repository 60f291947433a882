"""No number of a person survives in a narrative; order numbers mostly do; only counts are left of what was masked."""

import random
import re
import sys
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.documents import ReferenceFormatError, read_document
from branch_console.rules.narrative.finding import CARD, CODE, DOCUMENT, MOBILE, WALLET, find
from branch_console.rules.narrative.masking import mask
from branch_console.rules.narrative.patterns import MaskTable
from tests.rules.narrative.help import (
    FILE,
    GROUPINGS,
    PATTERNS,
    SENTENCES,
    card,
    digits_of,
    document,
    grouped,
    mobile,
    wallet,
    wide,
)

MAKERS = {DOCUMENT: document, CARD: card, MOBILE: mobile, WALLET: wallet}


def survives(number: str, text: str) -> bool:
    """Whether more than the last four characters of a number can be read in a text, whatever stands between them."""
    digits = re.sub("[^0-9]", "", number)
    left = digits_of(text)
    return digits[:-4] in left or digits[-6:] in left


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """What was measured, on the screen of whoever runs the tests."""
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")


def test_of_3000_generated_sentences_with_numbers_none_survives(capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(20261122)
    survived, kinds, told = [], Counter[str](), 0
    for round_ in range(3000):
        first, second = rng.sample(sorted(MAKERS), 2)
        numbers = [MAKERS[first](rng), MAKERS[second](rng)]
        shown = [grouped(rng, number, rng.choice(GROUPINGS)) for number in numbers]
        if "\n" in shown[0] or rng.random() < 0.2:
            shown = [wide(each) for each in shown]
        sentence = SENTENCES[round_ % len(SENTENCES)]
        text = sentence.format(name="王芳", first=shown[0], second=shown[1])
        told += 1 + ("{second}" in sentence)
        masked = mask(text, PATTERNS)
        survived += [(text, masked.text) for number in numbers if survives(number, masked.text)]
        assert mask(masked.text, PATTERNS).text == masked.text
        kinds.update(masked.counts)
    say(capsys, f"3,000 sentences with {told} numbers: {len(survived)} survive; masked by kind: {dict(kinds)}")
    assert survived == []
    assert sum(kinds.values()) >= 0.98 * told, "two numbers that read as one count once, which is rare"


@pytest.mark.parametrize("leading_zeros", [False, True])
def test_fewer_than_3_percent_of_random_order_numbers_are_masked(
    leading_zeros: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(7)
    rates = {}
    for length in (12, 16, 17, 18, 19, 20, 24, 28, 32):
        low = 0 if leading_zeros else 10 ** (length - 1)
        numbers = [f"{rng.randrange(low, 10**length):0{length}d}" for _ in range(5000)]
        rates[length] = sum(bool(find(f"订单号{each}，请查", PATTERNS)) for each in numbers) / len(numbers)
    cards = [rates[length] for length in (16, 17, 18, 19)]
    shown = ", ".join(f"{length} digits {rate:.2%}" for length, rate in rates.items())
    say(capsys, f"random order numbers masked{' (may begin with 0)' if leading_zeros else ''}: {shown}")
    assert sum(cards) / len(cards) < 0.03
    assert sum(rates.values()) / len(rates) < 0.03
    if not leading_zeros:
        assert max(rates.values()) < 0.03
        assert rates[12] == 0, "an order number of 12 digits is never a mobile phone with one digit more"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002x，家里", "身份证****002X，家里"),
        ("身份证 110105 1949-1231 002 X。", "身份证 ****002X。"),
        ("卡号6212 3456-7890　1265请查", "卡号****1265请查"),
        ("ICBC6212345678901265a", "ICBC****1265a"),
        ("电话+86 138-1234-5678", "电话+86 ****5678"),
        ("打１３８１２３４５６７８找我", "打****5678找我"),
        ("打١٣٨١٢٣٤٥٦٧٨找我", "打****5678找我"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "****5678\ufe0f\u20e3"),
        ("钱包0022 5012 3456 5081", "钱包****5081"),
        ("扫了dcep://pay?id=8f3a&amount=5，失败", "扫了****失败"),
        ("码 https://x.example/qr/8Z7Y 打不开", "码 **** 打不开"),
        ("11010519491231002X13812345678", "****002X****5678"),
        ("138123456786212345678901265", "****1265"),
        ("(138)1234 5678", "(****5678"),
        ("6212 | 3456~7890 \\ 1265", "****1265"),
        ("6212    3456    7890\n   1265", "****1265"),
    ],
)
def test_numbers_as_people_write_them(text: str, masked: str) -> None:
    assert mask(text, PATTERNS).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "等了 15 分钟，14:30–15:20，18 2026-11-22 8 号窗口",
        "订单202611220017，金额1,280.50元，两笔共 2,561.00",
        "收据 LP-4512-261122-0001-7，工单 TS-SZ01-1399-261122-0412-42 与 TS-4512-261122-0412-7",
        "身份证110105194912310021（校验位不对）",
        "身份证11010519491331002X（没有 13 月）",
        "流水110105214912310025（2149 年出生，校验位对）",
        "流水4111111111111112",
        "拨 95588 或 12378，座机 0755-82246666",
        "微信单号4200001234202611221234567890",
        "十一月二十二日，三笔，共计一千二百元",
        "My order no. is 100200300400, total 59.90",
    ],
)
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    masked = mask(text, PATTERNS)
    assert (masked.text, masked.counts) == (text, {})


def test_only_counts_by_kind_are_left() -> None:
    masked = mask("卡6212345678901265，手机13812345678和13912345678，证11010519491231002X", PATTERNS)
    assert masked.counts == {CARD: 1, MOBILE: 2, DOCUMENT: 1}
    assert "621234" not in repr(masked)
    assert "1381234" not in repr(masked)


def test_two_readings_of_the_same_digits_hide_the_digits_of_both() -> None:
    """6226 1234 5678 9120 and 5678 9120 1234 5670 share two groups; masking only one would show half of the other."""
    rng = random.Random(3)
    hidden = 0
    for _ in range(4000):
        groups = " ".join(f"{rng.randrange(10000):04d}" for _ in range(6))
        found = find(groups, PATTERNS)
        assert all(one.end <= other.start for one, other in pairwise(found))
        hidden += any(each.end - each.start > 23 for each in found)
    assert hidden, "no overlap was met: the test shows nothing"


def test_our_own_numbers_are_left_alone_even_where_their_digits_would_make_a_card() -> None:
    counts = range(1, 10_000)
    would = [f"4512-261122-{count:04d}" for count in counts if find(f"4512-261122-{count:04d}", PATTERNS)]
    assert len(would) > 100
    for digits in would[:20]:
        for own in (f"LP-{digits}-K", f"TS-SZ01-{digits}-42"):
            assert mask(f"见{own}。", PATTERNS).text == f"见{own}。"


def test_what_a_mask_leaves_and_the_digits_behind_it_make_no_new_number() -> None:
    """Last four and nine more digits that happen to be a card's: they are masked in the same breath."""
    for tail in range(123456780, 123456790):
        masked = mask(f"6212345678904244 {tail}", PATTERNS)
        assert find(masked.text, PATTERNS) == []


@given(st.text(alphabet="0123456789xX -，.a客１８*\u200b\n", max_size=120))
def test_masking_what_was_masked_changes_nothing(text: str) -> None:
    once = mask(text, PATTERNS)
    assert mask(once.text, PATTERNS) == (once.text, {}, ())
    assert find(once.text, PATTERNS) == []


@given(st.text(max_size=200))
def test_text_without_numbers_is_not_touched(text: str) -> None:
    without = "".join(each for each in text if not each.isdigit() and not each.isnumeric())
    if not find(without, PATTERNS):
        assert mask(without, PATTERNS).text == without
    assert not any(each.kind != CODE for each in find(without, PATTERNS))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('pattern = "00[0-9]{14}"', 'pattern = "00["', "no regular expression"),
        ('pattern = "00[0-9]{14}"', 'pattern = ".*"', "ordinary words"),
        ('code = "62"', 'code = "6x"', "pattern"),
    ],
)
def test_a_wrong_table_of_masks_is_refused_by_line(old: str, new: str, problem: str) -> None:
    text = FILE.read_text("utf-8")
    with pytest.raises(ReferenceFormatError, match=problem) as error:
        read_document(MaskTable, FILE.name, text.replace(old, new, 1))
    assert text.splitlines()[error.value.line - 1].count(old), "the line of the pattern is named"


def test_without_card_beginnings_the_table_is_refused() -> None:
    text = FILE.read_text("utf-8")
    with pytest.raises(ReferenceFormatError, match="every tenth"):
        read_document(MaskTable, FILE.name, re.sub(r"cards = \[.*?\n\]", "cards = []", text, flags=re.S))
