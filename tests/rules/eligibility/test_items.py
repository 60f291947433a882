"""The gift items and the reasons of the gift desk, as published."""

from typing import get_args

import pytest

from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.gifts.claim_entries import ClaimReleased, ClaimSettled
from branch_console.rules.reference import Reference
from tests.rules.flow_help import documents, reference

ITEMS = "gifts/items.v1.toml"


def test_reasons_of_release_and_settlement_are_those_of_the_entries() -> None:
    released = get_args(ClaimReleased.model_fields["why"].annotation)
    settled = get_args(ClaimSettled.model_fields["how"].annotation)
    assert {row.code for row in reference().codes("gift_reasons", "release")} == set(released)
    assert {row.code for row in reference().codes("gift_reasons", "settle")} == set(settled)


@pytest.mark.parametrize("use", ["release", "return", "transfer", "scrap", "count", "dismiss", "correct", "settle"])
def test_every_use_has_reasons(use: str) -> None:
    assert len(reference().codes("gift_reasons", use)) >= 3


def test_items_are_looked_up_by_sku() -> None:
    items = reference().items
    assert items is not None
    rice = items.row("RICE-5KG")
    assert rice is not None
    assert rice.food
    assert rice.value_fen > rice.cost_fen
    assert items.row("GOLD-1KG") is None
    assert all(row.confirm for row in items.rows)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('sku = "POWERBANK", label', 'sku = "RICE-5KG", label', "rows.8.sku"),
        ('substitutes = ["RICE-5KG"], confirm', 'substitutes = ["GOLD-1KG"], confirm', "rows.1.substitutes"),
        ('substitutes = ["TOWEL-SET"]', 'substitutes = ["UMBRELLA"]', "rows.6.substitutes"),
        ("value_fen = 6990", "value_fen = 69.90", "rows.0.value_fen"),
    ],
)
def test_a_wrong_item_is_named(old: str, new: str, key: str) -> None:
    text = documents()[ITEMS]
    assert old in text
    with pytest.raises(ReferenceFormatError) as wrong:
        Reference.parse({ITEMS: text.replace(old, new, 1)})
    assert wrong.value.key == key


def test_other_gift_documents_are_left_for_newer_terminals() -> None:
    assert Reference.parse({"gifts/wrapping.v1.toml": "paper = 'red'"}) == Reference()
