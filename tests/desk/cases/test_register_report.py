"""The complaint register over a real store: what counts, by which codes, who may see it, what no file ever holds."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from branch_console.desk.exporting import Exported, exported
from branch_console.rules.cases.states import CaseState
from branch_console.rules.entries import CannotFoldError
from branch_console.rules.errors import FieldError, RuleError
from branch_console.services.cases.feedback_meeting import MeetingDesk
from branch_console.services.cases.reports import ReportDesk
from data.anchor import Anchor
from data.store import Store
from tests.desk.cases.slip_help import Desks, acted, later, office_of, registered
from tests.rules.cases.case_help import CODES, CUSTOMER, SAMPLES, TRANSACTION
from tests.rules.test_exporting import cells_of, is_formula

DAY = date(2026, 11, 22)
HOSTILE = (
    "=cmd|'/C calc'!A0",
    '＝HYPERLINK("http://evil.example","点这里")',
    "+1+1;=2+5",
    "－2+3\n＝1",
    "\u200b＠SUM(A1)",
    "请核对，＝cmd|' /C calc'!A1",
    "\x1b[2J=1+1 一二三",
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Reports(ReportDesk):
    """The part of the case desk under test."""

    def __init__(self, office: Any) -> None:
        self._office = office


class Pack(MeetingDesk):
    """The meeting's part of it."""

    def __init__(self, office: Any) -> None:
        self._office = office


@pytest.fixture
def reports(desk_of: Desks, tmp_path: Path) -> Reports:
    return Reports(office_of(desk_of("liu"), tmp_path))


def told(text: str) -> dict[str, Any]:
    return {"text": text, "masked": {}, "exemptions": {}}


def branch_of_cases(desk_of: Desks, store: Store) -> list[str]:
    """Five complaints: one open, one withdrawn, one merged, one retyped, one decided; and a suggestion."""
    officer = desk_of("zhao")
    gift = {**CODES, "category": "gift_promise", "reason": "C04", "channel": "A01"}
    cases = [registered(officer, number, codes=gift if number == 1 else CODES) for number in range(1, 6)]
    acted(officer, cases[1], "case.withdrawn")
    target = store.state(cases[0])
    assert isinstance(target, CaseState)
    merged = {**SAMPLES["case.merged"], "into": cases[0], "number": target.number}
    acted(officer, cases[2], "case.merged", merged, target=target, target_subject=cases[0])
    retyped = {**SAMPLES["case.retyped"], "approver": "liu"}
    acted(officer, cases[3], "case.retyped", retyped, approver_role="supervisor")
    acted(officer, cases[4], "case.decided")
    acted(officer, cases[4], "case.notified")
    idea: dict[str, Any] = {
        "kind": "suggestion",
        "codes": None,
        "policy": None,
        "calendar": None,
        "clock_sets": [],
        "topic": "premises",
    }
    registered(officer, 6, **{**idea, "promise": None})
    return cases


def test_the_register_counts_each_complaint_once(desk_of: Desks, store: Store, reports: Reports) -> None:
    cases = branch_of_cases(desk_of, store)
    view = reports.complaint_register(DAY, DAY)
    assert [each.subject for each in view.lines] == cases  # the suggestion is none
    assert [each.why_not_counted for each in view.lines] == ["", "", "已并案，不重复计", "已改类，不计", ""]
    assert "计入 3 件（其中撤回 1 件）：按期 2，超期 0，办理中 1；另有并案 1 件、改类 1 件不计" in view.summary
    counted = {(each.axis, each.code): (each.count, each.share) for each in view.axes}
    assert counted["C", "C09"] == (2, "66.7%")
    assert counted["C", "C04"] == (1, "33.3%")
    for axis in "ABC":
        assert sum(each.count for each in view.axes if each.axis == axis) == 3
    assert all(each.placeholder for each in view.axes)
    assert any("占位代码" in line for line in view.said)
    assert any("case_reasons v1" in line for line in view.said)
    assert any("截至 2026-11-22 09:30" in line for line in view.said)
    assert view.lines[0].due == "12-07"


def test_the_period_decides_by_the_day_of_receipt(desk_of: Desks, reports: Reports) -> None:
    registered(desk_of("zhao"))
    assert reports.complaint_register(date(2026, 11, 1), date(2026, 11, 21)).lines == ()
    assert len(reports.complaint_register(date(2026, 11, 22), date(2026, 11, 30)).lines) == 1
    for since, until in ((date(2026, 2, 1), date(2026, 1, 1)), (date(2000, 1, 1), DAY)):
        with pytest.raises(FieldError, match="period_wrong"):
            reports.complaint_register(since, until)


def test_how_long_taking_down_took_is_said(desk_of: Desks, reports: Reports) -> None:
    now = desk_of("zhao").now()
    for number, seconds in enumerate((48, 52, 95), 1):
        registered(desk_of("zhao"), number, form_opened_at=later(now, seconds=-seconds))
    assert any(
        "中位 52 秒，九成不超过 95 秒，60 秒以内占 67%（3 件）" in line
        for line in reports.complaint_register(DAY, DAY).said
    )


def test_the_offered_periods_are_those_of_today(reports: Reports) -> None:
    periods = {each.id: (each.since.isoformat(), each.until.isoformat()) for each in reports.register_periods()}
    assert periods == {
        "month": ("2026-11-01", "2026-11-22"),
        "last_month": ("2026-10-01", "2026-10-31"),
        "quarter": ("2026-10-01", "2026-11-22"),
        "last_quarter": ("2026-07-01", "2026-09-30"),
        "year": ("2026-01-01", "2026-11-22"),
    }


@pytest.mark.parametrize(
    ("staff", "may"), [("zhao", True), ("liu", True), ("zhou", True), ("wang", False), ("wu", False)]
)
def test_officer_supervisor_and_auditor_see_it_and_nobody_else(
    desk_of: Desks, tmp_path: Path, staff: str, may: bool
) -> None:
    desk = Reports(office_of(desk_of(staff), tmp_path))
    for call in (lambda: desk.complaint_register(DAY, DAY), lambda: desk.save_register(DAY, DAY, "csv")):
        if may:
            call()
        else:
            with pytest.raises(RuleError, match="role_may_not"):
                call()


def hostile_cases(desk_of: Desks) -> None:
    for number, text in enumerate(HOSTILE, 1):
        registered(
            desk_of("zhao"), number, told=told(text),
            regulator={"body": "pboc_transfer", "reference": text, "transferred_at": later(desk_of("zhao").now())},
            transaction={**TRANSACTION, "reference": text, "counterparty": text},
            customer={**CUSTOMER, "name": "张*丰", "phone": "138****8000"},
        )  # fmt: skip


def test_no_cell_of_the_csv_is_a_formula(desk_of: Desks, reports: Reports) -> None:
    hostile_cases(desk_of)
    path = reports.save_register(DAY, DAY, "csv")
    content = path.read_bytes()
    assert content.startswith("\ufeff".encode())
    assert path.stat().st_mode & 0o777 == 0o600
    text = content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][0] == "编号"
    numbers = [line[0][:25] for line in lines[1 : len(HOSTILE) + 1]]
    assert numbers == [f"TS-SZFT-0001-261122-{number:04d}-" for number in range(1, len(HOSTILE) + 1)]
    for line in lines:
        for cell in line:
            assert not [part for part in cells_of(cell) if is_formula(part)], cell
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", text.replace("\r\n", ""))
    whole = "".join(text.split())
    assert "口径：2026-11-22至2026-11-22" in whole and "截至2026-11-2209:30" in whole
    assert "导出人：Liuliu" in whole
    for private in ("张*丰", "138****8000", "k1:138"):
        assert private not in text


def test_no_cell_of_the_workbook_is_a_formula(desk_of: Desks, reports: Reports) -> None:
    hostile_cases(desk_of)
    path = reports.save_register(DAY, DAY, "xlsx")
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2)]  # noqa: S314
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]
    for sheet in sheets:
        assert not list(sheet.iter(f"{SHEET}f"))
        assert not list(sheet.iter(f"{SHEET}hyperlink"))
    texts = ["".join(each.itertext()) for each in shared]
    assert any("cmd" in each for each in texts)
    for text in texts:
        assert not [part for part in cells_of(text) if is_formula(part)], text
    amounts = [cell.findtext(f"{SHEET}v") for cell in sheets[0].iter(f"{SHEET}c") if cell.get("t") is None]
    assert amounts.count("128") == len(HOSTILE)  # numbers stay numbers
    assert any("占位代码" in each for each in texts) and any("截至" in each for each in texts)


def test_the_pdf_has_every_case_and_says_as_of_when(desk_of: Desks, store: Store, reports: Reports) -> None:
    branch_of_cases(desk_of, store)
    path = reports.save_register(DAY, DAY, "pdf")
    assert path.stat().st_mode & 0o777 == 0o600
    pages = PdfReader(path).pages
    text = "".join("".join(page.extract_text().replace("\0", "").split()) for page in pages)
    assert text.count("TS-SZFT-0001-261122-") == 5
    for part in (
        "投诉登记簿2026-11-22至2026-11-22",
        "深圳福田支行",
        "第1页",
        "占位代码",
        "截至2026-11-2209:30",
        "按三维分类统计",
    ):
        assert part in text
    assert float(pages[0].mediabox.width) > float(pages[0].mediabox.height)


def test_a_form_that_there_is_not_and_a_folder_that_cannot_be_written(reports: Reports, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="form_unknown"):
        reports.save_register(DAY, DAY, "docx")
    (tmp_path / "slips").write_text("no folder")
    with pytest.raises(RuleError, match="report_not_saved"):
        reports.save_register(DAY, DAY, "csv")


def exports(store: Store) -> list[Any]:
    return [each for each in store.entries(f"terminal/{store.identity.terminal}") if each.type == "report.exported"]


def test_each_export_is_an_entry_and_says_what_was_verified(desk_of: Desks, store: Store, reports: Reports) -> None:
    branch_of_cases(desk_of, store)
    before = store.head()
    paths = [reports.save_register(DAY, DAY, form) for form in ("csv", "pdf")]
    said = "".join(paths[0].read_text("utf-8-sig").split())
    assert f"至第{before.seq}条（{before.hash[:12]}）" in said
    made = exports(store)
    assert [each.staff for each in made] == ["liu", "liu"]
    days = {"what": "complaint_register", "since": "2026-11-22", "until": "2026-11-22"}
    for entry, form, path in zip(made, ("csv", "pdf"), paths, strict=True):
        assert entry.data == {**days, "form": form, "rows": 5, "sha256": sha256(path.read_bytes()).hexdigest()}
        assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(paths[0].parent.iterdir()) == sorted(paths)


def test_of_a_broken_journal_nothing_is_exported(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    registered(desk_of("zhao"))
    seq = store.head().seq
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_update")
        connection.exec_driver_sql(
            "UPDATE entry SET wire = CAST(replace(CAST(wire AS TEXT), '被扣了两次', '被扣了三次') AS BLOB)"
            " WHERE terminal = ? AND seq = ?",
            (store.identity.terminal, seq),
        )
    office = office_of(desk_of("liu"), tmp_path)
    for save in (lambda: Reports(office).save_register(DAY, DAY, "csv"), lambda: Pack(office).save_pack(0)):
        with pytest.raises(RuleError, match="journal_broken") as caught:
            save()
        assert caught.value.params == {"seq": seq}
    assert exports(store) == [] and not (tmp_path / "slips").exists()


def test_the_anchor_outside_the_store_is_asked_too(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    registered(desk_of("zhao"))
    anchor = Anchor(tmp_path / "anchor.json", bytes(32))
    desk = Reports(replace(office_of(desk_of("liu"), tmp_path), anchor=lambda: anchor))
    with pytest.raises(RuleError, match="journal_unanchored"):
        desk.save_register(DAY, DAY, "csv")
    anchor.write(store.identity.terminal, store.head()._replace(seq=store.head().seq + 1))
    with pytest.raises(RuleError, match="journal_broken"):
        desk.save_register(DAY, DAY, "csv")
    assert exports(store) == []
    anchor.write(store.identity.terminal, store.head())
    assert desk.save_register(DAY, DAY, "csv").exists()


def test_an_export_that_cannot_be_noted_leaves_no_file(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    desk = desk_of("liu")

    def fails(path: Path) -> None:
        path.write_text("half")
        raise FileExistsError

    with pytest.raises(FileExistsError):
        exported(desk, Exported("complaint_register", DAY, DAY, "csv", 0), fails, tmp_path / "a.csv")
    uncountable = Exported("complaint_register", DAY, DAY, "csv", -1)
    with pytest.raises(CannotFoldError):
        exported(desk, uncountable, lambda path: path.write_text("whole"), tmp_path / "a.csv")
    assert exports(store) == [] and not list(tmp_path.glob("*a.csv"))
