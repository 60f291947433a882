"""An application that can be locked: nothing behind the lock is drawn, reached by a key, or pops up."""

from collections.abc import Mapping
from time import monotonic, time
from typing import Any

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.notifications import SeverityLevel

from branch_console.locale import Language
from screens.lock import Lock
from screens.port import ConsoleServices
from screens.shell import PRESENCE, Shell

LOCK = "lock"
"""A mode of its own: the screens of other modes are neither drawn nor in the chain of keys."""
FOCUS = {"app.focus_next", "app.focus_previous"}


class Lockable(Shell):
    """Locks by `action_lock`, or by itself when nobody has touched it for a while."""

    def __init__(self, services: ConsoleServices, *, language: Language, colours: str, borders: str) -> None:
        super().__init__(language=language, colours=colours, borders=borders)
        self.services = services
        self._behind_lock: str | None = None
        self._last_input = now()

    @property
    def locked(self) -> bool:
        """Nothing but the lock can be seen or used."""
        return self._behind_lock is not None

    def on_mount(self) -> None:
        """Look once a second whether somebody is there."""
        self.set_interval(1, self.watch_presence)

    def watch_presence(self) -> None:
        """Lock when nobody has touched the console for as long as the setting says."""
        idle = elapsed(self._last_input) >= self.services.settings.idle_lock_seconds
        if idle and not self.locked and self.services.session is not None:
            self.call_later(self.action_lock)

    async def action_lock(self) -> None:
        """Lock at once. The sync goes on."""
        if self.locked or self.services.session is None:
            return
        self.services.lock()
        self.clear_notifications()
        self._behind_lock = self.current_mode
        self.add_mode(LOCK, lambda: Lock(self.services))
        await self.switch_mode(LOCK)

    async def on_lock_opened(self) -> None:
        """The same member of staff is back, at the same place."""
        if self._behind_lock is not None:
            await self.leave_lock(self._behind_lock)

    async def leave_lock(self, mode: str) -> None:
        """Show the screens of a mode instead of the lock."""
        locked, self._behind_lock = self._behind_lock, None
        self._last_input = now()
        await self.switch_mode(mode)
        if locked is not None:
            self.remove_mode(LOCK)

    # --- what must not get past the lock ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the focus may move."""
        if self.locked:
            return action in {"focus_next", "focus_previous"}
        return super().check_action(action, parameters)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Only actions of the lock itself."""
        if self.locked and action not in FOCUS:
            ours = self.screen.walk_children(with_self=True)
            if default_namespace is None or default_namespace not in ours:
                return False
        return await super().run_action(action, default_namespace, namespaces)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Nothing pops up over the lock."""
        if not self.locked:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def push_screen(self, *arguments: Any, **keywords: Any) -> Any:
        """What wants to open meanwhile waits behind the lock."""
        if self._behind_lock is not None and keywords.get("mode") is None:
            keywords["mode"] = self._behind_lock
        return super().push_screen(*arguments, **keywords)

    async def on_event(self, event: events.Event) -> None:
        """Keys, clicks and pastes show that somebody is there."""
        if isinstance(event, PRESENCE):
            self._last_input = now()
        await super().on_event(event)


def now() -> tuple[float, float]:
    """This moment by two clocks: one stands still while a laptop sleeps, the other may be set back."""
    return monotonic(), time()


def elapsed(since: tuple[float, float]) -> float:
    """Seconds since then, by the clock that says more."""
    return max(monotonic() - since[0], time() - since[1])
