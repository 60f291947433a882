"""Invented days of a branch, as the board's screens are given them."""

from dataclasses import replace
from datetime import date, timedelta

from branch_console.figure_views.area import AreaView
from branch_console.figure_views.board import (
    BoardView,
    DayChoice,
    DaySpan,
    RestatementView,
    Section,
    SignalView,
    StateView,
    TargetView,
    TileView,
)
from branch_console.figure_views.detail import DetailView, PlotPoint, PlotView
from branch_console.figure_views.tables import ColumnView, Drill, FactLine, RowsView, TableView, Tone
from tests.screens.board.sample_tables import TABLES, number, row

TODAY = date(2026, 11, 20)
COUNTS = (14, 11, 16, 13, 12, 9, 15, 17, 12, 14, 11, 13, 16, 15, 12, 10, 14, 13, 29, 15, 12, 14, 11, 13, 16, 14, 12, 17)
SPARK = tuple(None if at in {8, 9} else float(count) for at, count in enumerate(COUNTS))


def tile(
    figure: str,
    label: str,
    value: str,
    detail: str = "",
    before: str = "",
    tone: Tone = "",
    spark: tuple[float | None, ...] = SPARK,
) -> TileView:
    return TileView(Drill(figure), label, value, None, "number", detail, before, tone, spark)


TILES = (
    tile("journeys.received", "接待", "23", before="+3，前值 20（11-19 周四 同一时刻）", tone="good"),
    tile("journeys.onboarded", "开通（中心已确认）", "17", before="+3，前值 14（11-19 周四 同一时刻）", tone="good"),
    tile("journeys.waiting", "待中心确认", "2", before="+2，前值 0（11-19 周四 同一时刻）", tone="bad"),
    tile("journeys.first_use", "首次使用", "12", before="±0，前值 12（11-19 周四 同一时刻）"),
    tile("gifts.handed_over", "礼品发放", "9", before="−2，前值 11（11-19 周四 同一时刻）"),
    tile("cases.received", "投诉受理", "9", before="+6，前值 3（11-19 周四 同一时刻）", tone="bad"),
    tile(
        "clocks.statutory",
        "按期办结",
        "87.5%",
        "7/8，53%–98%",
        "−12.5 个百分点，前值 100.0%（11-19 周四 同一时刻）",
        "bad",
    ),
    tile("clocks.overdue", "逾期未办结", "1", before="+1，前值 0（11-19 周四 同一时刻）", tone="bad", spark=()),
    tile("ratings.csat", "满意度", "—", "0/0", "前一可比日无数据", "muted", (None,) * 28),
    tile(
        "gifts.cost_per_wallet",
        "单户礼品成本",
        "¥18.40",
        before="−¥2.60，前值 ¥21.00（11-19 周四 同一时刻）",
        tone="good",
    ),
)
TARGETS = (
    TargetView(
        "开通",
        17,
        "25",
        "15.2",
        "11 月：已 312，应到 305.4，共 480（第 15/21 个工作日）",
        0.68,
        0.61,
        False,
        "示例目标",
    ),
    TargetView(
        "首次使用", 12, "20", "12.8", "11 月：已 240，应到 251.0，共 400（第 15/21 个工作日）", 0.6, 0.64, True, ""
    ),
)
SIGNALS = (
    SignalView("cases.received", "", "", "今日投诉受理 9 件，超出正常波动上限 7，请查看", "bad"),
    SignalView("journeys.abandoned", "reason", "app_crash", "“应用闪退”放弃 4 件，近 28 天最多", "warning"),
)
CHECKED = "查了 24 个序列，9 个数据不足未查；偶然也会出现约 0.5 条"


RUNNING = StateView("running", "进行中", "", sound=True, restatements=())
FROZEN = StateView(
    "frozen",
    "11-19 06:00 定稿",
    "9f2c41d07be2",
    sound=True,
    restatements=(RestatementView("journeys.onboarded", "11-19 开通: 42 → 44，2 笔迟到，终端 K-07"),),
)


def board(day: date = TODAY, section: Section = "overview", **changes: object) -> BoardView:
    """A day: today it runs, earlier ones are frozen."""
    today, judged = day == TODAY, section in {"overview", "trends"}
    view = BoardView(
        day=day,
        today=today,
        title=f"{day:%Y-%m-%d} 周{'一二三四五六日'[day.weekday()]} · 深圳福田支行",
        section=section,
        tiles=TILES if section == "overview" else (),
        targets=TARGETS if section == "overview" else (),
        tables=TABLES[section],
        signals=SIGNALS if today and judged else (),
        checked=CHECKED if judged else "",
        state=RUNNING if today else FROZEN,
        completeness="4 台终端中 3 台已到 15:32，K-04 最后 11:05",
        as_of="截至 15:32，最新记录 15:31",
        counting=None,
        notes=("2027 年的节假日还没有公布，工作日是推算的。",),
        place=1,
        previous=day - timedelta(days=1) if day > TODAY - timedelta(days=9) else None,
        following=None if today else day + timedelta(days=1),
        area=True,
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def plot(title: str, count: int, label: str = "day") -> PlotView:
    """A control chart whose limits vary, with two days without data and one unusual one."""
    points = []
    for at in range(count):
        day = TODAY - timedelta(days=(count - 1 - at) * (1 if label == "day" else 7))
        gap = at in {8, 9} and label == "day"
        value = None if gap else float(COUNTS[at % 28])
        spread = 7 + at % 3
        name = f"{day:%m-%d}" if label == "day" else f"{day:%m-%d} 周"
        points.append(PlotPoint(day, name, value, 13.4 - spread, 13.4 + spread, unusual=value == 29))
    notes = ("界限来自之前 28 个工作日，当天不在其中。",)
    return PlotView(title, "XmR 图：均值 ± 2.66 × 平均移动极差", "number", 13.4, tuple(points), notes)


def detail(figure: str = "journeys.onboarded", group: str = "", member: str = "") -> DetailView:
    return DetailView(
        drill=Drill(figure, group, member),
        title="开通（中心已确认）" if not member else f"开通 · {member}",
        value="17",
        before="+3，前值 14（11-19 周四 同一时刻）",
        definition=(
            ("数的是", "已完成、且中心已确认的办理里不同的钱包"),
            ("业务日", "办理结束的那一天"),
            ("不含", "待中心确认的；同一钱包后来的办理"),
            ("来源", "journey.started、journey.answered、journey.finished"),
        ),
        days=plot("近 28 天", 28),
        weeks=plot("近 12 周，每个工作日", 12, "week"),
        signals=(("今日投诉受理 9 件，超出正常波动上限 7，请查看", "bad"),) if figure == "cases.received" else (),
        why_no_chart="",
    )


def rows(drill: Drill, day: date = TODAY) -> RowsView:
    lines = tuple(
        FactLine(
            subject,
            (f"{9 + at // 4}:{at * 7 % 60:02}", name, f"138****80{at:02}", "二类", "王芳", "已确认"),
            (at, name, "", "II", "G1001", "confirmed"),
            counted=at < 17,
        )
        for at, (subject, name) in enumerate(
            [("journey/1", "张*丰"), ("case/2", "L* Wei"), ("claim/3", "何*"), ("", "客户不详")] * 6
        )
    )[:23]
    return RowsView(
        drill=drill,
        day=day,
        title=f"{day:%m-%d} 开通（中心已确认）",
        value="17",
        columns=(
            ColumnView("at", "时间"),
            ColumnView("name", "客户"),
            ColumnView("phone", "手机"),
            ColumnView("class", "类别"),
            ColumnView("staff", "员工"),
            ColumnView("state", "状态"),
        ),
        lines=lines,
        counted=17,
        of=23,
        definition=("数的是：已完成、且中心已确认的办理里不同的钱包", "不含：待中心确认的；同一钱包后来的办理"),
        as_of="截至 15:32，最新记录 15:31",
    )


FIRST = TODAY - timedelta(days=800)


def days() -> DaySpan:
    return DaySpan(FIRST, TODAY)


def days_between(first: date, last: date) -> tuple[DayChoice, ...]:
    states = ("running", "provisional", "complete")
    ago = range((TODAY - last).days, (TODAY - first).days + 1)
    return tuple(
        DayChoice(
            day := TODAY - timedelta(days=at), f"{day:%Y-%m-%d}", states[at] if at < 3 else "frozen", str(17 + at)
        )
        for at in ago
    )


def area(day: date = TODAY, *, stale: bool = False) -> AreaView:
    names = ("755-001 福田", "755-002 南山", "755-003 罗湖", "各网点中位")
    columns = (
        ColumnView("name", "网点"),
        number("share", "完成率", "share"),
        number("minutes", "中位用时", "minutes"),
        number("csat", "满意度", "share"),
        number("per_thousand", "千户投诉率", "per_thousand"),
        ColumnView("state", "状态"),
    )
    table = TableView(
        "rates",
        "比率与中位数",
        columns,
        tuple(
            row(
                name,
                (name, f"{70 + at * 3}.0%", f"{18 + at} 分钟", "91.2%", f"{at}.4‰", "初步"),
                None,
                tone="muted" if at == 3 else "",
            )
            for at, name in enumerate(names)
        ),
        notes=("按网点代码排列，不是排名。",),
    )
    return AreaView(day, f"{day:%Y-%m-%d} 片区：3 个网点", (table,), "中心 11-20 15:30", stale, "")
