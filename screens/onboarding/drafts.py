"""Typed text that nobody has confirmed yet: kept here for a redraw, and written shortly after the last key."""

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

DELAY = 0.3
"""Seconds after the last key until a draft is written."""


class Drafts:
    """Drafts of one journey screen. `save` writes one and says whether it could be taken now."""

    def __init__(self, screen: Screen[None], save: Callable[[str, str], bool]) -> None:
        self._screen = screen
        self._save = save
        self._texts: dict[tuple[str, str], str] = {}
        self._timers: dict[tuple[str, str], Timer] = {}

    def typed(self, step: str, field: str, text: str) -> None:
        """Another key in a field."""
        self._texts[step, field] = text
        self._stop(step, field)
        self._timers[step, field] = self._screen.set_timer(DELAY, lambda: self._write(step, field))

    def of(self, step: str) -> dict[str, str]:
        """Unconfirmed text by field of a step."""
        return {field: text for (of_step, field), text in self._texts.items() if of_step == step}

    def confirmed(self, step: str, field: str) -> None:
        """The text is an answer now."""
        self._stop(step, field)
        self._texts.pop((step, field), None)

    def hold(self, step: str, field: str) -> None:
        """The text is being sent as an answer: no draft meanwhile."""
        self._stop(step, field)

    def flush(self) -> None:
        """Write at once what waits, because the screen is being left."""
        for step, field in list(self._timers):
            self._write(step, field)

    def _write(self, step: str, field: str) -> None:
        self._stop(step, field)
        text = self._texts.get((step, field))
        if text is not None and not self._save(f"{step}.{field}", text):
            self.typed(step, field, text)

    def _stop(self, step: str, field: str) -> None:
        timer = self._timers.pop((step, field), None)
        if timer is not None:
            timer.stop()
