"""When the core comes back: as it is asked to, spread over a minute after an outage, now and then to look."""

from random import Random

import pytest

from branch_console.rules.journal import FIRST_PREV
from branch_console.sync import core
from branch_console.sync.commands import (
    LoadBatch,
    Look,
    NoteQuarantined,
    RequestHead,
    RequestPush,
    RequestToken,
)
from branch_console.sync.messages import (
    Acknowledged,
    Facts,
    Failed,
    Now,
    Seen,
    Tick,
    TryNow,
)
from branch_console.sync.state import state_name
from tests.sync.core_rig import BATCH, HASHES, Rig


@pytest.mark.parametrize(
    ("status_code", "header", "shortest", "longest"),
    [
        (429, "30", 30.0, 45.0),
        (503, "Thu, 01 Jan 1970 00:17:10 GMT", 30.0, 45.0),
        (429, "999999999", 900.0, 1350.0),
        (503, None, 0.0, 60.0),
        (426, None, 300.0, 360.0),
    ],
)
def test_it_waits_as_long_as_it_is_asked_to(
    status_code: int, header: str | None, shortest: float, longest: float
) -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, status_code, retry_after=header, server_ms=1_000_000)
    assert state_name(rig.state) == "limited"
    assert shortest <= rig.state.retry_at - rig.time <= longest
    assert rig.state.batch is BATCH
    rig.later(longest)
    assert rig.has(RequestPush) or rig.has(RequestToken)  # the token does not last that long


def test_full_jitter_grows_to_a_minute() -> None:
    waits: list[list[float]] = [[] for _ in range(9)]
    for seed in range(200):
        rig = Rig()
        rig.rng = Random(seed)
        rig.give(Tick())
        for number in range(9):
            rig.give(Failed("token", rig.state.waiting["token"], "unreachable"))
            waits[number].append(rig.state.retry_at - rig.time)
            rig.later(61.0)
    for number, found in enumerate(waits):
        cap = min(60.0, 2.0**number)
        assert max(found) <= cap
        assert max(found) > 0.9 * cap
        assert min(found) < 0.1 * cap


def test_after_an_outage_terminals_come_back_spread_over_a_minute() -> None:
    waits = []
    for seed in range(200):
        rig = Rig()
        rig.connect()
        rig.rng = Random(seed)
        rig.give(Failed("push", rig.state.waiting["push"], "unreachable"))
        assert state_name(rig.state) == "offline"
        waits.append(rig.state.retry_at - rig.time)
    assert min(waits) < 5.0
    assert max(waits) > 55.0


def test_without_a_spread_it_comes_back_at_once() -> None:
    rig = Rig(spread=0.0)
    rig.connect()
    rig.give(Failed("push", rig.state.waiting["push"], "unreachable"))
    assert rig.state.retry_at - rig.time <= 1.0


def test_somebody_can_ask_for_a_try_at_once() -> None:
    rig = Rig()
    rig.connect()
    rig.give(Failed("push", rig.state.waiting["push"], "unreachable"))
    rig.give(TryNow())
    assert rig.has(RequestHead)


def test_a_new_entry_is_seen_within_two_seconds() -> None:
    rig = Rig(facts=Facts(0, FIRST_PREV, 0, 0))
    rig.give(Tick())
    rig.answer(RequestToken, 200, {"expires_in": 900})
    rig.answer(RequestHead, 200, {"seq": 0, "hash": FIRST_PREV})
    rig.give(Seen(rig.state.facts))
    assert core.next_wake(rig.state, Now(rig.time, 0)) - rig.time < 2.0
    rig.later(1.6)
    assert rig.has(Look)
    rig.give(Seen(Facts(1, HASHES[0], 0, 0)))
    assert rig.has(LoadBatch)


def test_a_heartbeat_tells_and_finds_what_central_lost() -> None:
    rig = Rig()
    rig.connect()
    rig.answer(RequestPush, 200, {"accepted_through": 10, "head_hash": HASHES[9]})
    rig.give(Acknowledged(Facts(10, HASHES[9], 10, 1)))
    rig.later(60.0)
    asked = rig.one(RequestHead)
    assert isinstance(asked, RequestHead)
    assert asked.report["pending"] == 0
    rig.answer(RequestHead, 200, {"seq": 10, "hash": HASHES[9], "quarantined": []})
    assert rig.one(NoteQuarantined) == NoteQuarantined(10, ())
    rig.later(60.0)
    rig.answer(RequestHead, 200, {"seq": 7, "hash": HASHES[6]})
    assert rig.has(RequestHead)
    assert not rig.state.compared
