"""What the tabs of the gift area share, and the tab that leads to a screen of its own."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.taken_down import taken_down
from screens.widgets import css_beside
from screens.widgets.row_list import RowList

T = TypeVar("T")


class GiftPane(Vertical):
    """One tab. It stays while others are shown, so that nothing typed in it is lost."""

    DEFAULT_CSS = css_beside(__file__)

    @property
    def host(self) -> BranchScreen[None]:
        """The screen around it."""
        return cast(BranchScreen[None], self.screen)

    def ask(self, work: Callable[[], T], then: Callable[[T], None], group: str = "ask") -> None:
        """Do something that blocks; its answer comes only while this pane is still on the screen."""

        def arrived(answer: T) -> None:
            if not taken_down(self):
                then(answer)

        self.host.ask(work, arrived, group=group)

    def focus_first(self) -> None:
        """The focus to where one begins."""

    def heard(self) -> None:
        """Something has changed, here or elsewhere; or this tab is shown again."""

    def clear(self) -> bool:
        """Escape: forget something transient; False when there is nothing."""
        return False


class TabList(RowList[Any]):
    """Left and right, which a list has no use for, change the tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "gifts.key.tabs", id="gifts.tabs"),
    ]


class Door(Proceed):
    """The button of a tab that leads to a screen of its own."""

    DEFAULT_CSS = "Door { margin-top: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "gifts.key.tabs", id="gifts.tabs"),
    ]


class Doorway(GiftPane):
    """What is behind the tab, and Enter to go there."""

    def __init__(self, name: str, screen: Callable[[], Screen[Any]]) -> None:
        super().__init__(classes="doorway")
        self._tab = name
        self._behind = screen

    def compose(self) -> ComposeResult:
        """One sentence and the button."""
        yield Said(t(f"gifts.tab.{self._tab}.about"))
        yield Door(t("gifts.tab.open"), id=f"door-{self._tab}")

    def focus_first(self) -> None:
        """The button."""
        self.query_one(Door).focus()

    @on(Proceed.Pressed)
    def _open(self, event: Proceed.Pressed) -> None:
        event.stop()
        self.go()

    def go(self) -> None:
        """Through the door."""
        if self.host.is_current:
            self.app.push_screen(self._behind())
