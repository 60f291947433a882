"""The list of the queue."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from branch_console.case_views.queue import CaseLine
from screens.widgets.row_list import RowList


class CaseList(RowList[CaseLine]):
    """Left and right, which a list has no use for, change the tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "cases.key.tabs", id="cases.tabs"),
    ]
