"""Narratives are masked: while somebody types, once more when it is saved, and once more when it leaves the terminal.

Of a number only its last four characters stay, and of what was masked only how many of each kind; the values are kept
nowhere. A draft on the disk is always what `mask` returns, never what the input field holds.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from branch_console.rules.narrative.exemptions import Exemption, shifted
from branch_console.rules.narrative.finding import CODE, DOCUMENT, GROWING, Found, Patterns, find, narrowed

STARS = "****"


class Masked(NamedTuple):
    """A text that may be kept. `counts` says how many numbers of each kind were masked in it now."""

    text: str
    counts: Mapping[str, int]
    exempt: tuple[Exemption, ...] = ()


@dataclass(frozen=True)
class Undo:
    """How the number that was masked last comes back when it was an order number: for the form's memory, never kept."""

    start: int
    kind: str
    shown: str
    _number: str

    def __repr__(self) -> str:
        """Without the number, so that it reaches no log."""
        return f"Undo({self.kind} at {self.start})"

    @property
    def number(self) -> str:
        """What stood there."""
        return self._number


class Typed(NamedTuple):
    """A text that is being typed, with the place of the cursor in it, and what is needed to take a mask back."""

    text: str
    cursor: int
    counts: Mapping[str, int]
    exempt: tuple[Exemption, ...]
    undo: Undo | None


def mask(text: str, patterns: Patterns, exempt: Sequence[Exemption] = ()) -> Masked:
    """The text without numbers of persons. Masking what was masked changes nothing."""
    counts: Counter[str] = Counter()
    kept = tuple(exempt)
    while found := find(text, patterns, kept):
        for each in reversed(found):
            text, kept, _ = _replaced(text, kept, each)
            counts[each.kind] += 1
    return Masked(text, dict(counts), kept)


def mask_typing(text: str, cursor: int, patterns: Patterns, exempt: Sequence[Exemption] = ()) -> Typed:
    """Mask what is complete. A number that the cursor stands in or behind, and that may still grow, waits.

    The cursor stays where it was in the words. Leaving the field calls `mask`, for which nothing waits.
    """
    counts: Counter[str] = Counter()
    kept, undo = tuple(exempt), None
    while found := [each for each in find(text, patterns, kept) if not _waits(text, cursor, each)]:
        for each in reversed(found):
            shown, number = _shown(text, each), text[each.start : each.end]
            text, kept, cursor = _replaced(text, kept, each, cursor)
            counts[each.kind] += 1
            undo = Undo(each.start, each.kind, shown, number)
    return Typed(text, cursor, dict(counts), kept, undo if sum(counts.values()) == 1 else None)


def take_back(typed: Typed, undo: Undo) -> Typed:
    """The masked number stands there again, exempt; its count is one less. Unchanged when the mask is gone.

    `typed.counts` are the form's counts so far, the masked number among them.
    """
    places = [at for at in range(len(typed.text)) if typed.text.startswith(undo.shown, at)]
    if not places:
        return typed
    at = min(places, key=lambda place: abs(place - undo.start))
    behind = at + len(undo.shown)
    text = typed.text[:at] + undo.number + typed.text[behind:]
    moved = shifted(typed.exempt, at, behind, len(undo.number))
    grown = len(undo.number) - len(undo.shown)
    cursor = typed.cursor + grown if typed.cursor >= behind else typed.cursor
    counts = added(typed.counts, {undo.kind: -1})
    exempt = tuple(sorted([*moved, Exemption(at, at + len(undo.number))]))
    return Typed(text, cursor, counts, exempt, None)


def added(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Counts of kinds, together; none is below one."""
    kinds = dict.fromkeys([*counts, *more])
    return {kind: total for kind in kinds if (total := counts.get(kind, 0) + more.get(kind, 0)) > 0}


def _waits(text: str, cursor: int, found: Found) -> bool:
    """Whether the number may still become a longer one: between it and the cursor stands nothing but digits.

    A document's number cannot grow, and no number that is masked has more than 19 digits.
    """
    if found.kind == DOCUMENT or not found.start < cursor:
        return False
    plain = narrowed(text)
    digits = sum(each.isdigit() for each in plain[found.start : max(cursor, found.end)])
    return digits < 19 and (cursor <= found.end or GROWING.fullmatch(plain, found.end, cursor) is not None)


def _shown(text: str, found: Found) -> str:
    if found.kind == CODE:
        return STARS
    number = narrowed(text[found.start : found.end])
    return STARS + "".join(each for each in number if each.isalnum())[-4:].upper()


def _replaced(
    text: str, exempt: tuple[Exemption, ...], found: Found, cursor: int = 0
) -> tuple[str, tuple[Exemption, ...], int]:
    shown = _shown(text, found)
    if cursor >= found.end:
        cursor += len(shown) - (found.end - found.start)
    elif cursor > found.start:
        cursor = found.start + len(shown)
    text = text[: found.start] + shown + text[found.end :]
    return text, shifted(exempt, found.start, found.end, len(shown)), cursor
