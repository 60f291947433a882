"""Trying a campaign, or a draft of it, on one customer and on everybody who came yesterday. Nothing is written."""

from collections import Counter
from datetime import timedelta
from typing import Final, NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked, compiled_form, weigh
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.people import Person, person_of
from branch_console.desk.gifts.scene import Scene
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.node import Node, good, leaves
from branch_console.rules.eligibility.paths import wanting
from branch_console.rules.eligibility.stacking import Resolution
from branch_console.rules.errors import RuleError
from data import gift_queries as gifts

PEOPLE: Final = 1000
"""So many of a day's customers are looked at, at most."""
MARK: Final = "@"
"""Between the id of a campaign and the version of a draft: how a draft is named among campaigns."""


class Backtest(NamedTuple):
    """What a campaign would have meant for the customers of a day.

    `failing`: of each condition, how many customers fail it, and how many fail nothing else and could still meet it.
    """

    campaign: Campaign
    day: str
    people: int
    eligible: int
    unknown: int
    near_misses: int
    failing: tuple[tuple[Node, int, int], ...]
    scene: Scene


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


def backtest(booth: Booth, campaign: str) -> Backtest:
    """One campaign on everybody who came yesterday and is known, as of now. Raises RuleError."""
    booth.require("campaign.preview")
    rules = named(booth, campaign)
    compiled = compiled_form(rules)
    scene = _with(Scene.of(booth, booth.store), rules)
    day = (booth.today() - timedelta(days=1)).isoformat()
    answers: Counter[bool | None] = Counter()
    fails, near = Counter[int](), Counter[int]()
    shown: dict[int, Node] = {}
    for each in gifts.people_of_day(booth.store, day, PEOPLE):
        book = facts_for(booth, booth.store, person_of(booth.desk, each.journey), scene)
        answer = compiled.fast(book)
        answers[answer] += 1
        if answer is False:
            _note(compiled.explain(book), fails, near, shown)
    most = sorted(fails, key=lambda place: (-fails[place], place))
    return Backtest(
        campaign=rules,
        day=day,
        people=sum(answers.values()),
        eligible=answers[True],
        unknown=answers[None],
        near_misses=sum(near.values()),
        failing=tuple((shown[place], fails[place], near[place]) for place in most),
        scene=scene,
    )


def bare_rules(booth: Booth, campaign: Campaign) -> Node:
    """The conditions of a campaign without a customer."""
    return compiled_form(campaign).explain(FactBook({}, booth.now(), booth.store.identity.zone))


def _with(scene: Scene, rules: Campaign) -> Scene:
    """The scene with these rules in the place of those in force."""
    return scene._replace(rules={**scene.rules, rules.id: rules})


def _note(node: Node, fails: "Counter[int]", near: "Counter[int]", shown: dict[int, Node]) -> None:
    """Which conditions this customer fails; conditions are known by their place in the tree."""
    places = {id(leaf): place for place, leaf in enumerate(leaves(node))}
    for leaf in leaves(node):
        if good(leaf) is False:
            fails[places[id(leaf)]] += 1
            shown.setdefault(places[id(leaf)], leaf)
    missing = wanting(node)
    if len(missing) == 1 and missing[0].fixable == "customer":
        near[places[id(missing[0])]] += 1
