"""Ratings, the pack of the meeting and what it agrees, over a real store; the pack as text and PDF."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from branch_console.case_views.feedback import Block, PaperView
from branch_console.demo.history import Clock
from branch_console.desk.desk import Desk
from branch_console.locale import set_language
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.cases.states import RatingState
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.feedback.intervals import satisfaction
from branch_console.rules.feedback.words import words_of
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.feedback import FeedbackDesk
from branch_console.services.cases.pack_words import rated_words
from branch_console.services.cases.paper_files import WIDTH, paper_pdf, paper_text
from branch_console.services.cases.segmenter import segmenter
from branch_console.services.slips.wrapping import cells
from data.store import Store
from screens.cases.feedback.port import Port
from tests.desk.cases.slip_help import acted, office_of, registered
from tests.desk.test_journeys import play
from tests.rules.cases.case_help import DECIDED
from tests.rules.feedback.help import LEXICON

DeskOf = Callable[[str], Desk]


class Feedback(FeedbackDesk):
    """The part of the case desk under test."""

    def __init__(self, office: CaseOffice) -> None:
        self._office = office


Board = Callable[[str], Port]
"""The case desk of somebody, as screens know it."""


@pytest.fixture
def board(desk_of: DeskOf, tmp_path: Path) -> Board:
    """The case desk of somebody."""
    set_language("zh")
    return lambda staff: Feedback(office_of(desk_of(staff), tmp_path))


def told(desk: Desk, text: str, count: int, **changed: Any) -> str:
    return registered(desk, count, told={"text": text, "masked": {}, "exemptions": {}}, **changed)


def words(paper: PaperView) -> str:
    return "\n".join(each.text for each in paper.blocks)


def closed(desk: Desk, count: int) -> str:
    subject = registered(desk, count)
    acted(desk, subject, "case.decided", {**DECIDED, "redress": None})
    acted(desk, subject, "case.notified")
    acted(desk, subject, "case.closed", {"result": "已解释", "root_cause": None, "rectification": None})
    return subject


def test_only_what_is_over_is_rated_and_every_word_is_kept(board: Board, desk_of: DeskOf, store: Store) -> None:
    wang, zhao = board("wang"), desk_of("zhao")
    open_case = registered(zhao, 1)
    assert wang.rating(open_case).why_not
    with pytest.raises(RuleError, match="rating_too_early"):
        wang.rate(open_case, 5, (), "", "customer")
    withdrawn = registered(zhao, 3)
    acted(zhao, withdrawn, "case.withdrawn")
    with pytest.raises(RuleError, match="rating_too_early"):
        wang.rate(withdrawn, 1, (), "", "customer")
    case = closed(zhao, 2)
    view = wang.rating(case)
    assert (view.why_not, view.given, [code for code, _ in view.reasons][:2]) == ("", 0, ["queueing", "staff"])
    wang.rate(case, 5, (), "", "customer")
    wang.rate(case, 2, ("staff", "staff"), "其实不满意，回电 13812348000", "staff_for_customer")
    state = store.state(rating_subject(case))
    assert isinstance(state, RatingState) and state.counted is not None
    assert [(each.score, each.revision) for each in state.revisions] == [(5, 1), (2, 2)]
    assert state.counted.text == "其实不满意，回电 ****8000" and state.counted.reasons == ["staff"]
    assert (wang.rating(case).score, wang.rating(case).given) == (2, 2)
    with pytest.raises(RuleError, match="rating_nothing"):
        wang.rating("journey/0190c0de-0000-7000-8000-00000000dead")
    with pytest.raises(RuleError, match="role_may_not"):
        board("zhou").rate(case, 5, (), "", "customer")


def test_a_finished_journey_is_rated_and_counts_among_those_who_could_be_asked(
    board: Board, desk_of: DeskOf, clock: Clock
) -> None:
    journey = play(desk_of("wang"), clock)
    assert board("wang").rating(journey).what == "开户引导 欧**怡"
    assert "作答 0 份，可询问 1 人次" in words(board("liu").pack(0))
    board("wang").rate(journey, 5, (), "", "customer")
    assert "作答 1 份，可询问 1 人次；5 分 1，4 分 0" in words(board("liu").pack(0))


def test_the_pack_says_what_it_rests_on(board: Board, desk_of: DeskOf, clock: Clock) -> None:
    zhao, now = desk_of("zhao"), clock.now
    clock.now = now - timedelta(weeks=3)
    for number in range(30):
        told(zhao, f"第{number}次来，排队等了一个多小时，只开一个窗口", 100 + number)
    clock.now = now
    for number in range(8):
        told(zhao, f"碰一碰付款没有反应，收银员换了{number}台机器也不行", 200 + number)
    told(zhao, "门口的叶子没有人扫，电话 13812348000", 300)
    told(zhao, "我要举报某位员工收客户好处费", 302, kind="report", codes=None)
    case = closed(zhao, 301)
    board("wang").rate(case, 4, (), "碰一碰要是能用就好了", "customer")
    paper = board("zhou").pack(0)
    said = words(paper)
    assert "2026-11-16 至 2026-11-22" in paper.title
    assert "共 11 条反馈" in said and "未归类 " in said and "不计算情绪分" in said
    assert "“碰一碰”" in said and "与此前八周的 30 条反馈相比" in said
    assert "排队等候" not in said.partition("新出现的词")[0].partition("未归类的几条")[0]
    assert "作答 1 份，可询问 1 人次" in said and "满意 1" not in said
    assert "13812348000" not in said and "好处费" not in said
    assert "共 30 条反馈" in words(board("zhou").pack(3))


def test_a_share_is_said_from_ten_answers_on_with_its_interval() -> None:
    set_language("zh")
    assert "%" not in rated_words(satisfaction([5] * 9, 9))
    nine_of_ten = rated_words(satisfaction([5] * 9 + [1], 40))
    assert (
        nine_of_ten.startswith("满意 90%（60% 至 98%，n = 10）")
        and "作答 10 份，可询问 40 人次，作答率 25%" in nine_of_ten
    )


def test_what_was_agreed_stands_in_the_next_pack_until_it_is_ended(board: Board, clock: Clock) -> None:
    liu = board("liu")
    with pytest.raises(RuleError, match="role_may_not"):
        board("zhao").agree("门口加座椅", "zhao", "11-25")
    for what, owner, due, field in (
        ("", "zhao", "11-25", "what"),
        ("座椅", "", "11-25", "owner"),
        ("座椅", "zhao", "", "due"),
    ):
        with pytest.raises((RuleError, FieldErrors)) as refused:
            liu.agree(what, owner, due)
        assert getattr(refused.value, "field", "") == field
    liu.agree("门口加座椅", "zhao", "11-25")
    clock.now += timedelta(weeks=1)
    (line,) = liu.pack(0).actions
    assert (line.owner, line.due, line.status) == ("Zhao", "2026-11-25", "overdue")
    assert "[‼ 已逾期] 门口加座椅" in words(liu.pack(0))
    board("zhao").end_action(line.subject, "done", "加了三张")
    with pytest.raises(RuleError, match="action_ended"):
        liu.end_action(line.subject, "dropped", "不做了")
    assert [each.status for each in liu.pack(0).actions] == ["done"]
    assert "[已了结] 门口加座椅" in words(liu.pack(0))
    clock.now += timedelta(weeks=2)
    assert "门口加座椅" not in words(liu.pack(0)), "what was ended before the week is left out"


def test_the_segmenter_keeps_the_words_of_the_lexicon_whole() -> None:
    found = words_of("数字人民币异常扣款，话费券没到账，碰一碰", segmenter(LEXICON), LEXICON)
    assert {"数字人民币", "异常扣款", "话费券", "碰一碰"} <= found


def test_a_paper_is_saved_whole_as_text_and_pdf(board: Board, store: Store) -> None:
    head = store.head()
    text, pdf = board("liu").save_pack(0)
    assert f"至第{head.seq}条（{head.hash[:12]}）" in "".join(text.read_text("utf-8").replace(" ", "").split())
    assert text.read_text("utf-8").startswith("反馈例会材料") and pdf.read_bytes().startswith(b"%PDF")
    assert [S_IMODE(each.stat().st_mode) for each in (text, pdf)] == [0o600, 0o600]
    wall, _ = board("wang").save_we_did(4)
    assert "您说，我们做" in wall.read_text("utf-8")


def test_long_and_strange_paragraphs_stay_on_the_page() -> None:
    set_language("zh")
    blocks = (
        tuple(Block(style, "长\x1b[2J𬭎🙂a" * 300) for style in ("heading", "text", "quote", "quiet", "warning")) * 4
    )
    paper = PaperView("题" * 200, blocks)
    lines = paper_text(paper, "深圳福田支行").splitlines()
    assert max(cells(line) for line in lines) <= WIDTH and "\x1b" not in "".join(lines)
    assert paper_pdf(paper, "深圳福田支行").count(b"/Type /Page\n") > 3
