"""A gift desk for the screens of goods and of supervisors: invented views, calls kept, errors on demand."""

# ruff: noqa: ARG002  the calls have the desk's parameters, whether they matter here or not

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from textual.screen import Screen

from branch_console.gift_views import (
    BacktestView,
    CampaignLine,
    CampaignView,
    ClaimLine,
    ClosingLine,
    ClosingView,
    CountView,
    DeliveryLine,
    DocumentLine,
    ExplainView,
    LineIn,
    NodeView,
    OfferLine,
    PersonView,
    SheetLine,
    SignalLine,
    SlipView,
    StockLine,
)
from branch_console.locale import Language
from branch_console.views import SessionFacts, StaffChoice
from screens.shell import Shell

V = TypeVar("V")

STOCK = (
    StockLine("RICE-5KG", "东北大米 5kg", "shelf", "货架", "A1", "2027-05-01", 41, 2),
    StockLine("OIL-5L", "花生油 5L", "shelf", "货架", "B7", "2026-12-10", 4, 0, low=True, expiring=True),
    StockLine("RICE-5KG", "东北大米 5kg", "quarantine", "隔离区", "A0", "", 3, 0),
    StockLine("CUP", "保温杯", "shelf", "货架", "", "", 0, 0, short=1),
)
DELIVERY = DeliveryLine(
    "stock/1",
    "FH-2026-0117",
    (("RICE-5KG", "东北大米 5kg", "A2", "2027-08-01", 50), ("CUP", "保温杯", "", "", 20)),
    "11-21",
)
COUNT = CountView(
    "stock/2", "货架", "王芳", "16:02", (("东北大米 5kg", "A1", 41, 40, -1), ("保温杯", "", 5, 5, 0)), False, ""
)
DOCUMENT = DocumentLine(
    "stock/3",
    "收货",
    "N-17",
    "",
    "王芳",
    "李强",
    "15:20",
    (("东北大米 5kg", "A1", 14, "供应商", "货架"), ("保温杯", "", 2, "供应商", "货架")),
    "",
)
CLOSING = ClosingView(
    "2026-11-22",
    (
        ClosingLine("东北大米 5kg", "货架", "A1", 45, 0, 4, 0, 41, 41),
        ClosingLine("保温杯", "货架", "", 5, 20, 1, -1, 23, None),
    ),
    ("预留 1 件：张*丰 双十二满 200 送米",),
    2,
    ("货架的保温杯今天还没盘点",),
)
EXCEPTION = ClaimLine(
    "claim/1", "LP-K02-261122-0007-3", "张*丰", "138****8000", "双十二满 200 送米", "大米 5kg", "handed_over", "已发放",
    "重复，计入损失：2026-11-22 已在广东领取", "王芳", "14:20", False, True, False,
)  # fmt: skip
SIGNAL = SignalLine("fast", "核对后 5 秒内发放", "王芳", 4, ("LP-K02-261122-0007-3",))
CAMPAIGN = CampaignLine("spend_500", 2, "满 500 送油", "running", "进行中", "2026-11-20 至 2026-12-12", "余 41", 3)
RULES = NodeView(None, "以下全部", children=(NodeView(None, "30 天内消费满 500.00 元"), NodeView(None, "不是本行员工")))
PAGE = CampaignView(
    CAMPAIGN,
    (("奖励", "花生油 5L 一件"), ("预算", "5,000.00 元")),
    RULES,
    (("奖品", "花生油 5L"), ("数量", "100 件")),
    "断网时最多多发 4 件，合 236.00 元",
    "演示审批人",
)
BACKTEST = BacktestView(
    "满 500 送油",
    "2026-11-21",
    23,
    5,
    2,
    6,
    "295.00 元",
    "5,000.00 元",
    False,
    (("花生油 5L", 5, 4),),
    (("30 天内消费满 500.00 元", 14, 6),),
)
PERSON = PersonView("p1", "张*丰", "138****8000", ("手机",))
TRIAL = ExplainView(
    PERSON,
    OfferLine("spend_500", 2, "满 500 送油", "NOT_YET", "还差一点", "还差 120.00 元", "花生油 5L", "余 41", "12-12"),
    NodeView(False, "30 天内消费满 500.00 元", "还差 120.00 元"),
    "再消费 120.00 元",
    (), (), (), "", {},
)  # fmt: skip


class GoodsDesk:
    """What was called is in `calls`; `error` is raised by the next act."""

    def __init__(self, change: Callable[[Any], Any] = lambda view: view) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.error: Exception | None = None
        self._change = change

    def _do(self, *call: Any) -> None:
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[Any, ...]]:
        return [call for call in self.calls if call[0] == name]

    def stock(self) -> tuple[StockLine, ...]:
        return self._view(STOCK)

    def places(self) -> tuple[tuple[str, str], ...]:
        return (("shelf", "货架"), ("quarantine", "隔离区"))

    def items(self) -> tuple[tuple[str, str], ...]:
        return (("RICE-5KG", "东北大米 5kg"), ("CUP", "保温杯"))

    def deliveries(self) -> tuple[DeliveryLine, ...]:
        return self._view((DELIVERY,))

    def colleagues(self) -> tuple[StaffChoice, ...]:
        return self._view((StaffChoice("S1", "刘敏", "supervisor"), StaffChoice("G2", "李强", "guide")))

    def reasons(self, use: str) -> tuple[tuple[str, str], ...]:
        return ((f"{use}_a", "第一个原因"), (f"{use}_b", "第二个原因"))

    def receive(self, dispatch: str | None, note_number: str, lines: tuple[LineIn, ...], *rest: str) -> None:
        self._do("receive", dispatch, note_number, lines, *rest)

    def transfer(self, source: str, target: str, lines: tuple[LineIn, ...], *rest: str) -> None:
        self._do("transfer", source, target, lines, *rest)

    def scrap(self, lines: tuple[LineIn, ...], *rest: str) -> None:
        self._do("scrap", lines, *rest)

    def sheet(self, place: str) -> tuple[SheetLine, ...]:
        return self._view((SheetLine("RICE-5KG", "东北大米 5kg", "A1", ""), SheetLine("CUP", "保温杯", "", "")))

    def count(self, place: str, lines: tuple[LineIn, ...]) -> None:
        self._do("count", place, lines)

    def counts(self) -> tuple[CountView, ...]:
        return self._view((COUNT,))

    def approve_count(self, count: str, reason: str, note: str) -> None:
        self._do("approve_count", count, reason, note)

    def dismiss_count(self, count: str, reason: str) -> None:
        self._do("dismiss_count", count, reason)

    def documents(self, limit: int) -> tuple[DocumentLine, ...]:
        return self._view((DOCUMENT,))

    def take_back(self, document: str, reason: str, note: str, second_staff: str, password: str) -> None:
        self._do("take_back", document, reason, note, second_staff, password)

    def closing(self) -> ClosingView:
        return self._view(CLOSING)

    def close_day(self, note: str, second_staff: str, password: str) -> ClosingView:
        self._do("close_day", note, second_staff, password)
        return self._view(ClosingView("2026-11-22", CLOSING.lines, (), 0, (), "刘敏", "ab" * 32))

    def claims(self, tab: str, offset: int, limit: int) -> list[ClaimLine]:
        return list(self._view((EXCEPTION,)))[offset : offset + limit]

    def count_claims(self, tab: str) -> int:
        return 1

    def settle(self, claim: str, how: str, reason: str) -> None:
        self._do("settle", claim, how, reason)

    def signals(self) -> tuple[SignalLine, ...]:
        return self._view((SIGNAL,))

    def slip(self, claim: str) -> SlipView:
        return self._view(SlipView(claim, "LP-K02-261122-0007-3", ("一行",), "BC1|LP", "礼品回执"))

    def save_slip(self, claim: str) -> Path:
        raise AssertionError("nobody asked for it")

    def campaigns(self) -> tuple[CampaignLine, ...]:
        return self._view((CAMPAIGN,))

    def campaign(self, campaign: str) -> CampaignView:
        return self._view(PAGE)

    def recent(self) -> tuple[PersonView, ...]:
        return self._view((PERSON,))

    def people(self, text: str) -> tuple[PersonView, ...]:
        self._do("people", text)
        return self._view((PERSON,))

    def dry_run(self, campaign: str, person: str) -> ExplainView:
        self._do("dry_run", campaign, person)
        return self._view(TRIAL)

    def backtest(self, campaign: str) -> BacktestView:
        self._do("backtest", campaign)
        return self._view(BACKTEST)

    def _view(self, view: V) -> V:
        changed: V = self._change(view)
        return changed


class _Services:
    def __init__(self, desk: GoodsDesk) -> None:
        self.gifts = desk
        self.session = SessionFacts("S1", "刘敏", "supervisor")


class GoodsHost(Shell):
    """One screen over an empty one."""

    def __init__(self, desk: GoodsDesk, shown: Screen[Any], *, language: Language = "zh") -> None:
        super().__init__(language=language)
        self.services = _Services(desk)
        self._first = shown
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self._first, self.answers.append)
