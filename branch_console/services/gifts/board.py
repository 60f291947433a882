"""The whole gift desk of one session."""

from branch_console.desk.gifts.booth import Booth
from branch_console.services.gifts.checking import CheckingDesk
from branch_console.services.gifts.claims import ClaimsDesk
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.documents import DocumentDesk
from branch_console.services.gifts.stocking import StockDesk
from branch_console.services.gifts.watching import WatchDesk


class GiftBoard(CheckingDesk, ClaimsDesk, StockDesk, DocumentDesk, WatchDesk):
    """One call for each thing that staff do with gifts. Every call blocks: use a thread worker."""

    def __init__(self, counter: GiftCounter) -> None:
        """All parts share the counter."""
        self._counter = counter

    def booth(self) -> Booth:
        """The gift desk as it stands: the reward of an idea leaves by it."""
        return self._counter.booth()
