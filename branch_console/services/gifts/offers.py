"""A campaign for a customer as screens show it: verdict in words, reasons as a tree, what is left."""

from datetime import datetime, timedelta
from typing import Any, Final

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked, Weighed
from branch_console.desk.gifts.scene import Scene
from branch_console.gift_views import FactLine, NodeView, OfferLine
from branch_console.locale import known, language, t
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Node, good
from branch_console.rules.eligibility.sentence_paths import path_phrase
from branch_console.rules.eligibility.sentence_verdicts import reason_phrase, verdict_phrase
from branch_console.rules.eligibility.sentences import (
    condition_phrase,
    freshness_phrase,
    helper_phrase,
    standing_phrase,
)
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.words import moment, money

OLD: Final = timedelta(hours=24)
_UNSAID: Final = frozenset({"risk", "open_hold", "channel", "segments_version"})
_OF_THE_COUNTER: Final = frozenset({"stock", "velocity", "quantity_left", "budget_left", "claimed", "calendar"})


def offer_line(line: Weighed, checked_scene: Scene, names: Names, group: str = "") -> OfferLine:
    """One line of the list."""
    campaign = line.campaign
    return OfferLine(
        campaign=campaign.id,
        version=campaign.version,
        title=campaign.title.get(language()),
        verdict=line.judged.verdict,
        verdict_words=names.said(verdict_phrase(line.judged.verdict)),
        sentence=sentence(line, names),
        reward=names.reward(campaign),
        left=_left(line, checked_scene, names),
        until=campaign.runs.ends.isoformat(),
        choice_group=group,
    )


def offer_lines(checked: Checked, names: Names) -> tuple[OfferLine, ...]:
    """All campaigns, best first; those that tie share a group."""
    lines = []
    for line in checked.lines:
        choice = checked.resolution.choice_of(line.campaign.id)
        group = "" if choice is None else choice.campaigns[0]
        lines.append(offer_line(line, checked.scene, names, group))
    return tuple(lines)


def sentence(line: Weighed, names: Names) -> str:
    """Why, or the nearest way to qualify, in one sentence."""
    judged = line.judged
    if judged.verdict == "SUPERSEDED":
        by = t("gift.join").join(names.campaign(each) for each in line.lost_to)
        judged = judged._replace(params={**judged.params, "by": by})
    return names.said(reason_phrase(judged))


def path_words(line: Weighed, names: Names) -> str:
    """The nearest way to qualify; empty when there is none."""
    return "" if line.judged.path is None else names.said(path_phrase(line.judged.path))


def stacking_words(line: Weighed, checked: Checked, names: Names) -> tuple[str, ...]:
    """`Lost to X because …`, and ties."""
    said = []
    lost = checked.resolution.lost.get(line.campaign.id)
    if lost is not None:
        by = t("gift.join").join(names.campaign(each) for each in lost.to)
        said.append(t(f"gift.stacking.{lost.why}", by=by))
    choice = checked.resolution.choice_of(line.campaign.id)
    if choice is not None:
        others = [names.campaign(each) for each in choice.campaigns if each != line.campaign.id]
        said.append(t("gift.stacking.choice", others=t("gift.join").join(others), places=choice.places))
    return tuple(said)


def node_view(node: Node, names: Names, booth: Booth) -> NodeView:
    """The reasons as a tree; `good` has the polarity in it."""
    return NodeView(
        good=good(node),
        text=names.said(condition_phrase(node)),
        gap=names.said(standing_phrase(node)),
        freshness=names.said(freshness_phrase(node, booth.store.identity.zone)),
        fixable=names.said(helper_phrase(node)),
        children=tuple(node_view(each, names, booth) for each in node.children),
    )


def bare_view(node: Node, names: Names) -> NodeView:
    """The conditions as they are, without a person."""
    children = tuple(bare_view(each, names) for each in node.children)
    return NodeView(good=None, text=names.said(condition_phrase(node)), children=children)


def fact_lines(book: FactBook, booth: Booth, names: tuple[str, ...] | None = None) -> tuple[FactLine, ...]:
    """The facts of the customer (of these names, None: all), and how fresh each is. Risk is not told."""
    lines = []
    for name, fact in sorted(book.raw.items()):
        family = name.partition(".")[0]
        if name in _UNSAID or family in _OF_THE_COUNTER or (names is not None and name not in names):
            continue
        lines.append(
            FactLine(
                name=_fact_name(name),
                value=_value(name, fact, book),
                source=t(f"gift.source.{fact.source}"),
                as_of=moment(fact.as_of, booth.store.identity.zone, book.now),
                stale=_stale(fact, book.now),
            )
        )
    return tuple(lines)


def _stale(fact: Fact, now: datetime) -> bool:
    return fact.as_of is not None and now - fact.as_of > OLD


def _fact_name(name: str) -> str:
    family, _, rest = name.partition(".")
    if family in {"claims", "consent"} and known(f"gift.fact.{name}"):
        return t(f"gift.fact.{name}")
    return t(f"gift.fact.{family}") + (f" {rest}" if rest else "")


def _value(name: str, fact: Fact, book: FactBook) -> str:
    value: Any = fact.value
    if name == "payments":
        spent = sum(row["fen"] for row in value if row["kind"] == "spend")
        return t("gift.fact.payments.value", n=len(value), amount=money(spent))
    if name == "points":
        return str(value["spendable"])
    if isinstance(value, bool):
        return t("gift.fact.yes") if value else t("gift.fact.no")
    if value is None:
        return t("gift.fact.no")
    if isinstance(value, list):
        plain = all(isinstance(each, str) for each in value)
        return t("gift.join").join(value) if plain and value else str(len(value))
    del book
    return str(value)


def _left(line: Weighed, scene: Scene, names: Names) -> str:
    """What is left of the campaign, and how many of its items are in reach."""
    here, campaign, parts = scene.campaigns.get(line.campaign.id), line.campaign, []
    if here is not None and here.left_count is not None:
        parts.append(t("gift.left.count", n=here.left_count))
    elif here is not None and here.left_fen is not None:
        parts.append(t("gift.left.budget", amount=money(here.left_fen)))
    for sku in campaign.skus:
        fact = scene.raw.get(f"stock.{sku}")
        if fact is not None:
            parts.append(t("gift.left.stock", item=names.item(sku), n=fact.value))
    return t("gift.join").join(parts)
