"""The masks for narratives as reference data: what the bank may change without a new program."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from branch_console.rules.documents import Document, Id, Many, Sourced, Words
from branch_console.rules.narrative.finding import Patterns

_TRIED = ("", "客户反映扣款两次，要求退款。", "The customer was charged twice on 2026-11-22.")
"""Texts without any number of a person: a pattern that is found in one of them would mask everything."""


class CardPrefix(Sourced):
    """The first digits of a kind of bank cards."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}$")]
    label: Words


class NumberPattern(Sourced):
    """A regular expression for wallet ids or for contents of QR codes."""

    code: Id
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    label: Words


class MaskTable(Document):
    """Everything that is masked besides identity documents, which have a rule of their own (finding.py)."""

    title: Words
    mobiles: bool
    cards: Many[CardPrefix]
    wallets: Many[NumberPattern]
    codes: Many[NumberPattern]

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Patterns that are no regular expressions or would mask ordinary words; no beginning of any card."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        if not self.cards:
            found.append((("cards",), "without any beginning every tenth number would count as a card"))
        for key, rows in (("wallets", self.wallets), ("codes", self.codes)):
            for number, row in enumerate(rows):
                problem = _problem(row.pattern)
                if problem:
                    found.append(((key, number, "pattern"), problem))
        return found

    @property
    def patterns(self) -> Patterns:
        """As masking takes them."""
        return _patterns(
            tuple(row.code for row in self.cards),
            self.mobiles,
            tuple(row.pattern for row in self.wallets),
            tuple(row.pattern for row in self.codes),
        )


@lru_cache(maxsize=8)
def _patterns(cards: tuple[str, ...], mobiles: bool, wallets: tuple[str, ...], codes: tuple[str, ...]) -> Patterns:
    compiled = tuple(re.compile(each) for each in wallets), tuple(re.compile(each) for each in codes)
    return Patterns(cards, mobiles, *compiled)


def _problem(pattern: str) -> str | None:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        return f"is no regular expression: {error}"
    return "is found in ordinary words" if any(compiled.search(each) for each in _TRIED) else None
