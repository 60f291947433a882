"""A form's lines of goods: for each item and lot a field for how many, with its error beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from branch_console.gift_views import LineIn
from branch_console.locale import t
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField

LONGEST = 7
"""Digits of an amount, and a little more, so that a wrong one is seen and not cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line. `known`: what the books or the dispatch note say, in words; empty in a blind count."""

    sku: str
    label: str
    lot: str = ""
    expires_on: str = ""
    known: str = ""
    sent: int | None = None
    """Of a delivery: what the dispatch note says."""

    @property
    def described(self) -> str:
        """Item, lot and best-before day in one line."""
        parts = [self.label]
        if self.lot:
            parts.append(t("goods.lot", lot=self.lot))
        if self.expires_on:
            parts.append(t("goods.expires", day=self.expires_on))
        return one_line("  ".join(parts))


class AmountLine(Vertical):
    """One item: what it is, what is known, how many."""

    def __init__(self, number: int, asked: Asked) -> None:
        super().__init__(id=f"line-{number}")
        self.asked = asked
        self.number = number

    def compose(self) -> ComposeResult:
        """One row, and a row for what is wrong with it."""
        with Horizontal(classes="row"):
            yield Static(plain(self.asked.described), classes="what")
            yield Static(plain(self.asked.known), classes="known")
            yield TextField(id=f"amount-{self.number}", max_length=LONGEST)
        wrong = Static(classes="wrong")
        wrong.display = False
        yield wrong

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one(TextField).text

    def refuse(self, why: str) -> None:
        """Say what is wrong, or that nothing is."""
        wrong = self.query_one(".wrong", Static)
        wrong.update(plain(f"{sign('warning')} {why}" if why else ""))
        wrong.display = bool(why)
        self.query_one(TextField).set_class(bool(why), "-invalid")


class Amounts(VerticalScroll, can_focus=False):
    """All lines of a form."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, asked: Sequence[Asked], *, empty: str = "") -> None:
        """`empty`: what to say, in words, when there is nothing to ask."""
        super().__init__(id="amounts")
        self._asked = tuple(asked)
        self._empty = empty

    def compose(self) -> ComposeResult:
        """The lines."""
        if not self._asked:
            yield Static(plain(self._empty), classes="empty")
        for number, asked in enumerate(self._asked):
            yield AmountLine(number, asked)

    def lines_in(self) -> tuple[LineIn, ...]:
        """All lines as they stand, blank ones too, so that an error finds its line by its number."""
        return tuple(
            LineIn(line.asked.sku, line.asked.lot, line.asked.expires_on, line.typed, line.asked.sent)
            for line in self.query(AmountLine)
        )

    def refuse(self, number: int, why: str) -> None:
        """Say what is wrong with one line."""
        self.query_one(f"#line-{number}", AmountLine).refuse(why)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for line in self.query(AmountLine):
            line.refuse("")
