"""Whether a business day may be closed: every place counted, every difference explained, nothing short."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.day_entries import DayClosed, DayLine
from branch_console.rules.gifts.days import FIRST_DAY, day_digest
from branch_console.rules.gifts.hands import Hands
from branch_console.rules.gifts.ledger import physical
from branch_console.rules.roles import allowed, require
from branch_console.rules.staff import Role


class Figure(Protocol):
    """One item and lot at one place over the day: opening + came − went + corrected = closing."""

    @property
    def location(self) -> str: ...  # noqa: D102  as in DayLine
    @property
    def sku(self) -> str: ...  # noqa: D102
    @property
    def lot(self) -> str: ...  # noqa: D102
    @property
    def opening(self) -> int: ...  # noqa: D102
    @property
    def came(self) -> int: ...  # noqa: D102
    @property
    def went(self) -> int: ...  # noqa: D102
    @property
    def corrected(self) -> int: ...  # noqa: D102
    @property
    def closing(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Closing:
    """A business day of a branch as its stock stands now. `day` as YYYY-MM-DD.

    `counted` are the places of which a count of this day is approved; `open_counts` those whose count waits.
    `open_reservations` and `unsynced` (claims that central does not have) are listed and do not stop the closing.
    `previous` is the digest of the day closed before. `since`: the first of the days before on which goods moved and
    that nobody closed; the figures are from then on. None: there are none.
    """

    day: str
    figures: Sequence[Figure]
    counted: Collection[str]
    open_counts: Sequence[str]
    open_reservations: int
    unsynced: int
    closed: bool = False
    previous: str = FIRST_DAY
    since: str | None = None


def hindrances(closing: Closing) -> list[RuleError]:
    """Everything that stops the closing, in words by their codes; nothing: it may be closed."""
    return list(_hindrances(closing))


def day_lines(closing: Closing) -> list[DayLine]:
    """The lines of the entry: what was counted is what the books say now, as counts and approvals made them agree.

    Raises RuleError `day_short` where more has left than was there.
    """
    lines = []
    for each in closing.figures:
        if not physical(each.location):
            continue
        if each.closing < 0:
            raise RuleError("day_short", sku=each.sku, count=-each.closing)
        lines.append(
            DayLine(
                location=each.location,
                sku=each.sku,
                lot=each.lot,
                opening=each.opening,
                came=each.came,
                went=each.went,
                corrected=each.corrected,
                counted=each.closing,
            )
        )
    return lines


def check_close(hands: Hands, closing: Closing, data: DayClosed, *, maker_role: Role | None) -> None:
    """Raise RuleError unless the signer (`hands`) may close the day that somebody else has made up.

    `maker_role` is the role of the maker named in the entry, None if nobody knows them.
    """
    require(hands.role, "day.close")
    if data.maker == hands.staff:
        raise RuleError("second_person_same")
    if maker_role is None or not allowed(maker_role, "stock.work"):
        raise RuleError("second_person_role")
    if data.day > hands.day.isoformat():
        raise RuleError("day_not_over")
    for hindrance in _hindrances(closing):
        raise hindrance
    lines = day_lines(closing)
    days = (data.day, data.since, data.previous)
    if days != (closing.day, closing.since, closing.previous) or data.lines != lines:
        raise RuleError("day_changed_meanwhile")
    if (data.open_reservations, data.unsynced) != (closing.open_reservations, closing.unsynced):
        raise RuleError("day_changed_meanwhile")
    if data.digest != day_digest(data.day, lines, data.previous, data.since):
        raise RuleError("day_changed_meanwhile")


def _hindrances(closing: Closing) -> Iterator[RuleError]:
    if closing.closed:
        yield RuleError("day_closed_already")
    for location in closing.open_counts:
        yield RuleError("day_count_open", place=location)
    for each in closing.figures:
        if not physical(each.location):
            continue
        if each.closing < 0:
            yield RuleError("day_short", sku=each.sku, count=-each.closing)
        if each.opening + each.came - each.went + each.corrected != each.closing:
            yield RuleError("day_difference", sku=each.sku)
    held = {each.location for each in closing.figures if physical(each.location) and each.location != "transit"}
    for location in sorted(held - set(closing.counted) - set(closing.open_counts)):
        yield RuleError("day_not_counted", place=location)
