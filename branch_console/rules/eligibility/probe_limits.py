"""How conditions about caps, stock and risk are answered."""

from typing import Any

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_limits import (
    BudgetLeft,
    ClaimsBelow,
    NoOpenHold,
    RiskBelow,
    Stock,
    VelocityBelow,
)
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Fixable
from branch_console.rules.eligibility.probe_base import Ask, Context, LeafProbe, Told
from branch_console.rules.eligibility.windows import next_window, window_days

OF_THE_CUSTOMER = ("person", "wallet", "phone", "device", "household")
"""Scopes whose claims are the customer's own, so that staff may be told when and where."""


class ClaimsBelowProbe(LeafProbe[ClaimsBelow]):
    """Counted by central's list of claims; without it by what this branch knows, as far as that decides.

    A claim that this terminal knows of is certain; that there is none elsewhere, only central or the list of claims
    can say. The list only ever says "none" for certain.
    """

    cost = 2
    contextual = True
    __slots__ = ("scope",)

    def __init__(self, condition: ClaimsBelow, context: Context) -> None:
        self.scope = context.person if condition.scope == "person" else condition.scope
        super().__init__(condition, context)

    def asks(self) -> tuple[str, ...]:
        """The claims on that scope; what stands in for them."""
        if self.scope == self.context.person:
            return (f"claims.{self.scope}", f"claimed.{self.context.campaign}")
        if self._whole:
            return ("claims.campaign", f"quantity_left.{self.context.campaign}")
        return (f"claims.{self.scope}",)

    @property
    def _whole(self) -> bool:
        """Whether it is the cap of the whole campaign, which `quantity_left` answers too."""
        return self.scope == "campaign" and self.condition.window == "campaign" and self.context.quantity is not None

    def _rows(self, fact: Fact, book: FactBook) -> list[dict[str, Any]]:
        """The claims that count: of this campaign, in this window."""
        first, last = window_days(self.condition.window, book.today)
        return [row for row in fact.value if row["campaign"] == self.context.campaign and first <= row["on"] <= last]

    def _known(self, book: FactBook) -> tuple[int | None, bool]:
        """How many there are, and whether that is all of them."""
        fact = book.fact(self.names[0], self.max_age)
        count: int | None = None
        if fact is not None:
            key = f"claims|{self.names[0]}|{self.context.campaign}|{self.condition.window}"
            count = book.derived.get(key)
            if count is None:
                count = book.derived[key] = sum(row["quantity"] for row in self._rows(fact, book))
            if fact.source == "server":
                return count, True
        other = book.fact(self.names[1], self.max_age) if len(self.names) == 2 else None
        if other is None:
            return count, False
        if self._whole and self.context.quantity is not None:
            return max(count or 0, self.context.quantity - other.value), True
        return count or 0, not other.value

    def status(self, book: FactBook) -> bool | None:
        """A cap that is reached is reached, whatever else is unknown."""
        count, complete = self._known(book)
        if count is not None and count >= self.condition.cap:
            return False
        return True if complete else None

    def told(self, ask: Ask) -> Told:
        """How many, and of the customer's own the last one: when, where, which number."""
        condition = self.condition
        count, _ = self._known(ask.book)
        params: dict[str, Any] = {"scope": self.scope, "window": condition.window, "cap": condition.cap}
        following = next_window(condition.window, ask.book.today)
        if following is not None and following > self.context.ends:
            following = None
        if ask.status is False and following is not None:
            params["again"] = following.isoformat()
        fact = ask.book.raw.get(self.names[0])
        if ask.status is False and fact is not None and fact.value and self.scope in OF_THE_CUSTOMER:
            rows = self._rows(fact, ask.book)
            if rows:
                last = max(rows, key=lambda row: (row["on"], row["number"]))
                params |= {"on": last["on"], "region": last["branch"], "number": last["number"]}
        fixable: Fixable = "wait" if following is not None and ask.polarity else "final"
        return Told(count, condition.cap, None, "claims", fixable, params)


class BudgetLeftProbe(LeafProbe[BudgetLeft]):
    """What is left of the campaign's budget."""

    contextual = True

    def asks(self) -> tuple[str, ...]:
        """The budget that is left."""
        return (f"budget_left.{self.context.campaign}",)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is enough."""
        fact = book.fact(self.names[0], self.max_age)
        return None if fact is None else fact.value >= self.condition.at_least_fen

    def told(self, ask: Ask) -> Told:
        """What is left, and what is missing."""
        fact, need = ask.book.raw.get(self.names[0]), self.condition.at_least_fen
        gap = need - fact.value if fact is not None and ask.status is False else None
        return Told(None if fact is None else fact.value, need, gap, "fen")


class StockProbe(LeafProbe[Stock]):
    """Any of the items will do."""

    def asks(self) -> tuple[str, ...]:
        """What is there of each."""
        place = "stock.drawer." if self.condition.location == "drawer" else "stock."
        return tuple(f"{place}{sku}" for sku in self.condition.skus)

    def status(self, book: FactBook) -> bool | None:
        """Enough of one item is enough; too little must be known of all."""
        missing = False
        for name in self.names:
            fact = book.fact(name, self.max_age)
            if fact is None:
                missing = True
            elif fact.value >= self.condition.quantity:
                return True
        return None if missing else False

    def told(self, ask: Ask) -> Told:
        """The most that is there of one item."""
        have = max((ask.book.raw[name].value for name in self.names if name in ask.book.raw), default=None)
        need = self.condition.quantity
        gap = need - have if have is not None and ask.status is False else None
        params: dict[str, Any] = {"skus": self.condition.skus, "location": self.condition.location}
        return Told(have, need, gap, "pieces", "staff" if ask.polarity else "final", params)


class VelocityProbe(LeafProbe[VelocityBelow]):
    """How fast rewards leave a terminal or a pair of hands."""

    def asks(self) -> tuple[str, ...]:
        """The count."""
        return (f"velocity.{self.condition.of}.{self.condition.per}",)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is below the cap."""
        fact = book.fact(self.names[0], self.max_age)
        return None if fact is None else fact.value < self.condition.cap

    def told(self, ask: Ask) -> Told:
        """An hour, or a day, passes."""
        fact, condition = ask.book.raw.get(self.names[0]), self.condition
        params: dict[str, Any] = {"of": condition.of, "per": condition.per, "cap": condition.cap}
        have = None if fact is None else fact.value
        return Told(have, condition.cap, None, "claims", "wait" if ask.polarity else "final", params)


class RiskProbe(LeafProbe[RiskBelow | NoOpenHold]):
    """The score, or an open hold. The explanation holds neither: it is no business of whoever stands at the counter."""

    bad = "staff"

    def asks(self) -> tuple[str, ...]:
        """The score or the hold."""
        return ("risk",) if self.condition.type == "risk_below" else ("open_hold",)

    def status(self, book: FactBook) -> bool | None:
        """Whether there is nothing against it."""
        fact = book.fact(self.names[0], self.max_age)
        if fact is None:
            return None
        if isinstance(self.condition, RiskBelow):
            return bool(fact.value < self.condition.score)
        return not fact.value
