"""Stock documents that can be taken back, as screens see them."""

from branch_console.desk.gifts import correcting
from branch_console.gift_views import DocumentLine
from branch_console.locale import t
from branch_console.rules.gifts.parts import Move
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.stocking import refusal_words
from branch_console.services.gifts.words import moment


class DocumentDesk:
    """The part of the gift desk at which a mistake on paper is set right."""

    def __init__(self, counter: GiftCounter) -> None:
        self._counter = counter

    def documents(self, limit: int) -> tuple[DocumentLine, ...]:
        """The documents of the last days that stand, the newest first."""
        booth, names = self._counter.booth(), self._counter.names()
        zone, now = booth.store.identity.zone, booth.now()
        return tuple(
            DocumentLine(
                subject=each.document.subject,
                kind_words=t(f"gift.document.{each.document.kind}"),
                note_number=each.document.note_number or "",
                reason=names.reason(each.document.reason or ""),
                staff=names.person(each.document.staff),
                second_staff=names.person(each.document.second_staff),
                at=moment(each.document.at, zone, now),
                moves=tuple(_move(move, names) for move in each.moves),
                may_take_back="" if each.refusal is None else refusal_words(each.refusal, names),
            )
            for each in correcting.documents(booth, limit)
        )

    def take_back(self, document: str, reason: str, note: str, second_staff: str, password: str) -> None:
        """Take a document back, before two."""
        correcting.take_back(self._counter.booth(), document, reason, note, second_staff, password)


def _move(move: Move, names: Names) -> tuple[str, str, int, str, str]:
    return names.item(move.sku), move.lot, move.quantity, names.place(move.source), names.place(move.target)
