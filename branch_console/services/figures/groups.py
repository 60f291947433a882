"""Ways of taking a figure apart that are reckoned from its rows: they depend on the day, or are a part of the rows."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.figures_clocks import AGES, OLDEST, age
from branch_console.rules.statistics.instants import Scope

AGE_BANDS: Final = (*(name for _, name in AGES), OLDEST)
OUT_OF_STOCK: Final = "OUT_OF_STOCK"
_OWN: Final[Mapping[tuple[str, str], Callable[[Any, Scope], str | None]]] = {
    ("cases.open", "age"): age,
    ("gifts.checks", "out_of_stock"): lambda row, _: row.campaign if row.verdict == OUT_OF_STOCK else None,
}


def is_own(figure: str, group: str) -> bool:
    """Whether it is one of ours; else it is one of the figure's own."""
    return (figure, group) in _OWN


def parts_of(figure: str, found: Counted[Any], scope: Scope, group: str) -> dict[str, Counted[Any]]:
    """A counting figure, already counted, by the members of one of our groups; rows that have none are left out."""
    member = _OWN[figure, group]
    parts: dict[str, list[Any]] = {}
    for row in found.rows:
        name = member(row, scope)
        if name is not None:
            parts.setdefault(name, []).append(row)
    return {name: Counted(len(rows), tuple(rows), tuple(rows)) for name, rows in parts.items()}
