"""The two forms agree; more facts never overturn an answer; `not` turns good into bad; a replay gives the same tree."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility import evidence
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import STATUSES, Node, good, leaves
from tests.rules.eligibility.help import facts
from tests.rules.eligibility.strategies import NOW, campaign_of, campaigns, conditions, partial, worlds

some_facts = worlds().flatmap(partial)
world_and_part = worlds().flatmap(lambda world: st.tuples(st.just(world), partial(world)))


@given(campaigns(), some_facts)
def test_fast_and_explain_agree(campaign: Campaign, raw: dict[str, Fact]) -> None:
    compiled = compile_campaign(campaign)
    book = FactBook(raw, NOW)
    assert STATUSES[compiled.fast(book)] == compiled.explain(FactBook(raw, NOW)).status
    assert STATUSES[compiled.fast(book)] == compiled.explain(book).status  # asked in the same book too


@given(campaigns(), world_and_part)
def test_a_decided_answer_never_flips(campaign: Campaign, known: tuple[dict[str, Fact], dict[str, Fact]]) -> None:
    world, part = known
    fast = compile_campaign(campaign).fast
    before = fast(FactBook(part, NOW))
    if before is not None:
        assert fast(FactBook(world, NOW)) is before


@given(campaigns(), some_facts)
def test_the_order_of_questions_does_not_matter(campaign: Campaign, raw: dict[str, Fact]) -> None:
    compiled, other = (
        compile_campaign(campaign),
        compile_campaign(campaign_of({"type": "not", "of": {"type": "not_insider"}})),
    )
    book = FactBook(raw, NOW)
    other.explain(book)
    assert compiled.explain(book) == compiled.explain(FactBook(raw, NOW))


def parents_and_children(node: Node) -> list[tuple[Node, Node]]:
    found = [(node, child) for child in node.children]
    for child in node.children:
        found += parents_and_children(child)
    return found


@given(campaigns(), some_facts)
def test_polarity_turns_under_not_and_only_there(campaign: Campaign, raw: dict[str, Fact]) -> None:
    root = compile_campaign(campaign).explain(FactBook(raw, NOW))
    assert root.polarity
    for parent, child in parents_and_children(root):
        assert child.polarity is (not parent.polarity if parent.code == "not" else parent.polarity)
        if parent.code == "not":
            assert good(parent) is good(child)  # what is good for the one is good for the other


@given(campaigns(), some_facts)
def test_something_is_to_be_done_exactly_where_it_is_not_good(campaign: Campaign, raw: dict[str, Fact]) -> None:
    for leaf in leaves(compile_campaign(campaign).explain(FactBook(raw, NOW))):
        assert (leaf.fixable is None) is (good(leaf) is True)
        assert (leaf.fixable == "sync") is (good(leaf) is None)


@given(conditions(), some_facts)
def test_a_double_not_changes_nothing(rule: dict[str, object], raw: dict[str, Fact]) -> None:
    twice = {"type": "not", "of": {"type": "not", "of": rule}}
    once = compile_campaign(campaign_of(rule)).fast(FactBook(raw, NOW))
    assert compile_campaign(campaign_of(twice)).fast(FactBook(raw, NOW)) is once


@given(st.lists(conditions(3), min_size=1, max_size=4), some_facts)
def test_at_least_n_is_any_and_all_at_its_ends(rules: list[dict[str, object]], raw: dict[str, Fact]) -> None:
    def answer(type_: str, **number: int) -> bool | None:
        return compile_campaign(campaign_of({"type": type_, "of": rules, **number})).fast(FactBook(raw, NOW))

    assert answer("at_least_n", n=1) is answer("any")
    assert answer("at_least_n", n=len(rules)) is answer("all")


@given(campaigns(), some_facts, st.sampled_from([evidence.MOST, 500]))
def test_what_is_kept_replays(campaign: Campaign, raw: dict[str, Fact], most: int) -> None:
    """Also when there is so little room that sums stand in for payments."""
    compiled = compile_campaign(campaign)
    book = FactBook(raw, NOW)
    node = compiled.explain(book)
    text = evidence.facts_json(book, compiled, most)
    assert evidence.replay(campaign, text, NOW) == node
    assert evidence.tree_json(evidence.replay(campaign, text, NOW)) == evidence.tree_json(node)


def test_sums_are_made_once_for_all_campaigns() -> None:
    """Two hundred campaigns ask for the same sum; the payments are gone through once."""

    class Counting(list[dict[str, object]]):
        times = 0

        def __iter__(self):  # type: ignore[no-untyped-def]
            Counting.times += 1
            return super().__iter__()

    payments = Counting([{"on": "2026-11-02", "fen": 100, "merchant": "m", "mcc": "5411", "kind": "spend"}])
    book = FactBook(facts({"payments": payments}), NOW)
    for number in range(200):
        rule = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 1 + number}
        compiled = compile_campaign(campaign_of(rule, id=f"c{number}"))
        compiled.fast(book)
        compiled.explain(book)
    assert Counting.times == 1


def test_equal_conditions_are_asked_once() -> None:
    rule = {"type": "all", "of": [{"type": "not_insider"}, {"type": "any", "of": [{"type": "not_insider"}]}]}
    compiled, other = compile_campaign(campaign_of(rule)), compile_campaign(campaign_of(rule, id="other"))
    assert len(compiled.probes) == 2  # the time that it runs, and this
    assert compiled.probes[1:] == other.probes[1:]  # the very same object
    capped = {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1}
    of_one, of_other = (compile_campaign(campaign_of(capped, id=name)).probes[1] for name in ("a1", "b1"))
    assert of_one is not of_other


def test_the_time_that_a_campaign_runs_needs_no_condition() -> None:
    rule = {"type": "not_insider"}
    over = campaign_of(rule, runs={"from": date(2026, 10, 1), "to": date(2026, 11, 11)})
    book = FactBook(facts({"insider": False}), NOW)
    assert compile_campaign(over).fast(book) is False
    assert compile_campaign(campaign_of(rule)).fast(book) is True
    repeated = {"type": "all", "of": [{"type": "period", "from": date(2026, 11, 1), "to": date(2026, 11, 30)}, rule]}
    assert len(compile_campaign(campaign_of(repeated)).explain(book).children) == 2  # said once
