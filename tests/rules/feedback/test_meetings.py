"""What meetings agreed: the fold in every order of arrival, and who may agree and end an action."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.feedback.meetings import ActionState, check_agree, check_end
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.cases.case_help import K01, K02, entry

MEETING = "meeting/0190c0de-0000-7000-8000-00000000e001"
AGREED = {"what": "门口加一块告示", "owner": "g1", "due": "2026-09-30"}
TODAY = date(2026, 9, 18)


def agreed(minute: int, **changed: Any) -> Entry:
    return entry(minute, "meeting.action_agreed", {**AGREED, **changed}, subject=MEETING, staff="s1")


def ended(minute: int, outcome: str = "done", *, terminal: str = K01) -> Entry:
    data = {"outcome": outcome, "note": "已加装"}
    return entry(minute, "meeting.action_done", data, subject=MEETING, terminal=terminal)


def fold(entries: list[Entry]) -> ActionState:
    state, unfolded = fold_subject(FOLDS["meeting"], entries, Reference())
    assert unfolded == [] and isinstance(state, ActionState)
    return state


def test_an_action_is_open_until_somebody_ended_it_whatever_arrives_first() -> None:
    assert fold([agreed(0)]).outcome is None
    entries = [agreed(0), ended(5), ended(6, "dropped", terminal=K02), agreed(7, what="另一件事")]
    states = [fold(list(order)) for order in permutations(entries)]
    assert all(each == states[0] for each in states)
    one = states[0]
    assert (one.what, one.owner, one.due, one.outcome, one.note) == (
        "门口加一块告示",
        "g1",
        "2026-09-30",
        "done",
        "已加装",
    )
    assert [each.code for each in one.marks] == ["ended_already", "agreed_twice"]


def test_an_end_that_sorts_before_its_agreement_still_counts() -> None:
    assert (fold([ended(0), agreed(1)]).what, fold([ended(0), agreed(1)]).outcome) == ("门口加一块告示", "done")


def test_a_supervisor_agrees_on_what_can_still_be_done() -> None:
    check_agree("supervisor", TODAY, TODAY, "告示")
    for role, due, what, code in (
        ("case_officer", TODAY, "告示", "role_may_not"),
        ("supervisor", date(2026, 9, 17), "告示", "due_past"),
        ("supervisor", TODAY, "  ", "text_missing"),
    ):
        with pytest.raises((RuleError, FieldError)) as refused:
            check_agree(role, TODAY, due, what)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_its_owner_or_who_works_on_cases_ends_an_action_once() -> None:
    state = fold([agreed(0)])
    check_end("guide", "g1", state, "好了")
    check_end("case_officer", "o1", state, "好了")
    for role, staff, on, note, code in (
        ("guide", "g2", state, "好了", "role_may_not"),
        ("auditor", "g1", state, "好了", "role_may_not"),
        ("supervisor", "s1", None, "好了", "action_unknown"),
        ("supervisor", "s1", fold([agreed(0), ended(1)]), "好了", "action_ended"),
        ("supervisor", "s1", state, " ", "text_missing"),
    ):
        with pytest.raises((RuleError, FieldError)) as refused:
            check_end(role, staff, on, note)  # type: ignore[arg-type]
        assert refused.value.code == code
