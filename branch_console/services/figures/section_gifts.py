"""Gifts of the day: by campaign with cost, refusals by reason, stock-outs, what people chose."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from branch_console.figure_views.tables import ColumnView, Drill, RowView, TableView
from branch_console.locale import t
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.preferences import Chosen, Preference, chosen, preferences
from branch_console.services.figures.book import span
from branch_console.services.figures.formats import NO_DATA, interval, shown
from branch_console.services.figures.question import Question
from branch_console.services.figures.tables import Wanted, figure_column, figure_rows, grouped_table, name_column

CHOSEN: Final = "gifts.chosen"
LONG: Final = 28
LONG_GROUP: Final = f"{LONG}:item"
"""The group of a drill-down that means not the day but the four weeks up to it."""
_TOTALS: Final = (
    "gifts.handed_over", "gifts.vouchers", "gifts.cost", "gifts.cost_per_wallet", "gifts.released", "gifts.returned",
    "gifts.reversed", "gifts.duplicates", "gifts.provisional", "gifts.second_person", "gifts.checks", "gifts.eligible",
)  # fmt: skip
_CAMPAIGNS: Final = Wanted(
    "campaigns",
    "campaign",
    ("gifts.handed_over", "gifts.vouchers", "gifts.cost", "gifts.released", "gifts.returned", "gifts.reversed"),
    chart="bar",
)
_REFUSALS: Final = Wanted(
    "refusals", "reason", ("gifts.checks",), chart="bar", order=lambda name, row: (-row["gifts.checks"].rows, name)
)
_STOCK_OUTS: Final = Wanted("stock_outs", "out_of_stock", ("gifts.checks",))


def gift_tables(ask: Question) -> tuple[TableView, ...]:
    """Totals, campaigns, refusals, stock-outs, and preferences of the day and of four weeks."""
    days = _chosen(ask, ask.day - timedelta(days=LONG - 1))
    return (
        figure_rows(ask, "gift_totals", _TOTALS),
        _with_cost_per_wallet(ask, grouped_table(ask, _CAMPAIGNS)),
        grouped_table(ask, _REFUSALS, only=bool, notes=[t("figures.refusals.note")]),
        grouped_table(ask, _STOCK_OUTS),
        _preferences(ask, "preferences", "item", preferences(days[-1:])),
        _preferences(ask, f"preferences_{LONG}", LONG_GROUP, preferences(days)),
    )


def _chosen(ask: Question, first: date) -> Sequence[Chosen]:
    """Who took what on each day up to the view's. A day is read again only when a claim of it has changed."""
    numbers = ask.numbers
    versions = {day: numbers.version(day, "claim") for day in span(first, ask.day)}

    def read(first: date, last: date) -> Mapping[date, Chosen]:
        return chosen(numbers.facts_between(first, last, "claim"))

    days: Mapping[date, Chosen] = numbers.book.by_day(("chosen",), versions, read, {})
    return list(days.values())


def four_weeks(ask: Question, last: date) -> Facts:
    """The claims of the four weeks up to a day. Those of days before are not read again when one of today comes."""
    first = last - timedelta(days=LONG - 1)
    if last < ask.today:
        return ask.numbers.facts_between(first, last, "claim")
    now = ask.numbers.facts_of(last, frozenset({"claim"})).claims
    known = {each.subject for each in now}  # what began before and goes on today is of both
    before = ask.numbers.facts_between(first, last - timedelta(days=1), "claim").claims
    return Facts(claims=(*(each for each in before if each.subject not in known), *now))


def _with_cost_per_wallet(ask: Question, table: TableView) -> TableView:
    """What each campaign cost for each wallet that was onboarded on the day."""
    onboarded = ask.numbers.value("journeys.onboarded", ask.day).value
    place = 1 + _CAMPAIGNS.figures.index("gifts.cost")
    rows = []
    for row in table.rows:
        cost = row.raw[place]
        each = cost / onboarded if onboarded and isinstance(cost, int | float) else None
        rows.append(replace(row, cells=(*row.cells, shown(each, "fen")), raw=(*row.raw, each)))
    column = ColumnView("cost_per_wallet", t("figure.gifts.cost_per_wallet"), right=True, unit="fen")
    figures = (*table.figures, "gifts.cost_per_wallet")
    return replace(table, columns=(*table.columns, column), rows=tuple(rows), figures=figures)


def _preferences(ask: Question, name: str, group: str, found: Sequence[Preference]) -> TableView:
    """How many customers took each item, and of how many that is a share. Below ten customers there are counts only."""
    rows = [
        RowView(
            key=each.item,
            cells=(
                ask.labels.member(CHOSEN, "item", each.item),
                str(each.takers),
                NO_DATA if each.share is None else shown(each.share.share, "share"),
                interval(each.share) or NO_DATA,
            ),
            raw=(
                ask.labels.member(CHOSEN, "item", each.item),
                each.takers,
                None if each.share is None else each.share.share,
                interval(each.share),
            ),
            bar=None if each.share is None else each.share.share,
            drill=Drill(CHOSEN, group, each.item),
        )
        for each in found
    ]
    customers = found[0].customers if found else 0
    return TableView(
        id=name,
        title=t(f"figures.table.{name}"),
        columns=(
            name_column("item"),
            figure_column(CHOSEN),
            ColumnView("share", t("figures.column.of_customers"), right=True, unit="share"),
            ColumnView("interval", t("figures.column.interval")),
        ),
        rows=tuple(rows),
        figures=(CHOSEN,),
        notes=(t("figures.customers", n=customers),),
        empty=t("figures.empty"),
        chart="bar",
        plotted=CHOSEN,
    )
