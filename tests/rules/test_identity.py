"""Documents, phones and names: the published examples, and where libraries are wrong in the field."""

from datetime import date

import pytest

from branch_console.rules.errors import RuleError
from branch_console.rules.free_text import scrub
from branch_console.rules.identity import (
    age,
    check_any_document,
    check_digit,
    check_document,
    check_name,
    check_phone,
    looks_like_card,
)

ON = date(2026, 11, 22)


def code(check: str, number: str, on: date = ON) -> str:
    with pytest.raises(RuleError) as refused:
        check_document(check, number, on)
    return refused.value.code


@pytest.mark.parametrize(
    ("number", "hints"),
    [
        ("11010519491231002X", ()),  # GB 11643
        ("360426199101010071", ()),
        ("44011320141005001X", ()),
        ("412723199010050012", ()),
        ("110102199101010078", ()),
        ("120110198012010073", ()),
        ("120110199212010072", ()),
        ("110111198012010078", ("check_region",)),  # the county came later: people register late
        ("110201199312010077", ("check_region",)),
    ],
)
def test_resident_ids(number: str, hints: tuple[str, ...]) -> None:
    valid = check_document("resident", number, ON)
    assert (valid.value, valid.masked, valid.hints, valid.doc_type) == (number, f"****{number[-4:]}", hints, "IT01")


def test_the_standards_second_example_passes_but_nobody_is_146() -> None:
    number = "440524188001010014"
    assert check_document("resident", number, date(1999, 1, 1)).born == date(1880, 1, 1)
    assert code("resident", number) == "document_age"


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("T60426199101010078", "document_form"),
        ("360426199113010079", "document_birth_date"),
        ("36042619910102009X", "document_checksum"),
        ("11010520991231002" + check_digit("11010520991231002"), "document_age"),
        ("110105491231002", "document_15_digits"),
        ("810000199001010019", "document_other_type"),
        ("", "document_missing"),
        ("6200000000000005", "card_number_typed"),
    ],
)
def test_wrong_resident_ids(number: str, wrong: str) -> None:
    assert code("resident", number) == wrong


@pytest.mark.parametrize(
    "typed",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "110105-19491231-002X",
        "11010519491231\u200b002X",
    ],
)
def test_what_input_methods_make_of_a_number(typed: str) -> None:
    assert check_document("resident", typed, ON).value == "11010519491231002X"


@pytest.mark.parametrize(
    ("check", "number", "kind"),
    [
        ("hk_macau", "H12345678", "IT06"),
        ("hk_macau", "M1234567801", "IT06"),
        ("hk_macau", "810000199001010019", "IT06"),
        ("taiwan", "12345678", "IT07"),
        ("taiwan", "1234567890", "IT07"),
        ("taiwan", "83000019900101001" + check_digit("83000019900101001"), "IT07"),
        ("foreign_resident", "91115619900101001" + check_digit("91115619900101001"), "IT09"),
        ("foreign_resident", "CHN310101000001", "IT09"),
        ("passport", "E12345678", "IT03"),
        ("passport", "C01X00T47", "IT03"),
        ("household", "44011320141005001X", "IT04"),
        ("temporary", "11010519491231002X", "IT08"),
        ("uscc", "91110000600037341L", "IT14"),
        ("other", "南字第12345号", None),
    ],
)
def test_other_documents(check: str, number: str, kind: str | None) -> None:
    assert check_document(check, number, ON).doc_type == kind


@pytest.mark.parametrize(
    ("check", "number"),
    [("hk_macau", "X12345678"), ("taiwan", "123"), ("foreign_resident", "9123"), ("passport", "ABCDE"), ("other", "a")],
)
def test_forms_that_no_document_has(check: str, number: str) -> None:
    assert code(check, number) == "document_form"


def test_a_number_of_unsaid_kind() -> None:
    assert check_any_document("11010519491231002X", ON).doc_type == "IT01"
    assert check_any_document("h12345678", ON).doc_type == "IT06"
    with pytest.raises(RuleError, match="document_form"):
        check_any_document("!", ON)


def test_age_on_a_leap_day() -> None:
    born = date(2012, 2, 29)
    assert age(born, date(2026, 2, 28)) == 13
    assert age(born, date(2026, 3, 1)) == 14


@pytest.mark.parametrize(
    ("typed", "value", "hints"),
    [
        ("13812348000", "13812348000", ()),
        ("+86 138-1234-8000", "13812348000", ()),
        ("0086１３８１２３４８０００", "13812348000", ()),
        ("8613812348000", "13812348000", ()),
        ("+8613123456789", "13123456789", ()),
        ("14012345678", "14012345678", ("new_prefix",)),
        ("19412345678", "19412345678", ("new_prefix",)),
    ],
)
def test_mainland_phones(typed: str, value: str, hints: tuple[str, ...]) -> None:
    valid = check_phone(typed)
    assert (valid.value, valid.masked, valid.hints) == (value, f"{value[:3]}****{value[-4:]}", hints)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("010-66194114", "phone_landline"),
        ("+861066194114", "phone_landline"),
        ("+85251234567", "phone_foreign"),
        ("12812348000", "phone_form"),
        ("1381234800", "phone_form"),
        ("abc", "phone_form"),
        (" ", "phone_missing"),
        ("++8613812348000", "phone_form"),
    ],
)
def test_phones_that_are_refused(typed: str, wrong: str) -> None:
    with pytest.raises(RuleError, match=f"^{wrong}$"):
        check_phone(typed)


def test_foreign_phones_where_they_are_allowed() -> None:
    assert check_phone("+852 5123 4567", foreign=True).value == "+85251234567"
    assert check_phone("0044 7400 123456", foreign=True).value == "+447400123456"
    with pytest.raises(RuleError, match="phone_landline"):
        check_phone("+44 20 7946 0958".replace("7946 0958", "7183 8750"), foreign=True)
    with pytest.raises(RuleError, match="phone_form"):
        check_phone("+999123", foreign=True)


@pytest.mark.parametrize("name", ["李", "𬭎𰻞", "阿依古丽·买买提", "José O'Neill-Smith", "欧阳娜娜", "A" * 64])
def test_names_of_every_script(name: str) -> None:
    assert check_name(f" {name} ").value == name


@pytest.mark.parametrize(
    ("name", "wrong"), [(" ", "name_missing"), ("A" * 65, "name_too_long"), ("11010519491231002X", "name_is_number")]
)
def test_names_that_are_none(name: str, wrong: str) -> None:
    with pytest.raises(RuleError, match=wrong):
        check_name(name)


CARDS = [
    "6200000000000005", "6200000000000047", "6205500000000000004", "4242424242424242",
    "5555555555554444", "6212345678901265", "6212345678901232", "62123456789002",
    "6212345678900000003", "6221261111117766", "6243030000000001",
]  # fmt: skip


@pytest.mark.parametrize("card", CARDS)
def test_card_numbers_are_known_and_masked(card: str) -> None:
    assert looks_like_card(card)
    spaced = " ".join(card[at : at + 4] for at in range(0, len(card), 4))
    wide = "".join(chr(ord(each) + 0xFEE0) for each in card)
    for text in (f"卡号{card}。", f"卡号 {spaced}，请查", wide):
        assert card[-4:] in scrub(text)
        assert card[:10] not in scrub(text).replace(" ", "")
        assert len(scrub(text)) < len(text)


def test_free_text_keeps_what_is_no_number_of_a_person() -> None:
    assert not looks_like_card("4111111111111112")
    for text in ("订单 4111111111111112", "客户等了 15 分钟，13:05 离开", "余额 1234567.00"):
        assert scrub(text) == text
    assert scrub("身份证11010519491231002x，家里") == "身份证****002X，家里"
