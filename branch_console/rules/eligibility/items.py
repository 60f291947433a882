"""Gift items: what a SKU is, what it is worth, what it costs the bank, and what may stand in for it."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from branch_console.rules.documents import Document, Many, Sourced, Words
from branch_console.rules.gifts.parts import Fen, Sku


class ItemRow(Sourced):
    """One item. `value_fen` is the market price of one, which is what a customer's tax and the limits of the law go by;
    `cost_fen` what one costs the bank.

    `food` items have lots and expiry dates. At `low_at` pieces on a branch's shelf somebody should order.
    """

    sku: Sku
    label: Words
    unit: Words
    value_fen: Fen
    cost_fen: Fen
    food: bool = False
    low_at: Annotated[int, Field(ge=0)] = 0
    substitutes: Many[Sku]


class ItemTable(Document):
    """All items, those included that are no longer given: old claims still name them."""

    title: Words
    rows: list[ItemRow]

    def row(self, sku: str) -> ItemRow | None:
        """The item of a SKU."""
        return next((each for each in self.rows if each.sku == sku), None)

    @property
    def skus(self) -> frozenset[str]:
        """All SKUs."""
        return frozenset(each.sku for each in self.rows)

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """SKUs that stand twice, and substitutes that nobody knows or that are the item itself."""
        return list(self._problems())

    def _problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        seen: set[str] = set()
        for number, row in enumerate(self.rows):
            if row.sku in seen:
                yield ("rows", number, "sku"), f"{row.sku!r} stands twice"
            seen.add(row.sku)
            for substitute in row.substitutes:
                if substitute == row.sku or substitute not in self.skus:
                    yield ("rows", number, "substitutes"), f"{substitute!r} is no other item of this table"
