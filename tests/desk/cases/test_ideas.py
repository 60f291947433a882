"""The board of ideas over a real store: taken down, supported, adopted, done, told, rewarded from the stock."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from branch_console.demo.history import Clock
from branch_console.desk.desk import Desk
from branch_console.desk.gifts import correcting, stock
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.goods import TypedLine
from branch_console.locale import set_language
from branch_console.rules.cases.form import Said
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.gifts.states import StockState
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.feedback import FeedbackDesk
from data import gift_queries as gifts
from data.store import Store
from screens.cases.feedback.port import Port
from tests.desk.conftest import PASSWORD

DeskOf = Callable[[str], Desk]
TEXT = "叫号屏放低一些，坐轮椅的客户看不到自己的号"
PHONE, OTHER_PHONE = "13812348000", "13912348001"
MUG = "OIL-5L"


class Feedback(FeedbackDesk):
    """The part of the case desk under test."""

    def __init__(self, office: CaseOffice) -> None:
        self._office = office


@dataclass
class Gifts:
    """The gift desk, as far as a reward asks for it."""

    made: Booth

    def booth(self) -> Booth:
        return self.made


Board = Callable[[str], Port]
"""The case desk of somebody, as screens know it."""


@pytest.fixture
def board(desk_of: DeskOf, store: Store, tmp_path: Path) -> Board:
    """The case desk of somebody."""
    set_language("zh")

    def booth(desk: Desk) -> Any:
        return Gifts(Booth(desk, False, None, gifts.ClaimedFilter(store)))

    def central(*_: object, **__: object) -> Any:
        raise AssertionError("nothing here asks central")

    def made(staff: str) -> Port:
        desk = desk_of(staff)
        folder = tmp_path / "slips"
        return Feedback(
            CaseOffice(lambda: desk, lambda: (False, None), central, lambda: booth(desk), folder, "福田支行")
        )

    return made


def idea(store: Store, subject: str) -> CaseState:
    state = store.state(subject)
    assert isinstance(state, CaseState)
    return state


def code(work: Callable[[], object]) -> str:
    with pytest.raises((RuleError, FieldErrors)) as refused:
        work()
    error: Any = refused.value
    return ",".join(each.code for each in getattr(error, "errors", (error,)))


def test_an_idea_is_taken_down_masked_with_its_topic_and_whose_it_is(board: Board, store: Store) -> None:
    wang = board("wang")
    wang.keep_idea_draft(f"{TEXT} {PHONE}", "premises", "customer")
    assert PHONE not in wang.idea_draft()[0] and wang.idea_draft()[1:] == ("premises", "customer")
    line = wang.suggest(Said(f"{TEXT}，我的电话 {PHONE}"), "premises", "customer", PHONE)
    state = idea(store, line.subject)
    assert (state.kind, state.topic, state.who, state.status) == ("suggestion", "premises", "customer", "received")
    assert PHONE not in state.narrative and state.masked == {"mobile": 1}
    assert state.customer is not None and state.customer.how == "phone"
    assert wang.idea_draft() == ("", "", "")
    typed = Said("叫号屏太高，电话 ****8000，看不到", masked={"mobile": 1})
    assert idea(store, wang.suggest(typed, "premises", "anonymous", "").subject).masked == {"mobile": 1}
    assert [each.id for each in wang.owners()] == ["wang", "liu", "li", "zhao"]
    assert idea(store, wang.suggest(Said(TEXT), "premises", "staff", "").subject).who == "staff"
    assert idea(store, wang.suggest(Said(TEXT), "premises", "customer", "").subject).who == "anonymous"
    assert code(lambda: wang.suggest(Said("短"), "", "", "")) == "choice_missing,choice_missing"
    assert code(lambda: wang.suggest(Said("短"), "premises", "anonymous", "")) == "narrative_short"
    assert code(lambda: board("zhou").suggest(Said(TEXT), "premises", "anonymous", "")) == "role_may_not"


def test_one_person_supports_once_and_nobody_their_own(board: Board, store: Store) -> None:
    wang = board("wang")
    subject = wang.suggest(Said(TEXT), "premises", "customer", PHONE).subject
    assert code(lambda: wang.support(subject, "customer", PHONE)) == "idea_own"
    assert wang.support(subject, "customer", OTHER_PHONE).support == 1
    assert code(lambda: wang.support(subject, "customer", OTHER_PHONE)) == "supported_already"
    assert wang.support(subject, "staff", "").support == 2
    assert code(lambda: wang.support(subject, "staff", "")) == "supported_already"
    assert wang.support(subject, "anonymous", "").support == 3
    assert wang.support(subject, "anonymous", "").support == 4
    assert code(lambda: wang.support(subject, "customer", "8000")) == "person_unknown"
    assert OTHER_PHONE not in str(idea(store, subject).supporters)
    own = wang.suggest(Said(TEXT), "premises", "staff", "").subject
    assert code(lambda: wang.support(own, "staff", "")) == "idea_own"
    assert board("li").support(own, "staff", "").support == 1


def test_the_board_goes_from_received_to_told(board: Board, store: Store) -> None:
    wang, liu = board("wang"), board("liu")
    subject = wang.suggest(Said(TEXT), "premises", "anonymous", "").subject
    assert [wang.count_ideas(tab) for tab in ("received", "adopted", "all")] == [1, 0, 1]
    assert wang.idea(subject).acts["adopt"] and not liu.idea(subject).acts["adopt"]
    assert code(lambda: wang.adopt(subject, "好", "zhao", "")) == "role_may_not"
    liu.keep_idea_form("adopt", subject, {"reason": f"好，问 {PHONE}", "due": ""})
    assert liu.idea_form("adopt", subject) == {"reason": "好，问 ****8000"}
    liu.keep_idea_form("adopt", subject, {})
    assert liu.idea_form("adopt", subject) == {}
    assert liu.evaluate(subject, "可行").status == "evaluating"
    assert code(lambda: liu.adopt(subject, "好", "nobody", "")) == "owner_missing"
    assert code(lambda: liu.adopt(subject, "好", "zhao", "2026-11-21")) == "due_past"
    assert code(lambda: liu.adopt(subject, "好", "zhao", "30-11")) == "date_form"
    adopted = liu.adopt(subject, "好", "zhao", "11-30")
    assert (adopted.status, adopted.owner, adopted.due, adopted.overdue) == ("adopted", "Zhao", "2026-11-30", False)
    assert liu.idea_done(subject, "调低二十厘米").status == "done"
    assert code(lambda: liu.idea_told(subject, "phone", "已告知")) == "idea_anonymous"
    assert liu.idea_told(subject, "board", "已上墙").status == "told"
    view = liu.idea(subject)
    assert [each.what for each in view.steps][1:] == ["建议评估", "采纳建议", "建议落地", "告知建议人"]
    assert [each.subject for each in liu.ideas("told", 0, 10)] == [subject]
    declined = wang.suggest(Said("门口放一把公用拐杖给老人"), "elderly", "anonymous", "").subject
    assert liu.decline(declined, "安全责任不清").status == "declined"
    wall = "\n".join(each.text for each in liu.we_did(4).blocks)
    assert (
        "您说：叫号屏放低一些" in wall and "我们做了：调低二十厘米" in wall and "我们暂时做不到：安全责任不清" in wall
    )


def test_nearly_the_same_idea_is_hinted_at(board: Board) -> None:
    wang = board("wang")
    first = wang.suggest(Said(TEXT), "premises", "anonymous", "").subject
    wang.suggest(Said("手机银行的字太小了，能不能放大"), "app", "anonymous", "")
    assert [each.subject for each in wang.similar_ideas("叫号屏太高，坐轮椅的客户看不到")] == [first]
    assert wang.similar_ideas("") == () and wang.similar_ideas("完全不同的一件事情而已") == ()


def test_a_present_is_a_move_of_stock_approved_by_somebody_else_once_and_within_the_caps(
    board: Board, store: Store, desk_of: DeskOf, clock: Clock
) -> None:
    shelve(desk_of("wang"), store, 9)
    liu, zhao = board("liu"), board("zhao")
    subject = board("wang").suggest(Said(TEXT), "premises", "customer", PHONE).subject
    scene = zhao.reward_scene(subject)
    (goods,) = scene.goods
    assert goods.available == 9 and [each.id for each in scene.approvers] == ["liu"]
    give: Callable[..., Any] = lambda quantity="1", approver="liu", password=PASSWORD: zhao.reward(  # noqa: E731
        subject, goods.id, quantity, approver, password
    )
    assert code(give) == "case_status_not"
    liu.adopt(subject, "好", "zhao", "")
    assert code(lambda: give(approver="")) == "approver_missing"
    assert code(lambda: give(approver="li")) == "approver_role"
    assert code(lambda: liu.reward(subject, goods.id, "1", "liu", PASSWORD)) in {"approver_same", "second_person_same"}
    assert code(lambda: give(quantity="9")) == "reward_too_high"
    assert code(lambda: give(quantity="x")) == "quantity_form"
    assert left(store, clock) == 9, "what was refused has moved nothing"
    assert give(quantity="2").rewarded
    state = idea(store, subject)
    (reward,) = state.rewards
    document = store.state(reward.act)
    assert isinstance(document, StockState)
    assert (document.kind, document.idea, document.second_staff, document.marks) == ("reward", subject, "liu", [])
    assert (left(store, clock), reward.approver, reward.staff, reward.month) == (7, "liu", "zhao", "2026-11")
    assert reward.value_fen == sum(each.move.value_fen for each in document.booked) > 0
    assert code(give) == "rewarded_already"
    booth = Booth(desk_of("liu"), False, None, gifts.ClaimedFilter(store))
    (found,) = [each for each in correcting.documents(booth, 9) if each.document.subject == reward.act]
    assert found.refusal is not None and found.refusal.code == "reward_stays"


def test_all_rewards_of_a_month_stay_under_its_cap(board: Board, store: Store, desk_of: DeskOf) -> None:
    shelve(desk_of("wang"), store, 30)
    liu, zhao = board("liu"), board("zhao")

    def give(number: int) -> None:
        subject = board("wang").suggest(Said(f"{TEXT}，第 {number} 条"), "premises", "anonymous", "").subject
        liu.adopt(subject, "好", "zhao", "")
        (goods,) = zhao.reward_scene(subject).goods
        zhao.reward(subject, goods.id, "2", "liu", PASSWORD)

    for number in (1, 2):
        give(number)
    assert "359.60" in zhao.reward_scene(zhao.ideas("all", 0, 1)[0].subject).left
    assert code(lambda: give(3)) == "reward_month_full"


def shelve(desk: Desk, store: Store, quantity: int) -> None:
    booth = Booth(desk, False, None, gifts.ClaimedFilter(store))
    stock.receive(booth, None, "N-1", [TypedLine(MUG, "L1", "2027-06-30", str(quantity))], "", "li", PASSWORD)


def left(store: Store, clock: Clock) -> int:
    return sum(gifts.there(store, clock()).values())


def test_a_typed_customer_must_be_one(board: Board) -> None:
    with pytest.raises(FieldErrors) as refused:
        board("wang").suggest(Said(TEXT), "premises", "customer", "张三")
    assert [(each.field, each.code) for each in refused.value.errors] == [("contact", "person_unknown")]
    assert isinstance(refused.value.errors[0], FieldError)
