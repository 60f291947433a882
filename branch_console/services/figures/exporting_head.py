"""The top of the day's page: whose day, in which state; its figures as tiles; its targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from branch_console.figure_views.board import BoardView, TargetView, TileView
from branch_console.locale import t
from branch_console.services.exports.blocks import BODY, SMALL, Heading
from branch_console.services.exports.paper import LEADING, Ink, Paper
from branch_console.services.exports.plots import spark
from branch_console.services.figures.exporting_said import Said, standing, state_words

_TITLE: Final = 15.0
_PAD: Final = 2.2
_ACROSS, _MORE_ACROSS = 4, 5
_BETWEEN: Final = 2.0
_NUMBER: Final = 15.0
_TINY: Final = 5.8
_BAR: Final = 3.2
_LINES: Final = 3
_BEFORE: Final[dict[str, Ink]] = {"good": "good", "bad": "bad", "warning": "bad"}


def day_title(view: BoardView) -> str:
    """What the pages are called: of which day with its weekday."""
    weekday = t(f"figures.weekday.{view.day.isoweekday()}")
    return t("export.day_title", day=t("figures.day", day=view.day.isoformat(), weekday=weekday))


@dataclass(frozen=True, slots=True)
class Head:
    """Branch and day, state with hash, completeness, as of when; that all is invented where it is."""

    view: BoardView
    said: Said

    def height(self, paper: Paper, width: float) -> float:
        """Title, state and lines."""
        lines = sum(paper.tall(each, width - 2 * _PAD, BODY, _LINES) for each in self._lines())
        return _TITLE * LEADING + (BODY + 2) * LEADING + lines + 2 * _PAD + 1.0

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """On a coloured ground."""
        paper.box(x, y, width, self.height(paper, width), "fill")
        paper.box(x, y, 1.2, self.height(paper, width), "accent" if self.view.state.sound else "bad")
        left, inner, y = x + _PAD, width - 2 * _PAD, y + _PAD
        y = paper.say(day_title(self.view), left, y, inner, _TITLE, bold=True, most=1)
        y = paper.say(self.said.branch, left, y, inner, BODY + 2, bold=True, most=1) + 1.0
        for number, line in enumerate(self._lines()):
            ink: Ink = "bad" if number == 0 and not self.view.state.sound else "ink"
            y = paper.say(line, left, y, inner, BODY, ink=ink, most=_LINES)

    def _lines(self) -> list[str]:
        state = state_words(self.view.state)
        rest = [each for each in standing(self.view) if each != state]
        return [state, *([t("export.demo")] if self.said.demo else []), *rest]


@dataclass(frozen=True, slots=True)
class Tiles:
    """The figures side by side: name, value, of how many, compared with, the last 28 days as a line."""

    tiles: Sequence[TileView]

    def height(self, paper: Paper, width: float) -> float:
        """All rows of tiles."""
        return sum(tall + _BETWEEN for tall in self._rows(paper, width)) - _BETWEEN

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """Row by row."""
        wide = self._wide(width)
        for row, tall in enumerate(self._rows(paper, width)):
            for number, tile in enumerate(self.tiles[row * self._across : (row + 1) * self._across]):
                self._tile(paper, tile, x + number * (wide + _BETWEEN), y, wide, tall)
            y += tall + _BETWEEN

    def _tile(self, paper: Paper, tile: TileView, x: float, y: float, wide: float, tall: float) -> None:
        paper.box(x, y, wide, tall, "shade")
        paper.box(x, y, wide, 0.5, _BEFORE.get(tile.tone, "line"))
        left, inner, y = x + _PAD, wide - 2 * _PAD, y + 1.4
        top = paper.say(tile.label, left, y, inner, SMALL + 0.6, ink="muted", most=1)
        paper.say(tile.value, left, top - 0.4, inner * 0.62, self._size(paper, tile.value, inner * 0.62), bold=True)
        spark(paper, tile.spark, left + inner * 0.64, top + 1.2, inner * 0.36, _NUMBER * LEADING - 2.6)
        y = top + _NUMBER * LEADING
        for text, ink in ((tile.detail, "muted"), (tile.before, _BEFORE.get(tile.tone, "ink"))):
            if text:
                y = paper.say(text, left, y, inner, _TINY, ink=ink, most=2)  # type: ignore[arg-type]

    @staticmethod
    def _size(paper: Paper, value: str, wide: float) -> float:
        """As large as it fits on one line."""
        size = _NUMBER
        while size > BODY and len(paper.lines(value, wide, size)) > 1:
            size -= 1
        return size

    def _rows(self, paper: Paper, width: float) -> list[float]:
        inner = self._wide(width) - 2 * _PAD
        tall = []
        for first in range(0, len(self.tiles), self._across):
            texts = [
                sum(paper.tall(each, inner, _TINY, 2) for each in (tile.detail, tile.before) if each)
                for tile in self.tiles[first : first + self._across]
            ]
            tall.append(1.4 + (SMALL + 0.6) * LEADING + _NUMBER * LEADING + max(texts) + 1.2)
        return tall

    @property
    def _across(self) -> int:
        return _ACROSS if len(self.tiles) <= 2 * _ACROSS else _MORE_ACROSS

    def _wide(self, width: float) -> float:
        return (width - (self._across - 1) * _BETWEEN) / self._across


@dataclass(frozen=True, slots=True)
class Targets:
    """What was to be reached: a bar with a mark where it should be by now, and the numbers in words."""

    targets: Sequence[TargetView]

    def height(self, paper: Paper, width: float) -> float:
        """Title, bars, words."""
        text = sum(paper.tall(line, width, BODY, _LINES) for each in self.targets for line in self._lines(each))
        return Heading("").height(paper, width) + 1.2 + text + len(self.targets) * (_BAR + 2.4)

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """One below the other."""
        Heading(t("export.targets")).draw(paper, x, y, width)
        y += Heading("").height(paper, width) + 1.2
        for each in self.targets:
            first, *others = self._lines(each)
            ink: Ink = "bad" if each.behind else "ink"
            y = paper.say(first, x, y, width, BODY, bold=True, ink=ink, most=_LINES) + 0.5
            if not each.rest:
                paper.box(x, y, width, _BAR, "shade")
                paper.box(x, y, min(max(each.share, 0.0), 1.0) * width, _BAR, "bad" if each.behind else "accent")
                mark = x + min(max(each.expected_share, 0.0), 1.0) * width
                paper.stroke([(mark, y - 0.7), (mark, y + _BAR + 0.7)], "ink", 0.4)
                y += _BAR + 1.0
            for line in others:
                y = paper.say(line, x, y, width, BODY, most=_LINES)
            y += 0.9

    @staticmethod
    def _lines(target: TargetView) -> list[str]:
        """What was reached of what; by now; the period; what must be known about it."""
        if target.rest:
            reached = t("export.reached_at_rest", label=target.label, reached=target.reached, words=target.rest)
            return [each for each in (reached, target.period, target.note) if each]
        words = t("export.behind") if target.behind else t("export.on_course")
        reached = t("export.reached", label=target.label, reached=target.reached, total=target.day_total, words=words)
        lines = [reached, t("export.expected_by_now", expected=target.expected_now), target.period, target.note]
        return [each for each in lines if each]
