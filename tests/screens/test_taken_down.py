"""What is on its way out is told apart from what is hidden and from what stands behind another screen."""

from asyncio import Event

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Label

from screens.taken_down import taken_down
from tests.screens.driving import on_screen


class Slow(Label):
    """Takes its time to go."""

    def __init__(self, going_on: Event, may_go: Event) -> None:
        super().__init__("slow")
        self._going_on, self._may_go = going_on, may_go

    async def on_unmount(self) -> None:
        """Hold up the screen around it."""
        self._going_on.set()
        await self._may_go.wait()


class Page(Screen[None]):
    """One part that goes at once, one that does not."""

    def __init__(self, slow: Slow) -> None:
        super().__init__()
        self._slow = slow

    def compose(self) -> ComposeResult:
        """Both parts."""
        yield Label("quick", id="quick")
        yield self._slow


@on_screen
async def test_a_screen_whose_parts_are_going_is_taken_down_though_it_is_still_attached() -> None:
    app, going_on, may_go = App[None](), Event(), Event()
    async with app.run_test():
        page = Page(Slow(going_on, may_go))
        await app.push_screen(page)
        quick = page.query_one("#quick")
        assert not taken_down(page) and not taken_down(quick)
        quick.display = False
        await app.push_screen(Screen[None]())
        assert not taken_down(page) and not taken_down(quick), "behind another one, or hidden"
        await app.pop_screen()
        going = app.pop_screen()
        await going_on.wait()
        assert page.is_attached and taken_down(page) and taken_down(quick)
        may_go.set()
        await going
        assert taken_down(page)


@on_screen
async def test_with_the_console_all_is_taken_down() -> None:
    app = App[None]()
    async with app.run_test():
        shown = app.screen
    assert taken_down(shown)
