"""Retention of the customers of the last weeks, and signs of fraud with their rows: a reason to look, no finding."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from branch_console.figure_views.tables import ColumnView, Drill, Raw, RowView, TableView
from branch_console.locale import t
from branch_console.rules.statistics.anomalies import Anomaly, anomalies
from branch_console.rules.statistics.facts import Facts, TerminalFact
from branch_console.rules.statistics.instants import EVER, Scope
from branch_console.rules.statistics.retention import RETENTION_ID
from branch_console.services.figures.central_answer import activity
from branch_console.services.figures.formats import NO_DATA, shown
from branch_console.services.figures.question import Question
from branch_console.services.figures.retained import Kept, retained, weeks_of
from branch_console.services.figures.section_gifts import LONG, four_weeks
from branch_console.services.figures.tables import name_column

SIGN: Final = "sign."
"""What the figure of a drill-down begins with that means the rows of a sign."""


def sign_tables(ask: Question) -> tuple[TableView, ...]:
    """Signs are of people, so only whoever may see the team sees them."""
    return (_retention(ask), _anomalies(ask))


# --- retention ---


def _retention(ask: Question) -> TableView:
    known, weeks = activity(ask.source, ask.numbers.book), weeks_of(ask)
    notes = []
    if known is not None and known.until is not None:
        notes.append(
            t("figures.retention.note", until=known.until.isoformat(), covered=known.covered, onboarded=known.onboarded)
        )
    columns = [ColumnView(f"week.{n}", t("figures.column.week", n=n), True, "share") for n in range(1, weeks + 1)]
    return TableView(
        id="retention",
        title=t("figures.table.retention"),
        columns=(name_column("cohort"), ColumnView("wallets", t("figures.column.wallets"), True, "number"), *columns),
        rows=tuple(_cohort(each) for each in retained(ask, ask.day)) if ask.whole else (),
        figures=(RETENTION_ID,),
        notes=tuple(notes),
        empty=t("figures.retention.none") if ask.whole else t("figures.reading"),
    )


def _cohort(cohort: Kept) -> RowView:
    name = t("figures.week_of", day=cohort.monday.strftime("%m-%d"))
    newest = max((week for week, share in enumerate(cohort.shares, 1) if share is not None), default=0)
    raw: tuple[Raw, ...] = (name, cohort.wallets, *cohort.shares)
    return RowView(
        key=cohort.monday.isoformat(),
        cells=(name, str(cohort.wallets), *(shown(each, "share") for each in cohort.shares)),
        raw=raw,
        drill=Drill(RETENTION_ID, cohort.monday.isoformat(), str(newest)),
    )


# --- signs of fraud ---


def signs(ask: Question, day: date) -> tuple[Anomaly, ...]:
    """What stands out in the four weeks up to a day; nothing until the bank has set limits."""
    rules = ask.reference.board_rules
    if rules is None or not ask.sees_team:
        return ()
    limits, scope = rules.limits, Scope(day - timedelta(days=LONG - 1), day, EVER.as_of)
    terminals = ask.central.facts(ask.days)

    def found() -> tuple[Anomaly, ...]:
        facts: Facts = replace(four_weeks(ask, day), terminals=terminals)
        return tuple(anomalies(facts, scope, limits))

    version = (ask.numbers.versions(scope.first, day, "claim"), terminals, limits)
    return ask.numbers.book.once(("between", "signs", day), version, found)


def _anomalies(ask: Question) -> TableView:
    found: Sequence[Anomaly] = signs(ask, ask.day) if ask.whole else ()
    empty = t("figures.signs.none") if ask.whole else t("figures.reading")
    return TableView(
        id="anomalies",
        title=t("figures.table.anomalies"),
        columns=(
            name_column("sign"),
            ColumnView("who", t("figures.column.who")),
            ColumnView("found", t("figures.column.found"), right=True),
            ColumnView("limit", t("figures.column.limit"), right=True),
            ColumnView("rows", t("figures.column.rows"), True, "number"),
        ),
        rows=tuple(_sign(ask, each) for each in found),
        notes=(t("figures.signs.note"),),
        empty=empty if ask.sees_team else t("figures.signs.team_only"),
    )


def _sign(ask: Question, each: Anomaly) -> RowView:
    name, who = t(f"figures.sign.{each.sign}"), _who(ask, each)
    return RowView(
        key=f"{each.sign} {each.by} {each.who}",
        cells=(name, who, str(each.value), str(each.limit), str(len(each.rows))),
        raw=(name, who, each.value, each.limit, len(each.rows)),
        tone="warning",
        drill=Drill(f"{SIGN}{each.sign}", each.by, each.who),
    )


def _who(ask: Question, each: Anomaly) -> str:
    """Whom a sign is about. A customer has no name here: the rows lead to it."""
    if each.by == "terminal":
        first = each.rows[0] if each.rows else None
        return first.name if isinstance(first, TerminalFact) and first.name else ask.labels.terminal(each.who)
    if each.by in {"staff", "pair"}:
        return " + ".join(ask.labels.names.person(one) for one in each.who.split(" + ")) or NO_DATA
    return t(f"figures.sign.by.{each.by}")
