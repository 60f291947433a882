"""`relaxes` never calls a change favourable that is worse for anybody: by hand, and by random edits and customers."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.relaxing import relaxes
from tests.rules.eligibility.rule_help import ADULT, LIVING, ONCE, SPEND, Raw, lack, rule
from tests.rules.eligibility.strategies import ID, NOW, SAMPLE, campaign_of, conditions, leaves, worlds

RULE: Raw = {"type": "all", "of": [ONCE, SPEND, LIVING, ADULT]}


def old(**fields: Any) -> Campaign:
    return campaign_of(RULE, **fields)


RUNS = SAMPLE["runs"]
LEASE: Raw = {
    "mode": "lease", "lease_per_terminal": 5, "per_terminal": 5, "per_staff": 5, "per_campaign": 5,
    "most_value_fen": 6_000,
}  # fmt: skip


@pytest.mark.parametrize(
    "better",
    [
        {},
        {"title": {"zh": "新", "en": "new"}},
        {"quantity": 301},
        {"quantity": None},
        {"budget_fen": None},
        {"unit_cost_fen": 4_000},
        {"runs": {**RUNS, "to": date(2026, 12, 31)}},
        {"runs": {**RUNS, "from": date(2026, 10, 1)}},
        {"reward": {"kind": "gift", "choices": [{"sku": "RICE-5KG"}, {"sku": "OIL-5L", "quantity": 2}]}},
        {"unit_value_fen": 9_000},
        {"approval_threshold_fen": 1},
        {"hold_minutes": 60},
        {"offline": {"mode": "voucher"}},
        {"offline": LEASE},
        {"disclosure": {**SAMPLE["disclosure"], "times": {"zh": "字。多", "en": "words. More"}}},
        {"tax_treatment": "none"},
        {"rule": rule(ONCE, SPEND, ADULT)},
        {"rule": rule(ONCE, {**SPEND, "at_least_fen": 1}, LIVING, ADULT, RULE["of"][0])},
    ],
)
def test_favourable(better: Raw) -> None:
    new = Campaign.model_validate({**SAMPLE, "rule": RULE, **better, "version": 2})
    assert relaxes(old(), new).reasons == ()
    assert relaxes(old(), new).yes


@pytest.mark.parametrize(
    ("worse", "key", "code"),
    [
        ({"id": "other"}, "id", "other_campaign"),
        ({"identity": "phone"}, "identity", "identity"),
        ({"quantity": 299}, "quantity", "fewer"),
        ({"budget_fen": 1_499_999}, "budget_fen", "less_budget"),
        ({"unit_cost_fen": 5_001}, "unit_cost_fen", "budget_goes_faster"),
        ({"unit_value_fen": 5_999}, "unit_value_fen", "worth_less"),
        ({"runs": {**RUNS, "to": date(2026, 11, 29)}}, "runs.to", "ends_earlier"),
        ({"runs": {**RUNS, "from": date(2026, 11, 2)}}, "runs.from", "begins_later"),
        ({"reward": {"kind": "gift", "choices": [{"sku": "RICE-5KG"}]}}, "reward", "reward"),
        ({"reward": {"kind": "points", "points": 100_000}}, "reward", "reward"),
        ({"hold_minutes": 29}, "hold_minutes", "hold_shorter"),
        (
            {"disclosure": {**SAMPLE["disclosure"], "times": {"zh": "字", "en": "other"}}},
            "disclosure.times",
            "disclosure",
        ),
        ({"tax_treatment": "incidental_income"}, "tax_treatment", "tax"),
        ({"prize_mode": "lottery", "top_prize_fen": 6_000}, "prize_mode", "prize"),
        ({"group": "g"}, "group", "group"),
        ({"rule": rule(ONCE, {**SPEND, "at_least_fen": 50_001}, LIVING, ADULT)}, "rule.of.1", "condition"),
        ({"rule": rule(ONCE, {**SPEND, "max_age": 24}, LIVING, ADULT)}, "rule.of.1", "condition"),
        ({"rule": rule(*RULE["of"], {"type": "not_insider"})}, "rule.of.4", "condition"),
        ({"rule": SPEND | {"days": 29}}, "rule", "condition"),
    ],
)
def test_not_proved(worse: Raw, key: str, code: str) -> None:
    new = Campaign.model_validate({**SAMPLE, "rule": RULE, **worse, "version": 2})
    found = relaxes(old(), new)
    assert not found.yes
    assert (key, code) in {(each.key, each.code) for each in found.reasons}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ({"offline": LEASE}, {"offline": {"mode": "voucher"}}, {"offline_less"}),
        ({"offline": LEASE}, {"offline": {**LEASE, "mode": "provisional"}}, {"offline_less"}),
        ({"offline": LEASE}, {"offline": {**LEASE, "per_staff": 4}}, {"offline_less"}),
        ({"offline": LEASE}, {"offline": LEASE, "unit_value_fen": 6_001}, {"offline_less"}),
        ({"offline": LEASE}, {"offline": {**LEASE, "lease_per_terminal": 6}}, set()),
        ({"offline": {"entitlements": True}}, {}, {"offline_less"}),
        ({"group": "g"}, {"group": "g", "max_per_group": 2}, set()),
        ({"group": "g", "max_per_group": 2}, {"group": "g"}, {"group_less"}),
        ({"group": "g"}, {"group": "g", "priority": 5}, {"group_order"}),
        ({"group": "g"}, {"group": "g", "unit_value_fen": 7_000}, {"group_order"}),
        ({"group": "g"}, {"group": "g", "combinable_with": ["x"]}, {"group_partners"}),
        ({"priority": 1}, {"priority": 2}, set()),
        ({"quantity": None}, {}, {"fewer"}),
        ({"budget_fen": None}, {}, {"less_budget"}),
        (
            {"prize_mode": "lottery", "top_prize_fen": 6_000},
            {"prize_mode": "lottery", "top_prize_fen": 5_999},
            {"prize"},
        ),
    ],
)
def test_from_another_beginning(before: Raw, after: Raw, codes: set[str]) -> None:
    new = Campaign.model_validate({**SAMPLE, "rule": RULE, **after, "version": 2})
    assert {each.code for each in relaxes(old(**before), new).reasons} == codes


def test_an_earlier_beginning_counts_other_payments() -> None:
    counting = {**SPEND, "window": "campaign", "days": None}
    earlier = {"runs": {**RUNS, "from": date(2026, 10, 1)}}
    assert {each.code for each in relaxes(campaign_of(counting), campaign_of(counting, **earlier)).reasons} == {
        "window_moves"
    }


def test_without_a_quantity_the_whole_is_counted_otherwise() -> None:
    whole = {**ONCE, "scope": "campaign", "cap": 300}
    assert {each.code for each in relaxes(campaign_of(whole), campaign_of(whole, quantity=None)).reasons} == {
        "counted_otherwise"
    }


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"kind": "points", "points": 1}, {"kind": "points", "points": 2}),
        ({"kind": "cash", "fen": 1}, {"kind": "cash", "fen": 2}),
        ({"kind": "fee_waiver", "fen": 1, "months": 1}, {"kind": "fee_waiver", "fen": 1, "months": 2}),
        ({"kind": "cashback", "percent_bp": 1, "most_fen": 1}, {"kind": "cashback", "percent_bp": 2, "most_fen": 1}),
        (
            {"kind": "voucher", "partner": {"zh": "甲", "en": "A"}, "value_fen": 1},
            {"kind": "voucher", "partner": {"zh": "甲", "en": "A"}, "value_fen": 2},
        ),
    ],
)
def test_rewards_of_every_kind(less: Raw, more: Raw) -> None:
    assert relaxes(old(reward=less), old(reward=more)).yes
    assert {each.code for each in relaxes(old(reward=more), old(reward=less)).reasons} == {"reward"}


# Random edits: any part of a tree is changed a little, dropped, doubled, wrapped, or another is put beside it.


def edits(raw: Raw) -> st.SearchStrategy[Raw]:
    here: list[st.SearchStrategy[Raw]] = [
        st.just(raw),
        leaves().map(lambda leaf: rule(raw, leaf, type_="any")),
    ]
    if raw["type"] == "not":
        return st.one_of(*here, edits(raw["of"]).map(lack))
    if not isinstance(raw.get("of"), list):
        return st.one_of(nudged(raw), *here)
    parts = raw["of"]

    def put(number: int) -> Callable[[Raw], Raw]:
        return lambda new: with_parts(raw, [*parts[:number], new, *parts[number + 1 :]])

    for number in range(len(parts)):
        here.append(edits(parts[number]).map(put(number)))
        if len(parts) > 1:
            here.append(st.just(with_parts(raw, parts[:number] + parts[number + 1 :])))
    here.append(leaves().map(lambda leaf: with_parts(raw, [*parts, leaf])))
    here.append(st.sampled_from(["all", "any"]).map(lambda name: rule(*parts, type_=name)))
    return st.one_of(*here)


def with_parts(raw: Raw, parts: list[Raw]) -> Raw:
    if "n" in raw:
        return {**raw, "of": parts, "n": min(raw["n"], len(parts))}
    return {**raw, "of": parts}


def with_field(raw: Raw, name: str) -> Callable[[int], Raw]:
    return lambda value: {**raw, name: value}


def mixed(several: list[dict[str, Fact]], random: Random) -> dict[str, Fact]:
    """A customer with something of each; facts about the same thing stay together, and some are not known."""
    found: dict[str, Fact] = {}
    whose: dict[str, dict[str, Fact]] = {}
    for name in several[0]:
        about = "claims" if name.startswith("claim") else "age" if name in {"born", "age_band"} else name
        about = "claims" if name.startswith("quantity_left") else about
        world = whose.setdefault(about, random.choice(several))
        if random.random() > 0.05:
            found[name] = world[name]
    return found


def nudged(raw: Raw) -> st.SearchStrategy[Raw]:
    """The leaf with one field a little more or less."""
    found: list[st.SearchStrategy[Raw]] = []
    for name, value in raw.items():
        if type(value) is int:
            found.append(st.sampled_from([value - 1, value + 1, value // 2, value * 2]).map(with_field(raw, name)))
        elif isinstance(value, date):
            found += [st.just({**raw, name: value + timedelta(days=days)}) for days in (-3, 3)]
        elif isinstance(value, list) and len(value) > 1:
            found.append(st.just({**raw, name: value[1:]}))
    if "max_age" in raw:
        found.append(st.just({name: value for name, value in raw.items() if name != "max_age"}))
    return st.one_of(found) if found else st.just(raw)


TERMS: st.SearchStrategy[Raw] = st.one_of(
    st.just({}),
    st.sampled_from([{"quantity": 310}, {"quantity": None}, {"budget_fen": 1_600_000}, {"identity": "phone"}]),
    st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(
        lambda by: {"runs": {"from": RUNS["from"] + timedelta(days=by[0]), "to": RUNS["to"] + timedelta(days=by[1])}}
    ),
)


def seen_by(new: Campaign, world: Mapping[str, Fact]) -> dict[str, Fact]:
    """The same customer under the new version: what is left of the campaign has risen with its caps."""
    raised = {
        f"quantity_left.{ID}": (new.quantity or 300) - 300,
        f"budget_left.{ID}": (new.budget_fen or 0) - 1_500_000,
    }
    return {
        name: fact._replace(value=fact.value + raised[name]) if name in raised else fact for name, fact in world.items()
    }


def valid(raw: Raw, **terms: Any) -> Campaign | None:
    try:
        found = campaign_of(raw, **terms)
    except ValueError:
        return None
    return None if found.problems() else found


def test_no_counter_example_to_a_proof() -> None:
    """Old and new version, a customer of whom some facts are known: whoever may have the old may have the new."""
    seen: Counter[str] = Counter()

    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    @given(st.data(), st.integers(0))
    def search(data: st.DataObject, seed: int) -> None:
        random = Random(seed)
        raw = data.draw(conditions(2) | leaves())
        change = nudged if data.draw(st.booleans()) and not isinstance(raw.get("of"), list) else edits
        edited, terms = data.draw(change(raw)), data.draw(TERMS)
        before, after = campaign_of(raw), valid(edited, **terms)
        if before.problems() or after is None:
            return
        if not relaxes(before, after).yes:
            seen["not proved"] += 1
            return
        seen["proved"] += 1
        had, has = compile_campaign(before), compile_campaign(after)
        drawn = [data.draw(worlds()) for _ in range(2)]
        for facts in [*drawn, *(mixed(drawn, random) for _ in range(50))]:
            if had.fast(FactBook(facts, NOW)):
                seen["satisfied"] += 1
                assert has.fast(FactBook(seen_by(after, facts), NOW)), (raw, edited)

    search()
    assert seen["proved"] > 10, seen
    assert seen["not proved"] > 10, seen
    assert seen["satisfied"] > 100, seen
