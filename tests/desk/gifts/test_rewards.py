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
