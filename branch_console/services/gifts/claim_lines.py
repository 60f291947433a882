"""Claims in lists, and their slips."""

from datetime import datetime
from pathlib import Path
from typing import Final

from branch_console.gift_views import ClaimLine, SlipView
from branch_console.locale import known, language, t
from branch_console.rules.codes import CodeRow
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.marking import passed
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import format_at, parse_at
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.words import moment
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.gift import GiftWords, gift_facts
from branch_console.services.slips.qr import qr_text
from branch_console.services.slips.text import slip_lines
from data.gift_queries import ClaimTab, ListedClaim
from data.store import Store

_TABS: Final[tuple[ClaimTab, ...]] = ("open", "today", "exceptions", "all")
_PROVEN: Final = ("claim.handed_over", "claim.vouchered")


def claim_tab(name: str) -> ClaimTab:
    """The tab of that name; all claims for any other."""
    return next((each for each in _TABS if each == name), "all")


def claim_line(row: ListedClaim, names: Names, store: Store, now: datetime) -> ClaimLine:
    """One claim as lists show it."""
    over = row.status == "reserved" and passed(format_at(now), row.expires_at)
    return ClaimLine(
        subject=row.subject,
        number=row.number,
        name=row.name,
        phone=row.phone,
        campaign=names.campaign(row.campaign),
        reward=names.granted(row.reward_kind, row.sku, row.quantity, row.amount),
        status=row.status,
        status_words=t("gift.status.expired") if over else t(f"gift.status.{row.status}"),
        ruling_words="" if row.outcome is None else _ruling_words(row, store),
        staff=names.person(row.staff),
        at=moment(row.at, store.identity.zone, now),
        pending=row.pending,
        exceptional=row.exceptional,
        settled=row.settled,
    )


def _ruling_words(row: ListedClaim, store: Store) -> str:
    """Central's ruling; of one that a person must look at, also why. A code of a newer central has no words here."""
    ruling = t(f"gift.ruling.{row.outcome}")
    if row.outcome == "confirmed" and not row.excess:
        return ruling
    state = store.state(row.subject)
    why = f"gift.ruling_why.{state.outcome_why}" if isinstance(state, ClaimState) else ""
    if known(why):
        return t("gift.ruling.because", ruling=ruling, why=t(why))
    return t("gift.ruling.excess", ruling=ruling) if row.excess else ruling


def slip_facts(counter: GiftCounter, subject: str, state: ClaimState) -> SlipFacts:
    """What the slip of a claim says. Raises RuleError `slip_none` for a claim that has none."""
    store = counter.desk().store
    entries = [entry for entry in store.entries(subject) if entry.type in _PROVEN]
    if not entries:
        raise RuleError("slip_none")
    names, proof = counter.names(), entries[-1]
    when = parse_at(state.handed_over_at or proof.at).astimezone(store.identity.zone)
    words = GiftWords(
        campaign=names.campaign(state.campaign),
        what=names.granted(state.reward_kind, state.sku, state.quantity, state.amount),
        when=when.strftime("%Y-%m-%d %H:%M"),
        branch=counter.branch_name,
        hotlines=tuple(_hotline(row) for row in store.reference.codes("hotlines")),
    )
    return gift_facts(state, words, proof.hash)


def slip_view(subject: str, facts: SlipFacts) -> SlipView:
    """The slip as printed."""
    return SlipView(subject, facts.number, slip_lines(facts), qr_text(facts.number, facts.digest), facts.title)


def save_slip(counter: GiftCounter, facts: SlipFacts) -> Path:
    """Write the slip as PDF; where it stands. Raises OSError."""
    from branch_console.services.slips.pdf import write_pdf  # noqa: PLC0415  the PDF library is needed here only

    counter.slips.mkdir(parents=True, exist_ok=True, mode=0o700)
    return write_pdf(facts, counter.slips / f"{facts.number}.pdf")


def _hotline(row: CodeRow) -> tuple[str, str]:
    return row.label.get(language()), str(getattr(row, "number", ""))
