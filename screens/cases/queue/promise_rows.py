"""Promises for a list: which columns there are, and how a row reads."""

from collections.abc import Collection

from branch_console.case_views.queue import PromiseLine
from branch_console.locale import t
from screens.cases.queue.case_rows import branch_number, short_number
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column


def columns() -> list[Column]:
    """Those of the list at the end of a shift."""
    return [
        Column("", 1),
        Column(t("cases.promise.due"), 18),
        Column(t("cases.column.number"), 14, narrow_only=True),
        Column(t("cases.column.number"), 19, wide_only=True),
        Column(t("cases.column.customer"), 9),
        Column(t("cases.promise.way"), 8),
        Column(t("cases.column.kind"), wide_only=True),
        Column(t("cases.promise.staff")),
    ]


def cells(line: PromiseLine, marked: Collection[str]) -> list[Cell]:
    """One row; `marked` are the keys of the promises that the next hand-over takes."""
    return [
        (sign("checked" if line.key in marked else "open"), "accent" if line.key in marked else "muted"),
        due(line),
        short_number(line.number),
        branch_number(line.number),
        line.customer or t("cases.nameless"),
        line.way,
        (line.kind, "muted"),
        who(line),
    ]


def due(line: PromiseLine) -> Cell:
    """When; what has passed says so."""
    if line.overdue:
        return f"{sign('overdue')} {t('cases.left.overdue')} {line.due}", "error"
    return f"{sign('normal')} {line.due}"


def who(line: PromiseLine) -> Cell:
    """Who keeps it."""
    if not line.staff:
        return f"{sign('problem')} {t('cases.promise.nobody')}", "warning"
    return (t("onboarding.me"), "accent") if line.mine else line.staff
