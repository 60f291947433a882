"""The rows behind a number as lines: when, who, what, by whom; whatever kind of row it is, in the same columns."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from branch_console.figure_views.tables import ColumnView, FactLine, Raw
from branch_console.locale import known, t
from branch_console.rules.statistics.facts import (
    CaseFact,
    CheckFact,
    ClaimFact,
    ClockFact,
    IdeaFact,
    JourneyFact,
    RatingFact,
    StepFact,
    TerminalFact,
)
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.instants import Instant
from branch_console.services.figures.formats import shown, unit_of
from branch_console.services.figures.question import Question
from branch_console.services.gifts.words import moment
from data.subject_names import Named, names_of

_NOBODY: Final = Named("", "")


class Told(NamedTuple):
    """What one row says: the moment that puts it on its day when the figure does not say it, what, by whom."""

    at: Instant | None
    what: str
    staff: str | None


def columns(ask: Question, figure: str) -> tuple[ColumnView, ...]:
    """The columns of the lines; staff only for whoever may see the team, so that counting lines tells nothing more."""
    found = [
        ColumnView("at", t("figures.column.at")),
        ColumnView("customer", t("figures.column.customer")),
        ColumnView("what", t("figures.column.what")),
    ]
    if ask.sees_team:
        found.append(ColumnView("staff", t("figures.column.staff")))
    if _amount(figure) is not None:
        found.append(ColumnView("amount", t("figures.column.amount"), right=True, unit=unit_of(figure)))
    return tuple(found)


def lines(ask: Question, figure: str, rows: tuple[Any, ...], *, counted: bool) -> list[FactLine]:
    """The lines of some rows, with masked names."""
    names = names_of(ask.source, {opens(row) for row in rows})
    return [_line(ask, figure, row, names.get(opens(row), _NOBODY), counted=counted) for row in rows]


def opens(row: Any) -> str:
    """The journey, claim or case that a row leads to; empty where there is none."""
    subject: str = row.about if isinstance(row, RatingFact) else row.subject
    return subject if subject.partition("/")[0] in {"journey", "claim", "case"} else ""


def _line(ask: Question, figure: str, row: Any, named: Named, *, counted: bool) -> FactLine:
    told = _TOLD[type(row)](ask, row)
    instant = FIGURES[figure].when(row) if figure in FIGURES else told.at
    at = "" if instant is None else moment(instant.at, ask.source.identity.zone, ask.now)
    who = t("figures.joined", first=named.name, second=named.number) if named.name and named.number else "".join(named)
    cells = [at, who, told.what]
    raw: list[Raw] = [None if instant is None else instant.at.isoformat(timespec="seconds"), who, told.what]
    if ask.sees_team:
        cells.append(ask.labels.names.person(told.staff))
        raw.append(ask.labels.names.person(told.staff))
    amount = _amount(figure)
    if amount is not None:
        value = amount(row)
        cells.append(shown(value, unit_of(figure)))
        raw.append(value)
    return FactLine(opens(row), tuple(cells), tuple(raw), counted)


def _amount(figure: str) -> Callable[[Any], int | None] | None:
    return FIGURES[figure].amount if figure in FIGURES else None


def _coded(msgid: str, code: str) -> str:
    return t(msgid) if known(msgid) else code


def _journey(ask: Question, row: JourneyFact) -> Told:
    """What the customer opened is not said to whoever may not see small cells: lines can be counted."""
    said = [ask.labels.member("", "class", row.wallet_class or row.target)] if ask.sees_small else []
    said.append(_coded(f"figures.is.{row.status}", ""))
    if row.status == "abandoned":
        said.append(ask.labels.member("journeys.abandoned", "step", row.last_step))
        said.append(ask.labels.member("journeys.abandoned", "reason", row.abandoned_reason))
    return Told(row.finished or row.started, _said(said), row.holder or row.started_by)


def _step(ask: Question, row: StepFact) -> Told:
    said = [ask.labels.member("", "step", row.step), _coded(f"figures.is.{row.status}", "")]
    said += [ask.labels.member("funnel.dropped", "reason", row.reason)] if row.reason else []
    return Told(row.started, _said(said), row.staff)


def _claim(ask: Question, row: ClaimFact) -> Told:
    said = [ask.labels.names.campaign(row.campaign)]
    said += [ask.labels.names.item(row.sku)] if row.sku else []
    said.append(_coded(f"gift.status.{row.status}", row.status))
    return Told(row.handed or row.started, _said(said), row.staff)


def _check(ask: Question, row: CheckFact) -> Told:
    said = [ask.labels.names.campaign(row.campaign), ask.labels.member("", "verdict", row.verdict)]
    said += [ask.labels.member("gifts.checks", "reason", each) for each in row.reasons[:1]]
    return Told(row.at, _said(said), row.staff)


def _case(ask: Question, row: CaseFact) -> Told:
    labels = ask.labels
    said = [labels.member("cases", "kind", row.kind), labels.coded("case_states", row.status)]
    said += [labels.member("cases", "category", row.category)] if row.category else []
    return Told(row.received, _said(said), row.owner or row.registered_by)


def _clock(ask: Question, row: ClockFact) -> Told:
    stopped = "" if row.stopped is None else moment(row.stopped.at, ask.source.identity.zone, ask.now)
    kept = t("figures.clock.kept", at=stopped) if stopped else t("figures.clock.waits")
    return Told(row.due, _said([ask.labels.clock(row.clock), kept]), row.owner)


def _rating(ask: Question, row: RatingFact) -> Told:
    return Told(row.at, ask.labels.member("", "score", str(row.score)), row.staff)


def _idea(ask: Question, row: IdeaFact) -> Told:
    state = "done" if row.done else "adopted" if row.adopted else "declined" if row.declined else "open"
    return Told(row.received, _said([ask.labels.member("", "topic", row.topic), t(f"figures.idea.{state}")]), row.staff)


def _terminal(ask: Question, row: TerminalFact) -> Told:
    return Told(row.synced, row.name or ask.labels.terminal(row.subject.partition("/")[2]), None)


def _said(parts: list[str]) -> str:
    return t("figures.comma").join(each for each in parts if each)


_TOLD: Final[Mapping[type, Callable[[Question, Any], Told]]] = {
    JourneyFact: _journey,
    StepFact: _step,
    ClaimFact: _claim,
    CheckFact: _check,
    CaseFact: _case,
    ClockFact: _clock,
    RatingFact: _rating,
    IdeaFact: _idea,
    TerminalFact: _terminal,
}
