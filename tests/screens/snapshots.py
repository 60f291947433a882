"""Whole frames of Today and of the Day board as text files: `python -m tests.screens.snapshots` makes them anew.

A frame is its lines, then the runs of each line as letters and cells, then what the letters stand for: foreground,
background (as colours and as the tokens that have them), attributes. Everything shown is invented by the fakes, at one
moment of one day. Look at the difference before you commit it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import groupby, product
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from branch_console.app import BranchConsole
from branch_console.figure_views.board import SECTIONS, Section
from branch_console.figure_views.today import StaffLine
from branch_console.locale import LANGUAGES, Language, set_language
from branch_console.settings import Settings
from branch_console.views import StaffChoice
from screens.board.board_screen import BoardScreen
from screens.today import Today
from tests.screens.board.fakes import FakeFigures
from tests.screens.cases.queue_desk import PROMISES
from tests.screens.driving import log_in, until
from tests.screens.fakes import DAY, LI, REST, CaseDesk, FakeServices

FOLDER = Path(__file__).with_name("frames")
NOW = datetime(2026, 11, 20, 7, 32, tzinfo=UTC)
TEAM = tuple(StaffLine(f"G{n}", name, n + 2, n + 1, n, 1) for n, name in enumerate(["王芳", "李建国", "赵云", "刘敏"]))
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")


@dataclass(frozen=True, slots=True)
class Look:
    """How the console looks. In the two that differ in everything all sections are shown."""

    language: Language
    size: tuple[int, int]
    colours: str

    @property
    def name(self) -> str:
        """As in the names of the files."""
        return f"{self.language}-{self.size[0]}x{self.size[1]}-{self.colours}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is shown of the board."""
        return SECTIONS if self in {LOOKS[0], LOOKS[-1]} else SECTIONS[:1]


LOOKS = [
    Look(language, size, colours)  # the first one and the last one differ in everything
    for language, size, colours in product(LANGUAGES, ((80, 24), (120, 40)), ("dark", "light"))
]


class Still(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The moment of all frames."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


def frames(look: Look) -> str:
    """All frames of a look, as a file holds them."""
    with patch("screens.widgets.status_line.datetime", Still):
        return asyncio.run(_frames(look))


async def _frames(look: Look) -> str:
    day = replace(DAY, lines=tuple(replace(line, mine=None) for line in DAY.lines))
    services = FakeServices(
        settings=Settings(home=Path("/nowhere"), language=look.language, theme=look.colours),
        people=(StaffChoice("G1001", "王芳", "supervisor"), LI),
        cases=CaseDesk(promises=PROMISES),
        rest=replace(REST, day=day, team=TEAM),
    )
    services.today_view = replace(services.today_view, day=day, team=TEAM)
    services.figures = FakeFigures()  # type: ignore[attr-defined]
    app = BranchConsole(services)
    found = []
    async with app.run_test(size=look.size) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, Today) and app.screen._rest is not None)
        await _still(pilot)
        found.append(f"=== today\n{frame(app)}")
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        board = app.screen
        assert isinstance(board, BoardScreen)
        for section in look.sections:
            board.action_turn(section)
            await until(pilot, lambda section=section: board.showing._drawn == section)  # type: ignore[misc]
            await until(pilot, lambda: not board.beside_shown or not board.beside.waiting)
            await _still(pilot)
            found.append(f"=== board, {section}\n{frame(app)}")
    return "\n".join(found)


async def _still(pilot: Pilot[Any]) -> None:
    """Until nobody works and two looks see the same."""
    before = ""
    while True:
        await until(pilot, lambda: not pilot.app.workers)
        await pilot.pause()
        now = frame(pilot.app)
        if now == before and not pilot.app.workers:
            return
        before = now


def frame(app: Any) -> str:
    """What is on the screen: text, runs of styles, the styles."""
    drawn = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(drawn, LayoutUpdate)
    tokens = {str(value).lower(): name for name, value in reversed(list(_tokens(app)))}
    known: dict[str, str] = {}
    texts, runs = [], []
    for row in drawn.strips:
        parts = [part for strip in row for part in strip if not part.control and part.text]
        texts.append("".join(part.text for part in parts).replace("\xa0", " ").rstrip())
        cells = [(_said(part.style or Style.null(), tokens), cell_len(part.text)) for part in parts]
        lengths = [(said, sum(each for _, each in group)) for said, group in groupby(cells, lambda cell: cell[0])]
        for said, _ in lengths:
            known.setdefault(said, _LETTERS[len(known)])
        runs.append("".join(f"{known[said]}{length}" for said, length in lengths))
    legend = [f"{letter} {said}" for said, letter in known.items()]
    return "\n".join([*texts, "--- runs", *runs, "--- styles", *legend, ""])


def _tokens(app: Any) -> Iterator[tuple[str, str]]:
    theme = app.get_theme(app.theme)
    for name in ("foreground", "background", "surface", "panel", "primary", "success", "warning", "error"):
        yield name, getattr(theme, name)
    yield from ((name, value) for name, value in theme.variables.items() if value.startswith("#"))


def _said(style: Style, tokens: dict[str, str]) -> str:
    marks = [name for name in _ATTRIBUTES if getattr(style, name)]
    return " ".join([_colour(style.color, tokens), "on", _colour(style.bgcolor, tokens), *marks])


def _colour(colour: Color | None, tokens: dict[str, str]) -> str:
    if colour is None or colour.triplet is None:
        return "none"
    named = tokens.get(colour.triplet.hex.lower())
    return f"{colour.triplet.hex}({named})" if named else colour.triplet.hex


@contextmanager
def chinese_again() -> Iterator[None]:
    """The language is of the process: leave it as every test expects it."""
    try:
        yield
    finally:
        set_language("zh")


def main() -> None:
    """Write all files anew."""
    FOLDER.mkdir(exist_ok=True)
    for look in LOOKS:
        with chinese_again():
            (FOLDER / f"{look.name}.txt").write_text(frames(look), encoding="utf-8")


if __name__ == "__main__":
    main()
