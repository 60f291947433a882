"""Slips of cases over a real store: what they say in both languages, that every copy is an act, what they never say."""

from pathlib import Path
from typing import Any

import pytest

from branch_console.locale import LANGUAGES, Language, t_in
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.services.slips.case import CASE_SLIPS
from data.store import Store
from tests.desk.cases.slip_help import NARRATIVE, TOKEN, Desks, acted, board_of, later, registered
from tests.rules.cases.case_help import SAMPLES, TRANSACTION


def squeezed(text: str) -> str:
    return "".join(text.split())


def state_of(store: Store, case: str) -> CaseState:
    state = store.state(case)
    assert isinstance(state, CaseState)
    return state


def said(desk: Any, folder: Path, case: str, which: str, language: Language = "zh", *, online: bool = True) -> str:
    return squeezed("".join(board_of(desk, folder, online=online).slip(case, which, language).lines))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_receipt_says_what_the_customer_needs_to_know(
    desk_of: Desks, store: Store, tmp_path: Path, spoken: Language
) -> None:
    desk = desk_of("wang")
    case = registered(desk)
    view = board_of(desk, tmp_path).slip(case, "receipt", spoken)
    text = squeezed("".join(view.lines))
    number = state_of(store, case).number
    words = {
        "zh": ("投诉登记回执", "重复扣款", "退款", "申请调解"),
        "en": ("Receipt:Complaint", "Chargedtwice", "Refund", "Mediation"),
    }
    for part in (number, NARRATIVE, "张*丰", "深圳福田支行", "96110", "12378", "2026-11-22", *words[spoken]):
        assert squeezed(part) in text
    # Received on Sunday 22 November at 09:30: the promise is three hours later, the law's 15th day is 7 December.
    assert squeezed(f"{t_in(spoken, 'case_slip.decision_by')}2026-12-07") in text
    assert "2026-11-2212:30" in text
    assert view.qr == f"v1|{number}|{TOKEN}"
    for private in ("k1:138", "138****8000", "002250"):
        assert private not in text


def test_every_copy_is_an_act_with_its_form_and_language(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    board = board_of(desk_of("wang"), tmp_path)
    case = registered(desk_of("wang"))
    board.slip(case, "receipt", "zh")
    board.slip(case, "receipt", "en")
    path = board.save_slip(case, "receipt", "en")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    copies = [(each.slip, each.form, each.language, each.offline) for each in state_of(store, case).slips]
    assert copies == [("receipt", "text", "zh", True), ("receipt", "text", "en", True), ("receipt", "pdf", "en", True)]


def test_a_pdf_that_cannot_be_saved_was_never_printed(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    case = registered(desk_of("wang"))
    (tmp_path / "slips").write_text("no folder")
    with pytest.raises(RuleError, match="slip_not_saved"):
        board_of(desk_of("wang"), tmp_path).save_slip(case, "receipt", "zh")
    assert state_of(store, case).slips == []


def test_head_office_has_it_only_when_central_said_so(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    desk = desk_of("wang")
    case = registered(desk)
    here = squeezed(t_in("zh", "case_slip.here_only"))
    assert "已在本网点登记，联网后同步" in here
    assert here in said(desk, tmp_path, case, "receipt", online=False)
    going, there = squeezed(t_in("zh", "case_slip.here_going")), squeezed(t_in("zh", "case_slip.at_central"))
    assert going in said(desk, tmp_path, case, "receipt")
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", desk.now())
    text = said(desk, tmp_path, case, "receipt")
    assert there in text
    assert going not in text
    assert state_of(store, case).slips[-1].offline is False


def test_a_slip_never_says_frozen_before_the_core_does(desk_of: Desks, tmp_path: Path) -> None:
    desk = desk_of("wang")
    case = registered(desk, kind="dispute", fast_track=True, transaction=TRANSACTION, clock_sets=["fast", "common"])
    not_yet = squeezed(t_in("zh", "case_slip.contain.none", time="2026-11-22 09:30"))
    assert not_yet in said(desk, tmp_path, case, "receipt", online=False)
    now = desk.now()
    request = {
        "measure": "freeze",
        "wallet": "****5081",
        "not_before": later(now),
        "expires_at": later(now, minutes=30),
    }
    acted(desk, case, "case.containment_requested", {**request, "online": True})
    for which in ("receipt", "hotline"):
        text = said(desk, tmp_path, case, which)
        assert "申请不等于已冻结" in text
        assert "核心系统已" not in text


def test_the_hotline_slip_shows_numbers_large_and_calls_made(desk_of: Desks, tmp_path: Path) -> None:
    desk = desk_of("wang")
    case = registered(desk, kind="dispute", fast_track=True, transaction=TRANSACTION, clock_sets=["fast", "common"])
    call = {**SAMPLES["case.hotline_called"], "called_at": later(desk.now(), minutes=-2)}
    acted(desk, case, "case.hotline_called", call)
    view = board_of(desk, tmp_path, online=False).slip(case, "hotline", "en")
    assert any("*** 96110 ***" in line for line in view.lines)
    text = squeezed("".join(view.lines))
    for part in ("95588 answered H771", "no freeze was confirmed", "does not mean that the wallet is frozen"):
        assert squeezed(part) in text


def test_decision_extension_and_withdrawal_have_their_slips(desk_of: Desks, store: Store, tmp_path: Path) -> None:
    officer = desk_of("zhao")
    board = board_of(officer, tmp_path)
    case = registered(officer)
    refused = {name: str(why) for name, why in board.slips(case).items() if why is not None}
    assert set(refused) == {"decision", "extension", "withdrawal"}
    extended = {**SAMPLES["case.extended"], "approver": "liu", "told_at": later(officer.now(), minutes=-1)}
    acted(officer, case, "case.extended", extended, approver_role="supervisor")
    text = said(officer, tmp_path, case, "extension")
    for part in ("需商户配合", "网点主管", f"{t_in('zh', 'case_slip.decision_by')}2026-12-22"):
        assert squeezed(part) in text
    acted(officer, case, "case.decided")
    text = said(officer, tmp_path, case, "decision", "en")
    for part in ("Upheld", "客户协议第七条", "Refund", "128", "Mediation", t_in("en", "case_slip.told_by_this")):
        assert squeezed(part) in text
    assert squeezed("Arbitration") not in text  # the decision did not name it
    acted(officer, case, "case.withdrawn")
    assert squeezed("商户已退款") in said(officer, tmp_path, case, "withdrawal")
    assert [each.slip for each in state_of(store, case).slips] == ["extension", "decision", "withdrawal"]


def test_numbers_are_masked_once_more_on_the_way_out(desk_of: Desks, tmp_path: Path) -> None:
    told = {"text": "请打 13812348000 找我，卡号 6222021234567890128", "masked": {}, "exemptions": {}}
    case = registered(desk_of("wang"), told=told)
    text = said(desk_of("wang"), tmp_path, case, "receipt")
    assert "13812348000" not in text
    assert "****8000" in text
    assert "6222021234567890128" not in text


def test_of_an_erased_case_nothing_of_the_person_is_left(desk_of: Desks, tmp_path: Path) -> None:
    told, nobody = {"text": "一二三四五六", "masked": {}, "exemptions": {}}, {"how": "anonymous", "keys": {}}
    promise = {"at": later(desk_of("wang").now(), hours=3), "way": "visit", "staff": None}
    case = registered(desk_of("wang"), told=told, customer=nobody, token=None, promise=promise)
    view = board_of(desk_of("wang"), tmp_path).slip(case, "receipt", "zh")
    assert view.qr == ""
    assert t_in("zh", "case_slip.anonymous") in "".join(view.lines)
    assert board_of(desk_of("wang"), tmp_path).save_slip(case, "receipt", "zh").exists()


@pytest.mark.parametrize("which", CASE_SLIPS)
def test_who_may_not_take_cases_down_prints_nothing(desk_of: Desks, tmp_path: Path, which: str) -> None:
    case = registered(desk_of("wang"))
    with pytest.raises(RuleError, match="role_may_not"):
        board_of(desk_of("zhou"), tmp_path).slip(case, which, "zh")


def test_only_slips_that_there_are(desk_of: Desks, tmp_path: Path) -> None:
    case = registered(desk_of("wang"))
    for which, code in (
        ("poem", "slip_unknown"),
        ("decision", "decision_missing"),
        ("withdrawal", "slip_not_withdrawn"),
    ):
        with pytest.raises(RuleError, match=code):
            board_of(desk_of("wang"), tmp_path).slip(case, which, "zh")
