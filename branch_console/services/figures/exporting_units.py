"""Numbers of figures in files: raw, in the unit that their heading names."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from branch_console.figure_views.tables import Raw
from branch_console.locale import t
from branch_console.services.exports.sheet import Looks

_LOOKS: Final[dict[str, Looks]] = {
    "number": "whole",
    "entries": "whole",
    "share": "share",
    "fen": "money",
    "minutes": "decimal",
    "seconds": "decimal",
    "days": "decimal",
    "working_days": "decimal",
    "per_thousand": "decimal",
}
_CENT: Final = Decimal("0.01")


def looks_of(unit: str, *, mean: bool = False) -> Looks:
    """How a workbook shows raw values of that unit; `mean`: also between whole numbers."""
    looks = _LOOKS.get(unit, "")
    return "decimal" if mean and looks == "whole" else looks


def heading(label: str, unit: str) -> str:
    """The title of a column with its unit; counts and texts have none."""
    words = unit_words(unit)
    return t("export.heading", label=label, unit=words) if words and unit != "number" else label


def unit_words(unit: str) -> str:
    """The unit in words, as numbers are written here; empty for texts."""
    return t(f"export.unit.{unit}") if unit in _LOOKS else ""


def written(raw: Raw, unit: str) -> object:
    """A raw value as it is written: fen as yuan with two decimals, everything else as it is."""
    if unit != "fen" or not isinstance(raw, int | float):
        return raw
    return (Decimal(str(raw)) / 100).quantize(_CENT, ROUND_HALF_UP)
