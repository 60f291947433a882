"""“This is an order number”: one span of a narrative that masking leaves alone, because a person said so.

An exemption is a place in one text, never a value, and is kept beside the text that it belongs to. What is edited
inside it ends it; what is edited before it moves it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from branch_console.rules.errors import RuleError
from branch_console.rules.narrative.finding import RUN, Patterns, find, groups, narrowed

LONGEST = 40
"""Characters of an exempt number, separators included: an order number, not a sentence of numbers."""


class Exemption(NamedTuple):
    """The span [start, end) of a text."""

    start: int
    end: int


def exempted(text: str, cursor: int, patterns: Patterns, exempt: Sequence[Exemption] = ()) -> tuple[Exemption, ...]:
    """The exemptions with the number at the cursor among them: the one that would be masked, otherwise the digits.

    Raises RuleError `exemption_no_number`.
    """
    for found in find(text, patterns, exempt):
        if found.start <= cursor <= found.end:
            return _with(exempt, Exemption(found.start, found.end))
    for run in RUN.finditer(narrowed(text)):
        for group in groups(run):
            if group.start <= cursor <= group.end:
                return _with(exempt, Exemption(group.start, group.end))
    raise RuleError("exemption_no_number")


def checked(text: str, exempt: Sequence[Exemption]) -> None:
    """Raise RuleError `exemption_form` unless every exemption is one whole number of the text and none overlap.

    So an exemption cannot let a whole sentence through, nor half a number so that the rest of it is not found.
    """
    plain = narrowed(text)
    behind = 0
    for start, end in sorted(exempt):
        inside = behind <= start < end <= len(text) and end - start <= LONGEST
        if not inside or not RUN.fullmatch(plain, start, end):
            raise RuleError("exemption_form")
        cut = (start > 0 and plain[start - 1].isdigit()) or (end < len(plain) and plain[end].isdigit())
        if cut:
            raise RuleError("exemption_form")
        behind = end


def moved(exempt: Sequence[Exemption], before: str, after: str) -> tuple[Exemption, ...]:
    """The exemptions of `before` as they stand in `after`, one edit later; an edited one is gone."""
    same = min(len(before), len(after))
    start = next((at for at in range(same) if before[at] != after[at]), same)
    rest = same - start
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    grown = _grown(exempt, after, start, len(before) - tail, len(after) - tail)
    return shifted(grown, start, len(before) - tail, len(after) - tail - start)


def shifted(exempt: Sequence[Exemption], start: int, end: int, length: int) -> tuple[Exemption, ...]:
    """The exemptions after [start, end) was replaced by `length` characters; one that reached into it is gone."""
    by = length - (end - start)
    left = [each for each in exempt if each.end <= start]
    right = [Exemption(each.start + by, each.end + by) for each in exempt if each.start >= end and each.end > start]
    return (*left, *right)


def _grown(exempt: Sequence[Exemption], after: str, start: int, end: int, new_end: int) -> list[Exemption]:
    """Without those that the edit made longer: digits typed directly before or behind an exempt number."""
    typed = narrowed(after[start:new_end])
    return [
        each
        for each in exempt
        if not (each.end == start and typed[:1].isdigit()) and not (each.start == end and typed[-1:].isdigit())
    ]


def _with(exempt: Sequence[Exemption], more: Exemption) -> tuple[Exemption, ...]:
    others = [each for each in exempt if each.end <= more.start or each.start >= more.end]
    return tuple(sorted([*others, more]))
