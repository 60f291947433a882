"""What runs low: goods at the number that their table gives, campaigns near their end or nearly gone."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.gifts.desk_rules import DeskRules
from branch_console.rules.gifts.running_low import campaign_low, low_goods
from tests.rules.flow_help import reference

ENDS = date(2026, 11, 30)
FOLDER = Path(__file__).parents[3] / "data" / "campaigns"


def autumn() -> Campaign:
    """A thousand gifts, a budget of 26,000 yuan, until the last of November."""
    name = "autumn_days.v1.toml"
    return read_campaign(name, (FOLDER / name).read_text(encoding="utf-8"))


def test_goods_run_low_at_the_number_of_their_table_and_not_one_above() -> None:
    items = reference().items
    assert low_goods(items, {"RICE-5KG": 11, "OIL-5L": 10, "SOUNDBOX": 4}) == {"OIL-5L": 10}


def test_what_a_campaign_gives_and_no_shelf_holds_any_more_runs_low() -> None:
    items = reference().items
    assert low_goods(items, {}, {"RICE-5KG", "unheard-of"}) == {"RICE-5KG": 0}
    assert low_goods(items, {"RICE-5KG": 40}, {"RICE-5KG"}) == {}


def test_an_item_of_no_table_runs_low_when_nothing_is_left() -> None:
    assert low_goods(None, {"NEW-1": 1, "NEW-2": 0, "NEW-3": -2}, {"NEW-4"}) == {"NEW-2": 0, "NEW-3": -2}


@pytest.mark.parametrize(
    ("days_before", "left", "fen", "low"),
    [
        (10, 500, None, False),
        (10, 101, None, False),
        (10, 100, None, True),
        (10, 0, None, True),
        (10, None, 260_001, False),
        (10, None, 260_000, True),
        (10, None, None, False),
        (3, 500, None, False),
        (2, 500, None, True),
        (0, None, None, True),
    ],
)
def test_a_campaign_is_marked_near_its_end_or_when_little_is_left(
    days_before: int, left: int | None, fen: int | None, low: bool
) -> None:
    day = ENDS - timedelta(days=days_before)
    assert campaign_low(autumn(), reference().desk_rules, day, left, fen) is low
    assert campaign_low(autumn(), None, day, left, fen) is low, "the document proposes what holds without it"


def test_the_bank_s_own_numbers_count() -> None:
    rules = reference().desk_rules
    assert isinstance(rules, DeskRules)
    number = rules.pair_limit.model_copy(update={"value": 50})
    own = rules.model_copy(update={"campaign_low_percent": number, "campaign_ending_days": number})
    assert campaign_low(autumn(), own, ENDS - timedelta(days=60), 500, None)
    assert campaign_low(autumn(), own, ENDS - timedelta(days=49), None, None)
    assert not campaign_low(autumn(), own, ENDS - timedelta(days=60), 501, None)
