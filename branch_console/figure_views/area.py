"""Several branches side by side, by rates and medians, in the order of their codes: never a ranking."""

from dataclasses import dataclass
from datetime import date

from branch_console.figure_views.tables import TableView


@dataclass(frozen=True, slots=True)
class AreaView:
    """`as_of` is when central said it, in words; `stale`: not from just now (offline). `tables` have one row a branch
    and, as the last one, the median of the branches.
    """

    day: date
    title: str
    tables: tuple[TableView, ...]
    as_of: str
    stale: bool
    problem: str
