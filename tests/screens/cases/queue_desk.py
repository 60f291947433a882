"""The queue's desk in memory, with invented cases, and a console around one of its screens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from textual.screen import Screen

from branch_console.case_views.deduction import IncidentView
from branch_console.case_views.queue import (
    CaseFilter,
    CaseLine,
    HandedOver,
    NotHanded,
    PromiseLine,
    QueueChoices,
    ShiftEnd,
    UrgentCase,
)
from branch_console.locale import Language
from branch_console.rules.errors import RuleError
from branch_console.views import Choice, SessionFacts, StaffChoice
from screens.cases.queue.port import TABS, Tab
from screens.shell import Shell

ZHAO = StaffChoice("C3001", "赵敏", "case_officer")
ZHOU = StaffChoice("A4001", "周审", "auditor")


def case_line(number: int, **changes: object) -> CaseLine:
    """An invented case in a list."""
    line = CaseLine(
        subject=f"case/{number}",
        number=f"TS-755-001-7F3A-261122-{number:04d}-72",
        kind="投诉",
        category="款项未到账",
        status="处理中",
        ended=False,
        customer="张*丰",
        phone="138****8000",
        owner="王芳",
        mine=True,
        urgency="normal",
        minutes=320,
        due="16:30",
        next_step="回访客户",
        statutory_day="12-07",
        flags=(),
        text="昨天转账三百元，对方到现在没有收到，客服热线一直占线。",
        pending=False,
        elsewhere="",
    )
    return replace(line, **changes)  # type: ignore[arg-type]


def promise_line(number: int, **changes: object) -> PromiseLine:
    """An invented promise."""
    line = PromiseLine(
        subject=f"case/{number}",
        entry=f"entry-{number}",
        number=f"TS-755-001-7F3A-261122-{number:04d}-72",
        kind="投诉",
        customer="张*丰",
        due="17:20",
        overdue=False,
        earlier=False,
        way="电话",
        staff="王芳",
        mine=True,
    )
    return replace(line, **changes)  # type: ignore[arg-type]


CASES = (
    case_line(1, urgency="overdue", minutes=-185, due="11-21 15:00", kind="异常扣款／交易争议", category="重复扣款",
              flags=("fast_track", "escalated"), next_step="回访", pending=True),
    case_line(2, urgency="soon", minutes=45, customer="L* Wei", text="The wallet was charged twice at the canteen."),
    case_line(3, owner="", mine=False, elsewhere="K-03"),
    case_line(4, urgency="paused", minutes=None, due="", next_step="", status="待客户补充", owner="李建国", mine=False),
    case_line(5, urgency="none", minutes=None, due="", next_step="", statutory_day="", kind="表扬",
              category="服务态度", status="已办结", ended=True, customer="", phone=""),
)  # fmt: skip

PROMISES = (
    promise_line(1, overdue=True, earlier=True, due="11-21 15:00", staff="", mine=False),
    promise_line(2, customer="L* Wei", way="到店"),
    promise_line(3, due="11-23 09:30", staff="", mine=False),
)


@dataclass
class QueueDesk:
    """What is asked is written down in `called`."""

    cases_shown: Sequence[CaseLine] = CASES
    promises: tuple[PromiseLine, ...] = PROMISES
    urgent: tuple[UrgentCase, ...] = ()
    clusters: tuple[IncidentView, ...] = ()
    refused: tuple[NotHanded, ...] = ()
    refusal: RuleError | None = None
    called: list[tuple[Any, ...]] = field(default_factory=list)

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The calls of that name."""
        return [call for call in self.called if call[0] == name]

    def _found(self, tab: Tab, wanted: CaseFilter) -> list[CaseLine]:
        self.called.append(("cases", tab, wanted))
        if self.refusal is not None:
            raise self.refusal
        return [line for line in self.cases_shown if wanted.text in line.text + line.number]

    def case_lines(self, tab: Tab, wanted: CaseFilter, offset: int, limit: int) -> list[CaseLine]:
        return self._found(tab, wanted)[offset : offset + limit]

    def case_count(self, tab: Tab, wanted: CaseFilter) -> int:
        return len(self._found(tab, wanted))

    def case_tabs(self) -> dict[Tab, int]:
        if self.refusal is not None:
            raise self.refusal
        return {tab: 100 * number for number, tab in enumerate(TABS)}

    def case_of_number(self, typed: str) -> str | None:
        return next((line.subject for line in self.cases_shown if line.number == typed.upper()), None)

    def case_choices(self) -> QueueChoices:
        if self.refusal is not None:
            raise self.refusal
        return QueueChoices(
            (Choice("complaint", "投诉"), Choice("praise", "表扬")), (Choice("received", "已登记"),)
        )  # fmt: skip

    def promises_today(self) -> tuple[PromiseLine, ...]:
        self.called.append(("promises_today",))
        return self.promises

    def shift_end(self) -> ShiftEnd:
        return ShiftEnd(self.promises, "11-23 10:00")

    def hand_promises_over(self, lines: Sequence[PromiseLine], to: str, note: str) -> HandedOver:
        self.called.append(("hand_over", tuple(line.key for line in lines), to, note))
        names = {ZHAO.id: ZHAO.name}
        self.promises = tuple(
            replace(each, staff=names.get(to, to), mine=False) if each in lines else each for each in self.promises
        )
        return HandedOver(len(lines), names.get(to, to), self.refused)

    def urgent_cases(self) -> tuple[UrgentCase, ...]:
        return self.urgent

    def incidents(self) -> tuple[IncidentView, ...]:
        return self.clusters

    def colleagues(self) -> tuple[StaffChoice, ...]:
        return (ZHAO, ZHOU)


@dataclass
class FakeServices:
    """The case desk, and who works here."""

    cases: QueueDesk
    session: SessionFacts | None

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class Host(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(
        self, desk: QueueDesk, shown: Screen[Any], *, language: Language = "zh", role: str = "case_officer"
    ) -> None:
        super().__init__(language=language)
        self.services = FakeServices(desk, SessionFacts("G1001", "王芳", role))
        self._first_screen = shown
        self.errors: list[Exception] = []

    def on_mount(self) -> None:
        """To the screen under test."""
        self.push_screen(self._first_screen)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)
