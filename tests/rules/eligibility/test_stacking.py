"""Stacking: one answer whatever the order of asking, a reason for every loser, no choice hidden from the customer."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility.stacking import Choice, Lost, Offer, Resolution, combinable, resolve

END = date(2026, 12, 31)
NAMES = ["a", "b", "c", "d", "e", "f", "g"]


def offer(name: str, priority: int = 0, value: int = 100, group: str | None = "g", most: int = 1, *with_: str) -> Offer:
    return Offer(name, group, most, priority, value, END, frozenset(with_))


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [
        Offer(
            name,
            draw(st.sampled_from([None, "g", "h"])),
            draw(st.integers(1, 3)),
            draw(st.integers(0, 2)),
            draw(st.sampled_from([100, 200])),
            END - timedelta(days=draw(st.integers(0, 2))),
            draw(st.frozensets(st.sampled_from(NAMES), max_size=3)),
        )
        for name in names
    ]


def test_without_a_group_nothing_is_lost() -> None:
    found = resolve([offer("a", group=None), offer("b", group=None), offer("c", 9)])
    assert found == Resolution(won=("c", "a", "b"))


def test_priority_then_value_to_the_customer() -> None:
    found = resolve([offer("a", 1, 500), offer("b", 2, 100), offer("c", 2, 300)])
    assert found.won == ("c",)
    assert found.lost == {"b": Lost(("c",), "same_group"), "a": Lost(("c",), "same_group")}


def test_end_and_id_only_order_what_wins() -> None:
    first = replace(offer("z", group=None), until=END - timedelta(days=1))
    assert resolve([offer("a", group=None), first, offer("b", group=None)]).won == ("z", "a", "b")


def test_a_tie_is_the_customers_choice() -> None:
    found = resolve([offer("b"), offer("a"), offer("c", 0, 50)])
    assert found.won == ()
    assert found.choices == (Choice(("a", "b"), 1),)
    assert found.lost == {"c": Lost(("a", "b"), "same_group")}
    assert found.choice_of("a") == found.choices[0]
    assert found.choice_of("c") is None


def test_after_the_choice_the_rest_is_decided() -> None:
    found = resolve([offer("a"), offer("c", 0, 50)], taken=[offer("b")])
    assert found.lost == {"a": Lost(("b",), "same_group"), "c": Lost(("b",), "same_group")}


def test_a_tie_that_fits_is_no_choice() -> None:
    found = resolve([offer("a", most=2), offer("b", most=2), offer("c", 0, 50, "g", 2)])
    assert found == Resolution(won=("a", "b"), lost={"c": Lost(("a", "b"), "same_group")})


def test_three_tie_for_two_places() -> None:
    found = resolve([offer(name, most=2) for name in "abc"] + [offer("d", 0, 50, "g", 2)])
    assert found.choices == (Choice(("a", "b", "c"), 2),)
    assert found.lost == {"d": Lost(("a", "b", "c"), "choose_first")}


def test_named_partners_only() -> None:
    found = resolve([offer("a", 3, 100, "g", 3, "c"), offer("b", 2, 100, "g", 3), offer("c", 1, 100, "g", 3, "a")])
    assert found.won == ("a", "c")
    assert found.lost == {"b": Lost(("a",), "not_combinable")}


def test_ties_that_do_not_combine_are_a_choice() -> None:
    found = resolve([offer("a", 0, 100, "g", 3, "x"), offer("b", 0, 100, "g", 3)])
    assert found.choices == (Choice(("a", "b"), 3),)


def test_the_strictest_maximum_counts() -> None:
    assert resolve([offer("a", 2, most=3), offer("b", 1, most=1)]).lost == {"b": Lost(("a",), "same_group")}


@given(offers(), st.randoms())
def test_the_order_of_asking_never_matters(given_offers: list[Offer], random: object) -> None:
    shuffled = list(given_offers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled) == resolve(given_offers)


@given(offers())
def test_every_offer_has_exactly_one_fate(given_offers: list[Offer]) -> None:
    found = resolve(given_offers)
    fates = Counter([*found.won, *found.lost, *(name for choice in found.choices for name in choice.campaigns)])
    assert fates == Counter(each.campaign for each in given_offers)


@given(offers())
def test_what_wins_goes_together_and_nothing_more_would(given_offers: list[Offer]) -> None:
    by_name = {each.campaign: each for each in given_offers}
    found = resolve(given_offers)
    won = [by_name[name] for name in found.won]
    assert together(won)
    for name, lost in found.lost.items():
        group = by_name[name].group
        assert lost.to
        assert all(by_name[each].group == group for each in lost.to)
        if group not in {by_name[choice.campaigns[0]].group for choice in found.choices}:
            assert not together([*won, by_name[name]])


@given(offers())
def test_nobody_is_passed_over_for_a_worse_offer(given_offers: list[Offer]) -> None:
    """Whoever stands in the way has at least the same priority, and at equal priority at least the same value."""
    by_name = {each.campaign: each for each in given_offers}
    for name, lost in resolve(given_offers).lost.items():
        for winner in lost.to:
            one, other = by_name[winner], by_name[name]
            assert (one.priority, one.value_fen) > (other.priority, other.value_fen)


@given(offers(), st.data())
def test_choices_tie_and_end(given_offers: list[Offer], data: st.DataObject) -> None:
    """However the customer chooses: what had won stays won, and at last nothing is left to choose."""
    by_name = {each.campaign: each for each in given_offers}
    left, taken = list(given_offers), list[Offer]()
    found = resolve(left)
    while found.choices:
        members = found.choices[0].campaigns
        assert len({(by_name[name].priority, by_name[name].value_fen) for name in members}) == 1
        chosen = by_name[data.draw(st.sampled_from(members))]
        left.remove(chosen)
        taken.append(chosen)
        before, found = found, resolve(left, taken)
        assert set(before.won) <= set(found.won)
        assert together([*taken, *(by_name[name] for name in found.won)])


def together(chosen: list[Offer]) -> bool:
    """Whether these may all be had, by the definition."""
    for group in {each.group for each in chosen if each.group}:
        members = [each for each in chosen if each.group == group]
        if len(members) > min(each.max_per_group for each in members):
            return False
        if not all(combinable(one, other) for one, other in combinations(members, 2)):
            return False
    return True
