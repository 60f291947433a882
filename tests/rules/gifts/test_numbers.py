"""Numbers that are read aloud: readable, checked, unguessable where they must be."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from branch_console.rules.gifts.claim_entries import Number
from branch_console.rules.gifts.numbers import number_is_right, receipt_number, voucher_code
from tests.rules.gifts.gift_help import K01

DAY = date(2026, 12, 12)
NUMBER: TypeAdapter[str] = TypeAdapter(Number)


def test_a_receipt_says_where_when_and_which() -> None:
    number = receipt_number(K01, DAY, 7)
    assert re.fullmatch(r"LP-0000A001-261212-0007-[0-9A-Z]", number)
    assert number_is_right(number)
    assert number_is_right(number.lower().replace("-", " "))
    assert NUMBER.validate_python(number) == number


def test_terminals_that_share_the_end_of_their_ids_have_other_numbers() -> None:
    near = K01[:-8] + "0001" + K01[-4:]
    assert receipt_number(near, DAY, 7) != receipt_number(K01, DAY, 7)


@given(st.integers(1, 99_999), st.integers(0, 22), st.sampled_from("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"))
def test_one_wrong_character_is_noticed(count: int, place: int, wrong: str) -> None:
    number = receipt_number(K01, DAY, count)
    if number[place] in {"-", wrong}:
        return
    assert not number_is_right(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("count", [0, 100_000, -1])
def test_a_count_that_does_not_fit_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="99999"):
        receipt_number(K01, DAY, count)


@given(st.binary(min_size=8, max_size=16), st.binary(min_size=8, max_size=8))
def test_a_voucher_shows_60_bits_of_its_randomness(one: bytes, other: bytes) -> None:
    code = voucher_code(one)
    assert re.fullmatch(r"VC(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-Z]", code)
    assert number_is_right(code)
    assert NUMBER.validate_python(code) == code
    same = int.from_bytes(one[:8]) >> 4 == int.from_bytes(other) >> 4
    assert (voucher_code(other) == code) == same


@pytest.mark.parametrize("bit", [4, 5, 31, 62, 63])
def test_every_bit_that_is_shown_counts(bit: int) -> None:
    assert voucher_code((1 << bit).to_bytes(8)) != voucher_code(bytes(8))


@pytest.mark.parametrize("typed", ["", "-", "LP", "LP-A001-261212-0007-", "凭证-0001", "LP-A001-261212-0007-★"])
def test_what_is_no_number_is_not_right(typed: str) -> None:
    assert not number_is_right(typed)


def test_little_randomness_is_refused() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        voucher_code(b"1234567")
