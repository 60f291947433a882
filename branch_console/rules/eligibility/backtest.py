"""What a campaign would have meant for many people: who may have it, what it costs, what it fails on, what is needed.

`backtest(campaign, people, now=…, stock=…)`; people are raw facts or books of facts. It asks the same probes as the
check at the counter, and agrees with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from branch_console.rules.eligibility.book import SHANGHAI, FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign, whole_rule
from branch_console.rules.eligibility.conditions import STRUCTURAL, All, Condition, Not, children
from branch_console.rules.eligibility.facts import Fact, Raw
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.paths import wanting
from branch_console.rules.eligibility.probe_base import LeafProbe
from branch_console.rules.eligibility.rewards import GiftReward


@dataclass(frozen=True, slots=True)
class Failing:
    """One leaf condition: how many of those who may not have the reward fail it; how many only this one keeps from it.

    `key` is its place in the document, `node` the explanation of one customer who fails it.
    """

    key: str
    node: Node
    fails: int
    near: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """`near_misses` are one condition short, and can meet it themselves. Amounts in fen.

    `cost_fen` is of all who may have it, whether or not the campaign has so many; `budget_fen` None: no cap. `needed`
    says of each item how many it takes if everybody chooses it, `stock` what is there.
    """

    people: int
    eligible: int
    unknown: int
    near_misses: int
    cost_fen: int
    budget_fen: int | None
    failing: tuple[Failing, ...]
    needed: Mapping[str, int]
    stock: Mapping[str, int]

    @property
    def over_budget(self) -> bool:
        """Whether not all of them could be paid."""
        return self.budget_fen is not None and self.cost_fen > self.budget_fen

    @property
    def short(self) -> bool:
        """Whether the goods do not suffice even if everybody takes what there is most of."""
        return bool(self.needed) and max(self.needed.values()) > sum(self.stock.values())


class _Leaf(NamedTuple):
    key: str
    probe: LeafProbe[Any]
    polarity: bool


class _Part(NamedTuple):
    """One of the conditions that must all hold. `whole` asks one that combines others; None: it is the leaf itself."""

    leaves: tuple[_Leaf, ...]
    whole: Compiled | None

    def node(self, book: FactBook) -> Node:
        """Why it holds or not."""
        if self.whole is None:
            return book.without_not[self.leaves[0].probe]
        return self.whole.explain(book).children[1]  # the first is the time that the campaign runs


def backtest(
    campaign: Campaign,
    people: Iterable[Raw | FactBook],
    *,
    now: datetime,
    stock: Mapping[str, int] | None = None,
    zone: tzinfo = SHANGHAI,
) -> Backtest:
    """Ask everybody. `now` and `zone` are for raw facts; `stock` (SKU → pieces) stands in for their facts of stock."""
    there = dict(stock or {})
    shared = {f"stock.{sku}": Fact(pieces, now, "local") for sku, pieces in there.items()}
    tally = _Tally(_parts(campaign))
    for each in people:
        tally.ask(each if isinstance(each, FactBook) else FactBook({**each, **shared}, now, zone))
    budget = campaign.budget_fen
    if budget is None and campaign.quantity is not None:
        budget = campaign.quantity * campaign.unit_cost_fen
    choices = campaign.reward.choices if isinstance(campaign.reward, GiftReward) else []
    return Backtest(
        people=tally.people,
        eligible=tally.eligible,
        unknown=tally.unknown,
        near_misses=sum(tally.near.values()),
        cost_fen=tally.eligible * campaign.unit_cost_fen,
        budget_fen=budget,
        failing=tally.failing(),
        needed={each.sku: each.quantity * tally.eligible for each in choices},
        stock={each.sku: there.get(each.sku, 0) for each in choices},
    )


class _Tally:
    """The counts while people are asked."""

    def __init__(self, parts: list[_Part]) -> None:
        self._asked = [(part.leaves[0].probe if part.whole is None else None, part) for part in parts]
        self.people = self.eligible = self.unknown = 0
        self.fails: Counter[str] = Counter()
        self.near: Counter[str] = Counter()
        self._shown: dict[str, Node] = {}

    def ask(self, book: FactBook) -> None:
        """One person: all parts are asked, so that everything that fails is counted."""
        statuses = book.statuses
        failed: list[_Part] = []
        unknown = False
        for probe, part in self._asked:
            found = statuses[probe] if probe is not None else part.whole.fast(book)  # type: ignore[union-attr]
            if found is None:
                unknown = True
            elif not found:
                failed.append(part)
        self.people += 1
        if not failed:
            self.unknown += unknown
            self.eligible += not unknown
            return
        for part in failed:
            self._count(part, book)
        if len({part.leaves[0].probe for part in failed if part.whole is None}) <= 1:
            self._count_near(failed, book)

    def _count(self, part: _Part, book: FactBook) -> None:
        for key, probe, polarity in part.leaves:
            if book.statuses[probe] is not polarity and book.statuses[probe] is not None:
                self.fails[key] += 1
                if key not in self._shown:
                    self._shown[key] = (book.without_not if polarity else book.with_not)[probe]

    def _count_near(self, failed: list[_Part], book: FactBook) -> None:
        """Whether one leaf that the customer can meet is all that is missing."""
        missing = {id(step): step for part in failed for step in wanting(part.node(book))}
        if len(missing) != 1:
            return
        (step,) = missing.values()
        if step.fixable != "customer":
            return
        for key, probe, polarity in (leaf for part in failed for leaf in part.leaves):
            if (book.without_not if polarity else book.with_not)[probe] is step:
                self.near[key] += 1
                return

    def failing(self) -> tuple[Failing, ...]:
        """What most fail, first."""
        order = sorted(self.fails, key=lambda key: (-self.fails[key], key))
        return tuple(Failing(key, self._shown[key], self.fails[key], self.near[key]) for key in order)


def _parts(campaign: Campaign) -> list[_Part]:
    """The conditions that must all hold, the time that the campaign runs among them."""
    probes = compile_campaign(campaign).probes
    runs = children(whole_rule(campaign))[0]
    rule = campaign.rule
    top = {f"rule.of.{place}": each for place, each in enumerate(rule.of)} if isinstance(rule, All) else {"rule": rule}
    found = [_Part((_leaf("runs", runs, probes, True),), None)]
    for key, each in top.items():
        if each == runs:
            continue
        if isinstance(each, STRUCTURAL):
            whole = compile_campaign(campaign.model_copy(update={"rule": _wrapped(each)}))
            found.append(_Part(tuple(_leaves(each, key, probes, True)), whole))
        else:
            found.append(_Part((_leaf(key, each, probes, True),), None))
    return found


def _wrapped(part: Condition) -> Condition:
    """A part as a rule of its own whose explanation has it as one child."""
    return All.model_construct(type="all", of=[part])


def _leaf(key: str, leaf: Condition, probes: tuple[LeafProbe[Any], ...], polarity: bool) -> _Leaf:
    return _Leaf(key, next(each for each in probes if each.condition == leaf), polarity)


def _leaves(condition: Condition, key: str, probes: tuple[LeafProbe[Any], ...], polarity: bool) -> Iterable[_Leaf]:
    """The leaves inside, with their places in the document."""
    if not isinstance(condition, STRUCTURAL):
        yield _leaf(key, condition, probes, polarity)
        return
    for number, each in enumerate(children(condition)):
        inner = f"{key}.of" if isinstance(condition, Not) else f"{key}.of.{number}"
        yield from _leaves(each, inner, probes, polarity is not isinstance(condition, Not))
