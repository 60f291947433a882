"""Typed text that nobody has confirmed yet: kept here for a redraw, and written shortly after the last key."""

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

from screens.onboarding.errands import DRAFT, Errands

DELAY = 0.3
"""Seconds after the last key until a draft is written."""


class Drafts:
    """Drafts of one journey screen. `save` writes the text of a `step.field`; it blocks.

    A draft that the lock refuses is written when it is open again; nobody need be told.
    """

    def __init__(self, screen: Screen[None], errands: Errands, save: Callable[[str, str], None]) -> None:
        self._screen = screen
        self._errands = errands
        self._save = save
        self._texts: dict[tuple[str, str], str] = {}
        self._timers: dict[tuple[str, str], Timer] = {}
        self._unsaved: set[tuple[str, str]] = set()

    def typed(self, step: str, field: str, text: str) -> None:
        """Another key in a field."""
        self._texts[step, field] = text
        self._unsaved.add((step, field))
        self.hold(step, field)
        self._timers[step, field] = self._screen.set_timer(DELAY, lambda: self._write(step, field))

    def of(self, step: str) -> dict[str, str]:
        """Unconfirmed text by field of a step."""
        return {field: text for (of_step, field), text in self._texts.items() if of_step == step}

    def confirmed(self, step: str, field: str) -> None:
        """The text is an answer now."""
        self.hold(step, field)
        self._unsaved.discard((step, field))
        self._texts.pop((step, field), None)

    def hold(self, step: str, field: str) -> None:
        """The text is being sent as an answer: no draft meanwhile."""
        timer = self._timers.pop((step, field), None)
        if timer is not None:
            timer.stop()

    def flush(self) -> None:
        """Write at once what is not written yet: one leaves, or the lock that refused it is open again."""
        for step, field in list(self._unsaved):
            self._write(step, field)

    def _write(self, step: str, field: str) -> None:
        self.hold(step, field)
        text = self._texts.get((step, field))
        if text is None:
            return

        def written(_none: None) -> None:
            if self._texts.get((step, field)) == text:
                self._unsaved.discard((step, field))

        name = f"{step}.{field}"
        if not self._errands.ask(f"{DRAFT}{name}", lambda: self._save(name, text), written, lambda _error: True):
            self.typed(step, field, text)
