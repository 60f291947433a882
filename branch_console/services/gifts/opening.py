"""Making the gift desk of a session."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.services.gifts.board import GiftBoard
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.online import Central
from branch_console.services.slips.files import SLIPS
from branch_console.services.sync_watch import ANSWERS, SyncWatch
from branch_console.sync.device import read_device
from branch_console.sync.link import SyncLink
from data.gift_queries import ClaimedFilter


def linked(sync: SyncWatch) -> tuple[bool, datetime | None]:
    """Whether central answers now, and when it last did."""
    return sync.view.state in ANSWERS, sync.contact


def open_gifts(desk: Callable[[], Desk], sync: SyncWatch, link: SyncLink, home: Path) -> GiftBoard:
    """The gift desk of whoever works at `desk`. Slips are saved in a folder of `home`."""
    return GiftBoard(
        GiftCounter(
            desk=desk,
            central=Central(link.call),
            link=lambda: linked(sync),
            claimed=ClaimedFilter(desk().store),
            customers=Customers(),
            slips=home / SLIPS,
            branch_name=read_device(home).branch_name,
        )
    )
