"""The fast track between two consoles and a real central with a sandbox for a core: what is said of a freeze."""

from collections.abc import Callable
from pathlib import Path

import pytest

from branch_console.case_views.deduction import TrackView
from branch_console.central.sandbox_core import Mood, set_answer
from branch_console.rules.cases.form import Said
from branch_console.services.cases.board import CaseBoard
from tests.fixtures.central import CentralProcess
from tests.services.branch import Branch, Terminal
from tests.services.conftest import MakeTerminal, staffed

PHONE = "13800138000"


@pytest.fixture
def branch_alone(make_central: Callable[..., CentralProcess]) -> Branch:
    """A branch whose central has a core."""
    return staffed(make_central(BRANCH_CONSOLE_WALLET_CORE="sandbox"), "B1")


def answers(branch: Branch, mood: Mood) -> None:
    """What the core says from now on."""
    set_answer(branch.central.home / "central", mood, 0)


def cases(terminal: Terminal) -> CaseBoard:
    return terminal.services.cases


def begin(terminal: Terminal, category: str = "double_charge") -> str:
    """Number first: nothing but a phone and a category."""
    found = cases(terminal).case_customers(PHONE)
    return cases(terminal).begin_deduction(found[0].id, category, Said(), 20)


def wait_standing(terminal: Terminal, case: str, standing: str) -> TrackView:
    terminal.wait(lambda: cases(terminal).track(case).contain.standing == standing)
    return cases(terminal).track(case)


def through(view: TrackView) -> set[str]:
    return {step.code for step in view.steps if step.state != "open"}


def test_from_the_number_to_what_the_core_says_here_and_at_the_next_counter(
    branch_alone: Branch, make_terminal: MakeTerminal, tmp_path: Path
) -> None:
    one = make_terminal("K-01").login("wang")
    one.wait_drained()

    answers(branch_alone, "silent")
    case = begin(one)
    view = cases(one).track(case)
    assert view.number.startswith("TS-B1-") and through(view) == {"verify", "register"} and view.current == "contain"
    assert view.promise.when and view.promise.way == "phone"
    asked = cases(one).ask_to_contain(case, "freeze")
    assert (asked.contain.standing, asked.current) == ("requested", "evidence")
    assert "还没有冻结" in asked.contain.words and not asked.contain.ask
    one.wait_drained()
    assert cases(one).track(case).contain.standing == "requested", "a core that is silent has confirmed nothing"
    answers(branch_alone, "confirm")
    confirmed = wait_standing(one, case, "confirmed")
    assert "确认冻结" in confirmed.contain.words and "SANDBOX-" in confirmed.contain.words

    answers(branch_alone, "wallet_unknown")
    other = begin(one)
    cases(one).ask_to_contain(other, "limit")
    failed = wait_standing(one, other, "failed")
    assert "核心系统找不到该钱包" in failed.contain.words and failed.contain.again

    one.services.cut_network(True)
    one.wait_offline()
    third = begin(one)
    (incident,) = cases(one).incidents()
    assert "3 件「重复扣款」" in incident.words and set(incident.cases) == {case, other, third}
    offline = cases(one).track(third)
    assert "无法冻结" in offline.contain.offline and offline.contain.hotlines[0].number
    queued = cases(one).ask_to_contain(third, "freeze")
    assert (queued.contain.standing, queued.current) == ("queued", "contain"), "what was not sent is not through"
    assert "没有发出" in queued.contain.words and "没有冻结" in queued.contain.words
    called = cases(one).record_call(third, "icbc", "", True, "H-771", True)
    assert called.current == "evidence" and called.contain.calls[0].said_done
    assert "确认" not in called.contain.words, "what the hotline told the customer is no word of the core"

    answers(branch_alone, "confirm")
    one.services.cut_network(False)
    one.services.try_now()
    wait_standing(one, third, "confirmed")

    two = make_terminal("K-02").login("li")
    two.wait_drained()
    lines = {line.subject: line for line in cases(two).deduction_home().lines}
    assert set(lines) == {case, other, third} and lines[third].elsewhere == "K-01"
    picture = tmp_path / "screenshot.png"
    picture.write_bytes(b"invented picture")
    proof = cases(two).add_proof(third, "128.00", "09:40", "好又多超市", "PAY202611220042", str(picture), "yes")
    assert proof.proof.amount == "128.00" and proof.proof.pictures and "evidence" in through(proof)
    two.wait_drained()
    one.wait(lambda: "evidence" in through(cases(one).track(third)))
    assert cases(one).track(third).proof.counterparty == "好又多超市"
