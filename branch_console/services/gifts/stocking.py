"""Stock, deliveries, counts and the day's end, as screens see them."""

from datetime import timedelta
from typing import Final

from branch_console.desk.gifts import closing, counting, stock
from branch_console.desk.gifts.booth import QUARANTINE, SHELF
from branch_console.desk.gifts.counting import CountLines
from branch_console.desk.gifts.goods import TypedLine
from branch_console.gift_views import (
    ClosingLine,
    ClosingView,
    CountView,
    DeliveryLine,
    LineIn,
    SheetLine,
    StockLine,
)
from branch_console.locale import language, t
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.parts import drawer
from branch_console.rules.gifts.running_low import low_goods
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.words import moment
from data import gift_queries as gifts
from data import queries

EXPIRING: Final = 30
"""At how many days before its use-by date an item is marked, unless the bank says otherwise."""


class StockDesk:
    """The part of the gift desk at which goods are kept."""

    def __init__(self, counter: GiftCounter) -> None:
        self._counter = counter

    def stock(self) -> tuple[StockLine, ...]:
        """What is where; an item that runs low is marked on its shelf."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.read")
        found = gifts.balances(booth.store, booth.now())
        low = low_goods(booth.store.reference.items, gifts.at_place(found, SHELF))
        rules = booth.store.reference.desk_rules
        soon = (booth.today() + timedelta(days=EXPIRING if rules is None else rules.expiring_days.value)).isoformat()
        return tuple(
            StockLine(
                sku=each.slot.sku,
                label=names.item(each.slot.sku),
                place=each.slot.location,
                place_words=names.place(each.slot.location),
                lot=each.slot.lot,
                expires_on=each.slot.expires_on or "",
                quantity=each.quantity,
                reserved=each.reserved,
                short=each.short,
                low=each.slot.location == SHELF and each.slot.sku in low,
                expiring=each.slot.expires_on is not None and each.slot.expires_on <= soon,
            )
            for each in found
        )

    def places(self) -> tuple[tuple[str, str], ...]:
        """The places that may be counted or moved between."""
        booth, names = self._counter.booth(), self._counter.names()
        drawers = [drawer(each.terminal) for each in queries.terminals(booth.store) if each.revoked_at is None]
        own_first = sorted(drawers, key=lambda each: each != booth.drawer)
        return tuple((each, names.place(each)) for each in (SHELF, *own_first, QUARANTINE))

    def items(self) -> tuple[tuple[str, str], ...]:
        """All items."""
        table = self._counter.desk().store.reference.items
        return () if table is None else tuple((row.sku, row.label.get(language())) for row in table.rows)

    def deliveries(self) -> tuple[DeliveryLine, ...]:
        """Dispatches that have not been received."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.read")
        zone, now = booth.store.identity.zone, booth.now()
        return tuple(
            DeliveryLine(
                subject=each.subject,
                note_number=each.note_number,
                items=tuple((sku, names.item(sku), lot, ends or "", sent) for sku, lot, ends, sent in each.goods),
                sent_at=moment(each.sent_at, zone, now),
            )
            for each in gifts.deliveries(booth.store)
        )

    def receive(
        self,
        dispatch: str | None,
        note_number: str,
        lines: tuple[LineIn, ...],
        note: str,
        second_staff: str,
        password: str,
    ) -> None:
        """Take a delivery in, counted by two."""
        booth = self._counter.booth()
        stock.receive(booth, dispatch, note_number, _typed(lines), note, second_staff, password)

    def transfer(
        self,
        source: str,
        target: str,
        lines: tuple[LineIn, ...],
        reason: str,
        note: str,
        second_staff: str,
        password: str,
    ) -> None:
        """Move goods within the branch."""
        booth = self._counter.booth()
        stock.transfer(booth, source, target, _typed(lines), reason, note, second_staff, password)

    def scrap(
        self, lines: tuple[LineIn, ...], reason: str, note: str, photo: str, second_staff: str, password: str
    ) -> None:
        """Destroy goods that are in quarantine."""
        stock.scrap(self._counter.booth(), _typed(lines), reason, note, photo, second_staff, password)

    def sheet(self, place: str) -> tuple[SheetLine, ...]:
        """The sheet of a blind count."""
        booth, names = self._counter.booth(), self._counter.names()
        return tuple(
            SheetLine(each.sku, names.item(each.sku), each.lot, each.expires_on or "")
            for each in counting.sheet(booth, place)
        )

    def count(self, place: str, lines: tuple[LineIn, ...]) -> None:
        """Hand in a blind count."""
        counting.count(self._counter.booth(), place, _typed(lines))

    def counts(self) -> tuple[CountView, ...]:
        """Counts that wait for approval."""
        booth, names = self._counter.booth(), self._counter.names()
        zone, now = booth.store.identity.zone, booth.now()
        return tuple(
            CountView(
                subject=each.waiting.subject,
                place_words=names.place(each.waiting.location),
                counted_by=names.person(each.waiting.staff),
                at=moment(each.waiting.at, zone, now),
                lines=_count_lines(each, names),
                outdated=each.waiting.moved,
                may_approve="" if each.refusal is None else refusal_words(each.refusal, names),
            )
            for each in counting.counts(booth)
        )

    def approve_count(self, count: str, reason: str, note: str) -> None:
        """Book the difference."""
        counting.approve(self._counter.booth(), count, reason, note)

    def dismiss_count(self, count: str, reason: str) -> None:
        """Throw a count away."""
        counting.dismiss(self._counter.booth(), count, reason)

    def closing(self) -> ClosingView:
        """The end of today."""
        booth, names = self._counter.booth(), self._counter.names()
        end = closing.day_end(booth)
        state = end.state
        return ClosingView(
            day=end.closing.day,
            lines=tuple(
                ClosingLine(
                    label=names.item(each.sku),
                    place_words=names.place(each.location),
                    lot=each.lot,
                    opening=each.opening,
                    came=each.came,
                    went=each.went,
                    corrected=each.corrected,
                    expected=each.opening + each.came - each.went,
                    counted=each.closing if each.location in end.closing.counted else None,
                )
                for each in end.closing.figures
            ),
            open_reservations=tuple(
                t("gift.closing.reservation", name=each.name, campaign=names.campaign(each.campaign))
                for each in end.reservations
            ),
            unsynced=end.closing.unsynced,
            hindrances=() if state is not None else tuple(refusal_words(each, names) for each in end.hindrances),
            closed_by="" if state is None else names.person(state.signed_by),
            digest="" if state is None else state.digest,
            missed=end.missed,
        )

    def close_day(self, note: str, second_staff: str, password: str) -> ClosingView:
        """Close the day: made by one, signed by a supervisor."""
        closing.close_day(self._counter.booth(), note, second_staff, password)
        return self.closing()


def refusal_words(error: RuleError, names: Names) -> str:
    """A refusal in words, with the names of items and places."""
    params = dict(error.params)
    if isinstance(params.get("sku"), str):
        params["sku"] = names.item(str(params["sku"]))
    if isinstance(params.get("place"), str):
        params["place"] = names.place(str(params["place"]))
    return t(f"error.{error.code}", **params)


def _typed(lines: tuple[LineIn, ...]) -> list[TypedLine]:
    return [TypedLine(each.sku, each.lot, each.expires_on, each.quantity, each.sent is not None) for each in lines]


def _count_lines(count: CountLines, names: Names) -> tuple[tuple[str, str, int, int, int], ...]:
    return tuple(
        (names.item(goods.sku), goods.lot, books, counted, counted - books) for goods, books, counted in count.lines
    )
