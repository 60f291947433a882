"""An invented day as a board shows it, in the language of the moment, and a board that gives it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from branch_console.figure_views.board import BoardView, RestatementView, Section, SignalView, StateView, TargetView
from branch_console.figure_views.detail import DetailView, PlotPoint, PlotView
from branch_console.figure_views.tables import ColumnView, Drill, FactLine, RowsView
from branch_console.services.figures.formats import shown, unit_of
from tests.services.figures.export_tables import DAY, HASH, VALUES, WHO, definition, label, tables, tile, words


def view(section: Section = "overview") -> BoardView:
    """One section of the day, frozen, with a restatement and two signals."""
    late = words("11-20 开通：42 → 44，2 笔迟到，终端 K-07", "11-20 Onboarded: 42 → 44, 2 late entries, terminal K-07")
    many = words("投诉受理 9，通常 2.1，上限 6", "Complaints received 9, usually 2.1, limit 6")
    above = words("二类开通连续 8 天高于平常", "Class II above the usual for 8 days")
    signals = (
        SignalView("cases.received", "", "", many, "bad"),
        SignalView("journeys.onboarded", "class", "II", above, "good"),
    )
    restated = (RestatementView("journeys.onboarded", late),)
    period = words(
        "本月 610，应到 640.5，共 900，第 14/21 工作日", "This month 610, expected 640.5, of 900, working day 14 of 21"
    )
    sample = words("样例目标，待确认", "A sample, to be confirmed")
    target = TargetView(label("journeys.onboarded"), 42, "45", "42.5", period, 0.933, 0.944, behind=True, note=sample)
    return BoardView(
        day=DAY,
        today=False,
        title=words("营业日报 2026-11-20（周五）", "Day board 2026-11-20 (Fri)"),
        section=section,
        tiles=tuple(tile(each, value, "good" if value == 42 else "") for each, value in VALUES.items())
        if section == "overview"
        else (),
        targets=(target,) if section == "overview" else (),
        tables=tables(section),
        signals=signals if section == "trends" else (),
        checked=words(
            "检查了 31 条序列，12 条数据不足；按概率约有 0.6 条误报",
            "31 series checked, 12 had too few days; chance gives about 0.6 signals",
        ),
        state=StateView("frozen", words("已冻结", "frozen"), HASH, sound=True, restatements=restated),
        completeness=words("4 台终端中 3 台到 15:32，K-04 到 11:05", "3 of 4 terminals up to 15:32, K-04 up to 11:05"),
        as_of=words("截至 2026-11-21 08:10，最新一笔 08:09:57", "As of 2026-11-21 08:10, newest entry 08:09:57"),
        counting=None,
        notes=(words("2026 年日历为估算", "The calendar of 2026 is estimated"),),
        place=812,
        previous=date(2026, 11, 19),
        following=date(2026, 11, 21),
        area=False,
    )  # fmt: skip


def plot(unit: str, count: int = 28) -> PlotView:
    """Days with limits, one without data, one unusual."""
    scale = 0.1 if unit == "share" else 100.0 if unit == "fen" else 1.0
    points = tuple(
        PlotPoint(
            DAY - timedelta(days=count - 1 - number), (DAY - timedelta(days=count - 1 - number)).strftime("%m-%d"),
            None if number == 5 else ((number * 5) % 7 + 1) * scale, 0.5 * scale if number % 2 else None, 8.2 * scale,
            unusual=number == 20,
        )
        for number in range(count)
    )  # fmt: skip
    return PlotView(
        words("最近 28 天", "The last 28 days"),
        words("c 图：均值 ± 3√均值", "c chart: mean ± 3·√mean"),
        unit,
        4.1 * scale,
        points,
        (words("只画工作日", "Working days only"),),
    )


def detail(figure: str) -> DetailView:
    """A series in depth."""
    unit = unit_of(figure)
    weeks = plot(unit, 12)
    return DetailView(
        Drill(figure), label(figure), shown(VALUES.get(figure), unit), words("比 11-19 同时 +3", "+3 on 11-19"),
        definition(figure), plot(unit), weeks, ((words("高于上限", "Above the limit"), "bad"),), "",
    )  # fmt: skip


def rows_view() -> RowsView:
    """The rows behind a number."""
    columns = (
        ColumnView("time", words("时间", "Time")),
        ColumnView("customer", words("客户", "Customer")),
        ColumnView("minutes", words("用时", "Took"), right=True, unit="minutes"),
        ColumnView("cost", words("成本", "Cost"), right=True, unit="fen"),
    )
    lines = tuple(
        FactLine(f"journey/{number}", ("10:05", WHO, "18", "¥39.90"), ("10:05", WHO, 18, cost), counted=number < 3)
        for number, cost in enumerate((None, 3990, 3990, 0))
    )  # fmt: skip
    return RowsView(
        Drill("journeys.onboarded", "class", "II"), DAY, words("开通 11-20 二类", "Onboarded 11-20 class II"), "3",
        columns, lines, 3, 4, (words("只计已确认的钱包", "Confirmed wallets only"),),
        words("截至 08:10", "As of 08:10"),
    )  # fmt: skip


class SampleBoard:
    """Gives the day; what was asked is noted. `change` makes every view another."""

    def __init__(self, change: Callable[[BoardView], BoardView] = lambda found: found) -> None:
        self._change = change
        self.asked: list[str] = []

    def board(self, day: date | None, section: Section) -> BoardView:
        self.asked.append(section)
        return replace(self._change(view(section)), day=day or DAY)

    def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
        self.asked.append(f"{figure} {group} {member} {day}".rstrip())
        return detail(figure)

    def definition(self, figure: str) -> tuple[tuple[str, str], ...]:
        return definition(figure)

    def label(self, figure: str) -> str:
        return label(figure)
