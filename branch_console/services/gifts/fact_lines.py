"""The facts of a customer in words: what is known, who says so, as of when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from branch_console.desk.gifts.booth import Booth
from branch_console.gift_views import FactLine
from branch_console.locale import known, t
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.facts import Fact
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.words import moment, money

OLD: Final = timedelta(hours=24)
_UNSAID: Final = frozenset({"risk", "open_hold", "channel", "segments_version"})
_OF_THE_COUNTER: Final = frozenset(
    {"stock", "velocity", "quantity_left", "budget_left", "claimed", "calendar", "owing"}
)


def fact_lines(book: FactBook, booth: Booth, names: Names, only: tuple[str, ...] | None = None) -> tuple[FactLine, ...]:
    """The facts of the customer (of the names in `only`, None: all), and how fresh each is. Risk is not told."""
    lines = []
    for name, fact in sorted(book.raw.items()):
        family = name.partition(".")[0]
        if name in _UNSAID or family in _OF_THE_COUNTER or (only is not None and name not in only):
            continue
        lines.append(
            FactLine(
                name=_name(name, names),
                value=_value(name, fact.value, names),
                source=t(f"gift.source.{fact.source}"),
                as_of=moment(fact.as_of, booth.store.identity.zone, book.now),
                stale=_stale(fact, book.now),
            )
        )
    return tuple(lines)


def _stale(fact: Fact, now: datetime) -> bool:
    return fact.as_of is not None and now - fact.as_of > OLD


def _name(name: str, names: Names) -> str:
    """What a fact is called; of one that there is for each scope or purpose, with which."""
    family, _, rest = name.partition(".")
    if not rest or known(f"gift.fact.{name}"):
        return t(f"gift.fact.{name}")
    if family == "claims":
        return t("gift.fact.of", fact=t("gift.fact.claims"), what=t(f"gift.scope.{rest}"))
    return t("gift.fact.of", fact=t(f"gift.fact.{family}"), what=names.of("purpose", rest))


def _value(name: str, value: Any, names: Names) -> str:
    """What a fact says, without the codes of our tables. A consent is the version of the text; 0 was refused."""
    words = _OF.get(name.partition(".")[0])
    if value is None:
        return t("gift.fact.no")
    if words is not None:
        return words(value, names)
    if isinstance(value, bool):
        return t("gift.fact.yes") if value else t("gift.fact.no")
    return str(len(value)) if isinstance(value, list) else str(value)


def _payments(value: Any, _names: Names) -> str:
    spent = sum(row["fen"] for row in value if row["kind"] == "spend")
    return t("gift.fact.payments.value", n=len(value), amount=money(spent))


def _segments(value: Any, names: Names) -> str:
    return t("gift.join").join(names.of("segment", each) for each in value) if value else t("gift.fact.none")


_OF: Final[dict[str, Callable[[Any, Names], str]]] = {
    "age_band": lambda value, names: names.of("age", value),
    "consent": lambda value, _names: t("gift.fact.consented", n=value) if value else t("gift.fact.refused"),
    "customer_kind": lambda value, _names: t(f"gift.fact.customer_kind.{value}"),
    "kyc": lambda value, _names: t("gift.fact.kyc.value", level=value),
    "payments": _payments,
    "points": lambda value, _names: str(value["spendable"]),
    "segments": _segments,
    "wallet_tier": lambda value, _names: t("gift.fact.wallet_tier.value", tier=value),
}
