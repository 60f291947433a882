"""The mirrors of claims and stock: made by the push itself, without a statement for batches without gifts."""

from typing import Any, cast

from branch_console.central.database import Connection
from branch_console.central.folding import EMPTY, Folded
from branch_console.central.gift_mirror import mirror
from branch_console.central.loop import run
from branch_console.central.stock_mirror import balances_of
from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.gifts.parts import drawer
from tests.central.inside import with_database
from tests.central.tills import SKU, World, campaign_text, receive


def test_a_batch_without_gifts_costs_nothing() -> None:
    changed = [("journey/x", Folded(EMPTY, [], whole=False)), ("staff/y", Folded(EMPTY, [], whole=False))]
    run(mirror(cast(Connection, None), "B1", changed, by_central=False))  # there is nothing to ask anything of


def test_claim_move_and_receipt_are_one_act(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1")
        till = await world.till("A1")
        campaign = await world.campaign(campaign_text())
        await receive(till, 3)
        till.stock_drawer(2)
        claim = till.claim(campaign, "p1", source="drawer")
        await till.push(connection)
        [row] = await world.rows("SELECT claim::text, number, status, uses_right, on_day::text FROM claim_right")
        handed = cast(dict[str, Any], till.entries[-1].data)
        assert row == (claim, handed["receipt"]["number"], "handed_over", True, "2026-11-12")
        held = drawer(till.terminal)
        expected = {"shelf": 1, held: 1, "customer": 1, "supplier": -3}
        found = await balances_of(connection, "A1")
        assert found == {Slot(place, SKU, "", None): net for place, net in expected.items()}
        till.give_back(claim, reopens=False)
        await till.push(connection, again=3)
        assert (await balances_of(connection, "A1"))[Slot("quarantine", SKU, "", None)] == 1
        assert await world.rows("SELECT count(*) FROM stock_move") == [(4,)]

    with_database(database, inside)


def test_what_left_without_having_been_there_is_short_until_it_comes(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1")
        one, two = await world.till("A1"), await world.till("A1")
        campaign = await world.campaign(campaign_text())
        one.claim(campaign, "p1")
        one.claim(campaign, "p2")
        await one.push(connection)
        shelf = "SELECT quantity, short FROM stock_balance WHERE location = 'shelf'"
        assert await world.rows(shelf) == [(0, 2)]
        await receive(two, 5)
        await two.push(connection)
        assert await world.rows(shelf) == [(3, 0)]

    with_database(database, inside)
