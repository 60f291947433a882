"""Campaigns with what is left, and what runs low on the shelf, for the start screen: from the store, no gift desk.

What is left of a campaign is known at central; a terminal says what central last said. While central cannot be asked,
what this terminal may still hand out under its leases counts, or the moment at which central said it.
"""

from datetime import date, datetime
from typing import Final

from branch_console.desk.desk import Desk
from branch_console.figure_views.today import CampaignLine, StockLine
from branch_console.locale import language, t
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.rewards import GiftReward
from branch_console.rules.gifts.running_low import campaign_low, low_goods
from branch_console.services.gifts.words import moment
from data import gift_queries as gifts
from data.gift_queries import CampaignHere

SHELF: Final = "shelf"
RUNNING: Final = "running"
_MILLION: Final = 100_000_000
"""Fen."""


def campaigns(desk: Desk, *, online: bool) -> tuple[CampaignLine, ...]:
    """The campaigns that run: what needs attention first, then by their last day."""
    store, now, day = desk.store, desk.now(), desk.today()
    leased: dict[str, int] = {}
    if not online:
        for lease in gifts.leases(store, now):
            leased[lease.campaign] = leased.get(lease.campaign, 0) + lease.left
    found = []
    for here, rules in _running(desk):
        low = campaign_low(rules, store.reference.desk_rules, day, here.left_count, here.left_fen)
        line = CampaignLine(
            campaign=here.campaign,
            name=rules.title.get(language()),
            left=_left(here),
            until=_until(rules, day),
            low=low,
            note="" if online else _note(here, leased.get(here.campaign), now, desk),
        )
        found.append((not low, rules.runs.ends, here.campaign, line))
    return tuple(line for *_, line in sorted(found, key=lambda each: each[:3]))


def stock(desk: Desk) -> tuple[StockLine, ...]:
    """The items that run low on the shelf, those of which the least is left first."""
    store = desk.store
    wanted = {
        choice.sku
        for _, rules in _running(desk)
        if isinstance(rules.reward, GiftReward)
        for choice in rules.reward.choices
    }
    shelf = gifts.at_place(gifts.balances(store, desk.now()), SHELF)
    low = low_goods(store.reference.items, shelf, wanted)
    place = t("gift.place.shelf")
    lines = [StockLine(sku, _item(desk, sku), place, max(left, 0)) for sku, left in low.items()]
    return tuple(sorted(lines, key=lambda line: (line.left, line.sku)))


def _running(desk: Desk) -> list[tuple[CampaignHere, Campaign]]:
    """The campaigns that run, each by the version that is in force."""
    held = desk.store.reference
    found = [(here, held.campaign(here.campaign, here.version)) for here in gifts.campaigns(desk.store, desk.now())]
    return [(here, rules) for here, rules in found if here.status == RUNNING and rules is not None]


def _left(here: CampaignHere) -> str:
    if here.left_count is not None:
        return t("today.left.count", n=here.left_count)
    if here.left_fen is not None:
        return _amount(here.left_fen)
    return t("today.left.open")


def _amount(fen: int) -> str:
    """In full yuan, rounded down; from a million on in 万 or in millions, so that no digit is cut off."""
    if fen < _MILLION:
        return t("today.left.amount", amount=f"{fen // 100:,}")
    shorter = f"{fen // 1_000_000:,}" if language() == "zh" else f"{fen // 10_000_000 / 10:,.1f}"
    return t("today.left.millions", amount=shorter)


def _until(rules: Campaign, day: date) -> str:
    """Until today, tomorrow, or that day."""
    days = (rules.runs.ends - day).days
    if days < 0:
        return t("today.until.over")
    if days < 2:
        return t("today.until.tomorrow" if days else "today.until.today")
    return t("today.until.day", day=rules.runs.ends.strftime("%m-%d"))


def _note(here: CampaignHere, leased: int | None, now: datetime, desk: Desk) -> str:
    if leased is not None:
        return t("today.left.lease", n=leased)
    if here.left_count is None and here.left_fen is None:
        return ""
    return t("today.left.as_of", at=moment(here.updated_at, desk.store.identity.zone, now))


def _item(desk: Desk, sku: str) -> str:
    items = desk.store.reference.items
    row = None if items is None else items.row(sku)
    return sku if row is None else row.label.get(language())
