"""Central rules on claims: exactly one of a right stands, the others are seen, whatever order and however often."""

from collections.abc import Awaitable, Callable

from branch_console.rules.gifts.states import ClaimState
from tests.central.inside import with_database
from tests.central.tills import World, campaign_text, receive


def in_world(database: str, work: Callable[[World], Awaitable[None]]) -> None:
    """Run `work` in a database with the branches A1 and B1."""

    async def inside(connection: object) -> None:
        await work(await World.open(connection, "A1", "B1"))  # type: ignore[arg-type]

    with_database(database, inside)


def test_of_two_claims_of_one_right_in_two_branches_one_is_confirmed(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        await receive(one, 5)
        await receive(two, 5)
        late = two.claim(campaign, "p1")
        early = one.claim(campaign, "p1")
        early_other = one.claim(campaign, "p2")
        one.moment = two.moment
        await two.push(world.connection)
        await one.push(world.connection)
        assert await world.rule() == 3
        assert await world.outcomes(early_other) == ["confirmed"]
        outcomes = await world.outcomes(early, late)
        assert sorted(map(str, outcomes)) == ["confirmed", "duplicate_offset"]
        loser, winner = (late, early) if outcomes[0] == "confirmed" else (early, late)
        branch = "B1" if loser == late else "A1"
        state: ClaimState = await world.state(branch, f"claim/{loser}")
        assert (state.outcome_why, state.winner_claim, state.winner_on) == ("right_used", winner, "2026-11-12")
        assert state.winner_region == ("A" if branch == "B1" else "B")
        assert state.exceptional
        assert await world.used() == 2
        assert await world.used("budget") == 10_000
        assert await world.rule() == 0

    in_world(database, work)
