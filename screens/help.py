"""Help: what the screen is for, and every key that works on it, read from the bindings themselves."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from branch_console.locale import known, t
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.facts import Fact, Facts
from screens.widgets.key_bar import key_name


class Help(ModalScreen[None]):
    """One screen's help. Escape, Enter or F1 leaves."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1", "dismiss", show=False)]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._help = getattr(screen, "HELP", "")
        self._active = list(screen.active_bindings.values())
        self._app_node: DOMNode = screen.app

    def compose(self) -> ComposeResult:
        """Text, keys of this screen, keys of the console."""
        with Vertical(id="help"):
            yield Static(plain(t("help.title")), id="help-title")
            with VerticalScroll(id="help-body"):
                if self._help:
                    yield Static(plain(t(self._help)), id="help-text")
                yield Static(plain(t("help.here")), classes="help-group")
                yield Facts(id="help-here")
                yield Static(plain(t("help.everywhere")), classes="help-group")
                yield Facts(id="help-everywhere")
            yield Static(plain(t("help.leave")), id="help-leave")

    def give_way(self) -> None:
        """The console speaks another language now."""
        self.dismiss(None)

    def on_mount(self) -> None:
        """Fill in the keys."""
        here = [active for active in self._active if active.node is not self._app_node]
        everywhere = [active for active in self._active if active.node is self._app_node]
        self.query_one("#help-here", Facts).show(_keys(here) + _moving())
        self.query_one("#help-everywhere", Facts).show(_keys(everywhere))
        self.query_one("#help-body").focus()


def _keys(bindings: list[ActiveBinding]) -> list[Fact]:
    """One row an action: its keys, and what it does."""
    keys: dict[str, list[str]] = {}
    for active in bindings:
        if known(active.binding.description):
            keys.setdefault(active.binding.description, []).append(key_name(active.binding.key))
    return [Fact(" ".join(names), t(description)) for description, names in keys.items()]


def _moving() -> list[Fact]:
    """Keys that every list and form knows."""
    return [Fact("Tab", t("help.tab")), Fact(t("help.arrows"), t("help.arrows.do")), Fact("Esc", t("help.escape"))]
