"""The limits of a wallet class in words: the amount, whose cap it is, and how sure we are."""

from datetime import date

from branch_console.locale import t
from branch_console.rules.journey_entries import Target
from branch_console.rules.reference import Reference
from branch_console.rules.tiers import MEASURES, Limit, effective_limit


def limit_lines(reference: Reference, target: Target, on: date) -> tuple[tuple[str, str], ...]:
    """(what is limited, limit in words) for each measure, as they hold on a business date."""
    return tuple(
        (t(f"limit.{measure}"), limit_words(effective_limit(reference.tiers, target, measure, on)))
        for measure in MEASURES
    )


def limit_words(limit: Limit) -> str:
    """A limit in yuan; what the bank must still confirm says so."""
    if limit.amount is None:
        return t("limit.unknown") if limit.unknown else t("limit.none")
    amount = t("limit.yuan", amount=f"{limit.amount // 100:,}")
    return amount if limit.certainty == "H" else t("limit.to_confirm", amount=amount)
