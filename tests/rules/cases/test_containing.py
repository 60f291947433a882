"""Containment: asked, never pretended; it expires, and then needs a person."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.cases.acts import check
from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.cases.containing import may_carry_out, needs_person, standing
from branch_console.rules.cases.tables import StepTable
from branch_console.rules.entries import read_data
from branch_console.rules.errors import RuleError
from tests.rules.cases.case_help import CENTRAL, K01, K02, NOON, REFERENCE, act, at, desk, entry, fold, marks

OPEN = [entry(0, "case.registered", kind="dispute", fast_track=True)]
QUEUED = [*OPEN, entry(1, "case.containment_requested")]
SENT = [*OPEN, entry(1, "case.containment_requested", online=True)]


def when(minute: float) -> Any:
    return NOON + timedelta(minutes=minute)


def refused(known: list[Any], kind: str, /, *, minute: float = 10, online: bool = True, **changed: Any) -> str | None:
    data = read_data(entry(9, kind, **changed))
    assert data is not None
    try:
        check(desk(minute, online=online, role="guide"), fold(known), kind, data)
    except RuleError as error:
        return error.code
    return None


def test_what_may_be_said_of_a_freeze_at_every_stage() -> None:
    confirmed = entry(5, "case.containment_confirmed", terminal=CENTRAL, staff=None)
    failed = entry(5, "case.containment_failed", terminal=CENTRAL, staff=None)
    assert standing(fold(OPEN), when(2)) == "none"
    assert standing(fold([*OPEN, entry(1, "case.hotline_called")]), when(2)) == "called"
    assert standing(fold(QUEUED), when(2)) == "queued"
    assert standing(fold(SENT), when(2)) == "requested"
    assert standing(fold([*SENT, confirmed]), when(6)) == "confirmed"
    assert standing(fold([*SENT, failed]), when(6)) == "failed"
    assert standing(fold(SENT), when(41)) == "expired"
    assert standing(fold(QUEUED), when(41)) == "expired"


@given(st.lists(st.sampled_from([
    "case.containment_confirmed", "case.containment_failed", "case.containment_expired", "case.hotline_called",
    "case.step_checked", "case.noted",
]), max_size=6), st.booleans())  # fmt: skip
def test_no_word_of_a_terminal_ever_makes_a_wallet_frozen(kinds: list[str], online: bool) -> None:
    asked = entry(1, "case.containment_requested", online=online)
    said = [entry(2 + number, kind, terminal=(K01, K02)[number % 2]) for number, kind in enumerate(kinds)]
    state = fold([*OPEN, asked, *said])
    assert standing(state, when(10)) != "confirmed"
    assert "contained" not in {each.kind for each in clock_events(state)}


def test_only_the_core_confirms_and_its_word_stops_the_clock() -> None:
    assert refused(SENT, "case.containment_confirmed") == "containment_central_only"
    mine = fold([*SENT, entry(5, "case.containment_confirmed")])
    assert (marks(mine), mine.containments[0].status) == (["not_central"], "requested")
    core = fold([*SENT, entry(5, "case.containment_confirmed", terminal=CENTRAL, staff=None)])
    assert (core.containments[0].status, clock_events(core)[-1].kind) == ("confirmed", "contained")


def test_offline_nothing_is_claimed_to_be_sent() -> None:
    assert refused(OPEN, "case.containment_requested", online=False) is None
    data = read_data(entry(9, "case.containment_requested", online=True))
    assert data is not None
    with pytest.raises(RuleError, match="containment_claims_online"):
        check(desk(online=False), fold(OPEN), "case.containment_requested", data)


def test_a_queued_freeze_expires_and_is_never_carried_out_later_without_a_person() -> None:
    request = fold(QUEUED).containments[0]
    assert [may_carry_out(request, when(minute)) for minute in (-1, 0, 39, 40, 41, 600)] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    assert [each.entry for each in needs_person(fold(QUEUED), when(41))] == [act(1)]
    assert refused(QUEUED, "case.containment_expired", minute=39, request=act(1)) == "containment_not_expired"
    assert refused(QUEUED, "case.containment_expired", minute=41, request=act(1)) is None
    again: dict[str, Any] = {"not_before": at(50), "expires_at": at(90)}
    assert refused(QUEUED, "case.containment_requested", minute=20, **again) == "containment_open"
    assert refused(QUEUED, "case.containment_requested", minute=50, **again) == "containment_renew"
    assert refused(QUEUED, "case.containment_requested", minute=50, renews=act(1), **again) is None
    renewed = fold([*QUEUED, entry(50, "case.containment_requested", renews=act(1), **again)])
    assert needs_person(renewed, when(55)) == []
    assert standing(renewed, when(55)) == "queued"


def test_a_request_needs_an_expiry_to_come() -> None:
    assert refused(OPEN, "case.containment_requested", expires_at=at(5)) == "containment_no_expiry"
    assert refused(OPEN, "case.containment_requested", not_before=at(50)) == "containment_no_expiry"
    assert refused(OPEN, "case.containment_requested", renews=act(1)) == "request_unknown"


def test_what_the_core_did_too_late_happened_and_is_marked() -> None:
    late = entry(60, "case.containment_confirmed", done_at=at(55), terminal=CENTRAL, staff=None)
    state = fold([*QUEUED, entry(45, "case.containment_expired"), late])
    assert (standing(state, when(61)), marks(state)) == ("confirmed", ["contained_late"])
    failed = fold(
        [*QUEUED, entry(5, "case.containment_confirmed", terminal=CENTRAL), entry(6, "case.containment_failed")]
    )
    assert (failed.containments[0].status, marks(failed)) == ("confirmed", ["contained_already"])


def test_the_hotline_call_is_the_customers_word() -> None:
    assert refused(OPEN, "case.hotline_called") is None
    assert refused(OPEN, "case.hotline_called", hotline="nobody") == "code_unknown"
    assert refused(OPEN, "case.hotline_called", called_at=at(30)) == "call_in_future"
    assert refused(OPEN, "case.hotline_called", answered=False) == "call_not_answered"


def test_the_fast_track_is_six_steps_of_data_and_the_first_time_stands() -> None:
    table = REFERENCE.tables["case_fast_track"]
    assert isinstance(table, StepTable)
    assert [row.code for row in table.codes] == ["verify", "contain", "evidence", "register", "slip", "call_back"]
    assert table.codes[0].warning is not None
    assert table.codes[1].offline is not None
    assert refused(OPEN, "case.step_checked", step="pray") == "code_unknown"
    assert refused(OPEN, "case.step_checked", done=False) == "reason_missing"
    state = fold([*OPEN, entry(2, "case.step_checked"), entry(3, "case.step_checked")])
    assert state.steps == {"verify": at(2)}
