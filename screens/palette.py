"""Find a command by typing: Chinese, English, or the first letters of the pinyin."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import getters, on
from textual.actions import parse
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Input

from branch_console.locale import known, t
from screens.commands import Command, initials, search
from screens.widgets import css_beside
from screens.widgets.key_bar import key_name
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField

EXTRA = [
    Command("command.shift_end", "reach('shift_end')"),
    Command("command.register_report", "reach('register_report')"),
    Command("command.pack", "reach('pack')"),
    Command("command.wall", "reach('wall')"),
    Command("command.board.area", "reach('area')"),
    Command("command.board.trends", "part('board', 'trends')"),
    Command("command.board.signs", "part('board', 'signs')"),
    Command("command.colours", "looks('colours')"),
    Command("command.borders", "looks('borders')"),
    Command("command.password", "password"),
    Command("command.log_out", "log_out"),
]
"""What has no key of its own; actions of the app."""


class Palette(ModalScreen[Command | None]):
    """Everything that can be done here and now. Enter does it, Escape leaves."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#palette-input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    found = getters.query_one("#palette-list", RowList)

    def __init__(self, commands: list[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """One line to type in, the list below."""
        with Vertical(id="palette"):
            yield TextField(id="palette-input", placeholder=t("palette.placeholder"), max_length=60)
            yield RowList(
                None,
                [Column(), Column(width=8, right=True)],
                cells=_cells,
                key=lambda command: command.msgid,
                empty=t("palette.nothing"),
                id="palette-list",
            )

    def on_mount(self) -> None:
        """All commands, until something is typed."""
        self.found.can_focus = False
        # The dictionary takes a tenth of a second and 14 MB: loaded for whoever types commands, while they begin to.
        self.run_worker(lambda: initials(t("app.title")), group="pinyin", thread=True, exit_on_error=False)
        self.found.show(self._commands)

    def give_way(self) -> None:
        """The console speaks another language now."""
        self.dismiss(None)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Fewer with every letter; the first stands under the cursor."""
        event.stop()
        self.found.cursor = 0
        self.found.show(search(self._commands, self.query_one(TextField).text))
        self.found.cursor = 0

    @on(Input.Submitted)
    def run(self, event: Input.Submitted) -> None:
        """Do what stands under the cursor."""
        event.stop()
        if self.found.row is not None:
            self.dismiss(self.found.row)

    @on(RowList.Selected)
    def clicked(self, event: RowList.Selected) -> None:
        """Do what was clicked."""
        event.stop()
        self.dismiss(event.row)

    def action_move(self, rows: int) -> None:
        """Arrows move in the list while the typing goes on."""
        self.found.action_move(rows)

    def action_page(self, pages: int) -> None:
        """A screenful."""
        self.found.action_page(pages)


def _cells(command: Command) -> list[Cell]:
    tone = "" if command.enabled else "muted"
    key = key_name(command.key) if command.key else ""
    return [(command.title, tone), (key, "accent" if command.enabled else "muted")]


def commands_of(node: DOMNode, extra: list[Command]) -> tuple[list[Command], list[DOMNode]]:
    """What the screen offers beside its keys, what the bindings around `node` offer, then `extra`.

    With the nodes that the actions belong to: the app first, then the screen.
    """
    nodes: list[DOMNode] = [node.app, node.screen]
    offered: Callable[[], list[Command]] = getattr(node.screen, "commands", list)
    commands = [replace(command, node=1) for command in offered()]
    own = {command.action for command in commands}
    for active in node.screen.active_bindings.values():
        binding = active.binding
        msgid = binding.description
        if binding.action in own:
            continue
        if msgid.startswith("common.") or not known(msgid) or any(command.msgid == msgid for command in commands):
            continue
        if active.node not in nodes:
            nodes.append(active.node)
        commands.append(Command(msgid, binding.action, binding.key, active.enabled, nodes.index(active.node)))
    there = {command.msgid for command in commands}
    return commands + [command for command in extra if command.msgid not in there], nodes


def open_palette(app: App[None]) -> None:
    """Show the palette over the screen of the moment, and do what is chosen there."""
    commands, nodes = commands_of(app.screen, [command for command in EXTRA if app.check_action(*_call(command))])

    def run(command: Command | None) -> None:
        if command is not None:
            app.call_later(app.run_action, command.action, nodes[command.node])

    app.push_screen(Palette(commands), run)


def _call(command: Command) -> tuple[str, tuple[object, ...]]:
    """Name and parameters of an action, as `check_action` wants them."""
    _namespace, name, parameters = parse(command.action)
    return name, parameters
