"""The core as tables: what it does with each answer."""

import pytest

from branch_console.sync.commands import (
    Acknowledge,
    Agree,
    ApplyPage,
    Erase,
    LoadBatch,
    Look,
    LookUpHash,
    RequestFeed,
    RequestHead,
    RequestPush,
    RequestToken,
    ResetFeed,
)
from branch_console.sync.messages import (
    Acknowledged,
    Agreed,
    Answer,
    Applied,
    Batch,
    BatchLoaded,
    Facts,
    Failed,
    HashFound,
    Seen,
    StoreFailed,
    Tick,
)
from branch_console.sync.state import State, problem, state_name, status
from tests.sync.core_rig import BATCH, HASHES, Rig


def test_the_way_to_online() -> None:
    rig = Rig()
    rig.give(Tick())
    assert {type(command) for command in rig.sent} == {Look, RequestToken}
    assert state_name(rig.state) == "connecting"
    assert isinstance(rig.answer(RequestToken, 200, {"expires_in": 900})[0], RequestHead)
    assert rig.answer(RequestHead, 200, {"seq": 5, "hash": HASHES[4]}) == [LookUpHash(5)]
    rig.give(HashFound(5, HASHES[4]))
    assert state_name(rig.state) == "catching_up"
    assert rig.has(LoadBatch)
    assert rig.has(RequestFeed)
    rig.give(BatchLoaded(BATCH, rig.state.facts))
    assert rig.has(RequestPush)
    rig.answer(RequestPush, 200, {"accepted_through": 10, "head_hash": HASHES[9], "quarantined": []})
    assert rig.sent == [Acknowledge(10, HASHES[9], (), "E1")]
    rig.give(Acknowledged(Facts(10, HASHES[9], 10, 0)))
    rig.answer(RequestFeed, 200, {"entries": [], "cursor": "c1", "more": False})
    assert rig.has(ApplyPage)
    rig.give(Applied(0, "c1", rig.state.facts))
    assert state_name(rig.state) == "online"
    assert status(rig.state)["drained"] is True
    assert status(rig.state)["pending"] == 0


def test_an_unknown_outcome_sends_the_same_bytes() -> None:
    rig = Rig()
    rig.connect()
    rig.give(Failed("push", rig.state.waiting["push"], "timeout"))
    assert rig.state.batch is BATCH
    rig.later(1.0)
    again = rig.one(RequestPush)
    assert isinstance(again, RequestPush)
    assert again.batch is BATCH


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "somebody's"}, {"epoch": None}, {"nonce": "", "epoch": None}],
)
def test_whoever_is_not_central_acknowledges_nothing(wrong: dict[str, str | None]) -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 200, {"accepted_through": 10, "head_hash": HASHES[9]}, **wrong)  # type: ignore[arg-type]
    assert not rig.has(Acknowledge)
    assert problem(rig.state) == "not-central"


def test_somebody_else_cannot_revoke() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 403, code="terminal-revoked", epoch=None)
    assert not rig.has(Erase)
    assert not rig.state.ended


def test_central_can_revoke() -> None:
    rig = Rig()
    rig.connect()
    assert rig.answer(RequestPush, 403, code="terminal-revoked") == [Erase()]
    assert rig.give(Tick()) == []


def test_a_late_answer_is_nobodys() -> None:
    rig = Rig()
    rig.connect()
    nonce = rig.state.waiting["push"]
    rig.give(Failed("push", nonce, "timeout"))
    rig.give(Answer("push", nonce, 200, nonce, "E1", "", {"accepted_through": 10, "head_hash": HASHES[9]}))
    assert not rig.has(Acknowledge)


def test_a_new_epoch_means_heads_first() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [], "cursor": "c9", "more": False}, epoch="E2")
    assert rig.has(RequestHead)
    assert not rig.has(RequestPush)
    assert "push" not in rig.state.waiting
    rig.answer(RequestHead, 200, {"seq": 3, "hash": HASHES[2]}, epoch="E2")
    rig.give(HashFound(3, HASHES[2]))
    assert rig.sent == [Agree(3, "E2", ("E1",)), ResetFeed("E2")]
    assert not rig.state.compared
    rig.give(Agreed(Facts(10, HASHES[9], 3, 0), "E2"))
    assert rig.has(LoadBatch)


def test_central_hears_of_the_new_epoch_as_soon_as_it_holds_all_and_not_before() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [], "cursor": "c9", "more": False}, epoch="E2")
    assert _reported(rig) == ""
    rig.answer(RequestHead, 200, {"seq": 3, "hash": HASHES[2]}, epoch="E2")
    rig.give(HashFound(3, HASHES[2]))
    rig.give(Agreed(Facts(10, HASHES[9], 3, 0), "E2"))
    assert not rig.has(RequestHead)
    rig.give(BatchLoaded(Batch(4, HASHES[3:], b""), rig.state.facts))
    rig.answer(RequestPush, 200, {"accepted_through": 10, "head_hash": HASHES[9], "quarantined": []}, epoch="E2")
    assert not rig.has(RequestHead)
    rig.give(Acknowledged(Facts(10, HASHES[9], 10, 0)))
    assert _reported(rig) == "E2"
    rig.answer(RequestHead, 200, {"seq": 10, "hash": HASHES[9]}, epoch="E2")
    assert not rig.has(RequestHead)


def _reported(rig: Rig) -> object:
    request = rig.one(RequestHead)
    assert isinstance(request, RequestHead)
    return dict(request.report)["epoch"]


def test_an_older_epoch_acknowledges_nothing() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [], "cursor": "c9", "more": False}, epoch="E2")
    rig.answer(RequestHead, 200, {"seq": 10, "hash": HASHES[9]}, epoch="E1")
    assert not rig.state.compared
    assert rig.state.epoch == "E2"
    assert rig.state.trouble == "older-epoch"


@pytest.mark.parametrize(
    ("seq", "digest", "expected"),
    [(12, HASHES[0], "journal-behind"), (8, HASHES[0], "journal-fork"), (5, HASHES[4], "")],
)
def test_heads_are_compared_before_anything(seq: int, digest: str, expected: str) -> None:
    rig = Rig()
    rig.give(Tick())
    rig.answer(RequestToken, 200, {"expires_in": 900})
    rig.answer(RequestHead, 200, {"seq": seq, "hash": digest})
    if rig.has(LookUpHash):
        rig.give(HashFound(seq, HASHES[seq - 1]))
    assert rig.state.person == expected
    assert rig.has(LoadBatch) == (not expected)
    assert (state_name(rig.state) == "needs_a_person") == bool(expected)


def test_a_gap_goes_back_to_what_central_expects() -> None:
    rig = Rig()
    rig.connect()
    assert rig.answer(RequestPush, 409, {"expected_seq": 3}, code="journal-gap") == [Agree(2, "E1", ())]
    rig.give(Agreed(Facts(10, HASHES[9], 2, 0), "E1"))
    assert rig.has(LoadBatch)


def test_a_fork_needs_a_person_and_the_feed_goes_on() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 409, code="journal-fork")
    assert (state_name(rig.state), problem(rig.state)) == ("needs_a_person", "journal-fork")
    assert "feed" in rig.state.waiting
    rig.give(Seen(Facts(11, "f" * 64, 5, 0)))
    assert not rig.has(LoadBatch)


def test_too_large_is_halved_down_to_one() -> None:
    rig = Rig()
    rig.connect()
    for count in (5, 2, 1):
        batch = Batch(6, HASHES[5 : 5 + count], b"")
        rig.give(BatchLoaded(batch, rig.state.facts)) if count < 5 else None
        rig.answer(RequestPush, 413, code="too-large")
        if count > 1:
            found = rig.one(LoadBatch)
            assert isinstance(found, LoadBatch)
            assert found.limit == count // 2
    assert problem(rig.state) == "entry-too-large"


def test_a_bad_entry_stops_itself_and_nothing_before_it() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 422, code="bad-entry")
    assert rig.has(LoadBatch)
    rig.give(BatchLoaded(Batch(6, HASHES[5:6], b""), rig.state.facts))
    rig.answer(RequestPush, 422, code="bad-entry")
    assert (state_name(rig.state), problem(rig.state)) == ("needs_a_person", "bad-entry")


def test_a_token_is_fetched_once_for_a_401_then_central_refuses() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 401, code="invalid-token")
    assert rig.has(RequestToken)
    rig.answer(RequestToken, 200, {"expires_in": 900})
    again = rig.one(RequestPush)
    assert isinstance(again, RequestPush)
    assert again.batch is BATCH
    rig.answer(RequestPush, 401, code="invalid-token")
    assert not rig.has(RequestToken)
    assert state_name(rig.state) == "limited"
    rig.later(60.0)
    assert rig.has(RequestToken)


def test_a_part_is_acknowledged_as_a_part() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 200, {"accepted_through": 7, "head_hash": HASHES[6]})
    found = rig.one(Acknowledge)
    assert isinstance(found, Acknowledge)
    assert (found.through, found.head_hash) == (7, HASHES[6])


@pytest.mark.parametrize(
    "body", [{"accepted_through": 10, "head_hash": "0" * 64}, {"accepted_through": 11, "head_hash": ""}]
)
def test_an_acknowledgement_that_does_not_fit_compares_heads(body: dict[str, object]) -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 200, body)
    assert not rig.has(Acknowledge)
    assert rig.has(RequestHead)


def test_resync_begins_the_feed_anew() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [1], "cursor": "c1", "more": True})
    rig.answer(RequestFeed, 410, code="resync")
    assert rig.has(ResetFeed)
    asked = rig.one(RequestFeed)
    assert isinstance(asked, RequestFeed)
    assert asked.cursor is None
    rig.give(Applied(0, "c1", rig.state.facts))  # of before
    assert rig.state.committed_cursor is None


def test_the_next_page_is_asked_for_while_one_is_applied_and_no_further() -> None:
    rig = Rig()
    rig.connect()
    for number in range(3):
        rig.answer(RequestFeed, 200, {"entries": [number], "cursor": f"c{number}", "more": True})
    assert "feed" not in rig.state.waiting
    rig.give(Applied(0, "c0", rig.state.facts))
    assert rig.has(ApplyPage)
    assert rig.has(RequestFeed)


def test_a_full_disk_goes_back_to_the_durable_cursor() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [1], "cursor": "c1", "more": True})
    rig.give(Applied(0, "c1", rig.state.facts))
    rig.answer(RequestFeed, 200, {"entries": [2], "cursor": "c2", "more": True})
    rig.give(StoreFailed("feed", "store-disk-full"))
    assert problem(rig.state) == "store-disk-full"
    assert rig.state.cursor == "c1"


def test_a_wrong_clock_is_measured_and_warned_of() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestFeed, 200, {"entries": [], "cursor": "c", "more": False}, server_ms=rig.wall_ms + 121_000)
    assert rig.state.clock_offset_ms == 121_000
    assert problem(rig.state) == "clock-off"
    assert state_name(rig.state) == "catching_up"


def test_a_step_leaves_the_state_before_it_alone() -> None:
    rig = Rig()
    rig.connect()
    before: State = rig.state
    waiting = dict(before.waiting)
    rig.give(Failed("push", waiting["push"], "unreachable"))
    assert before.waiting == waiting
    assert not before.down
