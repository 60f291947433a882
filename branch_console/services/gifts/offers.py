"""A campaign for a customer as screens show it: verdict in words, reasons as a tree, what is left."""

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked, Weighed
from branch_console.desk.gifts.scene import Scene
from branch_console.gift_views import NodeView, OfferLine
from branch_console.locale import language, t
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
from branch_console.services.gifts.words import money


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
    """The nearest way to qualify; empty when there is none, or when it is to ask central, as the verdict says too."""
    path = line.judged.path
    if path is None or (path.steps and all(step.fixable == "sync" for step in path.steps)):
        return ""
    return names.said(path_phrase(path))


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
