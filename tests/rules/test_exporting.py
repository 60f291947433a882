"""What somebody typed never becomes a formula, whichever program opens the file and however it divides the lines."""

import csv
import io
import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.exporting import LONGEST, Cell, export_cell

DDE = "cmd|'/C calc'!A0"
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼", "₌", "⁺", "−"]


def is_formula(cell: str) -> bool:
    """As the most credulous spreadsheet sees a cell: without blanks and invisible signs, full-width as narrow."""
    seen = "".join(each for each in cell if unicodedata.category(each) not in {"Cf", "Cc", "Mn", "Me"})
    seen = unicodedata.normalize("NFKC", seen).strip().strip('"').strip()
    return seen[:1] in {"=", "+", "-", "@", "\u2212"}


def cells_of(text: str) -> list[str]:
    """Every cell that a program could see in a line, at whatever sign it divides."""
    return [each for sign in (",", ";", "|", "\t") for line in text.splitlines() for each in line.split(sign)]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before",
    [
        "",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\u3000",
        "\xa0",
        "\ufeff",
        "\u200b",
        "\u2060",
        "\x00",
        "\x1b",
        "\u202e",
        '"',
        ' "',
        "\u2028",
    ],
    ids=ascii,
)
def test_no_formula_at_the_start_whatever_stands_before_it(sign: str, before: str) -> None:
    cell = export_cell(f"{before}{sign}{DDE}")
    assert isinstance(cell, str)
    assert not is_formula(cell)
    assert unicodedata.normalize("NFKC", cell).endswith("'/C calc'!A0"), "nothing that was said is lost"


@pytest.mark.parametrize(
    "separator", [",", ";", "|", "\t", "\n", "\r", ';"', '","', " ; ", "；", "，", "\u2028", "\x85"]
)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_formula_behind_a_separator_either(separator: str, sign: str) -> None:
    cell = export_cell(f"退款{separator}{sign}HYPERLINK(1)")
    assert isinstance(cell, str)
    assert not [each for each in cells_of(cell) if is_formula(each)]
    assert not [each for each in cells_of(unicodedata.normalize("NFKC", cell)) if is_formula(each)]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        (0, 0),
        (-1280, -1280),
        (2.5, 2.5),
        (Decimal("-12.80"), Decimal("-12.80")),
        (float("nan"), "nan"),
        (float("-inf"), "'-inf"),
        (Decimal("-Infinity"), "'-Infinity"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 8, 30, tzinfo=UTC), "2026-11-22T08:30:00+00:00"),
        ("", ""),
        ("-1280", "'-1280"),
        ("+8613812345678", "'+8613812345678"),
        ("客户反映扣款两次，要求退款", "客户反映扣款两次，要求退款"),
        ("2026-11-22 14:30", "2026-11-22 14:30"),
        ("TS-SZ01-7F3A-261122-0001-42", "TS-SZ01-7F3A-261122-0001-42"),
        ("——请尽快", "——请尽快"),
        ("1+1=2, a@b.example", "1+1=2, a@b.example"),
        ("退款,-5", "退款,'-5"),
        ("第一行\r\n第二行\n\n第三行", "第一行 第二行 第三行"),
        ("\x07\x1b[31m红", "[31m红"),
        ("'=1", "'=1"),
    ],
)
def test_cells(value: object, cell: Cell) -> None:
    assert export_cell(value) == cell
    assert type(export_cell(value)) is type(cell)


HOSTILE = st.text(alphabet="=+-@＝－＠，,;；|\t\r\n \"'\u200b\ufeff\x00客a1﹦−\u2028\u202e", max_size=40)


@given(HOSTILE)
def test_nothing_hostile_comes_through_a_csv_file(text: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([export_cell("前"), export_cell(text), export_cell(-5)])
    written = file.getvalue()
    assert written.count("\n") == 1, "a row is a line"
    row = next(csv.reader(io.StringIO(written)))
    assert not is_formula(row[1])
    inside = written.strip().removeprefix("前,").removesuffix(",-5")
    assert not [each for each in cells_of(inside) if is_formula(each)]


@given(st.text(max_size=60))
def test_exporting_twice_changes_nothing_and_every_cell_can_be_stored(text: str) -> None:
    once = export_cell(text)
    assert export_cell(once) == once
    assert isinstance(once, str)
    once.encode("utf-8")
    assert not re.search("[\x00-\x1f\x7f\ufffe\uffff]", once)


def test_a_cell_is_no_longer_than_a_workbook_holds() -> None:
    cell = export_cell("=" + "1" * 2 * LONGEST)
    assert isinstance(cell, str)
    assert len(cell) == LONGEST
    assert cell.startswith("'=")
