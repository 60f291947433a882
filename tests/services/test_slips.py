"""Slips: 48 cells wide whatever they say, a PDF that can be read and searched, a code that names nobody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.gifts.states import ClaimState
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.gift import GiftWords, gift_facts
from branch_console.services.slips.pdf import write_pdf
from branch_console.services.slips.qr import qr_modules, qr_text
from branch_console.services.slips.text import WIDTH, slip_lines
from branch_console.services.slips.wrapping import CLOSING, cells, wrap
from tests.hostile import HOSTILE

NUMBER, DIGEST = "LP-A001-261212-0001-X", "a3f0" * 16
HOTLINES = (("反诈专线", "96110"), ("金融消费者咨询投诉（人民银行）", "12363"))
WORDS = GiftWords("双十二满 200 元送大米", "东北大米 5kg 1 袋", "2026-12-12 14:22", "深圳福田支行", HOTLINES)


@pytest.fixture(autouse=True, params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Every test in both languages."""
    set_language(request.param)
    yield request.param
    set_language("zh")


def given_out(**changed: Any) -> ClaimState:
    values: dict[str, Any] = {
        "name": "张*丰", "phone": "138****8000", "keys": {"person": "k1:zhang"}, "staff": "g10086",
        "second_staff": "s20001", "handed_over_at": "2026-12-12T14:22:00.000+08:00", "receipt_number": NUMBER,
        "confirmed_by": "customer_code", **changed,
    }  # fmt: skip
    return ClaimState(**values)


def facts(text: str = "双十二") -> SlipFacts:
    return SlipFacts(text, NUMBER, text, ((text, text), ("活动", text)), DIGEST, (text,), (text,), ((text, text),))


def pdf_text(path: Path) -> str:
    """All text of the PDF without blanks. This reader puts blanks where it likes, and a NUL for each high byte."""
    (page,) = PdfReader(path).pages
    return "".join(page.extract_text().replace("\0", "").split())


def test_a_receipt_says_what_the_customer_needs_to_know() -> None:
    text = "\n".join(slip_lines(gift_facts(given_out(provisional_terms=True), WORDS, DIGEST)))
    for part in (
        NUMBER,
        "双十二满 200 元送大米",
        "东北大米",
        "2026-12-12 14:22",
        "深圳福田支行",
        "张*丰",
        "g10086",
        "s20001",
    ):
        assert part in text
    for part in ("slip.title.gift", "slip.confirmed.customer_code"):
        assert t(part) in text
    squeezed = "".join(text.split())
    for part in ("slip.terms.provisional", "slip.rights.complain", "slip.rights.never_ask", "slip.rights.data"):
        assert "".join(t(part).split()) in squeezed
    assert ("96110" in text, "12363" in text) == (True, True)
    for private in ("138****8000", "k1:zhang"):
        assert private not in text
    assert t("slip.terms.provisional")[:4] not in "\n".join(slip_lines(gift_facts(given_out(), WORDS, DIGEST)))


def test_a_voucher_says_that_it_waits_and_until_when() -> None:
    state = given_out(
        handed_over_at=None, receipt_number=None, voucher_code="VC-64S3-6D1N-6RVK-E", voucher_expires_on="2026-12-31"
    )
    text = "".join("".join(slip_lines(gift_facts(state, WORDS, DIGEST))).split())
    for part in (t("slip.title.voucher"), "VC-64S3-6D1N-6RVK-E", "2026-12-31", t("slip.terms.voucher")):
        assert "".join(part.split()) in text
    assert "".join(t("slip.confirmed.customer_code").split()) not in text


@pytest.mark.parametrize(
    "text", [*HOSTILE, "甲" * 200, "W" * 200, "", " ", "\n\n", "é̂̂̂" * 60, "👩‍👩‍👧‍👦" * 30, "“（" * 80]
)
def test_no_line_is_wider_than_the_paper_and_no_control_gets_through(text: str) -> None:
    for line in slip_lines(facts(text)):
        assert cells(line) <= WIDTH
        assert line.isprintable()


@given(st.text(max_size=300), st.integers(2, 48))
def test_any_text_wraps_without_loss(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    assert all(cells(line) <= width and line == line.strip() for line in lines)
    assert "".join("".join(lines).split()) == "".join("".join(wrap(text, 10**6, cells)).split())


def test_lines_break_as_chinese_does() -> None:
    sentence = "工作人员不会索要您的密码、短信验证码或银行卡号，也不会要求转账。" * 3
    for width in range(8, 48):
        lines = wrap(sentence, width, cells)
        assert not [line for line in lines if line[0] in CLOSING]
        assert all(cells(line) >= width - 3 for line in lines[:-1])
    assert wrap("spend 200 yuan", 9, cells) == ["spend 200", "yuan"]
    assert wrap("abcdefghij", 4, cells) == ["abcd", "efgh", "ij"]
    assert wrap("", 4, cells) == [""]


def test_widths_are_those_of_a_printer_for_chinese() -> None:
    assert [cells(each) for each in ("a", "中", "（", "·", "é", "e\u0301", "￥")] == [1, 2, 2, 2, 2, 1, 2]


def test_the_pdf_is_whole_private_and_can_be_searched(tmp_path: Path) -> None:
    path = tmp_path / "slip.pdf"
    path.write_bytes(b"an older one")
    assert write_pdf(gift_facts(given_out(), WORDS, DIGEST), path) == path
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["slip.pdf"]
    text = pdf_text(path)
    for part in (NUMBER, "双十二满 200 元送大米", "张*丰", "96110", t("slip.title.gift")):
        assert "".join(part.split()) in text
    assert b"NotoSansSC" in path.read_bytes().replace(b" ", b"")
    assert path.stat().st_size < 100_000


def test_a_pdf_that_cannot_be_finished_leaves_the_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slip.pdf"
    path.write_bytes(b"an older one")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_pdf(facts(), path)
    assert path.read_bytes() == b"an older one"
    assert [each.name for each in tmp_path.iterdir()] == ["slip.pdf"]


@pytest.mark.parametrize("text", [*HOSTILE, "甲" * 300, "👩‍👩‍👧‍👦", "𠮷野", ""])
def test_any_text_can_be_printed(text: str, tmp_path: Path) -> None:
    path = write_pdf(facts(text), tmp_path / "slip.pdf")
    found = pdf_text(path)
    assert NUMBER in found
    assert "\x1b" not in found
    if "𠮷" in text:
        assert "〓野" in found


def test_the_page_is_80_mm_wide_and_as_long_as_it_needs(tmp_path: Path) -> None:
    def size(text: str) -> tuple[float, float]:
        (page,) = PdfReader(write_pdf(facts(text), tmp_path / "slip.pdf")).pages
        return float(page.mediabox.width), float(page.mediabox.height)

    short, long = size("甲"), size("甲" * 300)
    assert short[0] == long[0] == pytest.approx(80 / 25.4 * 72, abs=0.1)
    assert long[1] > short[1] + 100


def test_the_code_names_nobody() -> None:
    assert qr_text(NUMBER, DIGEST) == f"BC1|{NUMBER}|a3f0a3f0a3f0a3f0"
    for number, digest in (
        ("张*丰", DIGEST),
        ("LP|138****8000", DIGEST),
        (NUMBER, "张三丰"),
        (NUMBER, "a3f0"),
        ("", DIGEST),
    ):
        with pytest.raises(ValueError, match="number and a hash"):
            qr_text(number, digest)
    rows = qr_modules(qr_text(NUMBER, DIGEST))
    assert len(rows) == len(rows[0])
    assert rows[0][:8] == [True] * 7 + [False]
