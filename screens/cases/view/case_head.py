"""The head of a case's screen: which case, whose, in whose hands, what must be seen first; and its timeline's list."""

from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content

from branch_console.case_views.working import CaseView, EntryLine
from branch_console.locale import t
from screens.gifts.heads import sides
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets.row_list import RowList

WHO = 28
"""Cells at most for the customer beside the case's number, which must be seen whole."""


class Timeline(RowList[EntryLine]):
    """Enter opens, as in every list: the keys of the acts need the room below."""

    DEFAULT_CSS = "Timeline { margin: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", show=False)]


def head(view: CaseView, width: int) -> Content:
    """Number, kind and status left, the customer right."""
    found = _joined(view.number, view.kind_label, view.status_label)
    who = " ".join(one_line(each) for each in (view.name, view.phone) if each) or t("cases.anonymous")
    return sides(found, fit(who, min(cell_len(who), WHO)), width)


def about(view: CaseView) -> Content:
    """What it is about, who has it, its flags in words."""
    flags = Content.styled("  ".join(one_line(f"[{each}]") for each in view.flags), "$warning")
    return Content(_joined(view.category, t("cases.owner", name=view.owner))) + Content("  ") + flags


def notice(view: CaseView) -> str:
    """What must be seen first."""
    notices = (
        t("cases.notice.merged", number=view.goes_on_number) if view.goes_on_number else "",
        t("cases.notice.differs", count=view.unsettled) if view.unsettled else "",
        view.standing,
        view.clocks.estimated,
    )
    said_now = "  ".join(one_line(each) for each in notices if each)
    return f"{sign('warning')} {said_now}" if said_now else ""


def _joined(*parts: str) -> str:
    return f"  {sign('separator')}  ".join(one_line(each) for each in parts if each)
