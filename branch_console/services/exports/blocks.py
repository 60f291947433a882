"""Pieces of a page in words and tables. Sizes are points, lengths millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from branch_console.services.exports.paper import LEADING, Ink, Paper

_PAD: Final = 1.8
HEAD: Final = 9.0
BODY: Final = 6.8
SMALL: Final = 6.0
_NOTED: Final = 4
_WIDEST: Final = 120.0


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str

    def height(self, paper: Paper, width: float) -> float:  # noqa: ARG002  one line however wide
        """One line and a rule."""
        return HEAD * LEADING + 0.6

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """Text over a rule."""
        paper.say(self.text, x, y, width, HEAD, ink="accent", bold=True, most=1)
        paper.rule(x, y + HEAD * LEADING + 0.4, width, "accent", 0.25)


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences one below the other under a title; `marked` puts a bar in its colour before each.

    A sentence of more than `most` lines is cut.
    """

    sentences: Sequence[tuple[str, Ink]]
    title: str = ""
    size: float = BODY
    marked: bool = False
    most: int = 12

    def height(self, paper: Paper, width: float) -> float:
        """Title and sentences."""
        inner = width - self._indent()
        text = sum(paper.tall(each, inner, self.size, self.most) + 0.4 for each, _ in self.sentences)
        return (Heading(self.title).height(paper, width) + 1.2 if self.title else 0.0) + text

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """Each sentence going on under itself."""
        if self.title:
            Heading(self.title).draw(paper, x, y, width)
            y += Heading(self.title).height(paper, width) + 1.2
        for text, ink in self.sentences:
            black: Ink = "ink" if self.marked else ink
            inner = width - self._indent()
            bottom = paper.say(text, x + self._indent(), y, inner, self.size, ink=black, most=self.most)
            if self.marked:
                paper.box(x, y + 0.4, 0.9, bottom - y - 0.6, ink)
            y = bottom + 0.4

    def _indent(self) -> float:
        return 2.2 if self.marked else 0.0


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a printed table. `bar` (0 to 1) is drawn behind its first cell."""

    texts: Sequence[str]
    bar: float | None = None
    ink: Ink = "ink"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: titles of the columns, rows, and what stands under it. `right`: the columns of numbers."""

    title: str
    head: Sequence[str]
    right: Sequence[bool]
    rows: Sequence[Cells]
    notes: Sequence[str] = ()
    size: float = BODY

    def height(self, paper: Paper, width: float) -> float:
        """Title, head, rows, notes."""
        widths = self._widths(paper, width)
        tall = Heading(self.title).height(paper, width) + 1.0
        if self.rows:
            tall += self._row_height(paper, self.head, widths, SMALL)
            tall += sum(self._row_height(paper, each.texts, widths, self.size) for each in self.rows)
        return tall + sum(paper.tall(each, width, SMALL, _NOTED) for each in self.notes) + (0.8 if self.notes else 0.0)

    def draw(self, paper: Paper, x: float, y: float, width: float) -> None:
        """Row by row."""
        Heading(self.title).draw(paper, x, y, width)
        y += Heading(self.title).height(paper, width) + 1.0
        widths = self._widths(paper, width)
        if self.rows:
            y = self._row(paper, self.head, widths, (x, y), SMALL, "muted")
        for row in self.rows:
            if row.bar is not None:
                tall = self._row_height(paper, row.texts, widths, self.size)
                paper.box(x, y - 0.3, max(min(row.bar, 1.0), 0.0) * width, tall - 0.3, "fill")
            y = self._row(paper, row.texts, widths, (x, y), self.size, row.ink)
        y += 0.8
        for note in self.notes:
            y = paper.say(note, x, y, width, SMALL, ink="muted", most=_NOTED)

    def _row(
        self, paper: Paper, texts: Sequence[str], widths: Sequence[float], at: tuple[float, float], size: float,
        ink: Ink,
    ) -> float:  # fmt: skip
        x, y = at
        bottom = y + self._row_height(paper, texts, widths, size)
        for number, (text, wide) in enumerate(zip(texts, widths, strict=True)):
            paper.say(text, x + _PAD / 2, y, wide - _PAD, size, ink=ink, right=self.right[number], most=2)
            x += wide
        paper.rule(at[0], bottom - 0.5, sum(widths), thick=0.1)
        return bottom

    def _row_height(self, paper: Paper, texts: Sequence[str], widths: Sequence[float], size: float) -> float:
        tall = [paper.tall(text, wide - _PAD, size, 2) for text, wide in zip(texts, widths, strict=True)]
        return max(tall, default=0.0) + 0.7

    def _widths(self, paper: Paper, width: float) -> list[float]:
        """As wide as their texts; what is left over goes to the first, what is missing is taken from the widest."""
        wanted = self._wanted(paper, whole=True)
        if sum(wanted) > width:
            wanted = self._wanted(paper, whole=False)
        spare = width - sum(wanted)
        if spare >= 0:
            return [each + (spare if at == 0 else 0.0) for at, each in enumerate(wanted)]
        least = width / len(wanted) * 0.55
        given = sum(max(each - least, 0.0) for each in wanted)
        return [each - max(each - least, 0.0) / given * -spare if given else least for each in wanted]

    def _wanted(self, paper: Paper, *, whole: bool) -> list[float]:
        """How wide every column would be; `whole`: titles on one line, else on two, parted between words."""
        found = []
        for at, title in enumerate(self.head):
            head = _wide(paper, title, SMALL)
            if not whole:
                head = max(head * 0.6, *(_wide(paper, each, SMALL) for each in title.split()), 0.0)
            found.append(max([head, *(_wide(paper, each.texts[at], self.size) for each in self.rows)]))
        return found


def _wide(paper: Paper, text: str, size: float) -> float:
    return paper.wide(text, size, _WIDEST) + _PAD + 0.6
