"""What others have changed reaches the screen that is looked at, once it can read."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.base import BranchScreen
from tests.screens.driving import console, on_screen, until, working


class Reader(BranchScreen[None]):
    """Knows from its mount on whom to ask."""

    def __init__(self) -> None:
        super().__init__()
        self.heard_from: list[str] = []

    def body(self) -> ComposeResult:
        yield Static("read")

    def on_mount(self) -> None:
        self._source = "the desk"

    def heard(self) -> None:
        self.heard_from.append(self._source)


@on_screen
async def test_a_screen_that_is_just_being_opened_is_told_when_it_stands() -> None:
    app = console()
    async with app.run_test(size=(80, 24)) as pilot:
        await working(pilot)
        opened = Reader()
        app._changed = True
        app.push_screen(opened)
        assert app.screen is opened and not opened.is_mounted
        app._watch()
        assert not opened.heard_from
        await until(pilot, lambda: opened.heard_from)
