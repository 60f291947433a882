"""The tables of an invented day, section by section."""

from dataclasses import replace

from branch_console.figure_views.board import Section
from branch_console.figure_views.tables import ColumnView, Drill, RowView, TableView


def number(figure: str, label: str, unit: str = "number") -> ColumnView:
    return ColumnView(figure, label, right=True, unit=unit)


def row(key: str, cells: tuple[str, ...], drill: Drill | None, **changes: object) -> RowView:
    return replace(RowView(key, cells, cells, drill=drill), **changes)  # type: ignore[arg-type]


COMPLETENESS = TableView(
    "completeness",
    "终端",
    (
        ColumnView("name", "终端"),
        ColumnView("seen", "最后联系"),
        number("pending", "待传"),
        ColumnView("state", "状态"),
    ),
    (
        row("K-01", ("K-01", "15:32", "0", "已齐"), None, tone="good"),
        row("K-02", ("K-02", "15:31", "0", "已齐"), None, tone="good"),
        row("K-03", ("K-03", "15:32", "3", "还在上传"), None, tone="warning"),
        row("K-04", ("K-04", "11:05", "—", "未联系"), None, tone="bad"),
    ),
    notes=("终端全部同步且没有待传，或满三天，这一天才定稿。",),
)
STEPS = (
    ("接待", 23),
    ("告知与同意", 22),
    ("身份核验", 21),
    ("绑定银行卡", 19),
    ("设置支付密码", 18),
    ("提交", 18),
    ("中心确认", 17),
    ("首次使用", 12),
)
FUNNEL = TableView(
    "funnel",
    "漏斗：今天开始的 23 笔办理",
    (
        ColumnView("name", "环节"),
        number("funnel.reached", "到达"),
        number("share", "占比", "share"),
        number("funnel.seconds_median", "中位用时", "seconds"),
        number("funnel.dropped", "流失"),
        number("funnel.without_result", "跳过或失败"),
        ColumnView("reason", "主要原因"),
    ),
    tuple(
        row(
            f"s{at}",
            (
                name,
                str(count),
                f"{count / 23:.1%}",
                f"{at + 1}:1{at}",
                str(at % 3),
                str(at % 2),
                "客户改主意" if at % 3 else "",
            ),
            Drill("funnel.reached", "step", f"s{at}"),
            bar=count / 23,
            tone="bad" if name == "首次使用" else "",
        )
        for at, (name, count) in enumerate(STEPS)
    ),
    ("funnel.reached", "funnel.dropped", "funnel.without_result", "funnel.seconds_median"),
)
REASONS = TableView(
    "drop_reasons",
    "流失原因",
    (ColumnView("name", "原因"), number("funnel.dropped", "笔数"), number("share", "占比", "share")),
    (
        row("mind", ("客户改主意", "3", "60.0%"), Drill("funnel.dropped", "reason", "mind"), bar=1.0),
        row("crash", ("应用闪退", "2", "40.0%"), Drill("funnel.dropped", "reason", "crash"), bar=0.66),
    ),
    ("funnel.dropped",),
)
HOURS = TableView(
    "hour",
    "按小时",
    (ColumnView("name", "时段"), number("journeys.received", "接待"), number("journeys.onboarded", "开通")),
    tuple(
        row(
            str(hour),
            (f"{hour}:00", str(count), str(count * 2 // 3)),
            Drill("journeys.received", "hour", str(hour)),
            bar=count / 6,
        )
        for hour, count in zip(range(9, 18), (2, 4, 6, 3, 0, 2, 5, 1, 0), strict=True)
    ),
    ("journeys.received", "journeys.onboarded"),
)
SEGMENTS = TableView(
    "segment",
    "按客群",
    (ColumnView("name", "客群"), number("journeys.onboarded", "开通")),
    (
        row("young", ("年轻人", "9"), Drill("journeys.onboarded", "segment", "young"), bar=1.0),
        row("merchant", ("小微商户", "6"), Drill("journeys.onboarded", "segment", "merchant"), bar=0.66),
        row("senior", ("长者", "<5"), None, hidden=True, tone="muted"),
    ),
    ("journeys.onboarded",),
    ("不足 5 位客户的格子对主管以外的岗位隐藏，连同推得出它的那一格。",),
)
STAFF = TableView(
    "staff",
    "按员工",
    (
        ColumnView("name", "员工"),
        number("journeys.received", "接待"),
        number("journeys.onboarded", "开通"),
        number("journeys.waiting", "待确认"),
        number("journeys.first_use", "首次使用"),
        number("journeys.minutes_median", "中位用时", "minutes"),
        number("gifts.handed_over", "礼品"),
        number("cases.received", "投诉"),
    ),
    tuple(
        row(
            code,
            (name, str(9 - at), str(7 - at), str(at % 2), str(5 - at), f"{18 + at} 分钟", str(4 - at), str(at)),
            Drill("journeys.received", "staff", code),
            bar=(9 - at) / 9,
        )
        for at, (code, name) in enumerate((("G1001", "王芳"), ("G1002", "陈志强"), ("S2001", "欧阳建国")))
    ),
    ("journeys.received", "journeys.onboarded", "journeys.waiting", "journeys.first_use"),
)
CAMPAIGNS = TableView(
    "campaigns",
    "活动",
    (
        ColumnView("name", "活动"),
        number("gifts.checks", "查询"),
        number("gifts.handed_over", "发放"),
        number("gifts.cost", "成本", "fen"),
        number("gifts.cost_per_wallet", "单户成本", "fen"),
    ),
    (
        row(
            "d11",
            ("双十二满 200 元送五常大米一袋（5 千克）", "14", "6", "¥228.00", "¥25.33"),
            Drill("gifts.handed_over", "campaign", "d11"),
            bar=1.0,
        ),
        row(
            "first", ("首付立减", "5", "3", "¥15.00", "¥5.00"), Drill("gifts.handed_over", "campaign", "first"), bar=0.5
        ),
    ),
    ("gifts.checks", "gifts.handed_over", "gifts.cost"),
)
REFUSALS = TableView(
    "refusals",
    "不符合的原因",
    (ColumnView("name", "原因"), number("gifts.checks", "次数")),
    (),
    empty="今天没有不符合的查询。",
)
CASES = TableView(
    "cases",
    "投诉",
    (ColumnView("name", "数字"), number("value", "今天"), ColumnView("before", "同时比较")),
    (
        row("received", ("受理", "9", "+6，前值 3（11-19 周四 同一时刻）"), Drill("cases.received"), tone="bad"),
        row("decided", ("已告知决定", "4", "−1，前值 5（11-19 周四 同一时刻）"), Drill("cases.decided")),
        row("due", ("按期（今天到期的 8 个时限）", "87.5%", "—"), Drill("clocks.statutory")),
    ),
    ("cases.received", "cases.decided", "clocks.statutory"),
)
AGES = TableView(
    "ages",
    "未办结的天数",
    (ColumnView("name", "天数"), number("cases.open", "件数")),
    tuple(
        row(age, (age, str(n)), Drill("cases.open", "age", age), bar=n / 6)
        for age, n in (("0-3", 6), ("4-7", 3), ("8-15", 0), (">15", 1))
    ),
    ("cases.open",),
)
TRENDS = TableView(
    "trends",
    "近 28 天",
    (
        ColumnView("name", "数字"),
        number("today", "今天"),
        number("median", "中位"),
        number("low", "最低"),
        number("high", "最高"),
        ColumnView("said", "信号"),
    ),
    tuple(
        row(
            figure,
            (label, value, "13", "9", "29", "✱ 超出上限" if bad else ""),
            Drill(figure),
            tone="bad" if bad else "",
        )
        for figure, label, value, bad in (
            ("journeys.onboarded", "开通", "17", False),
            ("cases.received", "投诉受理", "9", True),
            ("gifts.handed_over", "礼品发放", "9", False),
        )
    ),
    ("journeys.onboarded",),
)
RETENTION = TableView(
    "retention",
    "留存：按开通周，之后每周仍活跃的比例",
    (
        ColumnView("name", "开通周"),
        number("base", "开通"),
        *(number(f"w{week}", f"第 {week} 周", "share") for week in range(1, 9)),
    ),
    tuple(
        row(
            f"2026-{week}",
            (
                f"10-{week:02} 那周",
                str(60 + week),
                *(f"{90 - 6 * at - week}%" if at < 8 - week // 4 else "—" for at in range(8)),
            ),
            Drill("retention.active", f"2026-10-{week:02}", "1"),
        )
        for week in (5, 12, 19, 26)
    ),
)
ANOMALIES = TableView(
    "anomalies",
    "异常清单",
    (ColumnView("name", "现象"), ColumnView("who", "谁"), number("count", "次数")),
    (
        row("fast", ("两次发放间隔不到 60 秒", "王芳", "3"), Drill("sign.fast", "staff", "G1001"), tone="warning"),
        row(
            "pair",
            ("总是同两人互相批准", "王芳、陈志强", "5"),
            Drill("sign.pair", "pair", "G1001 G1002"),
            tone="warning",
        ),
    ),
)
TABLES: dict[Section, tuple[TableView, ...]] = {
    "overview": (COMPLETENESS,),
    "funnel": (FUNNEL, REASONS),
    "parts": (HOURS, SEGMENTS, STAFF),
    "gifts": (CAMPAIGNS, REFUSALS),
    "cases": (CASES, AGES),
    "trends": (TRENDS,),
    "signs": (RETENTION, ANOMALIES),
}
