"""The gift desk as it stands: who works at it, and what may be asked of central now."""

from dataclasses import dataclass
from datetime import date, datetime

from branch_console.desk.desk import Desk
from branch_console.rules.gifts.parts import drawer
from branch_console.rules.roles import Action, require
from data.gift_queries import ClaimedFilter
from data.store import Store

SHELF, QUARANTINE = "shelf", "quarantine"


@dataclass(frozen=True, slots=True)
class Booth:
    """`online`: central answers now. `contact`: when it last did. `claimed`: the list of who has claimed already."""

    desk: Desk
    online: bool
    contact: datetime | None
    claimed: ClaimedFilter

    @property
    def store(self) -> Store:
        """The terminal's store."""
        return self.desk.store

    @property
    def drawer(self) -> str:
        """The drawer of this terminal."""
        return drawer(self.store.identity.terminal)

    @property
    def in_reach(self) -> tuple[str, str]:
        """The places from which gifts may be handed over here; the drawer is nearer than the shelf."""
        return (self.drawer, SHELF)

    def now(self) -> datetime:
        """The wall clock."""
        return self.desk.now()

    def today(self) -> date:
        """The business date."""
        return self.desk.today()

    def require(self, action: Action) -> None:
        """Raise RuleError unless whoever works here may do it."""
        require(self.desk.role, action)
