"""How conditions about the customer are answered."""

from datetime import date
from typing import Any

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_customer import (
    AgeBetween,
    AttrIn,
    Consent,
    CustomerKindIs,
    KycAtLeast,
    NotInsider,
    SegmentAny,
    SegmentNone,
    WalletTierAtLeast,
)
from branch_console.rules.eligibility.fact_schema import age_range
from branch_console.rules.eligibility.node import Fixable, Params
from branch_console.rules.eligibility.probe_base import Ask, LeafProbe, Told
from branch_console.rules.eligibility.probe_time import birthday, full_years

TIERS = ("IV", "III", "II", "I")


class AttrInProbe(LeafProbe[AttrIn]):
    """Where a customer lives does not change for a gift; the channel and the app's version do."""

    def asks(self) -> tuple[str, ...]:
        """The attribute."""
        return (self.condition.attr,)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is one of the values."""
        fact = book.fact(self.condition.attr, self.max_age)
        return None if fact is None else fact.value in self.condition.values

    def told(self, ask: Ask) -> Told:
        """What the customer has, and what would do."""
        fact = ask.book.raw.get(self.condition.attr)
        changes = self.condition.attr in {"channel", "app_version"}
        return Told(
            None if fact is None else fact.value,
            fixable="customer" if changes else "final",
            params={"attr": self.condition.attr, "values": self.condition.values},
        )


class AgeBetweenProbe(LeafProbe[AgeBetween]):
    """By the date of birth; without it by the age band, as far as that decides."""

    contextual = True

    def asks(self) -> tuple[str, ...]:
        """The date of birth, or the age band."""
        return ("born", "age_band")

    def _years(self, book: FactBook) -> tuple[int, int | None] | None:
        """The least and the most that the age can be."""
        born = book.fact("born", self.max_age)
        if born is not None:
            age = full_years(date.fromisoformat(born.value), book.today)
            return (age, age)
        band = book.fact("age_band", self.max_age)
        return None if band is None else age_range(band.value)

    def status(self, book: FactBook) -> bool | None:
        """Known as soon as all ages that are possible give the same answer."""
        years = self._years(book)
        if years is None:
            return None
        least, most = years
        low = 0 if self.condition.min is None else self.condition.min
        high = self.condition.max
        if (most is not None and most < low) or (high is not None and least > high):
            return False
        if least >= low and (high is None or (most is not None and most <= high)):
            return True
        return None

    def told(self, ask: Ask) -> Told:
        """Too young can wait if the birthday comes before the campaign ends."""
        low, high = self.condition.min, self.condition.max
        params: dict[str, Any] = {"min": "" if low is None else low, "max": "" if high is None else high}
        years = self._years(ask.book)
        have = years[0] if years and years[0] == years[1] else None
        born = ask.book.fact("born", self.max_age)
        if ask.status is False and born is not None and low is not None and have is not None and have < low:
            comes = birthday(date.fromisoformat(born.value), low)
            if comes <= self.context.ends:
                return Told(have, low, low - have, "years", "wait", {**params, "on": comes.isoformat()})
        return Told(have, low, None, "years", "final", params)


class SegmentProbe(LeafProbe[SegmentAny | SegmentNone]):
    """In any, or in none, of the segments; of a certain snapshot if the condition names one."""

    def asks(self) -> tuple[str, ...]:
        """The segments and their version."""
        return ("segments", "segments_version") if self.condition.snapshot is not None else ("segments",)

    def status(self, book: FactBook) -> bool | None:
        """Not known when the segments are of another snapshot."""
        fact = book.fact("segments", self.max_age)
        if fact is None:
            return None
        if self.condition.snapshot is not None:
            version = book.fact("segments_version", self.max_age)
            if version is None or version.value != self.condition.snapshot:
                return None
        inside = any(each in self.condition.segments for each in fact.value)
        return inside is (self.condition.type == "segment_any")

    def told(self, ask: Ask) -> Told:
        """Only the segments that the condition asks about are named."""
        fact = ask.book.raw.get("segments")
        params: dict[str, Any] = {"segments": self.condition.segments}
        if self.condition.snapshot is not None:
            params["snapshot"] = self.condition.snapshot
        if fact is None:
            return Told(params=params)
        return Told(", ".join(each for each in self.condition.segments if each in fact.value), params=params)


class CustomerKindProbe(LeafProbe[CustomerKindIs]):
    """An individual or a small business."""

    def asks(self) -> tuple[str, ...]:
        """The kind."""
        return ("customer_kind",)

    def status(self, book: FactBook) -> bool | None:
        """Whether it is that kind."""
        fact = book.fact("customer_kind", self.max_age)
        return None if fact is None else fact.value == self.condition.kind

    def said(self) -> Params:
        """The kind."""
        return {"kind": self.condition.kind}


class WalletTierProbe(LeafProbe[WalletTierAtLeast]):
    """A customer can have a wallet upgraded, and nobody downgrades one for a gift."""

    def asks(self) -> tuple[str, ...]:
        """The class."""
        return ("wallet_tier",)

    def status(self, book: FactBook) -> bool | None:
        """Compared by strength of identity."""
        fact = book.fact("wallet_tier", self.max_age)
        return None if fact is None else TIERS.index(fact.value) >= TIERS.index(self.condition.tier)

    def told(self, ask: Ask) -> Told:
        """The class, and how many classes are missing."""
        fact, need = ask.book.raw.get("wallet_tier"), self.condition.tier
        gap = TIERS.index(need) - TIERS.index(fact.value) if fact is not None and ask.status is False else None
        fixable: Fixable = "customer" if ask.polarity else "final"
        return Told(None if fact is None else fact.value, need, gap, "tiers", fixable, {"tier": need})


class KycProbe(LeafProbe[KycAtLeast]):
    """How well the customer is identified."""

    def asks(self) -> tuple[str, ...]:
        """The level."""
        return ("kyc",)

    def status(self, book: FactBook) -> bool | None:
        """Compared as a number."""
        fact = book.fact("kyc", self.max_age)
        return None if fact is None else fact.value >= self.condition.level

    def told(self, ask: Ask) -> Told:
        """The level, and how many are missing."""
        fact, need = ask.book.raw.get("kyc"), self.condition.level
        gap = need - fact.value if fact is not None and ask.status is False else None
        fixable: Fixable = "customer" if ask.polarity else "final"
        return Told(None if fact is None else fact.value, need, gap, "levels", fixable, {"level": need})


class ConsentProbe(LeafProbe[Consent]):
    """A refusal is version 0."""

    def asks(self) -> tuple[str, ...]:
        """The consent to the purpose."""
        return (f"consent.{self.condition.purpose}",)

    def status(self, book: FactBook) -> bool | None:
        """Agreed to this text or a later one."""
        fact = book.fact(self.names[0], self.max_age)
        return None if fact is None else fact.value >= self.condition.version

    def told(self, ask: Ask) -> Told:
        """The customer may agree, and may withdraw."""
        fact = ask.book.raw.get(self.names[0])
        params: dict[str, Any] = {"purpose": self.condition.purpose, "version": self.condition.version}
        return Told(None if fact is None else fact.value, self.condition.version, fixable="customer", params=params)


class NotInsiderProbe(LeafProbe[NotInsider]):
    """Staff, relatives, operators of terminals."""

    def asks(self) -> tuple[str, ...]:
        """Whether the customer is one of them."""
        return ("insider",)

    def status(self, book: FactBook) -> bool | None:
        """Whether the customer is none."""
        fact = book.fact("insider", self.max_age)
        return None if fact is None else not fact.value
