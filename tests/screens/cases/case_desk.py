"""One case in memory, with every call noted, and a console around its screens; invented people only."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from textual.app import App
from textual.screen import Screen

from branch_console.case_views.working import (
    ActForm,
    ActLine,
    Answers,
    CaseView,
    ClockLine,
    Clocks,
    ClockSource,
    DifferenceLine,
    Done,
    EntryLine,
    Page,
    PromiseLine,
    Question,
    TargetLine,
)
from branch_console.locale import Language, t
from branch_console.views import SessionFacts, StaffChoice
from screens.shell import Shell

LIU = StaffChoice("S2001", "刘敏", "supervisor")
NUMBER = "TS-SZ01-7F3A-261122-0001-72"
TEXT = "客户称同一笔早餐被扣了两次，已向商户核实，等清算结果。"
ACTS = (
    "contact_out",
    "contact_in",
    "noted",
    "escalated",
    "extended",
    "decided",
    "merged",
    "closed",
    "retyped",
    "redacted",
)
SOURCE = ClockSource(("cn_default", 1), ("cn_branch", 1), ("normal",), (), ())


def entry(number: int, **changes: Any) -> EntryLine:
    """An invented entry."""
    line = EntryLine(
        id=f"entry-{number}", at="14:02", who="王芳", terminal="K-02", label="联系客户", text=TEXT,
        details=(("方式", "电话"), ("承诺", "11-24 10:00")),
    )  # fmt: skip
    return replace(line, **changes)


def clock(name: str, label: str, **changes: Any) -> ClockLine:
    """An invented clock."""
    line = ClockLine(name, label, False, False, True, "normal", "正常", due="12-07", left="剩 15 天")
    return replace(line, **changes)


def clocks(**changes: Any) -> Clocks:
    """The law's, the branch's own, and a promise."""
    lines = (
        clock("statutory", "法定办结", statutory=True, notes=("已延期 1 次",)),
        clock("update", "进展告知", state="soon", word="将到期", due="17:30", left="剩 1:20 工作时"),
        clock("internal", "内控办结", state="paused", word="暂停"),
    )
    promise = PromiseLine("10:30", "电话", "王芳", "overdue", "已超时", "超 0:40 小时", 1)
    return replace(Clocks(lines, promise), **changes)


def view(**changes: Any) -> CaseView:
    """An invented complaint."""
    found = CaseView(
        subject="case/1", number=NUMBER, kind="complaint", kind_label="投诉", status="in_progress",
        status_label="处理中", category="重复扣款", name="张*丰", phone="138****8000", owner="王芳",
        narrative="同一笔早餐被扣了两次", facts=(("诉求", "退款"), ("来源", "网点受理")), flags=("监管转办",),
        entries=tuple(entry(number) for number in range(3)), clocks=clocks(), source=SOURCE,
        acts={each: ActLine(each, t(f"cases.act.{each}")) for each in ACTS}, slips=(("receipt", "登记回执"),),
    )  # fmt: skip
    return replace(found, **changes)


def contact_form(**changes: Any) -> ActForm:
    """The form of a contact, as the desk makes it where there is a decision."""
    promised = ("ends_with", "promise")
    ways = (("phone", "电话"), ("sms", "短信"))
    questions = (
        Question("way", "pick", "方式", options=ways, value=("phone",), missing="choice_missing"),
        Question("text", "long", "内容", "号码保存前自动遮蔽", missing="text_missing", most=2000),
        Question("ends_with", "pick", "以何结束", options=(("promise", "下一次承诺"), ("decision", "处理决定")),
                 value=("promise",), missing="choice_missing"),
        Question("promise_at", "text", "下次联系", missing="promise_missing", when=promised, most=40),
    )  # fmt: skip
    return replace(ActForm("case/1", "contact_out", "联系客户", "写入：联系客户", (Page("", questions),)), **changes)


def wizard(**changes: Any) -> ActForm:
    """A decision in three pages, with a second person on the last."""
    pages = (
        Page("查明的事实", (
            Question("outcome", "pick", "决定", options=(("upheld", "支持"), ("not_upheld", "不支持")),
                     missing="choice_missing"),
            Question("facts", "long", "查明事实", missing="facts_missing"),
        )),
        Page("依据与救济途径", (
            Question("basis", "long", "依据", missing="basis_missing"),
            Question("remedies", "many", "救济途径", options=(("review", "核查"), ("mediation", "调解")),
                     value=("review", "mediation"), missing="remedies_untold"),
        )),
        Page("补救与告知", (
            Question("told_way", "pick", "怎样告知", options=(("phone", "电话"), ("later", "稍后告知")),
                     missing="told_way_missing"),
            Question("remedies_told", "tick", "告知", options=(("yes", "已告知救济途径"),), when=("told_way", "phone")),
        )),
    )  # fmt: skip
    form = ActForm("case/1", "decided", "作出处理决定", "写入：作出处理决定", pages, approval="不支持须主管同意",
                   approvers=(StaffChoice("", "不需要", ""), LIU))  # fmt: skip
    return replace(form, **changes)


@dataclass
class FakeCaseDesk:
    """Satisfies screens.cases.view.port.Port; `gate` holds every call up while cleared, `error` is raised once."""

    shown: Callable[[], CaseView] = view
    form: Callable[[], ActForm] = contact_form
    later: Clocks = field(default_factory=clocks)
    targets: tuple[TargetLine, ...] = ()
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    error: Exception | None = None
    done: Done = field(default_factory=lambda: Done("case/1", "contact_out"))
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def _note(self, *call: Any) -> None:
        self.gate.wait(5)
        self.calls.append(call)
        if self.error is not None and call[0] not in {"keep_act", "drop_act"}:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The calls of one name."""
        return [each for each in self.calls if each[0] == name]

    def case(self, subject: str) -> CaseView:
        self._note("case", subject)
        return self.shown()

    def clocks(self, source: ClockSource) -> Clocks:
        self._note("clocks", source)
        return self.later

    def act_form(self, subject: str, act: str, about: str = "") -> ActForm:
        self._note("act_form", subject, act, about)
        return replace(self.form(), act=act, about=about)

    def act(self, form: ActForm, answers: Answers, approver: str, password: str) -> Done:
        self._note("act", form.act, dict(answers), approver, password)
        return self.done

    def keep_act(self, form: ActForm, answers: Answers) -> None:
        self._note("keep_act", form.act, dict(answers))

    def drop_act(self, form: ActForm) -> None:
        self._note("drop_act", form.act)

    def merge_targets(self, subject: str, text: str) -> tuple[TargetLine, ...]:
        self._note("merge_targets", subject, text)
        return tuple(each for each in self.targets if text in each.number)


class _Services:
    def __init__(self, cases: FakeCaseDesk, role: str) -> None:
        self.cases = cases
        self.session: SessionFacts | None = SessionFacts("C3001", "赵敏", role)

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class CaseHost(Shell):
    """Shows the screen under test above an empty one; errors and answers are kept."""

    def __init__(self, desk: FakeCaseDesk, shown: Screen[Any], *, language: Language = "zh") -> None:
        super().__init__(language=language, colours="dark")
        self.services = _Services(desk, "case_officer")
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """To the screen under test."""
        self.push_screen(self._first_screen, self.answers.append)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)


def on_top(app: App[Any], kind: type[Screen[Any]]) -> bool:
    """A screen of this kind is shown and something on it has the focus."""
    return isinstance(app.screen, kind) and app.focused is not None


def differing() -> CaseView:
    """Two sides have worked on it at once."""
    mine = entry(0, label="转派", text="交给李强", both_sides=True, unsettled=True,
                 marks=("两端同时修改：与 李强 在 K-03 14:01 的“转派” 互不知晓",))  # fmt: skip
    other = DifferenceLine("负责人", "王芳", "李强", "李强", "14:01")
    return view(entries=(mine, entry(1)), differences=(other,), unsettled=1)
