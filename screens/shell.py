"""What every screen may expect of the application around it: colours, words, errors, and no leaks.

The console itself is `branch_console.app`; tests host a single screen in a Shell of their own.
"""

import secrets
from collections.abc import Mapping
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.notifications import SeverityLevel
from textual.signal import Signal
from textual.widgets import Input
from textual.worker import WorkerFailed

from branch_console.errors import words
from branch_console.locale import Language, set_language, t
from branch_console.security.text import clean
from screens.signs import use_ascii
from screens.style_sheet import ReadOnce
from screens.text import plain
from screens.theme import extra_tokens, theme_name, themes
from screens.widgets import css_beside
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_list import RowList
from screens.widgets.status_line import Status

PRESENCE = events.Key | events.Paste | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp
"""What shows that somebody is there."""


@runtime_checkable
class Fleeting(Protocol):
    """A dialog that can be closed at any time without harm."""

    def give_way(self) -> None:
        """Close without an answer."""


_ID_LETTERS, _ID_LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ", 7
"""Of the id of a crash: letters only, because the log hides long numbers."""


class Shell(App[None], inherit_bindings=False):
    """An App without clipboard, selection, palette and screenshots of Textual's, that never shows a traceback."""

    CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the key reaches a field, so that what is typed right behind it goes into the next one.
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, *, language: Language = "zh", colours: str = "dark", borders: str = "round") -> None:
        self._tokens: tuple[str, dict[str, str]] = ("", {})
        super().__init__()
        self.stylesheet = ReadOnce()
        set_language(language)
        use_ascii(borders == "ascii")
        self.colours, self.borders = colours, borders
        for theme in themes():
            self.register_theme(theme)
        self.theme = theme_name(colours, borders)
        self.language_signal: Signal[Language] = Signal(self, "language")
        self.status_signal: Signal[Status] = Signal(self, "status")
        self.status = Status()

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's hidden cursor goes with every update: to where an input method's window belongs.

        Input tells the App only when the text or the focus changes, so its word is old as soon as the field is scrolled
        into view. Asking the focused field at each update is never old.
        """
        focused = self.focused if self._running and self.screen_stack else None
        return focused.cursor_screen_offset if isinstance(focused, Input) else self._cursor_told

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_told = position

    # --- looks and language ---

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Tokens of our own, for the moment before a theme of ours is set."""
        return extra_tokens()

    def get_css_variables(self) -> dict[str, str]:
        """The tokens of the theme, worked out once for each."""
        if self.theme != self._tokens[0]:
            self._tokens = (self.theme, super().get_css_variables())
        return self._tokens[1]

    def set_looks(self, colours: str, borders: str) -> None:
        """Another theme: dark or light, round or ascii."""
        self.colours, self.borders = colours, borders
        use_ascii(borders == "ascii")
        self.theme = theme_name(colours, borders)

    def speak(self, language: Language) -> None:
        """Another language; every screen draws itself anew and keeps what was typed."""
        set_language(language)
        self.title = t("app.title")
        self._close_dialogs()
        self.language_signal.publish(language)

    def show_status(self, status: Status) -> None:
        """What the status line of every screen says from now on."""
        self.status = status
        self.status_signal.publish(status)

    def _close_dialogs(self) -> None:
        """A dialog in the other language would be half a sentence: what it asks is asked again."""
        for stack in self._screen_stacks.values():
            for screen in list(stack):
                if isinstance(screen, Fleeting):
                    screen.give_way()

    async def on_event(self, event: events.Event) -> None:
        """Screens that time the work hear of every key and click."""
        if isinstance(event, PRESENCE) and self.screen_stack:
            touched = getattr(self.screen, "touched", None)
            if touched is not None:
                touched()
        await super().on_event(event)

    # --- one door for messages ---

    def show_error(self, error: Exception) -> None:
        """Say an error that we raised; anything else is a defect and ends on the crash screen."""
        title, message = words(error)
        self.push_screen(ErrorBox(title, message))

    def on_row_list_failed(self, message: RowList.Failed) -> None:
        """A list could not be read."""
        if not isinstance(message.error, Exception):
            raise message.error
        self.show_error(message.error)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002  never: messages hold people's words
    ) -> None:
        """A short message that goes away by itself. Never markup."""
        super().notify(clean(message), title=clean(title), severity=severity, timeout=timeout, markup=False)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, or say why it cannot be done now."""
        if await super().run_action(action, default_namespace, namespaces):
            return True
        target, name, parameters = self._parse_action(action, default_namespace or self, namespaces)
        why_not = getattr(target, "why_not", None)
        why = why_not(name, parameters) if why_not is not None else ""
        if why:
            self.notify(why, severity="warning")
        return bool(why)

    # --- no leaks ---

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves through the terminal's clipboard: it belongs to whoever sits at the other machine."""

    @property
    def clipboard(self) -> str:
        """Nothing was ever copied."""
        return ""

    def log_crash(self, error_id: str, error: BaseException | None) -> None:
        """Write a defect to the log under its id; the console does so without any value of a variable."""

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own would print some exceptions themselves, with the data in them."""
        self._return_code = 1
        while isinstance(error, WorkerFailed) and isinstance(error.error, Exception):  # it says nothing by itself
            error = error.error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Leave with an id to quote; Textual's own prints the values of all variables."""
        error_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
        self.log_crash(error_id, self._exception)
        self._exit_renderables[:] = [plain(t("crash.message", id=error_id)).plain]
        self._close_messages_no_wait()
