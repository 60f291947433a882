"""What every call of the case desk works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.desk import Desk
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.online import Call
from data.anchor import Anchor

if TYPE_CHECKING:
    from branch_console.services.gifts.board import GiftBoard


@dataclass(frozen=True, slots=True)
class CaseOffice:
    """One for each session. `desk` raises RuleError while the console is locked.

    `link` says whether central answers now, and when it last did. `call` asks central through the sync process.
    `slips`: the folder in which slips and reports are saved. `gifts`: the gift desk, for rewards.
    `customers`: the handles of this session, so that no screen holds a number. `anchor`: the journal's head outside the
    store, with which files that leave are compared; None where a store stands alone.
    """

    desk: Callable[[], Desk]
    link: Callable[[], tuple[bool, datetime | None]]
    call: Call
    gifts: "Callable[[], GiftBoard]"
    slips: Path
    branch_name: str
    customers: Customers = field(default_factory=Customers)
    anchor: Callable[[], Anchor] | None = None

    def counter(self) -> CaseCounter:
        """The case desk as it stands."""
        online, _ = self.link()
        return CaseCounter(self.desk(), online)
