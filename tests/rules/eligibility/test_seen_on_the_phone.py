"""What staff saw on the customer's phone is a part of the whole: enough of it is enough, too little decides nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.sentences import standing_phrase
from tests.rules.eligibility.help import ask, paid, say
from tests.rules.eligibility.strategies import NOW, campaigns, worlds

DAYS = {"window": "days", "days": 30}


def seen(value: Any) -> Fact:
    return Fact(value, NOW, "attested")


@st.composite
def seen_before_told(draw: st.DrawFn) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """A customer without refunds; and the same one as long as of the payments only some were seen on the phone."""
    world = draw(worlds())
    rows = [row for row in world["payments"].value if row["fen"] > 0]
    shown = [{**row, "merchant": "", "mcc": ""} for row in rows if row["kind"] == "spend" and draw(st.booleans())]
    world["payments"] = Fact(rows, NOW, "server")
    before = {**world, "payments": seen(shown)}
    if world["first_paid_on"].value is not None:
        world["first_paid_on"] = world["first_paid_on"]._replace(as_of=NOW)
        before["first_paid_on"] = seen(world["first_paid_on"].value)
    return before, world


@given(campaigns(), seen_before_told())
def test_central_never_overturns_what_was_decided_from_the_phone(
    campaign: Campaign, known: tuple[dict[str, Fact], dict[str, Fact]]
) -> None:
    fast = compile_campaign(campaign).fast
    before = fast(FactBook(known[0], NOW))
    if before is not None:
        assert fast(FactBook(known[1], NOW)) is before


@pytest.mark.parametrize(
    ("condition", "few", "enough"),
    [
        ({"type": "spend_in_window", **DAYS, "at_least_fen": 900}, [("2026-11-12", 899)], [("2026-11-12", 900)]),
        (
            {"type": "txn_count_in_window", **DAYS, "at_least": 2},
            [("2026-11-12", 5)],
            [("2026-11-12", 5), ("2026-11-12", 5)],
        ),
        (
            {"type": "distinct_days", **DAYS, "at_least": 2},
            [("2026-11-12", 5), ("2026-11-12", 5)],
            [("2026-11-12", 5), ("2026-11-11", 5)],
        ),
        ({"type": "distinct_merchants", **DAYS, "at_least": 1}, [], [("2026-11-12", 5)]),
    ],
)
def test_too_little_is_unknown_and_enough_is_enough(
    condition: dict[str, Any], few: list[tuple[str, int]], enough: list[tuple[str, int]]
) -> None:
    def status(rows: list[tuple[str, int]]) -> str:
        return ask(condition, {"payments": seen([paid(on, fen, merchant="", mcc="") for on, fen in rows])}).status

    assert (status(few), status(enough)) == ("UNKNOWN", "SAT")


def test_central_s_list_with_what_was_seen_since_decides_either_way() -> None:
    """Nobody knows at which merchant a payment on the phone was made: it is no further one beside those known."""
    rows = [paid("2026-11-10", 100), paid("2026-11-12", 100, merchant="", mcc="")]
    both = {"payments": Fact(rows, NOW, "seen_since")}
    assert ask({"type": "spend_in_window", **DAYS, "at_least_fen": 201}, both).gap == 1
    assert ask({"type": "distinct_merchants", **DAYS, "at_least": 2}, both).status == "UNSAT"
    assert ask({"type": "distinct_merchants", **DAYS, "at_least": 1}, both).status == "SAT"


def test_a_first_payment_that_was_seen_may_not_be_the_first() -> None:
    made: dict[str, Any] = {"type": "first_txn", "state": "made"}
    assert ask(made, {"first_paid_on": seen("2026-11-02")}).status == "SAT"
    assert ask(made, {"first_paid_on": seen("2026-10-02")}).status == "UNKNOWN"
    assert ask({**made, "state": "to_come"}, {"first_paid_on": seen("2026-11-02")}).status == "UNKNOWN"
    at_shop = {"payments": seen([paid("2026-11-02", 100)])}
    for state in ("made", "to_come"):
        assert ask({**made, "state": state, "merchants": ["m1"]}, at_shop).status == "UNKNOWN"


def test_what_was_seen_so_far_is_said() -> None:
    node = ask({"type": "spend_in_window", **DAYS, "at_least_fen": 900}, {"payments": seen([paid("2026-11-12", 500)])})
    said = standing_phrase(node)
    assert said is not None
    assert say(said, "zh") == "手机上看到 5.00 元，其余尚不清楚"
    assert say(said, "en") == "5.00 yuan seen on the phone; the rest is not known"
