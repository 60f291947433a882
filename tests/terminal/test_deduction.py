"""F9 on a real console that is cut off: it claims no freeze, shows the hotline, survives a power cut; then the core."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.central import CentralProcess
from tests.terminal.branch import BRANCH, console, enrol, leave, log_in, open_branch
from tests.terminal.console import Console

pytestmark = pytest.mark.pty

PHONE = "13100000021"
HONEST = ("不等于已冻结", "不等于核心系统已冻结")
"""Sentences that say what does not mean frozen."""


def claims(text: str) -> bool:
    """Whether a screen says that something is frozen."""
    plain = "".join(text.split())
    for each in HONEST:
        plain = plain.replace(each, "")
    return any(each in plain for each in ("已冻结", "确认冻结", "核心已确认"))


def open_track(shown: Console) -> None:
    """From the start of the fast track to the one that is not through: the list is the last stop."""
    shown.press("f9")
    shown.wait_for("立即登记并开始止损")
    shown.wait_for("TS-SZ01-")
    shown.settle()
    shown.press("up")
    shown.settle()
    shown.press("enter")
    shown.wait_for("目标 2:00")
    shown.settle()


def test_offline_no_freeze_is_claimed_and_the_hotline_is_shown_large(
    make_central: Callable[..., CentralProcess], tmp_path: Path
) -> None:
    central = make_central(BRANCH_CONSOLE_WALLET_CORE="sandbox")
    open_branch(central, {"wangfang": "guide"})
    home = tmp_path / "k1"
    enrol(central, home, "K-01")
    central.stop()

    with console(home) as shown:
        log_in(shown, "wangfang")
        shown.press("f9")
        shown.wait_for("1 ○ 非本人交易扣款")
        shown.settle()
        shown.type(PHONE)
        shown.press("enter")
        shown.wait_for("131****0021")
        shown.settle()
        shown.press("1")
        shown.wait_for("1 ◉ 非本人交易扣款")
        shown.settle()
        shown.press("enter")
        shown.settle()
        shown.press("enter")
        shown.wait_for("本机断网，无法冻结")
        shown.wait_for("██████")
        text = shown.settle()
        assert PHONE not in text and "绝不询问密码" in text and not claims(text)
        shown.settle()
        shown.press("enter")
        shown.wait_for("客户拨打热线并记录")
        shown.settle()
        shown.press("down", "enter")
        shown.wait_for("没有发出")
        text = shown.settle()
        assert "没有冻结" in text and not claims(text)
        shown.settle()
        shown.kill()

    with console(home) as shown:
        log_in(shown, "wangfang")
        open_track(shown)
        shown.wait_for("没有发出")
        text = shown.settle()
        assert "██████" in text and not claims(text)
        shown.press("h")
        shown.wait_for("记录热线通话")
        shown.settle()
        shown.press("enter")
        shown.settle()
        shown.press("2")
        shown.settle()
        shown.press("enter")
        shown.settle()
        shown.type("H-771")
        shown.press("enter")
        shown.settle()
        shown.press("enter")
        shown.wait_for(lambda text: any(" 止损 " in line and "完成" in line for line in text.splitlines()))
        assert not claims(shown.settle()), "what a hotline told the customer freezes nothing"

        central.start()
        shown.wait_for("确认冻结", seconds=90)
        shown.wait_for("待同步 0", seconds=60)
        stored = [json.loads(line) for line in central.command("entries", "--branch", BRANCH).split("\n") if line]
        said = [each for each in stored if each["type"] == "case.containment_confirmed"]
        assert [each["terminal"] for each in said] == [f"central/{BRANCH}"]
        (asked,) = [each["data"] for each in stored if each["type"] == "case.containment_requested"]
        assert asked["online"] is False
        assert PHONE not in json.dumps(stored)
        shown.press("escape")
        shown.wait_for("立即登记并开始止损")
        leave(shown)
