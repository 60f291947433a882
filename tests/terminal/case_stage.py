"""What a visit about a case does at a real console: fill the form in, open it in the queue, read its clocks."""

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.fixtures.central import CentralProcess
from tests.terminal.branch import BRANCH
from tests.terminal.console import Console

PHONE, CALLED = "13812348000", "13912345678"
TOLD = f"同一笔早餐被扣了两次，商户电话{CALLED}，一直不接"
KEPT = "同一笔早餐被扣了两次，商户电话****5678，一直不接"


@dataclass
class Typist:
    """Counts keys, but those of the narrative and of the customer's digits."""

    shown: Console
    keys: int = 0

    def press(self, *keys: str) -> None:
        """Named keys, or text as one key for each character."""
        for key in keys:
            self.keys += 1 if key in {"enter", "tab", "f4", "f10"} else len(key)
            self.shown.press(key)
            self.shown.settle()

    def uncounted(self, text: str, until: str) -> None:
        """The narrative, or digits of the customer."""
        self.shown.press(text)
        self.shown.wait_for(until)


def open_form(typist: Typist) -> None:
    """F4, until it can be filled in."""
    typist.press("f4")
    typist.shown.wait_for("1 ○ 投诉")
    typist.shown.settle()


def fill_dispute(typist: Typist) -> None:
    """Kind, customer, matter, facts; the focus is on the amount then."""
    typist.press("2")
    typist.shown.wait_for("金额")
    typist.uncounted(PHONE, "138****8000")
    typist.press("enter")
    typist.shown.wait_for("✓ 新客户  138****8000")
    typist.press("cfkk")
    typist.shown.wait_for("A05 B04 C09")
    typist.press("enter")
    typist.shown.wait_for("✓ 重复扣款")
    typist.uncounted(TOLD, KEPT)
    typist.press("enter")


def open_case(shown: Console, number: str) -> None:
    """From anywhere to the case, through the tab of the whole branch."""
    shown.press("f6")
    shown.wait_for("[我的")
    shown.settle()
    shown.press("right")
    shown.wait_for("[本网点")
    shown.wait_for(lambda text: number[-14:] in text, seconds=60)
    shown.settle()
    shown.press("enter")
    shown.wait_for(lambda text: number in text and "法定办结" in text and "登记工单" in text)
    shown.settle()


def clocks(text: str) -> dict[str, str]:
    """What is due until when, as the case's screen says it: what is left changes, the end does not."""
    found = re.findall(r"^\s*(法定|内控) (\S+) .*?至 ([0-9: -]+?)\s\s", text, flags=re.MULTILINE)
    ends = {f"{kind} {name}": until for kind, name, until in found}
    (promise,) = re.findall(r"^\s*下一次承诺 +\S+ \S+ +([0-9: -]+)", text, flags=re.MULTILINE)
    return {**ends, "promise": promise.strip()}


def entries(central: CentralProcess) -> list[dict[str, Any]]:
    """Everything that central holds of the branch."""
    return [json.loads(line) for line in central.command("entries", "--branch", BRANCH).split("\n") if line]
