"""Invented tables of a board, in the language of the moment."""

from dataclasses import replace
from datetime import date

from branch_console.figure_views.board import Section, TileView
from branch_console.figure_views.tables import ColumnView, Drill, RowView, TableView, Tone
from branch_console.locale import language, t
from branch_console.rules.statistics.figures import meanings
from branch_console.services.figures.formats import shown, unit_of

DAY = date(2026, 11, 20)
WHO = "张*丰 138****8000"
HASH = "9f2c41d07be2"


def words(chinese: str, english: str) -> str:
    """In the language of the moment."""
    return chinese if language() == "zh" else english


NAMES = {
    "journeys.onboarded": ("开通", "Onboarded"),
    "journeys.received": ("接待", "Received"),
    "journeys.first_use": ("首笔使用", "First use"),
    "journeys.completed": ("完成率", "Completed"),
    "journeys.minutes_median": ("用时中位数", "Median minutes"),
    "gifts.cost": ("礼品成本", "Cost of gifts"),
    "cases.received": ("投诉受理", "Complaints received"),
    "clocks.statutory": ("法定时限内", "Within the statutory limit"),
    "funnel.reached": ("到达", "Reached"),
    "gifts.handed_over": ("发放", "Handed over"),
    "gifts.chosen": ("偏好", "Chosen"),
    "cases.open": ("未结投诉", "Open complaints"),
    "ratings.csat": ("满意率", "Satisfied"),
    "terminals.complete": ("终端齐全", "Terminals complete"),
}
VALUES: dict[str, int | float | None] = {
    "journeys.onboarded": 42,
    "journeys.received": 57,
    "journeys.first_use": 31,
    "journeys.completed": 0.736842105,
    "journeys.minutes_median": 18.5,
    "gifts.cost": 123450,
    "cases.received": 0,
    "clocks.statutory": None,
}


def label(figure: str) -> str:
    """What a figure is called."""
    return words(*NAMES.get(figure, (figure, figure)))


def definition(figure: str) -> tuple[tuple[str, str], ...]:
    """Its definition; the words of the page, in both languages alike."""
    found = meanings()[figure]
    parts = ("numerator", "denominator", "day", "basis", "excluded")
    return tuple((t(f"figures.definition.{each}"), getattr(found, each)) for each in parts)


def tile(figure: str, value: float | None, tone: Tone = "") -> TileView:
    """One figure of the day."""
    unit = unit_of(figure)
    spark = tuple(None if number % 9 == 4 else float((number * 7) % 11 + 3) for number in range(28))
    share = words("42 / 57，95% 区间 61%–83%", "42 of 57, 95% interval 61%–83%") if unit == "share" and value else ""
    before = words("比 11-19（周四）同时 +3", "+3 on 11-19 (Thu) at this time") if value is not None else ""
    return TileView(Drill(figure), label(figure), shown(value, unit), value, unit, share, before, tone, spark)


def table(
    name: str, title: tuple[str, str], figures: tuple[str, ...], rows: tuple[tuple[str, tuple[float | None, ...]], ...],
    chart: str = "bar",
) -> TableView:  # fmt: skip
    """Members by figures."""
    columns = (
        ColumnView("name", words("名称", "Name")),
        *(ColumnView(each, label(each), right=True, unit=unit_of(each)) for each in figures),
    )
    most = max((values[0] or 0 for _, values in rows), default=1) or 1
    return TableView(
        name,
        words(*title),
        columns,
        tuple(
            RowView(
                who,
                (who, *(shown(value, unit_of(figure)) for figure, value in zip(figures, values, strict=True))),
                (who, *values),
                bar=(values[0] or 0) / most,
                drill=Drill(figures[0], "step", who),
            )
            for who, values in rows
        ),
        figures,
        chart=chart,  # type: ignore[arg-type]
        plotted=figures[0],
    )


def tables(section: Section) -> tuple[TableView, ...]:
    """The tables of a section."""
    if section == "funnel":
        steps = [words(f"第 {number} 步 核对信息", f"Step {number}: check the facts") for number in range(1, 10)]
        rows = tuple((step, (57 - 2 * number, 40.0 + number)) for number, step in enumerate(steps))
        return (
            table("funnel", ("漏斗", "Funnel"), ("funnel.reached", "funnel.seconds_median"), rows),
            table(
                "drop_reasons", ("放弃原因", "Why given up"), ("funnel.dropped",),
                ((words("客户没带证件", "No identity card"), (4,)), (words("等待太久", "Waited too long"), (2,))),
            ),
        )  # fmt: skip
    if section == "gifts":
        hidden = RowView(
            "x", (words("雨伞", "Umbrella"), "<5", "<5"), (words("雨伞", "Umbrella"), None, None), hidden=True
        )
        found = table(
            "preferences", ("偏好", "Preferences"), ("gifts.chosen", "gifts.cost"),
            ((words("大米 5kg", "Rice 5 kg"), (21, 84000)), (words("洗衣液", "Detergent"), (10, 39450))),
        )  # fmt: skip
        campaigns = table(
            "campaigns", ("活动", "Campaigns"), ("gifts.handed_over", "gifts.cost_per_wallet"),
            (("D11-OIL", (31, 2939.29)), ("SPEND-500", (0, None))),
        )  # fmt: skip
        empty = table("refusals", ("拒绝原因", "Refusals"), ("gifts.checks",), ())
        return (campaigns, replace(found, rows=(*found.rows, hidden)), replace(empty, empty=words("没有", "None")))
    if section == "cases":
        return (
            figures_table("cases", ("投诉", "Complaints"), ("cases.received", "cases.open", "cases.days_median")),
            figures_table("clocks", ("时限", "Time limits"), ("clocks.statutory", "clocks.internal", "clocks.overdue")),
        )
    return ()


def figures_table(name: str, title: tuple[str, str], figures: tuple[str, ...]) -> TableView:
    """A table of which every row is another figure."""
    values: tuple[float | None, ...] = (5, 0, None, 0.875)
    rows = tuple(
        RowView(
            each, (label(each), shown(value, unit_of(each)), "—"), (label(each), value, None), drill=Drill(each)
        )
        for each, value in zip(figures, values, strict=False)
    )  # fmt: skip
    columns = (
        ColumnView("name", words("指标", "Figure")),
        ColumnView("value", words("当日", "Day"), right=True, unit="figure"),
        ColumnView("before", words("上一工作日", "Day before"), right=True, unit="figure"),
    )
    return TableView(name, words(*title), columns, rows, figures)
