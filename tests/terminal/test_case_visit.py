"""The third job, from key press to PostgreSQL: a case in a minute without a network, no freeze claimed, an officer
elsewhere who goes on with it."""

import json
from pathlib import Path

import pytest

from branch_console.rules.cases.numbers import number_is_right
from data.queries import drafts
from tests.fixtures.central import CentralProcess, until
from tests.terminal.branch import console, enrol, leave, log_in, open_branch, store_of
from tests.terminal.case_stage import (
    CALLED,
    KEPT,
    PHONE,
    TOLD,
    Typist,
    clocks,
    entries,
    fill_dispute,
    open_case,
    open_form,
)
from tests.terminal.console import Console

pytestmark = pytest.mark.pty

MOST = 45
"""Keys besides the narrative and the customer's digits."""
FROZEN = ("已冻结", "冻结成功", "核心已确认")
"""What nobody may read on a terminal that central has not answered."""


def save_dispute(shown: Console) -> str:
    """All of the form; returns the number on the slip."""
    typist = Typist(shown)
    open_form(typist)
    fill_dispute(typist)
    typist.press("128", "enter", "PAY5521", "enter", "enter", "enter", "enter", "enter")
    shown.wait_for("保存并出回执")
    typist.press("enter")
    text = shown.wait_for(lambda text: "TS-SZ01-" in text and "已在本网点登记，联网后同步" in text)
    assert typist.keys <= MOST
    assert CALLED not in text and PHONE not in text
    return next(word for word in text.split() if word.startswith("TS-SZ01-"))


def ask_for_a_freeze(shown: Console) -> str:
    """F9 without a network: the next customer's, by the whole number; asks for a freeze all the same."""
    shown.press("f9")
    shown.wait_for("绝不询问密码")
    shown.settle()
    shown.press(PHONE)
    shown.wait_for(PHONE)
    shown.press("enter")
    shown.settle()
    shown.press("1")
    shown.settle()
    shown.press("enter")
    shown.settle()
    shown.press("enter")
    shown.wait_for("无法冻结")
    shown.wait_for("██")
    text = shown.settle()
    assert not any(each in text for each in FROZEN)
    shown.settle()
    shown.press("enter")
    shown.wait_for("申请冻结钱包")
    shown.settle()
    shown.press("2")
    shown.wait_for(lambda text: "没有发出" in text or "排队" in text)
    text = shown.settle()
    assert not any(each in text for each in FROZEN)
    return next(word for word in text.split() if word.startswith("TS-SZ01-"))


def test_a_case_is_taken_down_offline_and_an_officer_elsewhere_goes_on_with_it(
    central: CentralProcess, tmp_path: Path
) -> None:
    open_branch(central, {"wangfang": "guide", "chenjing": "case_officer"})
    first, second = tmp_path / "k1", tmp_path / "k2"
    enrol(central, first, "K-01")
    enrol(central, second, "K-02")
    central.stop()

    with console(first) as shown:
        log_in(shown, "wangfang")
        typist = Typist(shown)
        open_form(typist)
        fill_dispute(typist)
        shown.press("128")
        shown.wait_for(lambda text: any("金额" in line and "128" in line for line in text.splitlines()))
        with store_of(first, "wangfang") as store:
            shown.wait_for(lambda _: '"amount":"128"' in drafts(store, "case_form/wangfang").get("form", ""))
        shown.kill()

    with console(first) as shown:
        log_in(shown, "wangfang")
        shown.press("f4")
        shown.wait_for(lambda text: "有一份未保存的登记" in text and KEPT[:20] in text)
        shown.settle()
        shown.press("enter")
        shown.wait_for(lambda text: "✓ 重复扣款" in text and "128" in text and KEPT in text)
        shown.settle()
        shown.press("escape")
        shown.wait_for("离开这张登记？")
        shown.settle()
        shown.press("3")
        shown.wait_for(lambda text: "1 ○ 投诉" in text and "✓" not in text)
        shown.settle()
        shown.press("escape")
        shown.wait_for("继续办理")
        shown.settle()

        number = save_dispute(shown)
        assert number_is_right(number)
        shown.settle()
        shown.press("escape")
        shown.wait_for(lambda text: "1 ○ 投诉" in text and KEPT not in text)
        shown.settle()
        freeze = ask_for_a_freeze(shown)
        assert freeze != number
        shown.settle()
        open_case(shown, number)
        here = clocks(shown.text)
        assert here.keys() >= {"法定 法定办结", "promise"}
        central.start()
        shown.wait_for("待同步 0", seconds=90)
        leave(shown)

    stored = entries(central)
    registered = {each["data"]["number"]: each["data"] for each in stored if each["type"] == "case.registered"}
    assert registered.keys() == {number, freeze}
    case = registered[number]
    assert (case["told"]["text"], case["told"]["masked"]) == (KEPT, {"mobile": 1})
    assert case["form_opened_at"] < case["saved_at"]
    assert case["transaction"]["amount_fen"] == 12_800
    (asked,) = [each["data"] for each in stored if each["type"] == "case.containment_requested"]
    assert asked["online"] is False
    wires = json.dumps(stored, ensure_ascii=False)
    assert not any(each in wires for each in (CALLED, PHONE, TOLD))

    with console(second) as shown:
        log_in(shown, "chenjing")
        open_case(shown, number)
        assert clocks(shown.text) == here, "the same policy, the same calendar, the same ends"
        shown.press("n")
        shown.wait_for("记录")
        shown.settle()
        shown.type("已联系商户核对流水")
        shown.press("f10")
        shown.wait_for(lambda text: any("陈静" in line or "Chenjing" in line for line in text.splitlines()[1:]))
        shown.wait_for("待同步 0", seconds=60)
        until(lambda: any(each["type"] == "case.noted" and each["staff"] == "chenjing" for each in entries(central)))
        leave(shown)
