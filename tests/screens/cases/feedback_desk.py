"""A case desk in memory for the screens of ratings and ideas: every call noted, refusals, hostile views on demand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from textual.screen import Screen

from branch_console.case_views.feedback import (
    ActionLine,
    Block,
    GoodsChoice,
    IdeaLine,
    IdeaStep,
    IdeaTab,
    IdeaView,
    PaperView,
    RatingView,
    RewardScene,
    SuggestScene,
)
from branch_console.locale import Language, language
from branch_console.rules.cases.form import Said
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.narrative.finding import Patterns
from branch_console.views import SessionFacts, StaffChoice
from screens.shell import Shell

ABOUT = "journey/0190c0de-0000-7000-8000-00000000d001"
PATTERNS = Patterns((), True, (), ())
PASSWORD = "second person's"
ACTS = ("evaluate", "adopt", "decline", "done", "told", "support", "reward")


def said(chinese: str, english: str) -> str:
    """In the language of now."""
    return chinese if language() == "zh" else english


def unchanged(view: Any) -> Any:
    """As it is."""
    return view


def idea(number: int, status: str = "received", **changed: Any) -> IdeaLine:
    words = {
        "received": said("已登记", "Received"), "evaluating": said("评估中", "Being evaluated"),
        "adopted": said("已采纳", "Adopted"), "done": said("已落地", "Done"), "told": said("已反馈", "Told"),
        "declined": said("不采纳", "Declined"),
    }  # fmt: skip
    line = IdeaLine(
        subject=f"case/{number}",
        number=f"TS-SZ01-A001-261122-{number:04d}-72",
        text=said("叫号屏放低一些，坐轮椅的客户看不到自己的号", "Hang the queue screen lower for wheelchair users"),
        topic=said("环境设施", "Premises"),
        who=said("客户", "Customer"),
        status=status,
        status_words=words[status],
        support=number,
        owner=said("刘洋", "Liu Yang") if status in {"adopted", "done"} else "",
        due="2026-11-20" if status == "adopted" else "",
        overdue=status == "adopted",
        at="09:12",
    )
    return replace(line, **changed)


@dataclass
class FakeFeedbackDesk:
    """Satisfies screens.cases.feedback.port.Port; `error` is raised once, `change` goes over every view."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    rated: RatingView | None = None
    statuses: tuple[str, ...] = ("received", "evaluating", "adopted")
    forbidden: dict[str, str] = field(default_factory=dict)
    alike: bool = False
    unsent: dict[str, str] = field(default_factory=dict)
    change: Callable[[Any], Any] = unchanged
    error: Exception | None = None

    def _note(self, *call: Any) -> None:
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The calls of one name, without it."""
        return [each[1:] for each in self.calls if each[0] == name]

    # --- ratings ---

    def rating(self, about: str) -> RatingView:
        self._note("rating", about)
        reasons = (("queueing", said("排队等候", "Waiting")), ("staff", said("服务态度", "Staff")))
        view: RatingView = self.change(
            self.rated or RatingView(about, said("开户引导 张*丰", "Onboarding L*"), reasons)
        )
        return view

    def rate(self, about: str, score: int, reasons: tuple[str, ...], text: str, by: str) -> None:
        self._note("rate", about, score, reasons, text, by)

    # --- the board ---

    def _lines(self, tab: str) -> list[IdeaLine]:
        found = [idea(number, status) for number, status in enumerate(self.statuses, start=1)]
        return [self.change(each) for each in found if tab in {"all", each.status}]

    def ideas(self, tab: IdeaTab, offset: int, limit: int) -> list[IdeaLine]:
        self._note("ideas", tab)
        return self._lines(tab)[offset : offset + limit]

    def count_ideas(self, tab: IdeaTab) -> int:
        return len(self._lines(tab))

    def idea(self, subject: str) -> IdeaView:
        self._note("idea", subject)
        line = idea(1, self.statuses[0])
        steps = (
            IdeaStep("09:12", said("登记", "Registered"), "王芳", line.text, (said("两边同时改动", "Both sides"),)),
        )
        facts = ((said("编号", "Number"), line.number), (said("附议", "Support"), "3"))
        acts = {name: self.forbidden.get(name, "") for name in ACTS}
        view: IdeaView = self.change(IdeaView(line, facts, steps, acts))
        return view

    def suggest_scene(self) -> SuggestScene:
        self._note("suggest_scene")
        topics = (("queueing", said("排队等候", "Waiting")), ("premises", said("环境设施", "Premises")))
        view: SuggestScene = self.change(SuggestScene(topics, PATTERNS))
        return view

    def similar_ideas(self, text: str) -> tuple[IdeaLine, ...]:
        self._note("similar_ideas", text)
        return (self.change(idea(7, "evaluating")),) if self.alike and text else ()

    def idea_draft(self) -> tuple[str, str, str]:
        return ("", "", "")

    def keep_idea_draft(self, text: str, topic: str, who: str) -> None:
        self._note("keep_idea_draft", text, topic, who)

    def idea_form(self, form: str, subject: str) -> dict[str, str]:
        self._note("idea_form", form, subject)
        return dict(self.unsent)

    def keep_idea_form(self, form: str, subject: str, answers: Mapping[str, str]) -> None:
        self._note("keep_idea_form", form, subject, dict(answers))

    def suggest(self, typed: Said, topic: str, who: str, contact: str) -> IdeaLine:
        self._note("suggest", typed.text, topic, who, contact)
        wrong = [] if typed.text else [FieldError("narrative", "narrative_short", least=6)]
        wrong += [] if topic else [FieldError("topic", "choice_missing")]
        if wrong:
            raise FieldErrors(wrong)
        return self._line("received")

    def _line(self, status: str) -> IdeaLine:
        line: IdeaLine = self.change(idea(1, status))
        return line

    def support(self, subject: str, who: str, contact: str) -> IdeaLine:
        self._note("support", subject, who, contact)
        if contact == "13800138001":
            raise RuleError("supported_already")
        return self._line("received")

    def evaluate(self, subject: str, note: str) -> IdeaLine:
        self._note("evaluate", subject, note)
        if not note:
            raise FieldErrors([FieldError("note", "text_missing")])
        return self._line("evaluating")

    def adopt(self, subject: str, reason: str, owner: str, due: str) -> IdeaLine:
        self._note("adopt", subject, reason, owner, due)
        return self._line("adopted")

    def decline(self, subject: str, reason: str) -> IdeaLine:
        self._note("decline", subject, reason)
        return self._line("declined")

    def idea_done(self, subject: str, what: str) -> IdeaLine:
        self._note("idea_done", subject, what)
        return self._line("done")

    def idea_told(self, subject: str, way: str, text: str) -> IdeaLine:
        self._note("idea_told", subject, way, text)
        return self._line("told")

    # --- reward ---

    def reward_scene(self, subject: str) -> RewardScene:
        self._note("reward_scene", subject)
        goods = (
            GoodsChoice("shelf|MUG||", said("保温杯", "Mug"), said("库房", "Shelf"), 12, "35.00"),
            GoodsChoice(
                "shelf|RICE||2027-01-01",
                said("大米 5 kg", "Rice 5 kg"),
                said("库房", "Shelf"),
                3,
                "40.00",
                "2027-01-01",
            ),
        )
        scene = RewardScene(goods, "单条上限 200.00", "本月还剩 320.00", self.owners()[1:2])
        view: RewardScene = self.change(scene)
        return view

    def reward(self, subject: str, goods: str, quantity: str, approver: str, password: str) -> IdeaLine:
        self._note("reward", subject, goods, quantity, approver)
        if not goods:
            raise FieldError("goods", "choice_unknown")
        if password != PASSWORD:
            raise RuleError("unlock_wrong")
        return self._line("adopted")

    # --- papers ---

    def _paper(self, title: str) -> PaperView:
        long = (
            said("排队等了一个多小时，只开一个窗口，老人没有地方坐，建议多开窗口。", "Waited an hour at one window. ")
            * 3
        )
        blocks = (
            Block("text", said("共 42 条反馈，词库能归类 31 条。", "42 texts, 31 explained.")),
            Block("heading", said("主要话题", "Top topics")),
            *(Block("text", "1. 排队等候：12 条（+4）"), Block("quote", long)) * 6,
            Block("warning", said("[‼ 已逾期] 门口加座椅  负责：刘洋", "[‼ overdue] more chairs  owner: Liu Yang")),
        )  # fmt: skip
        actions = (
            ActionLine(
                "meeting/1",
                said("门口加座椅", "More chairs"),
                "刘洋",
                "2026-11-20",
                "overdue",
                said("已逾期", "overdue"),
            ),
            ActionLine(
                "meeting/2", said("换大字告示", "Larger print"), "王芳", "2026-11-30", "done", said("已了结", "done")
            ),
        )
        view: PaperView = self.change(PaperView(title, blocks, actions))
        return view

    def we_did(self, weeks: int) -> PaperView:
        self._note("we_did", weeks)
        return self._paper(said("您说，我们做", "You said, we did"))

    def save_we_did(self, weeks: int) -> tuple[Path, Path]:
        self._note("save_we_did", weeks)
        return Path("/invented/you-said.txt"), Path("/invented/you-said.pdf")

    def pack(self, weeks_back: int) -> PaperView:
        self._note("pack", weeks_back)
        return self._paper(said("反馈例会材料", "Feedback meeting"))

    def save_pack(self, weeks_back: int) -> tuple[Path, Path]:
        self._note("save_pack", weeks_back)
        return Path("/invented/feedback.txt"), Path("/invented/feedback.pdf")

    def agree(self, what: str, owner: str, due: str) -> None:
        self._note("agree", what, owner, due)
        wrong = [FieldError(name, f"{name}_missing") for name, value in (("owner", owner), ("due", due)) if not value]
        if wrong:
            raise FieldErrors(wrong)

    def end_action(self, subject: str, outcome: str, note: str) -> None:
        self._note("end_action", subject, outcome, note)

    def owners(self) -> tuple[StaffChoice, ...]:
        names = (("G1001", "王芳", "guide"), ("S2001", "刘洋", "supervisor"))
        return tuple(StaffChoice(staff, str(self.change(name)), role) for staff, name, role in names)


class FakeServices:
    """The case desk, and who works here."""

    def __init__(self, cases: FakeFeedbackDesk, role: str) -> None:
        self.cases = cases
        self.session: SessionFacts | None = SessionFacts("G1001", "王芳", role)

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class Host(Shell):
    """Shows the screen under test above an empty one; keeps errors and answers."""

    def __init__(
        self, desk: FakeFeedbackDesk, shown: Screen[Any], *, language: Language = "zh", role: str = "supervisor"
    ) -> None:
        super().__init__(language=language)
        self.services = FakeServices(desk, role)
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self._first_screen, self.answers.append)

    def show_error(self, error: Exception) -> None:
        self.errors.append(error)
        super().show_error(error)
