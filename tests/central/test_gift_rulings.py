"""Central rules on claims: exactly one of a right stands, the others are seen, whatever order and however often."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from psycopg.types.json import Jsonb

from branch_console.central.caps import At, right_uses, take, total_uses, uses_json
from branch_console.central.publish import uuid7
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import Data
from tests.central.inside import with_database
from tests.central.tills import DAY, ONCE, Till, World, campaign_text, push_all, receive


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


def test_the_clock_decides_if_it_can_be_believed_and_arrival_if_not(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        two.moment += timedelta(minutes=1)
        later, earlier = two.claim(campaign, "p1"), one.claim(campaign, "p1")
        await push_all(world.connection, [two, one])
        await world.rule()
        assert await world.outcomes(earlier, later) == ["confirmed", "duplicate_offset"]
        await world.rows("UPDATE writer SET clock_offset_ms = -120001 WHERE name = %s RETURNING 1", one.terminal)
        later, earlier = two.claim(campaign, "p2"), one.claim(campaign, "p2")
        await push_all(world.connection, [two, one])
        await world.rule()
        assert await world.outcomes(earlier, later) == ["duplicate_offset", "confirmed"]

    in_world(database, work)


def test_what_was_confirmed_stays_confirmed_whatever_comes_later(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        earlier = one.claim(campaign, "p1")
        two.moment += timedelta(hours=1)
        later = two.claim(campaign, "p1")
        await two.push(world.connection)
        await world.rule()
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(earlier, later) == ["duplicate_offset", "confirmed"]

    in_world(database, work)


def test_a_gift_that_came_back_gives_its_right_back_once(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        first = one.claim(campaign, "p1")
        kept = one.claim(campaign, "p2")
        await one.push(world.connection)
        await world.rule()
        one.give_back(first, reopens=True)
        one.give_back(kept, reopens=False)
        await one.push(world.connection)
        await one.push(world.connection, again=2)
        await world.rule()
        assert await world.used() == 1
        again, refused = two.claim(campaign, "p1"), two.claim(campaign, "p2")
        await two.push(world.connection)
        await world.rule()
        assert await world.outcomes(first, again, kept, refused) == [
            "confirmed",
            "confirmed",
            "confirmed",
            "duplicate_offset",
        ]
        assert await world.used() == 2

    in_world(database, work)


def test_a_gift_that_was_back_before_it_was_ruled_on_takes_nothing(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one = await world.till("A1")
        first = one.claim(campaign, "p1")
        one.give_back(first, reopens=True)
        second = one.claim(campaign, "p1")
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(first, second) == ["confirmed", "confirmed"]
        assert await world.used() == 1

    in_world(database, work)


def test_vouchers_are_confirmed_or_refused_and_never_cost_more_than_they_give(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        voucher, refused = one.claim(campaign, "p1", how="vouchered"), two.claim(campaign, "p1", how="vouchered")
        left = one.claim(campaign, "p2", how="vouchered")
        one.release(left)
        await push_all(world.connection, [one, two])
        await world.rule()
        assert await world.outcomes(voucher, refused, left) == ["confirmed", "reversed", None]
        assert (await world.state("B1", f"claim/{refused}")).status == "reversed"
        one.claim(campaign, "p1", claim=voucher)
        two.claim(campaign, "p1", claim=refused)
        await push_all(world.connection, [one, two])
        await world.rule()
        assert await world.outcomes(voucher, refused) == ["confirmed", "duplicate_offset"]
        assert await world.used() == 1
        assert await world.rows("SELECT stage, outcome FROM claim_ruling ORDER BY ruled_at") == [
            ("voucher", "confirmed"),
            ("voucher", "reversed"),
            ("gift", "duplicate_offset"),
        ]

    in_world(database, work)


def test_a_duplicate_is_set_off_against_the_next_right_in_the_group(database: str) -> None:
    async def work(world: World) -> None:
        first = await world.campaign(campaign_text("oil", more='group = "food"\nquantity = 9'))
        second = await world.campaign(campaign_text("rice", more='group = "food"\nquantity = 9'))
        other = await world.campaign(campaign_text("cup", more="quantity = 9"))
        one, two = await world.till("A1"), await world.till("B1")
        one.claim(first, "p1")
        duplicate = two.claim(first, "p1")
        await push_all(world.connection, [one, two])
        await world.rule()
        assert await world.outcomes(duplicate) == ["duplicate_offset"]
        elsewhere, in_group = one.claim(other, "p1"), one.claim(second, "p1")
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(elsewhere, in_group) == ["confirmed", "duplicate_offset"]
        assert (await world.state("A1", f"claim/{in_group}")).outcome_why == "set_off"
        assert await world.used(campaign="rice") == 1

    in_world(database, work)


def test_the_third_duplicate_of_a_terminal_is_a_case(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text(value=3000))
        one, two = await world.till("A1"), await world.till("B1")
        people = ["p1", "p2", "p3", "p4"]
        for person in people:
            one.claim(campaign, person)
        await one.push(world.connection)
        await world.rule()
        claims = [two.claim(campaign, person, staff=f"s{person}") for person in people]
        await two.push(world.connection)
        await world.rule()
        assert await world.outcomes(*claims) == ["duplicate_accepted", "duplicate_accepted", "case", "case"]
        assert (await world.state("B1", f"claim/{claims[2]}")).outcome_why == "repeated"

    in_world(database, work)


def test_what_is_paid_out_later_is_reversed_and_nothing_is_taken_for_it(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text(reward='{ kind = "points", points = 500 }'))
        one, two = await world.till("A1"), await world.till("B1")
        won, lost = one.claim(campaign, "p1"), two.claim(campaign, "p1")
        await push_all(world.connection, [one, two])
        await world.rule()
        assert await world.outcomes(won, lost) == ["confirmed", "reversed"]
        assert (await world.state("B1", f"claim/{lost}")).status == "reversed"
        assert await world.used() == 1

    in_world(database, work)


def test_what_is_beyond_the_campaign_is_accepted_and_seen(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text(more="quantity = 1"))
        one = await world.till("A1")
        first, beyond, again = (one.claim(campaign, person) for person in ("p1", "p2", "p2"))
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(first, beyond, again) == ["confirmed", "duplicate_accepted", "duplicate_offset"]
        state: ClaimState = await world.state("A1", f"claim/{beyond}")
        assert (state.outcome_why, state.excess, state.exceptional) == ("quantity_exhausted", True, True)
        assert await world.used() == 1

    in_world(database, work)


def test_a_hold_is_used_up_by_its_hand_over_and_given_back_by_a_release(database: str) -> None:
    async def work(world: World) -> None:
        campaign = await world.campaign(campaign_text())
        one, two = await world.till("A1"), await world.till("B1")
        held, released = uuid7(), uuid7()
        for claim, person in ((held, "p1"), (released, "p2")):
            await hold(world, one, campaign, claim, person)
        assert await world.used() == 2
        right: Data = {"kind": "hold", "id": held, "epoch": "e"}
        early = two.claim(campaign, "p1")
        two.claim(campaign, "p3", right={**right, "id": released})  # of another branch, and of another claim
        await two.push(world.connection)
        one.moment += timedelta(hours=1)
        one.claim(campaign, "p1", claim=held, right=right, how="reserved")
        one.claim(campaign, "p1", claim=held, right=right)
        one.claim(campaign, "p2", claim=released, right={**right, "id": released}, how="reserved")
        one.release(released)
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(held, early, released) == ["confirmed", "duplicate_offset", None]
        assert (await world.state("A1", f"claim/{held}")).outcome_why == "right_owned"
        assert await world.rows("SELECT id::text, state FROM hold ORDER BY id") == sorted(
            [(held, "consumed"), (released, "released")]
        )
        assert await world.used() == 2

    in_world(database, work)


def test_of_a_campaign_that_is_not_known_nothing_is_ruled_until_it_is(database: str) -> None:
    async def work(world: World) -> None:
        known = await world.campaign(campaign_text("oil"))
        unknown = read_campaign("campaigns/x.v1.toml", campaign_text("rice"))
        one = await world.till("A1")
        waits, ruled = one.claim(unknown, "p1"), one.claim(known, "p1")
        await one.push(world.connection)
        await world.rule()
        assert await world.outcomes(waits, ruled) == [None, "confirmed"]
        await world.campaign(campaign_text("rice"))
        await world.rule()
        assert await world.outcomes(waits) == ["confirmed"]

    in_world(database, work)


def test_other_rules_than_were_published_and_a_missing_key_are_seen(database: str) -> None:
    async def work(world: World) -> None:
        phone = '{ type = "claims_below", scope = "phone", window = "campaign", cap = 1 }'
        campaign = await world.campaign(campaign_text(rule=f"{ONCE}, {phone}"))
        one = await world.till("A1")
        whole = one.claim(campaign, "p1", keys={"person": "p1", "phone": "t1"})
        lacking = one.claim(campaign, "p2")
        forged = campaign.model_copy(update={"quantity": 5, "version": 7})
        other = one.claim(forged, "p3", keys={"person": "p3", "phone": "t3"})
        same_phone = one.claim(campaign, "p4", keys={"person": "p4", "phone": "t1"})
        await one.push(world.connection)
        await world.rule()
        states = [await world.state("A1", f"claim/{each}") for each in (whole, lacking, other, same_phone)]
        assert [(each.outcome, each.excess) for each in states] == [
            ("confirmed", False),
            ("confirmed", True),
            ("confirmed", True),
            ("duplicate_offset", False),
        ]

    in_world(database, work)


async def hold(world: World, till: Till, campaign: Campaign, claim: str, person: str) -> None:
    """Hold a right as the call does."""
    uses = right_uses(campaign, {"person": person}, At(till.branch, till.terminal, "g01"), DAY.date())
    assert isinstance(uses, list)
    uses += total_uses(campaign)
    async with world.connection.transaction():
        assert await take(world.connection, uses) is None
        await world.connection.execute(
            "INSERT INTO hold (id, branch, terminal, staff, campaign, version, request, person, keys, uses, on_day,"
            " state, epoch, expires_at)"
            " VALUES (%s, %s, %s, 'g01', %s, 1, 'r', %s, '{}', %s, now(), 'held', 'e', now())",
            (claim, till.branch, till.terminal, campaign.id, person, Jsonb(uses_json(uses))),
        )
