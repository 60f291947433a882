"""The alarm of the fast track: what waits there, and what has come since somebody looked last. No widgets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the login is painted before the views are loaded
    from branch_console.case_views.queue import UrgentCase


class FastTrackAlarm:
    """One for each session. What waits already when a session begins is shown and does not ring."""

    def __init__(self) -> None:
        self._known: set[str] | None = None
        self.waiting = 0
        """How many cases nobody has taken on."""

    def take(self, found: Sequence["UrgentCase"]) -> list["UrgentCase"]:
        """The cases to ring for: new since the last look, and taken down by somebody else."""
        before, self._known = self._known, {each.subject for each in found} | (self._known or set())
        self.waiting = len(found)
        if before is None:
            return []
        return [each for each in found if each.subject not in before and not each.mine]
