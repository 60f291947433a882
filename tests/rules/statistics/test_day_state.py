"""Frozen days as entries: what stands, what is marked, and that the hash binds."""

from datetime import timedelta
from typing import Any

import pytest

from branch_console.rules.canonical import Json
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.day_entries import figures_subject
from branch_console.rules.statistics.day_state import (
    DayState,
    frozen_data,
    frozen_of,
    restated_data,
    restatements_of,
)
from branch_console.rules.statistics.freezing import Frozen, freeze, intact
from branch_console.rules.statistics.restating import Late, Restatement, restate
from tests.rules.gifts.gift_help import CENTRAL, K01, entry
from tests.rules.statistics.freezing_help import DAY, at, found, terminal


def said(value: int | str | None, rows: int = 1, of: int = 1) -> Json:
    return {"value": value, "rows": rows, "of": of}


WAS: dict[str, Json] = {
    "journeys.onboarded": said(42, 42, 42),
    "gifts.eligible": said("0.333333", 1, 3),
    "cases.received": said(0),
}
NOW: dict[str, Json] = {**WAS, "journeys.onboarded": said(44, 44, 44)}
SUBJECT = figures_subject("SZ01", DAY)


def frozen(figures: dict[str, Json] = WAS, when: str = "20T09:00") -> Frozen:
    return freeze("SZ01", DAY, figures, found(terminal("t1", "20T08:00"), now=when), at(when), 1)


def late(first: Frozen, history: list[Restatement], figures: dict[str, Json]) -> list[Restatement]:
    came = Late("1", "journey.finished", K01, at("20T10:00"))
    return restate(
        first, history, figures, [came], {"journeys.onboarded": ["journey.finished"]}, definitions=1, at=at("20T11:00")
    )


def act(minute: int, kind: str, data: Any, **changed: Any) -> Entry:
    return entry(minute, kind, data, **{"subject": SUBJECT, "staff": None, "terminal": CENTRAL, **changed})


def folded(*entries: Entry) -> DayState:
    state, unfolded = fold_subject(FOLDS["figures"], entries, Reference())
    assert unfolded == []
    assert isinstance(state, DayState)
    assert FOLDS["figures"].load(FOLDS["figures"].dump(state)) == state
    return state


def codes(state: DayState) -> list[str]:
    return [each.code for each in state.marks]


def test_frozen_figures_come_back_as_they_were_hashed() -> None:
    state = folded(act(1, "day.frozen", frozen_data(frozen())))
    came = frozen_of(state)
    assert came == frozen()
    assert came is not None and intact(came)
    assert (codes(state), restatements_of(state), frozen_of(DayState())) == ([], [], None)


def test_restatements_come_back_as_they_were_found() -> None:
    changes = late(frozen(), [], NOW)
    restated = restated_data(frozen(), changes, at("20T11:00"), 1)
    state = folded(act(1, "day.frozen", frozen_data(frozen())), act(2, "day.restated", restated))
    assert restatements_of(state) == changes
    assert [(each.was, each.now, each.late) for each in changes] == [
        (WAS["journeys.onboarded"], NOW["journeys.onboarded"], ((K01, 1),))
    ]
    assert late(frozen(), restatements_of(state), NOW) == [], "what was said is not said again"


def test_figures_that_do_not_fit_their_hash_are_marked_and_stay() -> None:
    data = {**frozen_data(frozen()), "figures": NOW}
    state = folded(act(1, "day.frozen", data))
    came = frozen_of(state)
    assert codes(state) == ["digest_differs"]
    assert came is not None and not intact(came)


def test_a_second_freezing_restates_what_it_says_otherwise() -> None:
    """After a restore central may not know that it froze the day."""
    second = frozen(NOW, "20T12:00")
    entries = [act(1, "day.frozen", frozen_data(frozen())), act(2, "day.frozen", frozen_data(second))]
    state = folded(*entries)
    assert (frozen_of(state), codes(state)) == (frozen(), ["frozen_already"])
    found_again = [(each.figure, each.why, each.was, each.now) for each in restatements_of(state)]
    assert found_again == [("journeys.onboarded", "unexplained", said(42, 42, 42), said(44, 44, 44))]
    back = restated_data(second, late(second, [], WAS), at("20T13:00"), 1)
    state = folded(*entries, act(3, "day.restated", back))
    assert [each.now for each in restatements_of(state)] == [said(44, 44, 44), said(42, 42, 42)]
    same = folded(entries[0], act(2, "day.frozen", frozen_data(frozen(WAS, "20T12:00"))))
    assert restatements_of(same) == []


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([act(1, "day.frozen", frozen_data(frozen()), terminal=K01)], "not_central"),
        ([act(1, "day.frozen", {**frozen_data(frozen()), "day": "2026-11-18"})], "wrong_day"),
        ([act(1, "day.frozen", {**frozen_data(frozen()), "at": "0001-01-01T00:00:00.000+08:00"})], "wrong_day"),
        ([act(1, "day.frozen", {**frozen_data(frozen()), "at": "2026-11-31T00:00:00.000Z"})], "wrong_day"),
        (
            [act(1, "day.restated", restated_data(frozen(), late(frozen(), [], NOW), at("20T11:00"), 1))],
            "restates_nothing",
        ),
    ],
    ids=["a terminal's word", "another day", "before all days", "no day", "nothing frozen"],
)
def test_what_does_not_fit_is_marked_and_changes_nothing(entries: list[Entry], code: str) -> None:
    state = folded(*entries)
    assert (codes(state), state.frozen, state.restated, state.hashes) == ([code], None, [], [])


def test_each_branch_and_day_is_a_subject_of_its_own() -> None:
    subjects = {figures_subject(branch, DAY + timedelta(days=n)) for branch in ("SZ01", "SZ02") for n in range(2)}
    assert len(subjects) == 4
    assert figures_subject("SZ01", DAY.isoformat()) == SUBJECT
