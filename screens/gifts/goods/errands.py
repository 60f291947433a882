"""From a key on the stock screen to the form that belongs to it: what must be asked or read first."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from branch_console.gift_views import DeliveryLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.gifts.goods.count_screen import CountScreen
from screens.gifts.goods.receive_screen import ReceiveScreen
from screens.gifts.goods.scrap_screen import ScrapScreen
from screens.gifts.goods.transfer_screen import TransferScreen
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.widgets.choices import Option

Place = tuple[str, str]
"""Code and words."""
QUARANTINE = "quarantine"
WITHOUT_NOTE = "-"


class Errands:
    """One for each stock screen."""

    def __init__(self, screen: BranchScreen[None]) -> None:
        self._screen = screen

    def receive(self) -> None:
        """Which delivery, then its form."""

        def read() -> tuple[DeliveryLine, ...]:
            return gifts_of(self._screen).deliveries()

        self._screen.ask(read, self._choose_delivery)

    def _choose_delivery(self, deliveries: tuple[DeliveryLine, ...]) -> None:
        if not deliveries:
            self._unpack(None)
            return
        options = [
            Option(each.subject, t("goods.delivery", note=each.note_number, at=each.sent_at)) for each in deliveries
        ]
        options.append(Option(WITHOUT_NOTE, t("goods.delivery.none")))
        known = {each.subject: each for each in deliveries}
        self._pick(t("goods.receive.which"), options, lambda subject: self._unpack(known.get(subject)))

    def _unpack(self, delivery: DeliveryLine | None) -> None:
        def make() -> Screen[bool]:
            desk = gifts_of(self._screen)
            return ReceiveScreen(delivery, desk.items(), desk.colleagues())

        self._open(make)

    def transfer(self) -> None:
        """From where, then the form."""
        self._choose_place(t("goods.transfer.which"), self.move_from)

    def move_from(self, source: Place) -> None:
        """The form of a move from one place."""

        def make() -> Screen[bool]:
            desk = gifts_of(self._screen)
            there = tuple(line for line in desk.stock() if line.place == source[0])
            targets = tuple(place for place in desk.places() if place[0] != source[0])
            return TransferScreen(source, there, targets, desk.reasons("transfer"), desk.colleagues())

        self._open(make)

    def scrap(self) -> None:
        """The form of what is in quarantine."""

        def make() -> Screen[bool]:
            desk = gifts_of(self._screen)
            there = tuple(line for line in desk.stock() if line.place == QUARANTINE)
            return ScrapScreen(there, desk.reasons("scrap"), desk.colleagues())

        self._open(make)

    def count(self) -> None:
        """Which place, then its blind sheet."""
        self._choose_place(t("goods.count.which"), self._count)

    def _count(self, place: Place) -> None:
        def make() -> Screen[bool]:
            return CountScreen(place, gifts_of(self._screen).sheet(place[0]))

        self._open(make)

    def _choose_place(self, title: str, then: Callable[[Place], None]) -> None:
        def choose(places: tuple[Place, ...]) -> None:
            known = dict(places)
            options = [Option(code, words) for code, words in places]
            self._pick(title, options, lambda code: then((code, known[code])))

        self._screen.ask(lambda: gifts_of(self._screen).places(), choose)

    def _pick(self, title: str, options: list[Option], then: Callable[[str], None]) -> None:
        def picked(answer: Picked | None) -> None:
            if answer is not None:
                then(answer.value)

        self._screen.app.push_screen(PickDialog(title, options), picked)

    def _open(self, make: Callable[[], Screen[bool]]) -> None:
        """Read what the form needs in a thread, then show it."""

        def show(form: Screen[Any]) -> None:
            self._screen.app.push_screen(form, self._done)

        self._screen.ask(make, show)

    def _done(self, written: bool | None) -> None:
        if written:
            self._screen.notify(t("goods.written"))
