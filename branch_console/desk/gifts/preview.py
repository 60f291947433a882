"""Trying a campaign, or a draft of it, on one customer and on everybody who came yesterday. Nothing is written."""

from datetime import timedelta
from typing import Final, NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked, compiled_form, weigh
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.people import Person, person_of
from branch_console.desk.gifts.scene import Scene
from branch_console.rules.eligibility.backtest import Backtest, backtest
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.stacking import Resolution
from branch_console.rules.errors import RuleError
from data import gift_queries as gifts

PEOPLE: Final = 1000
"""So many of a day's customers are looked at, at most."""
MARK: Final = "@"
"""Between the id of a campaign and the version of a draft: how a draft is named among campaigns."""


class Tried(NamedTuple):
    """What a campaign would have meant for the customers of a day."""

    campaign: Campaign
    day: str
    found: Backtest


def drafts(booth: Booth) -> list[Campaign]:
    """Drafts that were submitted and are not published yet, by id."""
    reference = booth.store.reference
    return [rules for name, rules in sorted(reference.drafts.items()) if name not in reference.campaigns]


def named(booth: Booth, campaign: str) -> Campaign:
    """The rules of a campaign in force, or of `<id>@<version>` that draft. Raises RuleError `campaign_unknown`."""
    name, _, version = campaign.partition(MARK)
    if version.isdecimal():
        found = booth.store.reference.drafts.get((name, int(version)))
    else:
        here = next(iter(gifts.campaigns(booth.store, booth.now(), name)), None)
        found = None if here is None else booth.store.reference.campaign(name, here.version)
    if found is None:
        raise RuleError("campaign_unknown")
    return found


def dry_run(booth: Booth, campaign: str, person: Person) -> Checked:
    """One campaign on one customer, as if it ran. Raises RuleError."""
    booth.require("campaign.preview")
    rules = named(booth, campaign)
    scene = _with(Scene.of(booth, booth.store), rules)
    book = facts_for(booth, booth.store, person, scene)
    line = weigh(booth, booth.store, person, scene, book, rules)
    return Checked(person, scene, book, (line,), Resolution(), book.now)


def try_on_yesterday(booth: Booth, campaign: str) -> Tried:
    """One campaign on everybody who came yesterday and is known, as of now. Raises RuleError."""
    booth.require("campaign.preview")
    rules = named(booth, campaign)
    scene = _with(Scene.of(booth, booth.store), rules)
    day = (booth.today() - timedelta(days=1)).isoformat()
    books = (
        facts_for(booth, booth.store, person_of(booth.desk, each.journey), scene)
        for each in gifts.people_of_day(booth.store, day, PEOPLE)
    )
    there = {sku: int(scene.raw[f"stock.{sku}"].value) for sku in rules.skus if f"stock.{sku}" in scene.raw}
    found = backtest(rules, books, now=booth.now(), stock=there, zone=booth.store.identity.zone)
    return Tried(rules, day, found)


def bare_rules(booth: Booth, campaign: Campaign) -> Node:
    """The conditions of a campaign without a customer."""
    return compiled_form(campaign).explain(FactBook({}, booth.now(), booth.store.identity.zone))


def _with(scene: Scene, rules: Campaign) -> Scene:
    """The scene with these rules in the place of those in force."""
    return scene._replace(rules={**scene.rules, rules.id: rules})
