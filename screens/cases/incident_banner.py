"""Cases that come in numbers, above whatever a screen is about: several of one pattern may be one fault."""

from typing import cast

from branch_console.case_views.deduction import IncidentView
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.gifts.said import Said
from screens.signs import sign
from screens.taken_down import taken_down


class IncidentBanner(Said):
    """Takes no room while there is nothing to say. Screens that hear of changes call `reload`."""

    DEFAULT_CSS = """
    IncidentBanner { margin: 0 2; padding: 0 1; max-height: 4; color: $error; text-style: bold; background: $panel; }
    """

    def __init__(self, *, id: str = "incidents") -> None:  # noqa: A002
        super().__init__(id=id)
        self._asking = False
        self._again = False

    def on_mount(self) -> None:
        """As it is now."""
        self.reload()

    def reload(self) -> None:
        """Look again; a wish while looking is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        host, desk = cast("BranchScreen[object]", self.screen), cases_of(self)
        host.ask(desk.incidents, self._arrived, self._failed, group="incidents")

    def _arrived(self, found: tuple[IncidentView, ...]) -> None:
        self._asking = False
        if taken_down(self):  # drawn anew in another language meanwhile
            return
        self.say("  ".join(f"{sign('warning')} {each.words}" for each in found))
        if self._again:
            self._again = False
            self.reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        if not taken_down(self):
            cast("BranchScreen[object]", self.screen).shell.show_error(error)
