"""The limits of a wallet class in words: the amount, whose cap it is, and how sure we are."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from branch_console.locale import t
from branch_console.rules.flow import Flow
from branch_console.rules.journey_entries import Target
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.onboarding import customer_caps
from branch_console.rules.reference import Reference
from branch_console.rules.tiers import MEASURES, Limit, Measure, effective_limit

Lines: TypeAlias = tuple[tuple[str, str], ...]


def limit_lines(reference: Reference, target: Target, on: date) -> Lines:
    """(what is limited, limit in words) for each measure of a class, as they hold on a business date."""
    return _lines(reference, target, on, None, {})


def journey_limits(reference: Reference, flow: Flow, state: JourneyState, target: Target, on: date) -> Lines:
    """The same for one customer: the operator's caps and those that the customer chose count too."""
    operator = state.answer("open_wallet", "operator")
    return _lines(reference, target, on, operator if isinstance(operator, str) else None, customer_caps(flow, state))


def _lines(reference: Reference, target: Target, on: date, operator: str | None, caps: Mapping[Measure, int]) -> Lines:
    return tuple(
        (
            t(f"limit.{measure}"),
            limit_words(
                effective_limit(reference.tiers, target, measure, on, operator=operator, customer=caps.get(measure))
            ),
        )
        for measure in MEASURES
    )


def limit_words(limit: Limit) -> str:
    """A limit in yuan; what the bank must still confirm says so."""
    if limit.amount is None:
        return t("limit.unknown") if limit.unknown else t("limit.none")
    amount = t("limit.yuan", amount=f"{limit.amount // 100:,}")
    return amount if limit.certainty == "H" else t("limit.to_confirm", amount=amount)
