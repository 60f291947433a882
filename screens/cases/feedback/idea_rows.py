"""Ideas for a list: where its rows come from, which columns there are, and how a row reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from branch_console.case_views.feedback import IdeaLine, IdeaTab
from branch_console.locale import t
from screens.cases.feedback.port import Port
from screens.signs import sign
from screens.text import one_line
from screens.widgets.row_drawing import Cell, Column

_TONES = {"adopted": "accent", "done": "success", "told": "success", "declined": "muted"}


@dataclass(frozen=True, slots=True)
class Ideas:
    """The ideas of one tab, read page by page."""

    desk: Port
    tab: IdeaTab

    def count(self) -> int:
        """How many there are."""
        return self.desk.count_ideas(self.tab)

    def page(self, offset: int, limit: int) -> Sequence[IdeaLine]:
        """Some of them."""
        return self.desk.ideas(self.tab, offset, limit)


def columns() -> list[Column]:
    """What the board is looked at for: how many want it, what it is, where it stands."""
    return [
        Column(t("feedback.column.support"), 5, right=True),
        Column(t("feedback.column.text")),
        Column(t("feedback.column.topic"), 12, wide_only=True),
        Column(t("feedback.column.from"), 8, wide_only=True),
        Column(t("feedback.column.status"), 10),
        Column(t("feedback.column.owner"), 10, wide_only=True),
        Column(t("feedback.column.due"), 12),
        Column(t("feedback.column.at"), 11, wide_only=True, right=True),
    ]


def cells(line: IdeaLine) -> list[Cell]:
    """One row."""
    due = f"{sign('overdue')} {line.due}" if line.overdue else line.due
    waiting = f"{sign('waiting')} " if line.pending else ""
    return [
        (f"+{line.support}" if line.support else "", "accent"),
        waiting + line.text,
        (line.topic, "muted"),
        (line.who, "muted"),
        (line.status_words, _TONES.get(line.status, "")),
        line.owner,
        (due, "error" if line.overdue else "muted"),
        (line.at, "muted"),
    ]


def in_full(line: IdeaLine | None) -> str:
    """The idea under the cursor, which the list cuts off."""
    if line is None:
        return ""
    head = " ".join(one_line(each) for each in (line.number, line.topic, line.who, line.owner) if each)
    return f"{head}  {one_line(line.text)}"
