"""Claims for a list: where its rows come from, how a row reads, and what may be done with one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from branch_console.gift_views import ClaimLine
from branch_console.locale import t
from screens.gifts.port import GiftDesk
from screens.signs import sign
from screens.text import one_line
from screens.widgets.row_drawing import Cell, Column

_LOOKS = {
    "reserved": ("in_progress", "accent"),
    "handed_over": ("done", "success"),
    "vouchered": ("skipped", "warning"),
    "released": ("cannot_start", "muted"),
    "returned": ("cannot_start", "muted"),
    "reversed": ("problem", "warning"),
}
_OPEN = frozenset({"reserved", "vouchered"})
"""A reservation, or a voucher that central may have confirmed by now."""
_WITH_SLIP = frozenset({"handed_over", "vouchered", "returned", "reversed"})


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one list, read page by page."""

    desk: Callable[[], GiftDesk]
    """Called in a thread: while the console is locked there is no desk."""
    tab: str

    def count(self) -> int:
        """How many there are."""
        return self.desk().count_claims(self.tab)

    def page(self, offset: int, limit: int) -> Sequence[ClaimLine]:
        """Some of them."""
        return self.desk().claims(self.tab, offset, limit)


def columns() -> list[Column]:
    """What a guide asks for first, from left to right."""
    return [
        Column(t("gifts.column.customer"), 10),
        Column(t("gifts.column.campaign")),
        Column(t("gifts.column.reward"), 16, wide_only=True),
        Column(t("gifts.column.status"), 14),
        Column(t("gifts.column.ruling"), 12),
        Column(t("gifts.column.phone"), 13, wide_only=True),
        Column(t("gifts.column.staff"), 10, wide_only=True),
        Column(t("gifts.column.at"), 11, right=True),
    ]


def cells(line: ClaimLine) -> list[Cell]:
    """One row."""
    name, tone = _LOOKS.get(line.status, ("unknown", "muted"))
    if line.exceptional and not line.settled:
        name, tone = "warning", "warning"
    waits = f"{sign('waiting')} " if line.pending else ""
    return [
        line.name or t("onboarding.new_customer"),
        line.campaign,
        line.reward,
        (f"{sign(name)} {one_line(line.status_words)}", tone),
        line.ruling_words,
        (line.phone, "muted"),
        (line.staff, "muted"),
        (waits + one_line(line.at), "muted"),
    ]


def why_not(action: str, line: ClaimLine | None) -> str:
    """In words, why something cannot be done with the claim under the cursor."""
    if line is None:
        return t("gifts.claims.none")
    possible = {
        "resume": line.status in _OPEN,
        "slip": line.status in _WITH_SLIP,
        "give_back": line.status == "handed_over",
    }
    return "" if possible.get(action, True) else t(f"gifts.claims.cannot.{action}", status=one_line(line.status_words))
