"""A case desk in memory for the fast track's screens: invented people, calls noted, hostile views on demand."""

# ruff: noqa: ARG002  the calls have the desk's parameters, whether they matter here or not

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from textual.app import App
from textual.screen import Screen

from branch_console.case_views.deduction import (
    CallView,
    ContainView,
    HomeView,
    HotlineView,
    IncidentView,
    PromiseView,
    ProofView,
    StepView,
    TrackLine,
    TrackView,
)
from branch_console.case_views.register import CustomerView, RepeatView
from branch_console.locale import Language, language, t
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.errors import FieldError
from branch_console.rules.narrative.finding import Patterns
from branch_console.views import SessionFacts
from screens.shell import Shell

CASE = "case/1"
NUMBER = "TS-SZ01-7F3A-261122-0001-72"


def say(chinese: str, english: str) -> str:
    return chinese if language() == "zh" else english


def warning() -> str:
    return say(
        "绝不询问密码、短信验证码、完整证件号或卡号。",
        "Never ask for a password, SMS code, full document or card number.",
    )


def titles() -> dict[str, tuple[str, str, int]]:
    """Title, what to do and target of every step."""
    return {
        "verify": (say("安抚与核身", "Calm and verify"), say("用钱包或手机号核对客户。", "Find the customer."), 60),
        "contain": (
            say("止损", "Stop the loss"),
            say(
                "向中心申请冻结或限额；屏幕显示「已申请」不等于已冻结。",
                "Ask central for a freeze or limit; “requested” does not mean frozen.",
            ),
            120,
        ),
        "evidence": (say("取证", "Evidence"), say("金额、时间、商户、参考号、截图。", "Amount, time, merchant."), 120),
        "register": (say("登记", "Register"), say("自动填入资金安全。", "Filled in as safety of funds."), 60),
        "slip": (say("回执", "Slip"), say("打印编号、热线。", "Number, hotline."), 30),
        "call_back": (say("回访", "Call back"), say("在承诺时间内联系客户。", "Call in time."), 7200),
    }


@dataclass
class FakeDesk:
    """Satisfies screens.cases.deduction.port.Port."""

    online: bool = True
    standing: str = "none"
    through: dict[str, str] = field(default_factory=lambda: {"verify": "done", "register": "done"})
    identified: bool = True
    calls_made: tuple[CallView, ...] = ()
    found: tuple[CustomerView, ...] = (CustomerView("c1", "张*丰", "138****8000", "手机"),)
    same: tuple[RepeatView, ...] = ()
    lines: int = 2
    draft: tuple[str, str] = ("", "")
    clusters: tuple[IncidentView, ...] = ()
    change: Callable[[Any], Any] = lambda view: view
    error: Exception | None = None
    calls: list[tuple[object, ...]] = field(default_factory=list)

    def _note(self, *call: object) -> None:
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[object, ...]]:
        return [each for each in self.calls if each[0] == name]

    # --- the start ---

    def deduction_home(self) -> HomeView:
        self._note("home")
        tones: tuple[Any, ...] = ("error", "success")
        lines = tuple(
            TrackLine(
                f"case/{number}",
                f"TS-SZ01-7F3A-261122-000{number}-7{number}",
                say("重复扣款", "Charged twice"),
                "张*丰",
                "10:12",
                "2/6",
                say("止损", "Stop the loss"),
                t("deduction.standing.queued" if number == 1 else "deduction.standing.confirmed"),
                tones[number - 1],
                "K-02" if number == 2 else "",
                number == 1,
            )
            for number in range(1, self.lines + 1)
        )
        categories = (
            ("unauthorised", say("非本人交易扣款", "Not made by the customer")),
            ("double_charge", say("重复扣款", "Charged twice")),
            ("wrong_amount", say("扣款金额不符", "Wrong amount")),
            ("fraud", say("疑似诈骗", "Suspected fraud")),
        )
        view: HomeView = self.change(
            HomeView(warning(), categories, lines, self.online, *self.draft, Patterns(mobiles=True))
        )
        return view

    def keep_deduction(self, category: str, told: str) -> None:
        self._note("keep", category, told)

    def case_customers(self, text: str) -> tuple[CustomerView, ...]:
        self._note("find", text)
        return tuple(self.change(each) for each in self.found)

    def repeats(self, form: CaseForm, customer: str) -> tuple[RepeatView, ...]:
        self._note("repeats", form.category, customer)
        return tuple(self.change(each) for each in self.same)

    def begin_deduction(self, customer: str, category: str, told: Said, seconds: int) -> str:
        self._note("begin", customer, category, told.text)
        if not category:
            raise FieldError("category", "category_missing")
        return CASE

    # --- the checklist ---

    def track(self, case: str) -> TrackView:
        self._note("track", case)
        view: TrackView = self.change(self.view())
        return view

    def view(self) -> TrackView:
        following = next((code for code in titles() if code not in self.through), "")
        steps = tuple(self._step(code, running=code == following) for code in titles())
        promise = PromiseView(
            "11-22 16:30",
            "phone",
            t("cases.way.phone"),
            "王芳",
            overdue=False,
            ways=tuple((way, t(f"cases.way.{way}")) for way in ("phone", "sms", "visit")),
        )
        return TrackView(
            subject=CASE,
            number=NUMBER,
            category=say("重复扣款", "Charged twice"),
            customer="张*丰  138****8000" if self.identified else t("deduction.nobody"),
            identified=self.identified,
            received="10:12",
            by="王芳",
            narrative="同一笔早餐被扣了两次",
            warning=warning(),
            steps=steps,
            current=following,
            contain=self._contain(),
            proof=ProofView(
                "128.00",
                "11-22 09:40",
                "好又多超市",
                "****5521",
                (),
                t("deduction.fraud_script", police="110", anti_fraud="96110"),
            ),
            promise=promise,
            online=self.online,
            ended="",
        )

    def _step(self, code: str, *, running: bool) -> StepView:
        title, text, target = titles()[code]
        state: Any = self.through.get(code, "open")
        done = state in {"done", "late"}
        return StepView(
            code,
            title,
            text,
            "",
            state,
            f"{target // 60}:{target % 60:02}",
            target,
            "10:13:05" if state != "open" else "",
            "0:45" if done else "",
            say("客户已离开", "gone") if state == "left_out" else "",
            50 if running else None,
        )

    def _contain(self) -> ContainView:
        facts = {
            "measure": t("deduction.measure.freeze"),
            "at": "10:14:00",
            "until": "10:44:00",
            "done": "10:15:20",
            "reference": "F-2209",
            "why": t("containment.why.wallet_unknown"),
        }
        tones: dict[str, Any] = {"none": "warning", "called": "warning", "requested": "warning", "confirmed": "success"}
        again = self.standing in {"failed", "expired"}
        waits = self.standing in {"requested", "queued"}
        asking = "again" if again else "online" if self.online else "offline"
        return ContainView(
            standing=self.standing,
            words=t(f"deduction.contain.{self.standing}", **facts),
            tone=tones.get(self.standing, "error"),
            note=t("deduction.needs_person") if again else "",
            ask="" if waits else t(f"deduction.ask.{asking}", minutes=30),
            why_not=t("error.containment_open") if waits else "",
            again=again,
            offline=""
            if self.online
            else say(
                "本机断网，无法冻结。请客户立即拨打下面的热线，并记录通话时间与受理号。",
                "No network: this terminal cannot freeze. The customer calls the hotline below now; write down time"
                " and reference.",
            ),
            hotlines=(
                HotlineView("icbc", say("工商银行客服", "ICBC"), "95588", "", t("deduction.hotline_unchecked")),
                HotlineView(
                    "anti_fraud", say("反诈专线", "Anti-fraud line"), "96110", "", t("deduction.hotline_unchecked")
                ),
            ),
            calls=self.calls_made,
        )

    def _through(self, step: str) -> TrackView:
        self.through[step] = "done"
        view: TrackView = self.change(self.view())
        return view

    def identify(self, case: str, customer: str) -> TrackView:
        self._note("identify", customer)
        self.identified = True
        return self._through("verify")

    def ask_to_contain(self, case: str, measure: Literal["freeze", "limit"]) -> TrackView:
        self._note("ask", measure)
        self.standing = "requested" if self.online else "queued"
        return self._through("contain") if self.online else self.view()

    def record_call(
        self, case: str, hotline: str, called_at: str, answered: bool, reference: str, said_done: bool
    ) -> TrackView:
        self._note("call", hotline, called_at, answered, reference, said_done)
        self.calls_made = (CallView("x", "95588", "10:20", answered, reference, said_done),)
        if self.standing == "none":
            self.standing = "called"
        return self._through("contain")

    def add_proof(
        self, case: str, amount: str, at: str, counterparty: str, reference: str, path: str, fraud: str
    ) -> TrackView:
        self._note("proof", amount, at, counterparty, reference, path, fraud)
        return self._through("evidence")

    def check_step(self, case: str, step: str) -> TrackView:
        self._note("check", step)
        return self._through(step)

    def leave_step_out(self, case: str, step: str, reason: str) -> TrackView:
        self._note("leave out", step, reason)
        self.through[step] = "left_out"
        return self.view()

    def promise_call(self, case: str, when: str, way: str) -> TrackView:
        self._note("promise", when, way)
        return self.view()

    def incidents(self) -> tuple[IncidentView, ...]:
        self._note("incidents")
        return tuple(replace(each, words=self.change(each.words)) for each in self.clusters)


class _Services:
    def __init__(self, cases: FakeDesk) -> None:
        self.cases = cases
        self.session: SessionFacts | None = SessionFacts("G1001", "王芳", "guide")

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class Host(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(
        self, desk: FakeDesk, shown: Screen[Any], *, language: Language = "zh", borders: str = "round"
    ) -> None:
        super().__init__(language=language, borders=borders)
        self.services = _Services(desk)
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """To the screen under test; what it answers is kept."""
        self.push_screen(self._first_screen, self.answers.append)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)


def on_top(app: App[Any], kind: type[Screen[Any]]) -> bool:
    """A screen of this kind is shown and something on it has the focus."""
    return isinstance(app.screen, kind) and app.focused is not None
