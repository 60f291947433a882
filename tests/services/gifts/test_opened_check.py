"""What staff open is written down; what is drawn anew, asked of central again or explained is not."""

from typing import Any

from branch_console.rules.journal import Entry
from branch_console.services.gifts.board import GiftBoard
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.online import Central
from branch_console.sync.calls import Called, CallFailed
from data.gift_queries import ClaimedFilter
from tests.desk.gifts.conftest import ANNA, World, spending, world

__all__ = ["world"]
SPEND = "spend_500_30d"


def unreachable(method: str, path: str, body: dict[str, Any] | None, seconds: float) -> Called:
    return CallFailed("unreachable")


def checks(world: World) -> list[Entry]:
    return [each for each in world.store.pending().entries if each.type == "gift.checked"]


def test_only_the_opening_of_a_check_is_an_entry(world: World) -> None:
    world.run(SPEND)
    world.know(payments=spending(38000))
    customers = Customers()
    folder = world.store.database.path.parent
    central, claimed = Central(unreachable), ClaimedFilter(world.store)
    board = GiftBoard(GiftCounter(world.desk, central, lambda: (True, None), claimed, customers, folder, "B"))
    person = customers.view(ANNA).id
    board.check(person)
    board.explain(person, SPEND)
    assert checks(world) == []
    view = board.check(person, opened=True)
    (entry,) = checks(world)
    assert entry.staff == "wang" and entry.data is not None
    assert [each.campaign for each in view.lines] == [SPEND]
    board.check(person, refresh=True)
    board.check(person, opened=True)
    assert checks(world) == [entry]
