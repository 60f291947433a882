"""A campaign taken apart for the backtest. Names: `Leaf`, `Part`, `parts_of(campaign)`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign, whole_rule
from branch_console.rules.eligibility.conditions import STRUCTURAL, All, Condition, Not, children
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.probe_base import LeafProbe


class Leaf(NamedTuple):
    """A leaf condition: its place in the document, its probe, and whether it must hold (or, under `not`, must not)."""

    key: str
    probe: LeafProbe[Any]
    polarity: bool


class Part(NamedTuple):
    """One of the conditions that must all hold. `whole` asks one that combines others; None: it is the leaf itself."""

    leaves: tuple[Leaf, ...]
    whole: Compiled | None

    def node(self, book: FactBook) -> Node:
        """Why it holds or not."""
        if self.whole is None:
            return book.without_not[self.leaves[0].probe]
        return self.whole.explain(book).children[1]  # the first is the time that the campaign runs


def parts_of(campaign: Campaign) -> list[Part]:
    """The conditions that must all hold, the time that the campaign runs among them."""
    probes = compile_campaign(campaign).probes
    runs = children(whole_rule(campaign))[0]
    rule = campaign.rule
    top = {f"rule.of.{place}": each for place, each in enumerate(rule.of)} if isinstance(rule, All) else {"rule": rule}
    found = [Part((_leaf("runs", runs, probes, True),), None)]
    for key, each in top.items():
        if each == runs:
            continue
        if isinstance(each, STRUCTURAL):
            whole = compile_campaign(campaign.model_copy(update={"rule": _wrapped(each)}))
            found.append(Part(tuple(_leaves(each, key, probes, True)), whole))
        else:
            found.append(Part((_leaf(key, each, probes, True),), None))
    return found


def _wrapped(part: Condition) -> Condition:
    """A part as a rule of its own whose explanation has it as one child."""
    return All.model_construct(type="all", of=[part])


def _leaf(key: str, leaf: Condition, probes: tuple[LeafProbe[Any], ...], polarity: bool) -> Leaf:
    return Leaf(key, next(each for each in probes if each.condition == leaf), polarity)


def _leaves(condition: Condition, key: str, probes: tuple[LeafProbe[Any], ...], polarity: bool) -> Iterable[Leaf]:
    """The leaves inside, with their places in the document."""
    if not isinstance(condition, STRUCTURAL):
        yield _leaf(key, condition, probes, polarity)
        return
    for number, each in enumerate(children(condition)):
        inner = f"{key}.of" if isinstance(condition, Not) else f"{key}.of.{number}"
        yield from _leaves(each, inner, probes, polarity is not isinstance(condition, Not))
