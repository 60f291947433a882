"""How conditions about what the customer did are answered."""

from datetime import date, timedelta
from typing import Any

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_behaviour import (
    DistinctDays,
    DistinctMerchants,
    FirstTxn,
    FirstWallet,
    PointsAtLeast,
    Referral,
    SpendInWindow,
    SuggestionAccepted,
    TxnCountInWindow,
)
from branch_console.rules.eligibility.node import Fixable
from branch_console.rules.eligibility.probe_base import Ask, Context, LeafProbe, Told
from branch_console.rules.eligibility.spending import Measure, Slice, measured, oldest

AnyCounted = SpendInWindow | TxnCountInWindow | DistinctMerchants | DistinctDays
_MEASURES: dict[str, tuple[Measure, str]] = {
    "spend_in_window": ("spend", "fen"),
    "txn_count_in_window": ("count", "times"),
    "distinct_merchants": ("merchants", "merchants"),
    "distinct_days": ("days", "days"),
}


class CountedProbe(LeafProbe[AnyCounted]):
    """Sums and counts over payments. More can always be paid, and nothing that was paid can be undone."""

    cost = 5
    contextual = True
    __slots__ = ("each", "measure", "need", "slice", "unit")

    def __init__(self, condition: AnyCounted, context: Context) -> None:
        super().__init__(condition, context)
        self.measure, self.unit = _MEASURES[condition.type]
        self.slice = Slice(condition, context.starts, context.ends)
        self.need = condition.at_least_fen if isinstance(condition, SpendInWindow) else condition.at_least
        self.each = condition.each_fen if isinstance(condition, TxnCountInWindow) else 1

    def asks(self) -> tuple[str, ...]:
        """The payments."""
        return ("payments",)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is enough."""
        if book.fact("payments", self.max_age) is None:
            return None
        enough = measured(book, self.slice, self.measure, self.each) >= self.need
        return None if not enough and book.in_part("payments") else enough

    def told(self, ask: Ask) -> Told:
        """What is there, what is missing, and until when it can be made up (`by`)."""
        condition = self.condition
        params: dict[str, Any] = {"window": condition.window, "by": self._by(ask.book).isoformat()}
        if condition.days is not None:
            params["days"] = condition.days
        if condition.merchants:
            params["merchants"] = condition.merchants
        if condition.mcc:
            params["mcc"] = condition.mcc
        if self.each > 1:
            params["each_fen"] = self.each
        have = measured(ask.book, self.slice, self.measure, self.each) if "payments" in ask.book.raw else None
        gap = self.need - have if have is not None and ask.status is False else None
        return Told(have, self.need, gap, self.unit, "customer" if ask.polarity else "final", params)

    def _by(self, book: FactBook) -> date:
        """The last day on which what is missing today still suffices."""
        ends = self.context.ends
        if self.condition.window == "month":
            following = (book.today.replace(day=28) + timedelta(days=4)).replace(day=1)
            return min(ends, following - timedelta(days=1))
        first = oldest(book, self.slice) if self.condition.days is not None and "payments" in book.raw else ""
        if first and self.condition.days is not None:
            return min(ends, date.fromisoformat(first) + timedelta(days=self.condition.days - 1))
        return ends


class FirstWalletProbe(LeafProbe[FirstWallet]):
    """Nobody gets a first wallet again."""

    def asks(self) -> tuple[str, ...]:
        """Whether it is the first."""
        return ("first_wallet",)

    def status(self, book: FactBook) -> bool | None:
        """As the fact says."""
        fact = book.fact("first_wallet", self.max_age)
        return None if fact is None else bool(fact.value)


class FirstTxnProbe(LeafProbe[FirstTxn]):
    """The first payment of all, or the first at certain merchants."""

    cost = 3
    contextual = True

    def asks(self) -> tuple[str, ...]:
        """The date of the first payment, or the payments."""
        return ("payments",) if self.condition.merchants else ("first_paid_on",)

    def _first(self, book: FactBook) -> str | None:
        """The date of it; None: there was none yet. The fact must be in the book."""
        value = book.raw[self.names[0]].value
        if not self.condition.merchants:
            return None if value is None else str(value)

        def find(_book: FactBook) -> str:
            wanted = self.condition.merchants
            dates = (r["on"] for r in value if r["kind"] == "spend" and r["fen"] > 0 and r["merchant"] in wanted)
            return min(dates, default="")

        return book.derive(f"first|{','.join(sorted(self.condition.merchants))}", find) or None

    def status(self, book: FactBook) -> bool | None:
        """Made while the campaign runs; or not made yet."""
        if book.fact(self.names[0], self.max_age) is None:
            return None
        part = book.in_part(self.names[0])
        if part and self.condition.merchants:
            return None  # an earlier payment may be among those that nobody saw
        holds = self._holds(book, self._first(book))
        return None if part and not holds else holds

    def _holds(self, book: FactBook, first: str | None) -> bool:
        if self.condition.state == "to_come":
            return first is None
        last = min(self.context.ends.isoformat(), book.iso)
        return first is not None and self.context.starts.isoformat() <= first <= last

    def told(self, ask: Ask) -> Told:
        """Whoever has paid nothing yet can still do so."""
        condition = self.condition
        params: dict[str, Any] = {"state": condition.state, "by": self.context.ends.isoformat()}
        if condition.merchants:
            params["merchants"] = condition.merchants
        if self.names[0] not in ask.book.raw:
            return Told(params=params)
        first = self._first(ask.book)
        can = first is None and (condition.state == "made") is ask.polarity
        return Told(first or "", fixable="customer" if can else "final", params=params)


class PointsProbe(LeafProbe[PointsAtLeast]):
    """Points of all time, or there to be spent."""

    def asks(self) -> tuple[str, ...]:
        """The points."""
        return ("points",)

    def status(self, book: FactBook) -> bool | None:
        """Whether there are enough."""
        fact = book.fact("points", self.max_age)
        return None if fact is None else fact.value[self.condition.points] >= self.condition.at_least

    def told(self, ask: Ask) -> Told:
        """What is there, and what is missing."""
        fact, need = ask.book.raw.get("points"), self.condition.at_least
        have = None if fact is None else fact.value[self.condition.points]
        gap = need - have if have is not None and ask.status is False else None
        fixable: Fixable = "customer" if ask.polarity or self.condition.points == "spendable" else "final"
        return Told(have, need, gap, "points", fixable, {"points": self.condition.points})


class DoneProbe(LeafProbe[Referral | SuggestionAccepted]):
    """Referrals that reached a milestone, suggestions that were accepted: counted by date."""

    cost = 2
    contextual = True

    def asks(self) -> tuple[str, ...]:
        """The list."""
        return ("referrals",) if self.condition.type == "referral" else ("suggestions_accepted",)

    def _count(self, value: list[Any], book: FactBook) -> int:
        """How many fall into the window."""
        condition = self.condition
        days = value
        if isinstance(condition, Referral):
            wanted = (condition.role, condition.milestone)
            days = [row["on"] for row in value if (row["role"], row["milestone"]) == wanted]
        first, last = "", book.iso
        if condition.window == "campaign":
            first, last = self.context.starts.isoformat(), min(last, self.context.ends.isoformat())
        return sum(first <= day <= last for day in days)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is enough."""
        fact = book.fact(self.names[0], self.max_age)
        return None if fact is None else self._count(fact.value, book) >= self.condition.at_least

    def told(self, ask: Ask) -> Told:
        """What is there, and what is missing."""
        condition, need = self.condition, self.condition.at_least
        params: dict[str, Any] = {"window": condition.window, "by": self.context.ends.isoformat()}
        if isinstance(condition, Referral):
            params |= {"role": condition.role, "milestone": condition.milestone}
        fact = ask.book.raw.get(self.names[0])
        have = None if fact is None else self._count(fact.value, ask.book)
        gap = need - have if have is not None and ask.status is False else None
        unit = "people" if condition.type == "referral" else "suggestions"
        return Told(have, need, gap, unit, "customer" if ask.polarity else "final", params)
