"""What central's answers, and its silence, mean for a hold."""

from typing import Any

import pytest

from branch_console.desk.gifts.reserving import Hold, new_claim
from branch_console.gift_views import HandOverView
from branch_console.rules.errors import RuleError
from branch_console.services.gifts.board import GiftBoard
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.online import Central, Refused, Silent
from branch_console.sync.calls import CallAnswer, Called, CallFailed
from data.gift_queries import ClaimedFilter
from tests.desk.gifts.conftest import ANNA, RICE, World, spending, world

__all__ = ["world"]
SPEND = "spend_500_30d"


def refused(reason: str, **more: str) -> CallAnswer:
    return CallAnswer(409, {"code": "hold-refused", "reason": reason, **more}, "e")


@pytest.mark.parametrize(
    ("called", "meant"),
    [
        (CallFailed("network-cut"), Silent(asked=False)),
        (CallFailed("unreachable"), Silent(asked=False)),
        (CallFailed("timeout"), Silent(asked=True)),
        (CallFailed("not-central"), Silent(asked=True)),
        (CallAnswer(500, {"code": "internal-error"}, "e"), Silent(asked=True)),
        (CallAnswer(503, {"code": "recovering"}, "e"), Refused("recovering", {})),
        (refused("already-claimed", on="2026-11-01", region="SZ"), None),
    ],
)
def test_answers(world: World, called: Called, meant: object) -> None:
    campaign = world.run(SPEND)
    booth = world.booth()
    answer = Central(lambda *_: called).hold(booth, ANNA, campaign, new_claim(booth))
    assert not isinstance(answer, Hold)
    if meant is None:
        assert answer == Refused("already-claimed", {"on": "2026-11-01", "region": "SZ"})
    else:
        assert answer == meant


def test_a_refusal_that_no_verdict_covers_is_told(world: World) -> None:
    campaign = world.run(SPEND)
    booth = world.booth()
    with pytest.raises(RuleError) as told:
        Central(lambda *_: refused("of-tomorrow")).hold(booth, ANNA, campaign, new_claim(booth))
    assert told.value.code == "hold_refused"


def test_after_an_unknown_outcome_the_hold_is_given_up_and_the_lease_carries(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 2)
    world.know(payments=spending(60000))
    world.lease(SPEND, 1)
    asked: list[tuple[str, Any]] = []

    def silent(method: str, path: str, body: dict[str, Any] | None, seconds: float) -> Called:
        asked.append((f"{method} {path}", body))
        return CallFailed("timeout")

    claimed = ClaimedFilter(world.store)
    counter = GiftCounter(
        world.desk, Central(silent), lambda: (True, None), claimed, Customers(), world.store.database.path.parent, "B"
    )
    board = GiftBoard(counter)
    view: HandOverView = board.begin(counter.customers.view(ANNA).id, SPEND)
    assert [each for each, _ in asked] == ["POST /v1/holds"] * 2
    assert asked[0][1] == asked[1][1]
    first = asked[0][1]
    assert first is not None
    given_up = world.claim(f"claim/{first['id']}")
    assert given_up.status == "released"
    assert world.claim(view.claim).right_kind == "lease"
    assert view.claim != f"claim/{first['id']}"
