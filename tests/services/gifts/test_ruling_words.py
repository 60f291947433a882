"""What central can say of a claim has words in both languages, and lists say it where a person must look."""

from itertools import product
from typing import get_args

import pytest

from branch_console.central.rulings import PERSONS, Policy, Refusal, Waiting, Why, rule
from branch_console.locale import LANGUAGES, Language, known, set_language
from branch_console.rules.eligibility.condition_limits import CapScope
from branch_console.rules.gifts.claim_entries import Outcome
from branch_console.services.gifts.board import GiftBoard
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.online import Central
from branch_console.sync.calls import CallFailed
from data.claimed_filter import ClaimedFilter
from tests.data.gifts import about, hand_over
from tests.data.world import act
from tests.desk.gifts.conftest import World, world

__all__ = ["world"]

SCOPES = [*get_args(CapScope), "quantity", "budget"]
WHYS = get_args(Why)


def whys() -> set[str]:
    """Every reason that the rule gives for anything."""
    found: set[str] = set()
    refusals = [None, *(Refusal(scope) for scope in SCOPES), Refusal("person", set_off=True)]
    for right, excess, physical, given in product(("whole", "lease", "none"), *[(False, True)] * 3):
        claim = Waiting("B", "c", right, excess, physical, given, 9000, "", None, 1)  # type: ignore[arg-type]
        found.update(rule(claim, each, before, Policy()).why for each in refusals for before in (0, 9))
    return found


def test_the_reasons_are_all_that_the_rule_can_give() -> None:
    assert whys() == set(WHYS)
    assert {f"{scope}_exhausted" for scope in SCOPES if scope not in PERSONS} <= set(WHYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_outcome_has_words(language: Language) -> None:
    set_language(language)
    try:
        missing = [each for each in WHYS if not known(f"gift.ruling_why.{each}")]
        missing += [each for each in get_args(Outcome) if not known(f"gift.ruling.{each}")]
    finally:
        set_language("zh")
    assert missing == []


@pytest.mark.parametrize(
    ("outcome", "why", "excess", "said"),
    [
        ("confirmed", "first_claim", False, "已确认"),
        ("confirmed", "beyond_grant", True, "已确认：超出所给额度"),
        ("duplicate_offset", "right_used", False, "重复领取，抵下一次：本人的权利已用过"),
        ("case", "of_a_newer_central", False, "须调查"),
        ("case", "of_a_newer_central", True, "须调查（超出额度）"),
    ],
)
def test_lists_say_why_where_a_person_must_look(world: World, outcome: str, why: str, excess: bool, said: str) -> None:
    claim = about("claim", 1)
    act(world.store, claim, ("claim.handed_over", hand_over()))
    world.say(claim, "claim.adjudicated", {"outcome": outcome, "why": why, "winner": None, "excess": excess})
    central = Central(lambda *_: CallFailed("network-cut"))
    folder = world.store.database.path.parent
    counter = GiftCounter(
        world.desk, central, lambda: (False, None), ClaimedFilter(world.store), Customers(), folder, "B"
    )
    assert GiftBoard(counter).claims("all", 0, 1)[0].ruling_words == said
