"""What is true for every customer at the counter now: campaigns, stock, how fast rewards leave."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.gifts.ledger import Slot, reserved
from branch_console.rules.gifts.marking import passed
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import format_at, parse_at
from data import gift_queries as gifts
from data.gift_queries import CampaignHere, Reading, StockHere


class Own(NamedTuple):
    """The reservation that is being handed over: what it keeps must not stand in its own way."""

    subject: str
    state: ClaimState


class Scene(NamedTuple):
    """What is true for every customer at this counter now: campaigns, stock, speed.

    `rules`: of each campaign that central has spoken of the version in force, as far as it is held here.
    """

    campaigns: Mapping[str, CampaignHere]
    rules: Mapping[str, Campaign]
    stock: tuple[StockHere, ...]
    raw: Mapping[str, Fact]

    @property
    def there(self) -> dict[Slot, int]:
        """What may be taken of each slot."""
        return {each.slot: each.available for each in self.stock}

    @classmethod
    def of(cls, booth: Booth, source: Reading, own: Own | None = None) -> "Scene":
        """Read once; `own` is taken as if it had not begun."""
        now = booth.now()
        campaigns = {each.campaign: _without(each, own) for each in gifts.campaigns(source, now)}
        stock = tuple(_freed(gifts.balances(source, now), own, now))
        rules = {}
        for name, each in campaigns.items():
            campaign = booth.store.reference.campaign(name, each.version)
            if campaign is not None:
                rules[name] = campaign
        return cls(campaigns, rules, stock, _of_the_counter(booth, source, campaigns.values(), stock, own))


def _of_the_counter(
    booth: Booth, source: Reading, campaigns: Iterable[CampaignHere], stock: Iterable[StockHere], own: Own | None
) -> dict[str, Fact]:
    """Channel, stock, what is left of campaigns, and how fast rewards leave."""
    now = booth.now()
    raw = {"channel": Fact("branch", now, "local")}
    there: dict[str, int] = dict.fromkeys((f"stock.{each.slot.sku}" for each in stock), 0)
    items = booth.store.reference.items
    if items is not None:
        there |= {f"stock.{row.sku}": 0 for row in items.rows}
        there |= {f"stock.drawer.{row.sku}": 0 for row in items.rows}
    today = booth.today().isoformat()
    for each in stock:
        slot = each.slot
        if each.available > 0 and slot.location in booth.in_reach and (slot.expires_on or today) >= today:
            there[f"stock.{slot.sku}"] = there.get(f"stock.{slot.sku}", 0) + each.available
            if slot.location == booth.drawer:
                name = f"stock.drawer.{slot.sku}"
                there[name] = there.get(name, 0) + each.available
    raw |= {name: Fact(quantity, now, "local") for name, quantity in there.items()}
    for campaign in campaigns:
        as_of = parse_at(campaign.updated_at)
        if campaign.left_count is not None:
            raw[f"quantity_left.{campaign.campaign}"] = Fact(campaign.left_count, as_of, "server")
        if campaign.left_fen is not None:
            raw[f"budget_left.{campaign.campaign}"] = Fact(campaign.left_fen, as_of, "server")
    speed = gifts.velocity(source, booth.desk.staff, now)
    for name, count in speed._asdict().items():
        others = count - (own is not None and _counts(booth, own.state, name))
        raw[f"velocity.{name.replace('_', '.')}"] = Fact(max(others, 0), now, "local")
    return raw


def _counts(booth: Booth, state: ClaimState, name: str) -> bool:
    """Whether a claim is among those that a speed is measured by."""
    now, of_terminal = booth.now(), name.startswith("terminal")
    started = parse_at(state.started_at)
    here = state.terminal == booth.store.identity.terminal if of_terminal else state.staff == booth.desk.staff
    recent = started >= now - timedelta(hours=1) if name.endswith("hour") else _day(booth, started) == booth.today()
    return here and recent


def _day(booth: Booth, at: datetime) -> date:
    return at.astimezone(booth.store.identity.zone).date()


def _without(here: CampaignHere, own: Own | None) -> CampaignHere:
    """How a campaign stood before central kept a reward of it for this very claim."""
    if own is None or own.state.campaign != here.campaign or own.state.right_kind != "hold":
        return here
    count, fen = here.left_count, here.left_fen
    return here._replace(
        left_count=None if count is None else count + 1, left_fen=None if fen is None else fen + own.state.cost_fen
    )


def _freed(stock: Iterable[StockHere], own: Own | None, now: datetime) -> Iterator[StockHere]:
    """Balances as they are when what this very claim keeps may be taken by it."""
    kept = {} if own is None or passed(format_at(now), own.state.expires_at) else reserved(own.state.reserved)
    for each in stock:
        yield each._replace(reserved=max(0, each.reserved - kept.get(each.slot, 0)))
