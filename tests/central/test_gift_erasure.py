"""Erasing a customer from a claim at central: the person leaves every copy, the goods stay booked (G9)."""

import pytest

from branch_console.central.database import Connection
from branch_console.central.publish import uuid7
from branch_console.central.store import entries_of
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.gifts.forgetting import erasure
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import Entry
from tests.central.inside import Writer, state_of, with_database
from tests.rules.gifts.gift_help import at, claim, move

CLAIM = FOLDS["claim"]
RECEIPT = {"number": "LP-A001-261212-0001-X", "confirmed_by": "customer_code", "note": "本人张三丰签收"}
PERSON = ("k1:zhang", "k1:138", "138****8000", "张三丰", "张*丰", "380.00")


def claim_of(writer: Writer, subject: str) -> None:
    writer.write("claim.reserved", subject, claim(stock=[move()], expires_at=at(30)))
    writer.write("claim.handed_over", subject, claim(moves=[move()], receipt=RECEIPT))


async def kept(connection: Connection, subject: str) -> tuple[ClaimState, str]:
    """The state of the claim, and everything about it that stands in the database."""
    stored = await state_of(connection, subject)
    cursor = await connection.execute("SELECT wire FROM entry ORDER BY seq")
    wires = b"".join([wire for (wire,) in await cursor.fetchall() if type(wire) is bytes])
    state = CLAIM.load(stored)
    assert isinstance(state, ClaimState)
    return state, (stored + wires).decode()


@pytest.mark.parametrize("together", [True, False])
def test_the_person_is_gone_and_the_goods_are_booked(database: str, together: bool) -> None:
    subject, writer = f"claim/{uuid7()}", Writer()
    claim_of(writer, subject)
    writer.write("data.erased", subject, {"entries": erasure(writer.entries), "why": "consent_withdrawn"})

    async def work(connection: Connection) -> tuple[ClaimState, str]:
        await writer.register(connection)
        for first, last in [(1, 3)] if together else [(1, 2), (3, 3)]:
            assert (await writer.push(connection, first, last)).quarantined == []
        return await kept(connection, subject)

    state, text = with_database(database, work)
    assert [each for each in PERSON if each in text] == []
    assert (state.status, state.receipt_number, state.erased) == ("handed_over", RECEIPT["number"], True)
    assert [(each.move.sku, each.move.quantity) for each in state.booked] == [("RICE-5KG", 1)]


def test_a_restored_central_books_what_comes_to_it_without_data(database: str) -> None:
    """The terminal's own retention has taken the data already; the erasure comes in a push of its own."""
    subject, writer = f"claim/{uuid7()}", Writer()
    claim_of(writer, subject)
    writer.write("data.erased", subject, {"entries": erasure(writer.entries), "why": "retention"})
    writer.entries[:2] = [each._replace(data=None) for each in writer.entries[:2]]

    async def work(connection: Connection) -> tuple[int, ClaimState, list[Entry]]:
        await writer.register(connection)
        await writer.push(connection, 1, 2)
        before = CLAIM.load(await state_of(connection, subject))
        assert isinstance(before, ClaimState)
        await writer.push(connection, 3, 3)
        state, _ = await kept(connection, subject)
        return len(before.booked), state, await entries_of(connection, "B1", subject)

    before, state, entries = with_database(database, work)
    assert before == 0
    assert (len(state.booked), state.status, state.campaign) == (1, "handed_over", "d12")
    assert [each.data is None for each in entries] == [True, True, False]
