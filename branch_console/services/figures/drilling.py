"""The rows behind any number of the board. The number in the heading is worked out from these very rows."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from branch_console.figure_views.tables import Drill, FactLine, RowsView
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import require
from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.figures import FIGURES, RATIOS, split
from branch_console.rules.statistics.instants import EVER, Scope
from branch_console.rules.statistics.retention import RETENTION_ID
from branch_console.services.figures.day_words import as_of_words
from branch_console.services.figures.definitions import definition, label
from branch_console.services.figures.formats import full_day, shown, unit_of
from branch_console.services.figures.groups import is_own
from branch_console.services.figures.question import Question
from branch_console.services.figures.retained import cohort, retained
from branch_console.services.figures.row_lines import columns, lines
from branch_console.services.figures.section_gifts import CHOSEN, LONG, LONG_GROUP, four_weeks
from branch_console.services.figures.section_parts import CUSTOMERS
from branch_console.services.figures.section_signs import SIGN, signs
from branch_console.services.figures.series import ABOUT_CUSTOMERS
from branch_console.services.figures.tables import hidden_members

_NOTHING: Final[Counted[Any]] = Counted(0, (), ())


def rows_view(ask: Question, drill: Drill) -> RowsView:
    """The rows of a drill-down. Raises RuleError for what may not be seen, `figure_unknown` for what there is not."""
    check(ask, drill)
    found = counted(ask, drill)
    counts = {id(row) for row in found.rows}
    others = tuple(row for row in found.of if id(row) not in counts)
    made: list[FactLine] = [
        *lines(ask, drill.figure, found.rows, counted=True),
        *lines(ask, drill.figure, others, counted=False),
    ]
    return RowsView(
        drill=drill,
        day=ask.day,
        title=title(ask, drill),
        value=shown(found.value, unit_of(drill.figure)),
        columns=columns(ask, drill.figure),
        lines=tuple(made),
        counted=len(found.rows),
        of=len(found.of),
        definition=tuple(t("figures.definition.line", label=name, text=text) for name, text in said(drill.figure)),
        as_of=as_of_words(ask),
    )


def check(ask: Question, drill: Drill) -> None:
    """Raise RuleError `role_may_not` for other people's figures, `figure_hidden` for those of few customers."""
    own = drill.group == "staff" and drill.member == ask.desk.staff
    if (drill.group == "staff" and not own) or drill.figure.startswith(SIGN):
        require(ask.desk.role, "figures.team")
    if drill.group in ABOUT_CUSTOMERS and not ask.sees_small:
        figures = tuple(dict.fromkeys((*CUSTOMERS, drill.figure)))
        if drill.member in hidden_members(ask, drill.group, figures):
            raise RuleError("figure_hidden")


def counted(ask: Question, drill: Drill) -> Counted[Any]:
    """The number with its rows. Raises RuleError `figure_unknown`."""
    figure, group, member = drill.figure, drill.group, drill.member
    if figure.startswith(SIGN):
        return _sign(ask, figure.removeprefix(SIGN), group, member)
    if figure == RETENTION_ID:
        return _kept(ask, group, member)
    if (figure, group) == (CHOSEN, LONG_GROUP):
        scope = Scope(ask.day - timedelta(days=LONG - 1), ask.day, EVER.as_of)
        return split(figure, four_weeks(ask, ask.day), scope, "item").get(member, _NOTHING)
    if figure in RATIOS and not group:
        return ask.numbers.rows(figure, ask.day)
    if figure not in FIGURES or not (group in {"", *FIGURES[figure].groups} or is_own(figure, group)):
        raise RuleError("figure_unknown")
    if not group:
        return ask.numbers.rows(figure, ask.day)
    nothing: Counted[Any] = Counted(ask.numbers.nothing(figure, ask.day).value, (), ())
    return ask.numbers.rows_by(figure, group, ask.day).get(member, nothing)


def title(ask: Question, drill: Drill) -> str:
    """Which number of which day."""
    figure, day = drill.figure, full_day(ask.day)
    name = t(f"figures.{figure}") if figure.startswith(SIGN) else label(figure)
    if drill.group and not figure.startswith(SIGN) and figure != RETENTION_ID:
        group = drill.group.partition(":")[2] or drill.group
        name = t("figures.series", figure=name, member=ask.labels.member(figure, group, drill.member))
    return t("figures.title", name=name, day=day)


def said(figure: str) -> Sequence[tuple[str, str]]:
    """The definition; of a sign what it is."""
    if figure.startswith(SIGN):
        return ((t("figures.definition.numerator"), t("figures.signs.note")),)
    return definition(figure)


def _sign(ask: Question, sign: str, by: str, who: str) -> Counted[Any]:
    found = next((each for each in signs(ask, ask.day) if (each.sign, each.by, each.who) == (sign, by, who)), None)
    return _NOTHING if found is None else Counted(len(found.rows), found.rows, found.rows)


def _kept(ask: Question, group: str, member: str) -> Counted[Any]:
    """The wallets of a cohort, those first that were used in that week."""
    first = next((each.monday for each in retained(ask, ask.day) if each.monday.isoformat() == group), None)
    found = None if first is None else cohort(ask, first, ask.day)
    if found is None:
        return Counted(None, (), ())
    week = next((each for each in found.weeks if str(each.week) == member), None)
    if week is None or week.share is None:
        return Counted(None, (), found.rows)
    return Counted(week.share.share, week.rows, found.rows, week.share)
