"""What central grants ahead: leases and entitlements; and attested facts that it verifies when its books are as new."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from branch_console.central.claim_mirror import BUSINESS_ZONE
from branch_console.central.database import Connection
from branch_console.central.entitling import Issuing, issue_entitlements
from branch_console.central.gift_worker import settle_rights
from branch_console.central.holds import grant_hold
from branch_console.central.leasing import grant_leases, recall_leases
from branch_console.central.problems import ProblemError
from branch_console.central.publish import uuid7
from branch_console.central.verifying_facts import verify_facts
from branch_console.rules.canonical import canonical
from branch_console.rules.journal import Data
from branch_console.security.signing import verify
from branch_console.sync.wire_gifts import HoldAnswer, HoldRequest
from tests.central.inside import with_database
from tests.central.tills import World, campaign_text, push_all

TODAY = datetime.now(UTC).date()
RUNS = (TODAY - timedelta(days=5), TODAY + timedelta(days=5))
CAPS = "per_terminal = 9, per_campaign = 9, per_staff = 9, most_value_fen = 9000"
LEASED = f'{{ mode = "lease", lease_per_terminal = 2, {CAPS} }}'
OWNED = f'{{ mode = "none", entitlements = true, {CAPS} }}'


def test_what_is_beyond_a_lease_is_seen_and_takes_a_place_of_its_own(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        one, two = await world.till("A1"), await world.till("B1")
        campaign = await world.campaign(campaign_text(offline=LEASED, more="quantity = 5", runs=RUNS))
        assert await grant_leases(connection, campaign, None, world.court.reference) == 2
        assert await grant_leases(connection, campaign, None, world.court.reference) == 0
        for till in (one, two):
            await till.pull(connection)
        [(subject, lease)] = [each for each in one.folded("lease").items() if each[1].terminal == one.terminal]
        right: Data = {"kind": "lease", "id": subject.partition("/")[2], "epoch": lease.epoch}
        claims = [one.claim(campaign, f"p{number}", right=right) for number in range(3)]
        wrong_epoch = two.claim(campaign, "q1", right={**right, "epoch": "0" * 16})
        await push_all(connection, [one, two])
        await world.rule()
        assert await world.outcomes(*claims) == ["confirmed"] * 3
        assert [(await world.state("A1", f"claim/{claim}")).excess for claim in claims] == [False, False, True]
        state = await world.state("B1", f"claim/{wrong_epoch}")
        assert (state.outcome, state.outcome_why) == ("duplicate_accepted", "quantity_exhausted")
        assert await world.used() == 5
        assert await recall_leases(connection, "oil", "ended", world.court.reference) == 1
        await two.pull(connection)
        [mine] = [each for each, state in two.folded("lease").items() if state.terminal == two.terminal]
        two.write("lease.returned", mine, {"used": 0})
        await two.push(connection)
        assert await settle_rights(connection) == 1
        assert await world.used() == 3

    with_database(database, inside)


def test_entitlements_are_signed_owned_by_one_branch_and_used_once(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        home, other, away = await world.till("A1"), await world.till("A1"), await world.till("B1")
        young = '{ type = "age_between", min = 16 }, '
        once = '{ type = "claims_below", scope = "person", window = "campaign", cap = 1 }'
        text = campaign_text(offline=OWNED, more="quantity = 5", runs=RUNS, rule=young + once)
        campaign = await world.campaign(text)
        for person, born in (("k1:a", "1990-01-01"), ("k1:b", "2020-01-01"), ("k1:c", "1990-01-01")):
            await world.fact(person, "born", born)
            await world.fact(person, "branch", "A1")
        await world.fact("k1:d", "born", "1990-01-01")  # home branch unknown
        issuing = Issuing()
        for _ in range(4):
            await issue_entitlements(connection, world.facts, campaign, None, issuing, world.court.reference)
        assert await world.rows("SELECT key FROM entitlement ORDER BY key") == [("k1:a",), ("k1:c",)]
        assert await world.used() == 2
        await home.pull(connection)
        found = {state.keys["person"]: (subject, state) for subject, state in home.folded("entitlement").items()}
        subject, state = found["k1:a"]
        [issued] = home.about("entitlement")[subject]
        assert issued.data is not None
        said = {name: value for name, value in issued.data.items() if name != "signature"} | {"subject": subject}
        verify(world.facts.central_key, canonical(said), state.signature)
        right: Data = {"kind": "entitlement", "id": subject.partition("/")[2], "epoch": state.epoch}
        first, second = home.claim(campaign, "k1:a", right=right), other.claim(campaign, "k1:a", right=right)
        elsewhere = away.claim(campaign, "k1:c")
        await push_all(connection, [home, other, away])
        await world.rule()
        assert sorted(map(str, await world.outcomes(first, second))) == ["confirmed", "duplicate_offset"]
        assert await world.outcomes(elsewhere) == ["confirmed"]
        assert (await world.state("A1", found["k1:c"][0])).status == "moved_away"
        assert await world.used() == 2

    with_database(database, inside)


def test_an_entitlement_is_used_online_by_its_own_branch_only(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1", "B1")
        home, away = await world.till("A1"), await world.till("B1")
        await connection.execute("UPDATE writer SET settled_epoch = (SELECT value FROM meta WHERE name = 'epoch')")
        campaign = await world.campaign(campaign_text(offline=OWNED, more="quantity = 5", runs=RUNS))
        person = "k1:" + "A" * 43
        await world.fact(person, "branch", "A1")
        await issue_entitlements(connection, world.facts, campaign, None, Issuing(), world.court.reference)

        def request() -> HoldRequest:
            return HoldRequest(
                id=uuid7(),
                campaign=campaign.id,
                version=1,
                rule_hash=campaign.rule_hash,
                keys={"person": person},
                staff="g01",
                on=datetime.now(BUSINESS_ZONE).date(),
            )

        with pytest.raises(ProblemError):
            async with connection.transaction():
                await grant_hold(connection, away.terminal, request())
        async with connection.transaction():
            answer = await grant_hold(connection, home.terminal, request())
        assert isinstance(answer, HoldAnswer)
        assert await world.rows("SELECT status FROM entitlement") == [("moved_away",)]
        assert await world.used() == 1
        await home.pull(connection)
        assert [state.status for state in home.folded("entitlement").values()] == ["moved_away"]

    with_database(database, inside)


def test_attested_facts_are_compared_when_the_books_are_as_new(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await World.open(connection, "A1")
        till = await world.till("A1")
        till.moment = datetime.now(UTC) + timedelta(hours=1)
        subjects = {}
        for fact, value in (("kyc", 3), ("risk", 5), ("first_wallet", True)):
            subjects[fact] = f"attestation/{uuid7()}"
            data: Data = {
                "recipient": {"keys": {"person": "p1"}, "name": "", "phone": "", "journey": None},
                "fact": fact,
                "value": json.dumps(value),
                "reference": "T-0001",
                "seen_at": till.moment.isoformat(timespec="milliseconds"),
            }
            till.write("fact.attested", subjects[fact], data)
        await till.push(connection)
        assert await settle_rights(connection) == 3
        await world.fact("p1", "kyc", 3)  # older, but the same
        await world.fact("p1", "risk", 9)  # older, and another
        assert await verify_facts(connection, world.court.reference) == 1
        await connection.execute("UPDATE person_fact SET as_of = now() + interval '2 hours'")
        assert await verify_facts(connection, world.court.reference) == 1
        assert await verify_facts(connection, world.court.reference) == 0
        outcomes = {fact: (await world.state("A1", subject)).outcome for fact, subject in subjects.items()}
        assert outcomes == {"kyc": "confirmed", "risk": "contradicted", "first_wallet": None}
        assert (await world.state("A1", subjects["risk"])).true_value == "9"

    with_database(database, inside)
