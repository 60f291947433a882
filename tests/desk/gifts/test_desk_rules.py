"""The numbers of the gift desk are the bank's: published like all reference data, the newest version counts."""

from datetime import timedelta

import pytest

from branch_console.desk.gifts import correcting
from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.errors import RuleError
from branch_console.rules.reference import Reference
from data import gift_queries
from tests.desk.gifts.conftest import OIL, RICE, World
from tests.desk.gifts.hand_over_help import give, held, ready
from tests.rules.flow_help import documents, reference

NAME = "gifts/desk_rules.v1.toml"


def second(**values: int) -> str:
    """A second version with other numbers."""
    content = documents()[NAME].replace("version = 1", "version = 2")
    for name, value in values.items():
        before = next(line for line in content.splitlines() if line.startswith(f"{name} = "))
        content = content.replace(before, f"{name} = {{ value = {value} }}")
    return content


def test_what_is_published_is_proposed_and_to_be_confirmed() -> None:
    rules = reference().desk_rules
    assert rules is not None
    assert rules.pair_limit.value == 10
    assert all(getattr(rules, name).confirm for name in ("pair_limit", "expiring_days", "take_back_days"))
    assert all(getattr(rules, name).confirm for name in ("campaign_low_percent", "campaign_ending_days"))


@pytest.mark.parametrize("value", [0, 10_001])
def test_a_limit_that_stops_everybody_or_nobody_is_refused(value: int) -> None:
    with pytest.raises(ReferenceFormatError) as wrong:
        Reference.parse({"gifts/desk_rules.v2.toml": second(pair_limit=value)})
    assert wrong.value.key == "pair_limit.value"


def test_a_pair_may_stand_by_each_other_as_often_as_the_bank_says(world: World) -> None:
    ready(world)
    stood = len(gift_queries.stood_by(world.store, "li", world.clock.now.date().isoformat()))
    assert stood, "goods came in, with li beside wang"
    world.publish("gifts/desk_rules.v2.toml", second(pair_limit=stood + 1))
    give(world, held(world))  # wang, with li beside
    with pytest.raises(RuleError) as refused:
        world.shelve(RICE, 1, "N2")
    assert (refused.value.code, refused.value.params) == ("approver_pair_limit", {"limit": stood + 1})


def test_documents_are_listed_as_long_as_the_bank_says(world: World) -> None:
    world.publish("gifts/desk_rules.v2.toml", second(take_back_days=1))
    world.shelve(OIL, 1)
    world.clock.now += timedelta(days=1)
    assert len(correcting.documents(world.booth("liu"), 10)) == 1
    world.clock.now += timedelta(days=1)
    assert correcting.documents(world.booth("liu"), 10) == []
