"""What the slip of a gift says: a receipt of what was handed over, or a voucher that central has yet to confirm."""

from collections.abc import Iterable
from typing import NamedTuple

from branch_console.locale import t
from branch_console.rules.gifts.states import ClaimState
from branch_console.services.slips.facts import SlipFacts


class GiftWords(NamedTuple):
    """What the claim itself does not know, in the customer's language. `when` is the branch's local time."""

    campaign: str
    what: str
    when: str
    branch: str
    hotlines: tuple[tuple[str, str], ...] = ()


def gift_facts(state: ClaimState, words: GiftWords, digest: str) -> SlipFacts:
    """The slip of a claim that was handed over or vouchered; `digest` is the hash of that entry."""
    voucher = state.handed_over_at is None
    rows = [
        (t("slip.campaign"), words.campaign),
        (t("slip.what"), words.what),
        (t("slip.when"), words.when),
        (t("slip.customer"), state.name),
        (t("slip.staff"), " / ".join(_present((state.staff, state.second_staff)))),
    ]
    if voucher and state.voucher_expires_on:
        rows.append((t("slip.valid_until"), state.voucher_expires_on))
    if not voucher and state.confirmed_by:
        rows.append((t("slip.confirmed_by"), t(f"slip.confirmed.{state.confirmed_by}")))
    terms: tuple[str, ...] = ()
    if voucher:
        terms = (t("slip.terms.voucher"),)
    elif state.provisional_terms:
        terms = (t("slip.terms.provisional"),)
    return SlipFacts(
        title=t("slip.title.voucher") if voucher else t("slip.title.gift"),
        number=(state.voucher_code if voucher else state.receipt_number) or "",
        branch=words.branch,
        rows=tuple((label, value) for label, value in rows if value),
        digest=digest,
        terms=terms,
        rights=(t("slip.rights.complain"), t("slip.rights.never_ask"), t("slip.rights.data")),
        hotlines=words.hotlines,
    )


def _present(texts: Iterable[str | None]) -> list[str]:
    return [each for each in texts if each]
