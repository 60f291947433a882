"""The desk behind the form as a fake: real tables, invented people, everything that was asked of it written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from textual.screen import Screen

from branch_console.case_views.register import (
    CustomerView,
    DraftView,
    RegisteredView,
    RegisterView,
    RepeatView,
)
from branch_console.desk.cases.core import CaseCounter
from branch_console.gift_views import SlipView
from branch_console.locale import Language
from branch_console.rules.cases.form import CaseForm
from branch_console.rules.reference import Reference
from branch_console.services.cases.register_offers import empty_form
from branch_console.views import SessionFacts
from screens.shell import Shell
from tests.rules.flow_help import documents

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
NUMBER = "TS-SZ01-7F3A-261123-0001-72"
FOLDERS = ("codes/", "sla/", "calendars/", "narrative/")
ZHANG = CustomerView("h1", "张*丰", "138****8000", "手机")
TAIL = CustomerView("h2", "", "****8000", "")
REPEAT = RepeatView("case/1", NUMBER, "同一笔交易", "已登记", "11-22 16:40", "同一笔早餐被扣了两次", True, False)


@cache
def reference() -> Reference:
    return Reference.parse({name: text for name, text in documents().items() if name.startswith(FOLDERS)})


def view(draft: DraftView | None = None) -> RegisterView:
    """The form as the real service offers it."""
    counter = SimpleNamespace(
        reference=reference(),
        now=lambda: NOW,
        today=NOW.date,
        store=SimpleNamespace(identity=SimpleNamespace(zone=ZONE)),
    )
    return empty_form(cast("CaseCounter", counter), draft)


@dataclass
class RegisterFake:
    """Satisfies the port of the form, and of the slip that it shows."""

    draft: DraftView | None = None
    people: tuple[CustomerView, ...] = (ZHANG, TAIL)
    hints: tuple[RepeatView, ...] = ()
    refusal: Exception | None = None
    barred: Exception | None = None
    registered: list[tuple[CaseForm, str, bool]] = field(default_factory=list)
    followed: list[tuple[str, CaseForm]] = field(default_factory=list)
    drafts: list[CaseForm] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    forgotten: int = 0

    def register_form(self) -> RegisterView:
        if self.barred is not None:
            raise self.barred
        return view(self.draft)

    def case_customers(self, text: str) -> tuple[CustomerView, ...]:
        self.looked_up.append(text)
        return tuple(each for each in self.people if text[-4:] in each.number)

    def case_customer_of(self, journey: str) -> CustomerView:
        assert journey == "journey/7"
        return ZHANG

    def register(self, form: CaseForm, customer: str, from_journey: bool) -> RegisteredView:
        if self.refusal is not None:
            raise self.refusal
        self.draft = None
        self.registered.append((form, customer, from_journey))
        return RegisteredView("case/9", NUMBER, 48)

    def follow_up(self, case: str, form: CaseForm) -> str:
        if self.refusal is not None:
            raise self.refusal
        self.followed.append((case, form))
        return NUMBER

    def repeats(self, form: CaseForm, customer: str) -> tuple[RepeatView, ...]:  # noqa: ARG002
        return self.hints

    def keep_form(self, form: CaseForm, customer: str, from_journey: bool) -> None:  # noqa: ARG002
        self.drafts.append(form)

    def forget_form(self) -> None:
        self.forgotten += 1
        self.draft = None

    def slip(self, case: str, which: str, language: str) -> SlipView:  # noqa: ARG002
        return SlipView(case, NUMBER, ("投诉登记回执", NUMBER), "v1|x", "回执")


class RegisterHost(Shell):
    """Shows the form above an empty screen."""

    def __init__(self, desk: RegisterFake, shown: Screen[Any], *, language: Language = "zh") -> None:
        super().__init__(language=language)
        self.services = SimpleNamespace(cases=desk, session=SessionFacts("G1001", "王芳", "guide"))
        self._shown = shown
        self.errors: list[Exception] = []
        self.went: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self._shown)

    def show_error(self, error: Exception) -> None:
        self.errors.append(error)
        super().show_error(error)

    def action_go(self, area: str) -> None:
        self.went.append(area)


Condition = Callable[[], object]
