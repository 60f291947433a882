"""Making the Day board of a session."""

from collections.abc import Callable
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.services.figures.board import FigureBoard
from branch_console.services.figures.office import FigureOffice
from branch_console.services.gifts.opening import linked
from branch_console.services.opening import anchor_of
from branch_console.services.slips.files import SLIPS
from branch_console.services.sync_watch import SyncWatch
from branch_console.sync.device import read_device
from branch_console.sync.link import SyncLink


def open_figures(desk: Callable[[], Desk], sync: SyncWatch, link: SyncLink, home: Path, *, demo: bool) -> FigureBoard:
    """The board of whoever works at `desk`. Files are saved in a folder of `home`."""
    return FigureBoard(
        FigureOffice(
            desk=desk,
            link=lambda: linked(sync),
            call=link.call,
            slips=home / SLIPS,
            branch_name=read_device(home).branch_name,
            anchor=lambda: anchor_of(home),
            demo=demo,
        )
    )
