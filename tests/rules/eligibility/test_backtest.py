"""The backtest agrees with the check at the counter, person by person, and counts what it says it counts."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.rules.eligibility.backtest import Backtest, backtest
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import good, leaves
from branch_console.rules.eligibility.paths import wanting
from tests.rules.eligibility.strategies import NOW, campaign_of, campaigns, partial, worlds

SPEND = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}
TWICE = {"type": "txn_count_in_window", "window": "days", "days": 30, "at_least": 2}
ADULT = {"type": "age_between", "min": 18}
STOCK = {"type": "stock", "skus": ["OIL-5L"]}
GIFT = {"kind": "gift", "choices": [{"sku": "OIL-5L", "quantity": 2}, {"sku": "RICE-5KG"}]}


def person(fen: int | None = 60_000, born: str = "2000-01-01", times: int = 1) -> dict[str, Fact]:
    each: dict[str, Any] = {"on": "2026-11-10", "merchant": "m", "mcc": "5411", "kind": "spend"}
    facts: dict[str, Any] = {"born": born}
    if fen is not None:
        facts["payments"] = [{**each, "fen": fen // times} for _ in range(times)]
    return {name: Fact(value, NOW, "server") for name, value in facts.items()}


def test_counts_costs_and_needs() -> None:
    campaign = campaign_of({"type": "all", "of": [SPEND, ADULT, STOCK]}, reward=GIFT, quantity=2, budget_fen=12_000)
    child = "2020-01-01"
    people = [person(), person(), person(), person(38_000), person(38_000, child), person(born=child), person(None)]
    found = backtest(campaign, people, now=NOW, stock={"OIL-5L": 3, "UMBRELLA": 9})
    assert (found.people, found.eligible, found.unknown, found.near_misses) == (7, 3, 1, 1)
    assert (found.cost_fen, found.budget_fen, found.over_budget) == (15_000, 12_000, True)
    assert (found.needed, found.stock) == ({"OIL-5L": 6, "RICE-5KG": 3}, {"OIL-5L": 3, "RICE-5KG": 0})
    assert found.short
    assert [(each.key, each.fails, each.near) for each in found.failing] == [("rule.of.0", 2, 1), ("rule.of.1", 2, 0)]
    assert (found.failing[0].node.code, found.failing[0].node.gap) == ("spend_in_window", 12_000)


def test_without_a_budget_the_quantity_is_one() -> None:
    campaign = campaign_of(ADULT, quantity=10, budget_fen=None)
    found = backtest(campaign, [person()], now=NOW)
    assert (found.budget_fen, found.over_budget, found.short) == (50_000, False, True)
    assert backtest(campaign_of(ADULT, quantity=None, budget_fen=None), [person()], now=NOW).budget_fen is None


def test_one_of_two_ways_is_a_near_miss_of_the_easier() -> None:
    campaign = campaign_of({"type": "all", "of": [ADULT, {"type": "any", "of": [SPEND, TWICE]}]})
    found = backtest(campaign, [person(49_000)], now=NOW)
    assert {each.key: (each.fails, each.near) for each in found.failing} == {
        "rule.of.1.of.0": (1, 1),
        "rule.of.1.of.1": (1, 0),
    }


def test_one_condition_in_two_places_is_one_miss() -> None:
    campaign = campaign_of({"type": "all", "of": [SPEND, {"type": "all", "of": [SPEND, ADULT]}]})
    found = backtest(campaign, [person(49_000)], now=NOW)
    assert {each.key: (each.fails, each.near) for each in found.failing} == {
        "rule.of.0": (1, 1),
        "rule.of.1.of.0": (1, 0),
    }


def test_what_fails_under_a_not_is_what_holds() -> None:
    campaign = campaign_of({"type": "not", "of": {"type": "any", "of": [SPEND, TWICE]}})
    found = backtest(campaign, [person(60_000), person(1, times=1)], now=NOW)
    assert (found.eligible, found.near_misses) == (1, 0)
    assert [(each.key, each.fails) for each in found.failing] == [("rule.of.of.0", 1)]


def test_nobody_and_before_the_start() -> None:
    empty = backtest(campaign_of(ADULT), [], now=NOW)
    assert (empty.people, empty.failing, empty.short) == (0, (), False)
    later = campaign_of(ADULT, runs={"from": NOW.date().replace(month=12), "to": NOW.date().replace(month=12)})
    assert [each.key for each in backtest(later, [person()], now=NOW).failing] == ["runs"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_agrees_with_the_counter(data: st.DataObject) -> None:
    campaign = data.draw(campaigns())
    world = data.draw(worlds())
    people = [world, data.draw(partial(world)), data.draw(partial(world))]
    alone = [agrees(campaign, each, backtest(campaign, [each], now=NOW)) for each in people]
    together = backtest(campaign, people, now=NOW)
    assert together.near_misses == sum(each.near_misses for each in alone)
    assert together.eligible == sum(each.eligible for each in alone)
    fails = Counter[str]()
    for one in alone:
        fails.update({each.key: each.fails for each in one.failing})
    assert {each.key: each.fails for each in together.failing} == fails


def agrees(campaign: Campaign, facts: Mapping[str, Fact], found: Backtest) -> Backtest:
    compiled, book = compile_campaign(campaign), FactBook(facts, NOW)
    answer = compiled.fast(book)
    assert (found.eligible, found.unknown) == (int(answer is True), int(answer is None))
    node = compiled.explain(book)
    bad = [leaf for leaf in leaves(node) if good(leaf) is False]
    assert bool(found.failing) is (answer is False)
    assert sum(each.fails for each in found.failing) <= len(bad)
    assert all(good(each.node) is False for each in found.failing)
    if answer is False:
        missing = wanting(node)
        alone = len(missing) == 1 and missing[0].fixable == "customer"
        assert found.near_misses == int(alone)
    return found


@pytest.mark.parametrize("as_book", [True, False])
def test_books_and_raw_facts_are_the_same(as_book: bool) -> None:
    campaign = campaign_of({"type": "all", "of": [SPEND, ADULT]})
    people = [person(), person(1)]
    given_people = [FactBook(each, NOW) for each in people] if as_book else people
    assert backtest(campaign, given_people, now=NOW) == backtest(campaign, people, now=NOW)
