"""Cases for a list: where its rows come from, which columns there are, and how a row reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from branch_console.case_views.queue import CaseFilter, CaseLine
from branch_console.locale import t
from screens.cases.queue.port import Port, Tab
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column

SIGNS = {"overdue": "overdue", "soon": "soon", "normal": "normal", "paused": "resting", "none": "nothing_due"}
TONES = {"overdue": "error", "soon": "warning", "paused": "muted", "none": "muted"}


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a tab, narrowed by a filter, read page by page."""

    desk: Port
    tab: Tab
    wanted: CaseFilter

    def count(self) -> int:
        """How many there are."""
        return self.desk.case_count(self.tab, self.wanted)

    def page(self, offset: int, limit: int) -> Sequence[CaseLine]:
        """Some of them."""
        return self.desk.case_lines(self.tab, self.wanted, offset, limit)


def columns() -> list[Column]:
    """At 80 cells less of the number, and neither status nor owner nor the moment: the lines below say them."""
    return [
        Column(t("cases.column.left"), 12),
        Column(t("cases.column.statutory"), 6),
        Column(t("cases.column.number"), 14, narrow_only=True),
        Column(t("cases.column.number"), 19, wide_only=True),
        Column(t("cases.column.category")),
        Column(t("cases.column.customer"), 9),
        Column(t("cases.column.status"), 10, wide_only=True),
        Column(t("cases.column.next"), narrow_only=True),
        Column(t("cases.column.next"), 21, wide_only=True),
        Column(t("cases.column.owner"), 8, wide_only=True),
    ]


def cells(line: CaseLine) -> list[Cell]:
    """One row."""
    tone = TONES.get(line.urgency, "")
    return [
        (left(line), tone),
        (line.statutory_day, "muted"),
        short_number(line.number),
        branch_number(line.number),
        line.category or line.kind,
        line.customer or t("cases.nameless"),
        (line.status, "muted"),
        (_waiting(line) + line.next_step, tone),
        (next_step(line), tone),
        (owner(line), "accent" if line.mine else "muted"),
    ]


def left(line: CaseLine) -> str:
    """The sign, the word, and what is left of the branch's time; nothing of that while it is closed until then."""
    if line.ended:
        return t("cases.left.ended")
    word = t(f"cases.left.{line.urgency}")
    time = span(abs(line.minutes)) if line.minutes and line.urgency != "paused" else ""
    return " ".join(part for part in (sign(SIGNS[line.urgency]), word, time) if part.strip())


def span(minutes: int) -> str:
    """So much working time: 45m, 3h05, 27h. Never in days: a day of work is no day of the calendar."""
    if minutes < 60:
        return f"{minutes}m"
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest:02d}" if hours < 10 and rest else f"{hours}h"


def next_step(line: CaseLine) -> str:
    """What has to be done, and until when."""
    return _waiting(line) + " ".join(part for part in (line.next_step, line.due) if part)


def _waiting(line: CaseLine) -> str:
    return f"{sign('waiting')} " if line.pending else ""


def short_number(number: str) -> str:
    """Day, count and check digits: enough to tell a terminal's cases apart, and most of a branch's."""
    return "-".join(number.split("-")[-3:])


def branch_number(number: str) -> str:
    """The same with the terminal before it: no other case of the branch has it."""
    return "-".join(number.split("-")[-4:])


def owner(line: CaseLine) -> str:
    """Who has the case."""
    return t("onboarding.me") if line.mine else line.owner or t("cases.nobody")
