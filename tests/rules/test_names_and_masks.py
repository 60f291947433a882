"""Names are found by the readings that they really have, and shown masked."""

import pytest

from branch_console.rules.masking import mask_document, mask_name, mask_phone, mask_wallet, person_key
from branch_console.rules.names import initials, readings, spaced_han


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("单小龙", "sxl"), ("仇英", "qy"), ("解晓东", "xxd"), ("曾国", "zg"), ("区志明", "ozm"), ("查良", "zl"),
        ("朴智", "pz"), ("盖天", "gt"), ("乐嘉", "yj"), ("尉迟恭", "ycg"), ("欧阳娜", "oyn"), ("万俟明", "mqm"),
        ("翟天", "zt"), ("张三丰", "zsf"), ("Li Wei", "lw"),
    ],
)  # fmt: skip
def test_the_surnames_own_reading_comes_first(name: str, first: str) -> None:
    assert initials(name)[0] == first


def test_other_readings_are_found_too() -> None:
    assert "dxl" in initials("单小龙")
    assert readings("仇英")[:2] == ["qiuying", "chouying"]
    assert initials("") == readings("123") == []
    assert len(initials("单仇解曾区查朴盖乐")) <= 8


def test_han_is_spaced_for_the_index() -> None:
    assert spaced_han("张三 Li𬭎") == "张 三 Li 𬭎"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张", "张*"), ("张丰", "张*"), ("张三丰", "张*丰"), ("欧阳娜娜", "欧**娜"), ("Li Wei", "L* Wei"),
        ("Wei", "W*"), ("", ""), ("José María Aznar", "J* Aznar"), ("阿依古丽·买买提", "阿******提"), ("𬭎𰻞", "𬭎*"),
    ],
)  # fmt: skip
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers() -> None:
    assert mask_phone("13812348000") == "138****8000"
    assert mask_phone("+85251234567") == "+852****4567"
    assert mask_document("11010519491231002X") == "****002X"
    assert mask_document("AB123") == "****23"
    assert mask_wallet("0022501234565081") == "002250******5081"
    with pytest.raises(ValueError, match="at least 10"):
        mask_wallet("123")


def test_person_keys_depend_on_key_version_kind_and_number() -> None:
    base = person_key(b"k" * 32, "1", "phone", "13812348000")
    assert base.startswith("k1:")
    assert len(base) == 3 + 43
    assert base == person_key(b"k" * 32, "1", "phone", "13812348000")
    others = {
        person_key(b"l" * 32, "1", "phone", "13812348000"),
        person_key(b"k" * 32, "2", "phone", "13812348000"),
        person_key(b"k" * 32, "1", "document", "13812348000"),
        person_key(b"k" * 32, "1", "phone", "13812348001"),
    }
    assert len(others | {base}) == 5
