"""The limit that holds is the least cap; rows are effective-dated, and the same labels once had other numbers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.documents import Words
from branch_console.rules.tiers import MEASURES, Cap, Limit, TierRow, effective_limit, effective_limits, rows_at
from tests.rules.flow_help import ON, reference

WORDS = Words(zh="证件", en="document")


def row(level: str, cap: Cap, since: date = date(2026, 1, 1), operator: str | None = None) -> TierRow:
    return TierRow.model_validate(
        {
            "wallet_class": "II",
            "level": level,
            "operator": operator,
            "effective_from": since,
            "balance": cap,
            "payment": cap,
            "day": cap,
            "year": cap,
            "interest": True,
            "identity": WORDS,
            "source": f"{level} {since}",
            "certainty": "H",
        }
    )


CAPS = st.integers(0, 10**12) | st.sampled_from(["none", "unknown"])


@given(CAPS, CAPS | st.none(), st.none() | st.integers(0, 10**12))
def test_the_least_cap_rules(statutory: Cap, operator: Cap | None, customer: int | None) -> None:
    rows = [row("statutory", statutory)]
    if operator is not None:
        rows.append(row("operator", operator, operator="icbc"))
    limit = effective_limit(rows, "II", "payment", ON, operator="icbc", customer=customer)
    known = [cap for cap in (statutory, operator, customer) if isinstance(cap, int)]
    assert limit.amount == min(known, default=None)
    assert (limit.ruled_by is None) == (not known)
    if limit.ruled_by is not None:
        assert {"statutory": statutory, "operator": operator, "customer": customer}[limit.ruled_by] == limit.amount
    assert ("statutory" in limit.unknown) == (statutory == "unknown")
    assert ("operator" in limit.unknown) == (operator == "unknown")


def test_another_operators_cap_does_not_count() -> None:
    rows = [row("statutory", 500), row("operator", 5, operator="ccb")]
    assert effective_limit(rows, "II", "day", ON, operator="icbc").amount == 500
    assert effective_limit(rows, "II", "day", ON, operator="ccb").amount == 5


def test_the_newest_row_of_the_day_counts() -> None:
    rows = [row("statutory", 500), row("statutory", 400, date(2026, 6, 1)), row("statutory", 1, date(2027, 1, 1))]
    assert effective_limit(rows, "II", "day", date(2026, 5, 31)).amount == 500
    assert effective_limit(rows, "II", "day", ON).amount == 400


def test_without_a_row_the_limit_is_unknown() -> None:
    assert effective_limit([], "IV", "day", ON) == Limit(None, None, ("statutory",), None, "")


def test_the_published_classes() -> None:
    amounts = {
        wallet_class: tuple(limit.amount for limit in effective_limits(reference().tiers, wallet_class, ON).values())
        for wallet_class in ("IV", "III", "II", "I")
    }
    assert amounts == {
        "IV": (1_000_000, 200_000, 500_000, 5_000_000),
        "III": (2_000_000, 500_000, 1_000_000, None),
        "II": (50_000_000, 5_000_000, 10_000_000, None),
        "I": (None, None, None, None),
    }
    third = effective_limits(reference().tiers, "III", ON)
    assert [third[measure].certainty for measure in MEASURES] == ["H", "L", "L", None]


def test_the_same_labels_had_other_numbers_in_2020() -> None:
    then = effective_limit(reference().tiers, "IV", "balance", date(2020, 9, 1), operator="ccb")
    assert (then.amount, then.ruled_by, then.unknown) == (100_000, "operator", ("statutory",))


def test_interest_since_2026() -> None:
    assert [rows_at(reference().tiers, "III", on)[0].interest for on in (date(2025, 12, 31), date(2026, 1, 1))] == [
        False,
        True,
    ]
