"""Small drawn charts for a printed page: days as a line, its centre and its limits, unusual days as dots."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from branch_console.services.exports.blocks import SMALL
from branch_console.services.exports.paper import LEADING, Paper

_TINY: Final = 5.4
_AXIS: Final = 9.0
"""Left of the plot, for the labels of its scale."""

Numbers = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Curve:
    """A plot with its title. `low` and `high` are written at the ends of the scale, `labels` below: first and last.

    All series are as long as `values`; None: no data, or no limit there.
    """

    title: str
    about: str
    values: Numbers
    lower: Numbers
    upper: Numbers
    unusual: Sequence[bool]
    centre: float | None
    low: str
    high: str
    labels: tuple[str, str]
    note: str = ""
    tall: float = 13.0

    def height(self, paper: Paper, width: float) -> float:
        """Title, plot, labels, notes."""
        return self._head(paper, width) + self.tall + _TINY * LEADING + 0.8 + self._noted(paper, width)

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """Limits first, so that the values are on top."""
        bottom = paper.say(self.title, x, y, width, SMALL + 0.8, bold=True, most=2)
        paper.say(self.about, x, bottom, width, _TINY, ink="muted", most=2)
        y += self._head(paper, width)
        left, right, base = x + _AXIS, x + width - 1.0, y + self.tall
        paper.box(left, y, right - left, self.tall, "shade")
        low, high = span([*self.values, *self.lower, *self.upper, self.centre])
        paper.say(self.high, x, y, _AXIS - 0.8, _TINY, ink="muted", right=True, most=1)
        paper.say(self.low, x, base - _TINY * LEADING, _AXIS - 0.8, _TINY, ink="muted", right=True, most=1)
        step = (right - left) / max(len(self.values) - 1, 1)

        def at(number: int, value: float) -> tuple[float, float]:
            return left + number * step, base - 1.0 - (value - low) / (high - low) * (self.tall - 2.0)

        if self.centre is not None:
            level = at(0, self.centre)[1]
            paper.stroke([(left, level), (right, level)], "muted", 0.12)
        for limit in (self.lower, self.upper):
            for run in runs(limit):
                paper.stroke([at(*each) for each in run], "muted", 0.2, (0.8, 0.8))
        for run in runs(self.values):
            paper.stroke([at(*each) for each in run], "accent", 0.4)
            if len(run) == 1:
                paper.dot(*at(*run[0]), 0.45, "accent")
        for number, value in enumerate(self.values):
            if value is not None and (self.unusual[number] or number == len(self.values) - 1):
                paper.dot(*at(number, value), 0.8, "bad" if self.unusual[number] else "accent")
        first, last = self.labels
        paper.say(first, left, base + 0.4, (right - left) / 2, _TINY, ink="muted", most=1)
        paper.say(last, left + (right - left) / 2, base + 0.4, (right - left) / 2, _TINY, ink="muted", right=True)
        if self.note:
            paper.say(self.note, x, base + 0.6 + _TINY * LEADING, width, _TINY, ink="muted", most=2)

    def _head(self, paper: Paper, width: float) -> float:
        return paper.tall(self.title, width, SMALL + 0.8, 2) + paper.tall(self.about, width, _TINY, 2) + 0.6

    def _noted(self, paper: Paper, width: float) -> float:
        return paper.tall(self.note, width, _TINY, 2) + 0.4 if self.note else 0.0


def spark(paper: Paper, values: Numbers, x: float, y: float, width: float, height: float) -> None:
    """A line without a scale, its last day as a dot."""
    low, high = span(values)
    step = width / max(len(values) - 1, 1)

    def at(number: int, value: float) -> tuple[float, float]:
        return x + number * step, y + height - (value - low) / (high - low) * height

    for run in runs(values):
        paper.stroke([at(*each) for each in run], "accent", 0.25)
        if len(run) == 1:
            paper.dot(*at(*run[0]), 0.3, "accent")
    if values and values[-1] is not None:
        paper.dot(*at(len(values) - 1, values[-1]), 0.55, "accent")


def runs(values: Numbers) -> Iterator[list[tuple[int, float]]]:
    """The stretches without a gap, as place and value."""
    run: list[tuple[int, float]] = []
    for number, value in enumerate(values):
        if value is not None:
            run.append((number, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def span(values: Iterable[float | None]) -> tuple[float, float]:
    """The ends of the scale: from 0 where nothing is below it, never of no height."""
    known = [each for each in values if each is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return (low, high) if high > low else (low, low + 1.0)
