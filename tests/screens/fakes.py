"""A stand-in for the services: everything is in memory, and what was called is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from branch_console.case_views.deduction import IncidentView
from branch_console.case_views.queue import PromiseLine, UrgentCase
from branch_console.figure_views.today import CampaignLine, DayLine, DayView, StockLine, TodayRest
from branch_console.locale import Language
from branch_console.rules.errors import RuleError
from branch_console.settings import Settings
from branch_console.views import (
    DemoAccount,
    JourneyLine,
    SessionFacts,
    StaffChoice,
    SyncView,
    TerminalFacts,
    TodayView,
)

WANG = StaffChoice("G1001", "王芳", "guide")
LI = StaffChoice("S2001", "李建国", "supervisor")
PASSWORD = "correct horse battery"
TERMINAL = TerminalFacts("0192", "K-02", "755-001", "深圳福田支行")
SYNC = SyncView(
    state="online",
    pending=2,
    quarantined=((17, "journey.step_done", "unknown-version", "version 9"),),
    quarantined_count=1,
    own_seq=412,
    own_hash="9f2c41d07be2aa10",
    central_seq=410,
    central_hash="77aa01c2d3e4f5a6",
    epoch="c0ffee123456",
    clock_offset_ms=320,
    last_contact="14:20",
    problem="",
    drained=False,
    network_cut=False,
    waiting=(("14:21", "journey.answered", "7d1e"), ("14:22", "journey.step_done", "7d1e")),
)


def journey_line(number: int, name: str = "张*丰", **changes: object) -> JourneyLine:
    """An invented journey in a list."""
    line = JourneyLine(
        subject=f"journey/{number}",
        name=name,
        phone="138****8000",
        target="II",
        status="running",
        step_number=7,
        step_total=14,
        step_title="设置支付密码",
        holder="G1001",
        holder_name="王芳",
        mine=True,
        elsewhere="",
        minutes=12 * number,
        pending=number == 1,
    )
    return replace(line, **changes)  # type: ignore[arg-type]


DAY = DayView(
    day=date(2026, 11, 20),
    lines=(
        DayLine("journeys.received", "接待", "9", "23", "比昨日多 3", "+3"),
        DayLine("journeys.onboarded", "开通", "6", "17", "与昨日持平", "="),
        DayLine("journeys.waiting", "待中心确认", "1", "2", "比昨日多 2", "+2"),
        DayLine("journeys.first_use", "首付", "4", "12", "比昨日少 2", "-2"),
        DayLine("gifts.handed_over", "礼品发放", "3", "9", "比昨日多 1", "+1"),
        DayLine("cases.received", "投诉登记", "0", "1", "与昨日持平", "="),
    ),
    by_hour=(0,) * 9 + (2, 5, 7, 4, 0, 3, 2) + (0,) * 8,
    compared="与 11-19 周四 截至 14:22 相比",
    compared_short="比昨日",
)
REST = TodayRest(
    day=DAY,
    campaigns=(
        CampaignLine("d12", "双十二满 200 送米", "余 41", "11-29 止", low=True, note="本机可发 3"),
        CampaignLine("first", "首付立减", "不限", "12-31 止", low=False),
    ),
    stock=(StockLine("RICE-5KG", "五常大米 5 公斤", "货架", 3), StockLine("OIL-5L", "花生油 5 升", "货架", 0)),
)


@dataclass
class Desk:
    """The onboarding desk, as far as its list needs it."""

    journeys: list[JourneyLine]

    def lines(self, tab: str, offset: int, limit: int) -> list[JourneyLine]:  # noqa: ARG002
        return self.journeys[offset : offset + limit]

    def count(self, tab: str) -> int:  # noqa: ARG002
        return len(self.journeys)


@dataclass
class CaseDesk:
    """The case desk, as far as the start screen and the alarm need it."""

    promises: tuple[PromiseLine, ...] = ()
    urgent: tuple[UrgentCase, ...] = ()
    clusters: tuple[IncidentView, ...] = ()

    def promises_today(self) -> tuple[PromiseLine, ...]:
        return self.promises

    def urgent_cases(self) -> tuple[UrgentCase, ...]:
        return self.urgent

    def incidents(self) -> tuple[IncidentView, ...]:
        return self.clusters


@dataclass
class FakeServices:
    """Satisfies screens.port.ConsoleServices."""

    settings: Settings = field(default_factory=lambda: Settings(home=Path("/nowhere")))
    terminal: TerminalFacts | None = TERMINAL
    demo_accounts: tuple[DemoAccount, ...] = ()
    people: tuple[StaffChoice, ...] = (WANG, LI)
    must_change: bool = False
    today_view: TodayView = field(
        default_factory=lambda: TodayView(
            lines=(
                journey_line(1),
                journey_line(2, "L* Wei", target="IV", status="interrupted", step_title="告知与同意"),
            ),
            total_lines=2,
            sync=SYNC,
            day=DAY,
        )
    )
    rest: TodayRest = REST
    sync: SyncView = SYNC
    session: SessionFacts | None = None
    locked: bool = False
    called: list[str] = field(default_factory=list)
    refusal: RuleError | None = None
    listeners: list[Callable[[str], None]] = field(default_factory=list)
    cases: CaseDesk = field(default_factory=CaseDesk)

    @property
    def demo(self) -> bool:
        return bool(self.demo_accounts)

    @property
    def onboarding(self) -> Desk:
        return Desk(list(self.today_view.lines))

    def warm_up(self) -> None:
        self.called.append("warm_up")

    def staff(self) -> tuple[StaffChoice, ...]:
        return self.people

    def enrol(self, url: str, code: str, name: str) -> TerminalFacts:  # noqa: ARG002
        self._refuse()
        self.terminal = replace(TERMINAL, name=name)
        return self.terminal

    def login(self, staff: str, password: str) -> SessionFacts:
        self._check(password)
        person = next(each for each in self.people if each.id == staff)
        self.session = SessionFacts(person.id, person.name, person.role, self.must_change)
        return self.session

    def unlock(self, password: str) -> None:
        self._check(password)
        self.locked = False

    def change_password(self, old: str, new: str) -> SessionFacts:  # noqa: ARG002
        self._check(old)
        assert self.session is not None
        self.session = replace(self.session, must_change_password=False)
        return self.session

    def lock(self) -> None:
        self.locked = True
        self.called.append("lock")

    def logout(self, why: str) -> None:
        self.session, self.locked = None, False
        self.called.append(f"logout {why}")

    def today(self) -> TodayView:
        assert not self.locked
        return self.today_view

    def today_rest(self) -> TodayRest:
        assert not self.locked
        return self.rest

    def sync_view(self) -> SyncView:
        return self.sync

    def sync_details(self) -> SyncView:
        return self.sync

    def try_now(self) -> None:
        self.called.append("try_now")

    def cut_network(self, cut: bool) -> None:
        self.sync = replace(self.sync, network_cut=cut, state="offline" if cut else "online")
        self.tell("sync")

    def set_language(self, language: Language) -> None:
        self.called.append(f"language {language}")

    def subscribe(self, listener: Callable[[str], None]) -> None:
        self.listeners.append(listener)

    def tell(self, subject: str) -> None:
        """What another thread would say."""
        for listener in self.listeners:
            listener(subject)

    def _check(self, password: str) -> None:
        self._refuse()
        if password != PASSWORD:
            raise RuleError("login_refused")

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal
