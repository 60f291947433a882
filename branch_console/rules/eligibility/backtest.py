"""What a campaign would have meant for many people: who may have it, what it costs, what it fails on, what is needed.

`backtest(campaign, people, now=…, stock=…)`; people are raw facts or books of facts. It asks the same probes as the
check at the counter, and agrees with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from branch_console.rules.eligibility.backtest_parts import Leaf, Part, parts_of
from branch_console.rules.eligibility.book import SHANGHAI, FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.condition_behaviour import FirstTxn
from branch_console.rules.eligibility.facts import Fact, Raw
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.paths import wanting
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
    tally = _Tally(parts_of(campaign))
    for each in people:
        tally.ask(each if isinstance(each, FactBook) else FactBook({**each, **shared} if shared else each, now, zone))
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

    def __init__(self, parts: list[Part]) -> None:
        self._asked = [(part.leaves[0].probe.status if part.whole is None else part.whole.fast, part) for part in parts]
        self._by_customer: dict[str, bool] = {}
        self.people = self.eligible = self.unknown = 0
        self.fails: Counter[str] = Counter()
        self.near: Counter[str] = Counter()
        self._shown: dict[str, Node] = {}

    def ask(self, book: FactBook) -> None:
        """One person: all parts are asked, so that everything that fails is counted."""
        failed: list[Part] = []
        unknown = False
        for ask, part in self._asked:
            found = ask(book)
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
        if len(failed) == 1 and failed[0].whole is None:
            self._count_leaf(failed[0].leaves[0], book)
        elif len({part.leaves[0].probe for part in failed if part.whole is None}) <= 1:
            self._count_near(failed, book)

    def _count(self, part: Part, book: FactBook) -> None:
        for key, probe, polarity in part.leaves:
            if book.statuses[probe] is not polarity and book.statuses[probe] is not None:
                self.fails[key] += 1
                if key not in self._shown:
                    self._shown[key] = (book.without_not if polarity else book.with_not)[probe]

    def _count_leaf(self, leaf: Leaf, book: FactBook) -> None:
        """Whether this leaf is one that customers can meet: the same for all of them, but for a first payment."""
        able = self._by_customer.get(leaf.key)
        if able is None or isinstance(leaf.probe.condition, FirstTxn):
            able = self._by_customer[leaf.key] = book.without_not[leaf.probe].fixable == "customer"
        self.near[leaf.key] += able

    def _count_near(self, failed: list[Part], book: FactBook) -> None:
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
