"""A page to be read in a meeting: A4 upright, filled block by block, in one or more columns.

Names: `Paper` (the pages, and how anything is drawn on them), `Block` (a piece that knows how tall it is), `Band`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol, TypeAlias

from fpdf import FPDF

from branch_console.locale import language
from branch_console.services.slips.font import FONT, Face
from branch_console.services.slips.wrapping import one_line, wrap

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 12.0
INNER: Final = WIDTH - 2 * MARGIN
FOOT: Final = 8.0
_MOST: Final = 24
"""Lines of a text for which nothing else is said."""
_BOTTOM: Final = HEIGHT - MARGIN - FOOT
LEADING: Final = 1.36 * 25.4 / 72
"""Millimetres of a line for each point of its size."""
GAP: Final = 3.0
"""Between blocks and between columns."""

Ink: TypeAlias = Literal["ink", "muted", "accent", "bad", "good", "line", "fill", "shade"]
INKS: Final[dict[Ink, tuple[int, int, int]]] = {
    "ink": (28, 32, 38),
    "muted": (104, 110, 120),
    "accent": (31, 95, 168),
    "bad": (176, 42, 32),
    "good": (26, 116, 72),
    "line": (198, 203, 210),
    "fill": (223, 233, 245),
    "shade": (244, 246, 249),
}


class Block(Protocol):
    """A piece of the page that is never parted."""

    def height(self, paper: "Paper", width: float) -> float:
        """How tall it is when it is so wide, in millimetres."""

    def draw(self, paper: "Paper", x: float, y: float, width: float) -> None:
        """Draw it with its upper left corner there."""


@dataclass(frozen=True, slots=True)
class Band:
    """Blocks one behind the other in so many columns; each goes where there is most room. `head` stands above them
    and never alone at the end of a page. `loose`: what still has room on a page may go before what has not.
    """

    blocks: Sequence[Block]
    columns: int = 1
    gap: float = GAP
    head: Block | None = None
    loose: bool = False


class Paper(FPDF):
    """Pages from top to bottom. Texts are cleaned, and what the font has not is shown as missing."""

    def __init__(self, title: str, made: datetime) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._face = Face(self)
        self.set_auto_page_break(auto=False)
        self.set_title(one_line(title))
        self.set_lang("zh-CN" if language() == "zh" else "en")
        self.set_creation_date(made)
        self.add_page()
        self._at = MARGIN

    def lay(self, bands: Iterable[Band]) -> None:
        """Draw the bands one below the other; a new page where a block has no room in any column."""
        for band in bands:
            if not band.blocks:
                continue
            width = (INNER - (band.columns - 1) * GAP) / band.columns
            if band.head is not None:
                self._head(band.head, max(each.height(self, width) for each in band.blocks[: band.columns]))
            tops = [self._at] * band.columns
            left = [(block, block.height(self, width)) for block in band.blocks]
            while left:
                column = min(range(band.columns), key=lambda each: tops[each])
                room = _BOTTOM - tops[column]
                fits = [number for number, (_, tall) in enumerate(left[: None if band.loose else 1]) if tall <= room]
                if not fits and tops[column] > MARGIN:
                    self.add_page()
                    tops = [MARGIN] * band.columns
                    continue
                block, tall = left.pop(fits[0] if fits else 0)
                block.draw(self, MARGIN + column * (width + GAP), tops[column], width)
                tops[column] += tall + band.gap
            self._at = max(tops) + GAP - band.gap

    def _head(self, head: Block, follows: float) -> None:
        """A title over blocks of which the tallest of the first row is so tall."""
        tall = head.height(self, INNER) + 0.8
        if self._at + tall + follows > _BOTTOM:
            self.add_page()
            self._at = MARGIN
        head.draw(self, MARGIN, self._at, INNER)
        self._at += tall

    def foot(self, left: str, numbered: Sequence[str]) -> None:
        """The last line of every page: what it belongs to, and which page of how many (`numbered`)."""
        y = HEIGHT - MARGIN - FOOT / 2
        for number, said in enumerate(numbered, 1):
            self.page = number
            # Another page has another content stream: the font of the one before does not hold there.
            self.set_font(FONT, size=1)
            self.rule(MARGIN, y - 1.5, INNER)
            self.say(left, MARGIN, y, INNER - 30, 6.5, ink="muted", most=1)
            self.say(said, MARGIN, y, INNER, 6.5, ink="muted", right=True)

    def content(self) -> bytes:
        """The file."""
        return bytes(self.output())

    # --- drawing ---

    def lines(self, text: str, width: float, size: float, most: int = _MOST) -> list[str]:
        """The lines of a text in a width, at most so many; the last one says that there was more."""
        # No sign is narrower than a sixth of its size: what comes after so many can have no place here.
        shown = self._face.shown(text[: int(most * width / (size * 25.4 / 72 / 6)) + 1])
        found = wrap(shown, width, lambda part: self._face.width(part, size))
        if len(found) <= most:
            return found
        last = found[most - 1]
        while last and self._face.width(f"{last}…", size) > width:
            last = last[:-1]
        return [*found[: most - 1], f"{last}…"]

    def wide(self, text: str, size: float, most: float) -> float:
        """How wide a text is on one line, at most so wide."""
        return self._face.width(self.lines(text, most, size, 1)[0], size)

    def tall(self, text: str, width: float, size: float, most: int = _MOST) -> float:
        """How tall a text is."""
        return len(self.lines(text, width, size, most)) * size * LEADING

    def say(
        self, text: str, x: float, y: float, width: float, size: float,
        *, ink: Ink = "ink", bold: bool = False, right: bool = False, most: int = _MOST,
    ) -> float:  # fmt: skip
        """Write a text; where the next line begins. There is one weight of the font: bold is drawn thicker."""
        self.set_font(FONT, size=size)
        self.set_text_color(*INKS[ink])
        self.set_draw_color(*INKS[ink])
        for line in self.lines(text, width, size, most):
            left = x + width - self._face.width(line, size) if right else x
            with self.local_context(text_mode="FILL_STROKE" if bold else "FILL", line_width=size * 0.009):
                self.text(left, y + size * 0.95 * 25.4 / 72, line)
            y += size * LEADING
        return y

    def rule(self, x: float, y: float, width: float, ink: Ink = "line", thick: float = 0.15) -> None:
        """A line across."""
        self.stroke([(x, y), (x + width, y)], ink, thick)

    def stroke(
        self, points: Sequence[tuple[float, float]], ink: Ink, thick: float = 0.3, dash: tuple[float, float] = (0, 0)
    ) -> None:
        """A line through points."""
        self.set_draw_color(*INKS[ink])
        self.set_line_width(thick)
        self.set_dash_pattern(dash=dash[0], gap=dash[1])
        if len(points) > 1:
            self.polyline(list(points))
        self.set_dash_pattern()

    def box(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """A filled rectangle."""
        self.set_fill_color(*INKS[ink])
        if width > 0 and height > 0:
            self.rect(x, y, width, height, style="F")

    def dot(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """A filled circle."""
        self.set_fill_color(*INKS[ink])
        self.circle(x, y, radius, style="F")
