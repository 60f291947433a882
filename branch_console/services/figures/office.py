"""What every call of the Day board works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.services.gifts.online import Call
from data.anchor import Anchor


@dataclass(frozen=True, slots=True)
class FigureOffice:
    """One for each session. `desk` raises RuleError while the console is locked.

    `link` says whether central answers now, and when it last did. `call` asks central through the sync process.
    `slips`: the folder in which files are saved. `anchor`: the journal's head outside the store, with which files that
    leave are compared; None where a store stands alone. `demo`: everything here is invented.
    """

    desk: Callable[[], Desk]
    link: Callable[[], tuple[bool, datetime | None]]
    call: Call
    slips: Path
    branch_name: str
    anchor: Callable[[], Anchor] | None = None
    demo: bool = False
