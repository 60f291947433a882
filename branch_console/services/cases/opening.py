"""Making the case desk of a session."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from branch_console.desk.desk import Desk
from branch_console.services.cases.board import CaseBoard
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.gifts.opening import linked
from branch_console.services.opening import anchor_of
from branch_console.services.slips.files import SLIPS
from branch_console.services.sync_watch import SyncWatch
from branch_console.sync.device import read_device
from branch_console.sync.link import SyncLink

if TYPE_CHECKING:
    from branch_console.services.gifts.board import GiftBoard


def open_cases(
    desk: Callable[[], Desk], gifts: "Callable[[], GiftBoard]", sync: SyncWatch, link: SyncLink, home: Path
) -> CaseBoard:
    """The case desk of whoever works at `desk`. Slips are saved in a folder of `home`."""
    return CaseBoard(
        CaseOffice(
            desk=desk,
            link=lambda: linked(sync),
            call=link.call,
            gifts=gifts,
            slips=home / SLIPS,
            branch_name=read_device(home).branch_name,
            anchor=lambda: anchor_of(home),
        )
    )
