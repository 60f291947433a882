"""What the console's own screens call: the services of the terminal, seen from the screens."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from branch_console.locale import Language
from branch_console.session_views import DemoAccount, SessionFacts, StaffChoice, SyncView, TerminalFacts
from branch_console.settings import Settings

if TYPE_CHECKING:
    from branch_console.figure_views.today import TodayRest
    from branch_console.views import TodayView


class ConsoleServices(Protocol):
    """Calls marked *blocks* are made in threads only; errors carry a code (branch_console.errors)."""

    @property
    def settings(self) -> Settings:
        """The settings at start."""

    @property
    def terminal(self) -> TerminalFacts | None:
        """This terminal; None when it is not enrolled."""

    @property
    def session(self) -> SessionFacts | None:
        """Who is logged in."""

    @property
    def demo(self) -> bool:
        """Everything here is invented, and a key may cut the network."""

    @property
    def demo_accounts(self) -> tuple[DemoAccount, ...]:
        """Accounts for the login screen of the demo."""

    def warm_up(self) -> None:
        """Load what the login will need. *Blocks.*"""

    def staff(self) -> tuple[StaffChoice, ...]:
        """Who can log in here."""

    def login(self, staff: str, password: str) -> SessionFacts:
        """Open the store and a session. *Blocks.*"""

    def unlock(self, password: str) -> None:
        """The same member of staff is back. *Blocks.*"""

    def change_password(self, old: str, new: str) -> SessionFacts:
        """A new password for who is logged in. *Blocks.*"""

    def lock(self) -> None:
        """Refuse everything but the sync until `unlock`."""

    def logout(self, why: str) -> None:
        """End the session. *Blocks.*"""

    def enrol(self, url: str, code: str, name: str) -> TerminalFacts:
        """Make this machine a terminal of a branch. *Blocks.*"""

    def today(self) -> "TodayView":
        """The start screen as it is painted first. *Blocks.*"""

    def today_rest(self) -> "TodayRest":
        """What the start screen learns afterwards. *Blocks.*"""

    def sync_view(self) -> SyncView:
        """The sync as it stands, from memory."""

    def sync_details(self) -> SyncView:
        """The same with what waits and what is quarantined, from the store. *Blocks.*"""

    def try_now(self) -> None:
        """Contact central at once."""

    def cut_network(self, cut: bool) -> None:
        """Demo only: take the network away or give it back."""

    def set_language(self, language: Language) -> None:
        """The language of this member of staff from now on. *Blocks.*"""

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Call `listener` (from any thread) with the subject that changed, or with `sync`."""
