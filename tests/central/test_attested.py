"""What central makes of facts that staff saw on a customer's phone."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from branch_console.central.verifying_facts import Comparable, compare

SEEN_AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def payment(fen: int, merchant: str = "", mcc: str = "", on: str = "2026-11-22") -> dict[str, Any]:
    return {"on": on, "fen": fen, "merchant": merchant, "mcc": mcc, "kind": "spend"}


@pytest.mark.parametrize(
    ("seen", "hours", "found"),
    [
        (payment(12000), 1, "confirmed"),  # the phone shows an amount, the books know the merchant too
        (payment(12000, "M1"), 1, "confirmed"),
        (payment(12000, "M2"), 1, "contradicted"),
        (payment(12001), 1, "contradicted"),
        (payment(12001), -1, None),  # the books are older
    ],
)
def test_a_payment_is_found_in_the_books(seen: dict[str, Any], hours: int, found: str | None) -> None:
    booked = [payment(500, "M9", "5411"), payment(12000, "M1", "5812")]
    as_of = SEEN_AT + timedelta(hours=hours)
    assert compare(Comparable("SZFT", "a", json.dumps([seen]), SEEN_AT, booked, as_of)) == found
