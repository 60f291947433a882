"""Checks at the gift desk: one entry each, that names no customer."""

from typing import Any

import pytest

from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.folding import fold_subject
from branch_console.rules.gifts.checks import CheckState
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.gifts.gift_help import K01, at, entry

CHECK = "check/0190c0de-0000-7000-8000-00000000e001"


def said(campaign: str = "d12", verdict: str = "NOT_YET", reasons: Any = ("spent",)) -> dict[str, Any]:
    return {"campaign": campaign, "verdict": verdict, "reasons": list(reasons)}


def checked(minute: int, *verdicts: dict[str, Any], **changed: Any) -> Entry:
    return entry(minute, "gift.checked", {"verdicts": list(verdicts)}, subject=CHECK, **changed)


def folded(*entries: Entry) -> CheckState:
    state, unfolded = fold_subject(FOLDS["check"], entries, Reference())
    assert unfolded == []
    assert isinstance(state, CheckState)
    again = FOLDS["check"].load(FOLDS["check"].dump(state))
    assert again == state
    return state


def test_a_check_says_what_each_campaign_answered() -> None:
    state = folded(checked(1, said(), said("d11", "ELIGIBLE", ())))
    assert [(each.campaign, each.verdict, each.reasons) for each in state.verdicts] == [
        ("d12", "NOT_YET", ["spent"]),
        ("d11", "ELIGIBLE", []),
    ]
    assert (state.staff, state.at, state.terminal, state.branch) == ("g1", at(1), K01, "SZ01")
    assert state.marks == []


def test_a_check_happens_once() -> None:
    state = folded(checked(1, said()), checked(2, said(verdict="ELIGIBLE"), staff="g2"))
    assert [each.verdict for each in state.verdicts] == ["NOT_YET"]
    assert [(each.code, each.staff) for each in state.marks] == [("checked_already", "g2")]
    assert (state.staff, state.entries) == ("g1", 2)


def test_a_campaign_counts_as_it_was_named_first() -> None:
    state = folded(checked(1, said(), said("d11"), said(verdict="ELIGIBLE")))
    assert [(each.campaign, each.verdict) for each in state.verdicts] == [("d12", "NOT_YET"), ("d11", "NOT_YET")]


@pytest.mark.parametrize(
    "data",
    [
        {"verdicts": []},
        {"verdicts": [said(verdict="MAYBE")]},
        {"verdicts": [said()], "keys": {"phone": "k1:1"}},
        {"verdicts": [{**said(), "phone": "138****8000"}]},
    ],
    ids=["nothing checked", "no verdict", "a key", "a phone"],
)
def test_nothing_of_the_customer_can_stand_in_it(data: Any) -> None:
    with pytest.raises(CannotFoldError, match="bad-data"):
        read_data(entry(1, "gift.checked", data, subject=CHECK))
    kinds, _ = known_types()["data.erased", 1]
    assert "check" not in kinds, "there is nothing to erase"
