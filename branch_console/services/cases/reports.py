"""The complaint register and its exports."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from branch_console.case_views.reports import AxisLine, PeriodChoice, RegisterLine, RegisterView
from branch_console.desk.cases import core
from branch_console.desk.exporting import Exported
from branch_console.locale import t
from branch_console.rules.cases.form_time import GOAL, form_times
from branch_console.rules.codes import CodeRow
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import parse_at
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.register_rows import (
    AXES,
    COLUMNS,
    Axis,
    Record,
    axis_counts,
    is_placeholder,
    label,
    records,
    row,
    standing_words,
)
from branch_console.services.exports.proving import proved, proved_words
from branch_console.services.exports.saving import by_whom, saved
from branch_console.services.exports.sheet import Book, Col, Sheet, writer
from data import case_queries

MOST_DAYS: Final = 3 * 366
"""The longest period of one register."""
_TABLES: Final = ("case_categories", *AXES.values())


class ReportDesk:
    """The complaint register and its exports. What is exported is what is shown: one list, one count."""

    _office: CaseOffice

    def register_periods(self) -> tuple[PeriodChoice, ...]:
        """The periods that are offered, by today's business date."""
        today = self._office.counter().today()
        month = today.replace(day=1)
        last_month = (month - timedelta(days=1)).replace(day=1)
        quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
        before = (quarter - timedelta(days=1)).replace(day=1)
        last_quarter = before.replace(month=(before.month - 1) // 3 * 3 + 1)
        found = {
            "month": (month, today),
            "last_month": (last_month, month - timedelta(days=1)),
            "quarter": (quarter, today),
            "last_quarter": (last_quarter, quarter - timedelta(days=1)),
            "year": (today.replace(month=1, day=1), today),
        }
        return tuple(PeriodChoice(name, t(f"report.period.{name}"), *days) for name, days in found.items())

    def complaint_register(self, since: date, until: date) -> RegisterView:
        """The register of a period, both days included. Raises RuleError, FieldError."""
        counter, found = self._records(since, until)
        zone = counter.store.identity.zone
        return RegisterView(
            since=since,
            until=until,
            lines=tuple(
                RegisterLine(
                    subject=each.subject,
                    number=each.state.number,
                    received=parse_at(each.state.received_at).astimezone(zone).strftime("%m-%d %H:%M"),
                    kind=label(counter.reference, "case_kinds", each.state.kind),
                    codes=" ".join(code or "—" for code in each.codes.values()),
                    reason=label(counter.reference, "case_reasons", each.codes["C"]),
                    status=label(counter.reference, "case_states", each.state.status),
                    due=each.due.due_day.strftime("%m-%d") if each.due is not None and each.due.due_day else "",
                    in_time=t(f"report.in_time.{each.in_time}"),
                    why_not_counted=t(f"report.not_counted.{each.not_counted}") if each.not_counted else "",
                )
                for each in found
            ),
            axes=_axes(counter, found),
            summary=_summary(found),
            said=self._said(counter, since, until, found),
        )

    def save_register(self, since: date, until: date, form: str) -> Path:
        """Write the register to a file that only this user may read; where it stands. `form`: csv, xlsx, pdf.

        The own journal is verified before, and the export is an entry of it. Raises RuleError, FieldError.
        """
        write = writer(form)
        if write is None:
            raise RuleError("form_unknown")
        self._may(self._office.counter(), since, until)
        journal = proved_words(proved(self._office))
        counter, found = self._records(since, until)
        head = tuple(Col(t(f"report.column.{name}"), width) for name, width in COLUMNS)
        said = (_summary(found), *self._said(counter, since, until, found), by_whom(counter.desk), journal)
        register = Sheet(t("report.register"), head, tuple(row(counter, each) for each in found), said)
        axes = Sheet(
            t("report.by_axis"),
            tuple(
                Col(t(f"report.axis_column.{each}"), 1) for each in ("axis", "code", "label", "count", "share", "table")
            ),
            tuple(
                (each.axis, each.code, each.label, each.count, each.share, standing_words(placeholder=each.placeholder))
                for each in _axes(counter, found)
            ),
        )
        title = t("report.title", since=since.isoformat(), until=until.isoformat())
        book = Book(title, self._office.branch_name, counter.now(), (register, axes))
        name = f"{counter.store.identity.branch}-complaints-{since:%Y%m%d}-{until:%Y%m%d}.{form}"
        about = Exported("complaint_register", since, until, form, len(found))
        return saved(counter.desk, about, lambda path: write(book, path), self._office.slips, name)

    def _may(self, counter: core.CaseCounter, since: date, until: date) -> None:
        counter.require("case.report")
        if until < since or (until - since).days >= MOST_DAYS:
            raise FieldError("until", "period_wrong", most=MOST_DAYS)

    def _records(self, since: date, until: date) -> tuple[core.CaseCounter, list[Record]]:
        counter = self._office.counter()
        self._may(counter, since, until)
        return counter, records(counter, case_queries.register_cases(counter.store, since, until))

    def _said(self, counter: core.CaseCounter, since: date, until: date, found: list[Record]) -> tuple[str, ...]:
        """What is counted, by which tables, as of when: the same lines on the screen and in every file."""
        _, heard = self._office.link()
        zone = counter.store.identity.zone
        tables = counter.reference.tables
        versions = [f"{name} v{tables[name].version}" for name in _TABLES if name in tables]
        samples = any(
            is_placeholder(counter.reference, axis, each.code) for axis in AXES for each in _rows(counter, axis)
        )
        return (
            t("report.definition", since=since.isoformat(), until=until.isoformat()),
            t("report.definition.due"),
            *_form_times(found),
            t("report.tables", tables=t("common.list_separator").join(versions)),
            *([t("report.placeholders")] if samples else []),
            t(
                "report.as_of",
                time=f"{counter.now().astimezone(zone):%Y-%m-%d %H:%M}",
                heard=t("report.never") if heard is None else f"{heard.astimezone(zone):%Y-%m-%d %H:%M}",
                n=counter.store.pending_count(),
            ),
        )


def _form_times(found: list[Record]) -> list[str]:
    """How long taking them down took."""
    times = form_times(each.state for each in found)
    if times is None:
        return []
    share = round(100 * times.within / times.forms)
    return [t("report.form_times", n=times.forms, median=times.median, most=times.most, goal=GOAL, share=share)]


def _rows(counter: core.CaseCounter, axis: Axis) -> list[CodeRow]:
    return counter.reference.codes(AXES[axis])


def _axes(counter: core.CaseCounter, found: list[Record]) -> tuple[AxisLine, ...]:
    total = sum(not each.not_counted for each in found)
    return tuple(
        AxisLine(
            axis=axis,
            code=code or "—",
            label=label(counter.reference, AXES[axis], code),
            count=count,
            share=f"{100 * count / total:.1f}%",
            placeholder=is_placeholder(counter.reference, axis, code),
        )
        for axis, code, count in axis_counts(found)
    )


def _summary(found: list[Record]) -> str:
    """How many count, and how they stand; what does not count is said apart."""
    counted = [each for each in found if not each.not_counted]
    times = Counter(each.in_time for each in counted)
    return t(
        "report.summary",
        count=len(counted),
        withdrawn=sum(each.state.status == "withdrawn" for each in counted),
        met=times["met"],
        missed=times["missed"],
        running=times["running"],
        merged=sum(each.not_counted == "merged" for each in found),
        retyped=sum(each.not_counted == "retyped" for each in found),
    )
