"""What the books say of a payment that staff saw on a phone, which shows amount and day and no merchant's number."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from branch_console.central.verifying_facts import Comparable, compare

SEEN_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def payment(on: str, fen: int, merchant: str = "", mcc: str = "", kind: str = "spend") -> dict[str, Any]:
    return {"on": on, "fen": fen, "merchant": merchant, "mcc": mcc, "kind": kind}


SEEN = payment("2026-11-22", 12000)
SAME = payment("2026-11-22", 12000, "M1", "5411")


@pytest.mark.parametrize(
    ("booked", "newer", "older"),
    [
        ([payment("2026-11-20", 500, "M2", "5812"), SAME], "confirmed", "confirmed"),
        ([payment("2026-11-22", 11999, "M1", "5411")], "contradicted", None),
        ([payment("2026-11-21", 12000, "M1", "5411")], "contradicted", None),
        ([payment("2026-11-22", 12000, "M1", "5411", kind="transfer")], "contradicted", None),
        ([], "contradicted", None),
        ([SAME["on"]], "contradicted", None),
    ],
)
def test_the_same_day_and_amount_confirm_a_payment(booked: list[Any], newer: str | None, older: str | None) -> None:
    def found(seen: list[Any], as_of: datetime) -> str | None:
        return compare(Comparable("A1", "1", json.dumps(seen), SEEN_AT, booked, as_of))

    assert found([SEEN], SEEN_AT) == newer
    assert found([SEEN], SEEN_AT - timedelta(minutes=1)) == older


def test_a_merchant_that_was_seen_must_be_the_one() -> None:
    seen = json.dumps([{**SEEN, "merchant": "M2"}])
    assert compare(Comparable("A1", "1", seen, SEEN_AT, [SAME], SEEN_AT)) == "contradicted"
