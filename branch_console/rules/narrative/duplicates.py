"""Whether a case that is being told may be known already (domain page §3.6): hints beside the form, never a barrier.

In this order: the same transaction; the same customer with the same business and reason, open or closed at most 30 days
ago; any open case of the same customer; a text that is nearly the same, of the same customer, or of the same day and
branch. Customers are compared by keyed hash, so no number is needed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from branch_console.rules.narrative.similar import grams, jaccard
from branch_console.rules.numbers import normalise

SAME_TRANSACTION, SAME_MATTER, OPEN_CASE, SIMILAR_TEXT = "same_transaction", "same_matter", "open_case", "similar_text"
WHYS = (SAME_TRANSACTION, SAME_MATTER, OPEN_CASE, SIMILAR_TEXT)
"""The strongest first; also the msgids `duplicate.<why>`."""

CLOSED_DAYS = 30
SHORTEST_REFERENCE = 6
"""Characters of a transaction's reference below which equality says nothing."""


@dataclass(frozen=True)
class Told:
    """A case as far as it can be compared. `customer` are all keyed hashes (phone, wallet); `text` is masked.

    `transaction` is the payment's reference, or its keyed hash where the reference is kept masked. `closed_on` is None
    while the case is open. A case that was merged into another is not given here, its target is.
    """

    case: str
    day: date
    branch: str
    customer: frozenset[str] = frozenset()
    transaction: str = ""
    business: str = ""
    reason: str = ""
    text: str = ""
    closed_on: date | None = None


class Hint(NamedTuple):
    """A case that may be the same. `why` are the reasons that hold, the strongest first.

    `elsewhere`: the case of another branch; say that there is one and whom to call, not what stands in it.
    `alike` is the likeness of the texts in per cent.
    """

    case: str
    why: tuple[str, ...]
    open: bool
    elsewhere: bool
    alike: int


def duplicates(new: Told, known: Iterable[Told], most: int = 5) -> list[Hint]:
    """The cases that `new` may repeat: strongest reason first, open before closed, then the likest, then the newest."""
    found: list[tuple[tuple[int, bool, int, int, str], Hint]] = []
    for each in known:
        why, alike = _reasons(new, each) if each.case != new.case else ((), 0)
        if why:
            hint = Hint(each.case, why, each.closed_on is None, each.branch != new.branch, alike)
            rank = (WHYS.index(why[0]), not hint.open, -alike, -each.day.toordinal(), each.case)
            found.append((rank, hint))
    return [hint for _, hint in sorted(found, key=lambda each: each[0])[:most]]


def _reasons(new: Told, old: Told) -> tuple[tuple[str, ...], int]:
    same_customer = not new.customer.isdisjoint(old.customer)
    nearby = same_customer or (new.day == old.day and new.branch == old.branch)
    both, either = jaccard(_grams(new.text), _grams(old.text)) if nearby else (0, 0)
    holds = {
        SAME_TRANSACTION: _same_transaction(new.transaction, old.transaction),
        SAME_MATTER: same_customer and _same_codes(new, old) and _recent(new, old),
        OPEN_CASE: same_customer and old.closed_on is None,
        SIMILAR_TEXT: either > 0 and 5 * both >= 3 * either,
    }
    return tuple(why for why in WHYS if holds[why]), 100 * both // either if either else 0


@lru_cache(maxsize=16_384)
def _grams(text: str) -> frozenset[str]:
    """The same cases are compared behind every key."""
    return grams(text)


def _same_transaction(new: str, old: str) -> bool:
    """Blanks, hyphens, width and capitals make no difference; a masked reference names no transaction."""
    if "*" in new or "*" in old:
        return False
    reference = normalise(new)
    return len(reference) >= SHORTEST_REFERENCE and reference == normalise(old)


def _same_codes(new: Told, old: Told) -> bool:
    return bool(new.business and new.reason) and (new.business, new.reason) == (old.business, old.reason)


def _recent(new: Told, old: Told) -> bool:
    return old.closed_on is None or new.day - old.closed_on <= timedelta(days=CLOSED_DAYS)
