"""The value axis of a plot: its range, round marks on it, and how values are written."""

import math
from dataclasses import dataclass

from branch_console.figure_views.detail import PlotView
from branch_console.locale import t

_PLAIN = {"number", ""}


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`; `marks` are round values between them."""

    low: float
    high: float
    marks: tuple[float, ...]

    def row(self, value: float, rows: int) -> int:
        """The row of a value, 0 at the top."""
        share = (value - self.low) / (self.high - self.low)
        return max(0, min(rows - 1, round((1 - share) * (rows - 1))))


def scale_of(plot: PlotView, rows: int) -> Scale:
    """A range that holds all values and limits; from zero on unless everything lies far above it."""
    values = [plot.centre] if plot.centre is not None else []
    values += [each for point in plot.points for each in (point.value, point.lower, point.upper) if each is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low > 0 and low < high * 0.6:
        low = 0.0
    if high <= low:
        low, high = (0.0, high * 2) if high > 0 else (low - 1, high + 1)
    step = _step((high - low) / max(min(rows // 2, 5), 1))
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    count = round((high - low) / step)
    return Scale(low, high, tuple(low + step * each for each in range(count + 1)))


def _step(rough: float) -> float:
    """The next round step: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.999)


def number(value: float, unit: str) -> str:
    """A value as it is written at the axis: shares in percent, money in yuan, others short."""
    if unit == "share":
        return f"{value * 100:.0f}%" if value in (0, 1) or abs(value) >= 0.1 else f"{value * 100:.1f}%"
    if unit == "fen":
        return f"{value / 100:,.0f}" if abs(value) >= 10_000 else f"{value / 100:.2f}"
    if abs(value - round(value)) < 1e-9:
        return f"{round(value)}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}"


def unit_words(unit: str) -> str:
    """What the numbers at the axis are of; empty for counts and shares."""
    return "" if unit in _PLAIN or unit == "share" else t(f"board.unit.{unit}")
