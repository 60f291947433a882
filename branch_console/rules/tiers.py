"""Wallet classes and their limits as effective-dated rows; the limit that holds is the least of all caps.

Sources stand in each row of data/reference/wallets. The regulator sets a cap, an operator may set a lower one, the
customer one lower still (HKMA 2024-05-17).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Field

from branch_console.rules.documents import Certainty, Document, Id, Many, Sourced, Words
from branch_console.rules.journey_entries import Target

Measure: TypeAlias = Literal["balance", "payment", "day", "year"]
MEASURES: tuple[Measure, ...] = ("balance", "payment", "day", "year")

# An amount in fen, "none" (no cap at this level), or "unknown" (nobody has told us).
Cap: TypeAlias = Annotated[int, Field(ge=0)] | Literal["none", "unknown"]


class TierRow(Sourced):
    """The caps of one wallet class at one level from a day on. Amounts in fen."""

    wallet_class: Target
    level: Literal["statutory", "operator"]
    operator: Id | None = None
    effective_from: date
    effective_to: date | None = None
    balance: Cap
    payment: Cap
    day: Cap
    year: Cap
    interest: bool
    doubtful: Many[Measure]
    identity: Words
    note: Words | None = None

    def in_force(self, on: date) -> bool:
        """Whether the row holds on that business date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def cap(self, measure: Measure) -> Cap:
        """The cap of one measure."""
        found: Cap = getattr(self, measure)
        return found

    def sure(self, measure: Measure) -> Certainty:
        """How sure the cap of one measure is."""
        return "L" if measure in self.doubtful else self.certainty


class TierTable(Document):
    """All rows, past ones included."""

    title: Words
    rows: list[TierRow]


class Limit(NamedTuple):
    """The limit that holds. `amount` in fen, None = no cap is known to hold.

    `ruled_by` is statutory, operator or customer, None without a cap. `unknown` names the levels whose cap nobody has
    told us: the true limit may be lower than `amount`. `certainty` and `source` are those of the ruling row.
    """

    amount: int | None
    ruled_by: Literal["statutory", "operator", "customer"] | None
    unknown: tuple[str, ...]
    certainty: Certainty | None
    source: str


def rows_at(rows: Iterable[TierRow], wallet_class: Target, on: date, operator: str | None = None) -> list[TierRow]:
    """The rows that hold for a class on a date: the newest of the regulator, and the newest of the operator."""
    found: dict[str, TierRow] = {}
    for row in rows:
        if row.wallet_class != wallet_class or not row.in_force(on):
            continue
        if row.level == "operator" and row.operator != operator:
            continue
        before = found.get(row.level)
        if before is None or row.effective_from > before.effective_from:
            found[row.level] = row
    return [found[level] for level in ("statutory", "operator") if level in found]


def effective_limit(
    rows: Iterable[TierRow],
    wallet_class: Target,
    measure: Measure,
    on: date,
    *,
    operator: str | None = None,
    customer: int | None = None,
) -> Limit:
    """The least of the regulator's, the operator's and the customer's own cap (fen; None = the customer set none).

    Of equal caps the regulator's rules, then the operator's.
    """
    caps: list[tuple[int, Literal["statutory", "operator", "customer"], Certainty, str]] = []
    holding = {row.level: row for row in rows_at(rows, wallet_class, on, operator)}
    unknown: list[str] = [] if "statutory" in holding else ["statutory"]
    for level, row in holding.items():
        cap = row.cap(measure)
        if isinstance(cap, int):
            caps.append((cap, level, row.sure(measure), row.source))
        elif cap == "unknown":
            unknown.append(level)
    if customer is not None:
        caps.append((customer, "customer", "H", ""))
    if not caps:
        return Limit(None, None, tuple(unknown), None, "")
    amount, ruled_by, certainty, source = min(caps, key=lambda each: each[0])
    return Limit(amount, ruled_by, tuple(unknown), certainty, source)


def effective_limits(
    rows: Iterable[TierRow],
    wallet_class: Target,
    on: date,
    *,
    operator: str | None = None,
    customer: Mapping[Measure, int] | None = None,
) -> dict[Measure, Limit]:
    """All four limits of a class."""
    rows, own = list(rows), customer or {}
    return {
        measure: effective_limit(rows, wallet_class, measure, on, operator=operator, customer=own.get(measure))
        for measure in MEASURES
    }
