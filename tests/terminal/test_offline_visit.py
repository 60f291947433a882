"""The main job, from key press to PostgreSQL: offline, through a power cut, to central and to a colleague."""

import json
from pathlib import Path

import pytest

from tests.fixtures.central import CentralProcess
from tests.terminal.branch import BRANCH, command, console, enrol, leave, log_in, open_branch, store_of
from tests.terminal.console import Console

pytestmark = pytest.mark.pty

NAME, PHONE, DOCUMENT = "欧阳静怡", "13100000021", "11010519491231002X"

# Step title → keys that answer it and confirm the step. Texts are typed as a person would, Enter confirms each.
UP_TO_NINE = [
    ("需求与客群", ["6", "3", "1", "enter"]),
    ("防骗两问", ["2", "2", "enter"]),
    ("手机检查", ["1", "1", "1", "1", "enter"]),
    ("告知与同意", ["1", "1", "enter"]),
    ("查询与续办", [NAME, "enter", PHONE, "enter", "1", DOCUMENT, "enter", "1", "enter"]),
    ("安装官方应用", ["1", "enter"]),
    ("注册与短信验证", ["1", "enter"]),
    ("选运营机构", ["1", "0022505081", "enter"]),
]
AFTER_NINE = [
    ("实名认证", ["1", "enter"]),
    ("绑定银行卡", ["1", "演示银行", "enter", "0005", "enter", "1", "enter"]),
    ("限额与安全设置", ["1", "1", "2", "1", "enter"]),
    ("第一次使用", ["1", "enter"]),
    ("安全小考", ["1", "1", "1", "enter"]),
    ("活动礼品", ["3", "enter"]),
    ("核对信息", ["enter"]),
    ("评价", ["1", "2", "enter"]),
]


def step(shown: Console, title: str, keys: list[str]) -> None:
    """Wait for a step, then answer it key by key, each when the one before has had its effect."""
    shown.wait_for(lambda text: title in text.splitlines()[2])
    for key in keys:
        shown.press(key)
        shown.settle()


def test_a_wallet_is_opened_offline_through_a_power_cut_and_central_knows_it(
    central: CentralProcess, tmp_path: Path
) -> None:
    open_branch(central, {"wangfang": "guide", "liqiang": "guide"})
    first, second = tmp_path / "k1", tmp_path / "k2"
    terminal = enrol(central, first, "K-01")
    enrol(central, second, "K-02")
    central.stop()

    with console(first) as shown:
        log_in(shown, "wangfang")
        shown.press("f2")
        shown.wait_for("查找客户")
        shown.press("ctrl+n")
        shown.wait_for("客户要办哪一类钱包")
        shown.press("3")
        for title, keys in UP_TO_NINE:
            step(shown, title, keys)
        shown.wait_for(lambda text: "支付密码" in text.splitlines()[2])
        shown.press("1")
        shown.wait_for("1 ◉ 是")
        shown.settle()
        shown.kill()

    with console(first) as shown:
        log_in(shown, "wangfang")
        assert "待同步 0" not in shown.text
        shown.press("f2")
        shown.wait_for("欧**怡")
        shown.settle()
        shown.press("enter")
        shown.wait_for(lambda text: "9/17" in text and "1 ◉ 是" in text)
        assert "/ 1:" not in shown.text.splitlines()[2], "no time target for somebody born in 1949"
        step(shown, "支付密码", ["1", "enter"])
        for title, keys in AFTER_NINE:
            step(shown, title, keys)
        shown.wait_for("必办步骤已全部完成")
        shown.press("enter")
        shown.wait_for("返回列表")
        central.start()
        shown.wait_for("待同步 0", seconds=90)
        stored = [json.loads(line) for line in central.command("entries", "--branch", BRANCH).split("\n") if line]
        own = [each for each in stored if each["terminal"] == terminal]
        assert [each["seq"] for each in own] == list(range(1, len(own) + 1))
        assert {each["type"] for each in own} >= {"journey.started", "journey.finished", "consent.given"}
        wires = json.dumps(stored, ensure_ascii=False)
        assert PHONE not in wires
        assert DOCUMENT not in wires
        verified = json.loads(command(first, "verify", "--staff", "wangfang", "--json").stdout)
        assert verified["ok"]
        assert own_entries(first) == [(each["seq"], each["hash"]) for each in own]
        leave(shown)

    with console(second) as shown:
        log_in(shown, "liqiang")
        shown.press("f2")
        shown.wait_for("查找客户")
        shown.press("right", "right", "right")
        shown.wait_for(
            lambda text: any("欧**怡" in line and "已办结" in line for line in text.splitlines()), seconds=60
        )


def own_entries(home: Path) -> list[tuple[int, str]]:
    """(seq, hash) of the terminal's own journal, read from its store."""
    with store_of(home, "wangfang") as store, store.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT seq, hash FROM entry WHERE terminal = ? ORDER BY seq", (store.identity.terminal,)
        )
        return [(int(row[0]), str(row[1])) for row in rows]
