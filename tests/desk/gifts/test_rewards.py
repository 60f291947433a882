"""What a claim grants: amounts that follow from what the customer did."""

from datetime import datetime
from typing import Any

import pytest

from branch_console.desk.gifts.rewards import granted
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import read_campaign
from branch_console.rules.eligibility.facts import Fact
from tests.desk.gifts.conftest import SAMPLES, ZONE, spending

WEDNESDAY = datetime(2026, 12, 16, 10, tzinfo=ZONE)
OF_NOVEMBER = spending(30_000, on="2026-11-20")


@pytest.mark.parametrize(
    ("payments", "fen"),
    [
        ([*OF_NOVEMBER, *spending(12_345, on="2026-12-02")], 617),  # 5 % of December alone, rounded down
        ([*OF_NOVEMBER, *spending(12_000, -2_000, on="2026-12-02")], 500),
        (spending(90_000, on="2026-12-02"), 2_000),
        (OF_NOVEMBER, 0),
    ],
)
def test_a_cashback_that_comes_each_month_pays_for_that_month(payments: list[dict[str, Any]], fen: int) -> None:
    campaign = read_campaign("x", (SAMPLES / "wednesday_cashback.v1.toml").read_text(encoding="utf-8"))
    book = FactBook({"payments": Fact(payments, WEDNESDAY, "server")}, WEDNESDAY)
    assert granted(campaign, book, None).amount == fen
    assert granted(campaign, FactBook({}, WEDNESDAY), None).amount == 0


FIRST = """[rule]
type = "all"
[[rule.of]]
type = "first_txn"
state = "made"
"""


@pytest.mark.parametrize(
    ("payments", "fen"),
    [
        ([*spending(10_000, on="2026-12-02"), *spending(50_000, on="2026-12-03")], 500),
        ([*spending(50_000, on="2026-12-03"), *spending(10_000, on="2026-12-02")], 500),
        (spending(8_000, 10_000, on="2026-12-02"), 400),  # of one day nobody knows which was first
        (spending(10_000, -4_000, on="2026-12-02"), 300),  # what was paid back is not paid for
        ([], 0),
    ],
)
def test_a_cashback_on_the_first_payment_pays_for_the_first_alone(payments: list[dict[str, Any]], fen: int) -> None:
    content = (SAMPLES / "wednesday_cashback.v1.toml").read_text(encoding="utf-8")
    rule, offline = content.index("[rule]"), content.index("[offline]")
    campaign = read_campaign("x", content[:rule] + FIRST + content[offline:])
    book = FactBook({"payments": Fact(payments, WEDNESDAY, "server")}, WEDNESDAY)
    assert granted(campaign, book, None).amount == fen
