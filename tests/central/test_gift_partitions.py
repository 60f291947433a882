"""Whatever is cut off, in whatever order it comes back: one of a right stands, all others are seen, nothing is beyond
what was said (G5, G11). Random runs against a real PostgreSQL; and defects, put in on purpose, that they must find.

GIFT_SEEDS=n runs more of them.
"""

import contextlib
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from branch_console.central import adjudication, caps, claim_docket, claim_rights, entitling, leasing
from branch_console.central.campaign_status import per_outage
from branch_console.central.database import Connection
from branch_console.central.stock_mirror import balances_of
from branch_console.rules.gifts.ledger import balances, booked_of, physical
from branch_console.rules.gifts.states import ClaimState
from tests.central.inside import with_database
from tests.central.partition_model import Scene, new_scene
from tests.central.tills import World, campaign_text

SEEDS = int(os.environ.get("GIFT_SEEDS", "200"))
PARTS = 4
STEPS = 32
CAPS = "per_terminal = 3, per_campaign = 2, per_staff = 3, most_value_fen = 9000"


def campaigns_of(seed: int) -> list[str]:
    """One or two campaigns that give everybody one thing once, with different ways to go on when cut off."""
    chance = random.Random(seed)
    today = datetime.now(UTC).date()
    runs: tuple[date, date] = (today - timedelta(days=5), today + timedelta(days=5))
    offline = {
        "oil": f'{{ mode = "lease", lease_per_terminal = {chance.randint(2, 3)}, {CAPS} }}',
        "rice": f'{{ mode = "provisional", {CAPS} }}',
        "cup": f'{{ mode = "{chance.choice(["none", "provisional"])}", entitlements = true, {CAPS} }}',
    }
    names = {"oil"} if chance.random() < 0.5 else {"rice", "cup"} if chance.random() < 0.5 else {"oil", "cup"}
    return [
        campaign_text(name, offline=offline[name], more=f"quantity = {chance.randint(2, 9)}", runs=runs)
        for name in sorted(names)
    ]


SEEN = ("restored", "outages", "hold", "lease", "provisional", "entitlement", "confirmed", "duplicate", "excess")
"""What must have happened often enough for the runs to say anything."""


class _Undo(Exception):  # noqa: N818  no error: the end of a run
    """Leaves nothing of a run."""


async def run_seed(connection: Connection, seed: int) -> Scene:
    """One run, and all that must hold at its end."""
    scene: Scene | None = None
    with contextlib.suppress(_Undo):
        async with connection.transaction():
            world = await World.open(connection, "A1", "B1")
            scene = await new_scene(world, seed, campaigns_of(seed))
            await scene.play(STEPS)
            await check(scene)
            raise _Undo
    assert scene is not None
    return scene


async def check(scene: Scene) -> None:
    """Every promise."""
    await note_what_happened(scene)
    await nothing_is_lost(scene)
    await one_of_a_right_stands(scene)
    await totals_stay_within_what_was_said(scene)
    await counters_are_what_stands(scene)
    await stock_is_what_was_moved(scene)
    await repeating_changes_nothing(scene)


async def note_what_happened(scene: Scene) -> None:
    """Which rights were used and how they were ruled on."""
    for kind, outcome, why in await scene.world.rows(
        "SELECT right_kind, claim_ruling.outcome, why FROM claim_right JOIN claim_ruling USING (claim)"
    ):
        scene.seen[kind] += 1
        scene.seen["confirmed"] += outcome == "confirmed"
        scene.seen["duplicate"] += why == "right_used"
        scene.seen["excess"] += why in {"beyond_grant", "quantity_exhausted"}


async def nothing_is_lost(scene: Scene) -> None:
    """Central has every entry; every hand-over was ruled on, once in each life of the database that knows it."""
    world = scene.world
    for at in scene.terminals:
        stored = await world.rows("SELECT hash FROM entry WHERE writer = %s ORDER BY seq", at.till.terminal)
        assert [bytes(each).hex() for (each,) in stored] == [entry.hash for entry in at.till.entries]
    unruled = await world.rows("SELECT claim FROM claim_right WHERE status = 'handed_over' AND outcome IS NULL")
    assert unruled == []
    published = await world.rows(
        "SELECT subject, writer, count(*) FROM entry WHERE type = 'claim.adjudicated' GROUP BY 1, 2 HAVING count(*) > 1"
    )
    assert published == []
    assert await world.rows("SELECT * FROM claim_queue") == []
    assert await world.rows("SELECT * FROM hold WHERE state = 'held'") == []


def free_again(state: ClaimState) -> bool:
    """Whether the customer gave the right back."""
    return state.status == "released" or (state.status == "returned" and state.reopens)


async def one_of_a_right_stands(scene: Scene) -> None:
    """Of the claims of one person in one campaign that the customer kept: one is confirmed, the others are exceptions.

    None needs to be when the campaign had run out, or the right paid for an earlier duplicate.
    """
    kept: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = await scene.world.rows("SELECT branch, subject FROM state WHERE subject LIKE 'claim/%%'")
    for branch, subject in rows:
        state = await scene.world.state(branch, subject)
        if state.handed_over_at is not None and not free_again(state):
            kept[state.campaign, state.keys["person"]].append(state)
    for claims in kept.values():
        confirmed = [each for each in claims if each.outcome == "confirmed"]
        gone = [each for each in claims if each.outcome_why in {"quantity_exhausted", "set_off"}]
        assert len(confirmed) == 1 or (not confirmed and gone)
        assert all(each.exceptional for each in claims if each.outcome != "confirmed")


async def totals_stay_within_what_was_said(scene: Scene) -> None:
    """Confirmed: never more than the campaign has. Given: at most what every outage could add, by the bound."""
    for campaign in scene.campaigns:
        assert campaign.quantity is not None
        rows = await scene.world.rows(
            "SELECT outcome, right_kind FROM claim_right WHERE campaign = %s AND status IN ('handed_over', 'returned')"
            " AND (uses_right OR outcome <> 'confirmed')",
            campaign.id,
        )
        outcomes = Counter(outcome for outcome, _kind in rows)
        assert outcomes["confirmed"] <= campaign.quantity
        outages = sum(at.outages for at in scene.terminals)
        redeemed_again = sum(kind == "entitlement" and outcome != "confirmed" for outcome, kind in rows)
        assert len(rows) - redeemed_again <= campaign.quantity + outages * per_outage(campaign)
        if campaign.offline.mode == "lease" and not scene.restored:
            assert len(rows) <= campaign.quantity


async def counters_are_what_stands(scene: Scene) -> None:
    """The campaign's counter is exactly what stands: confirmed claims, open leases, open entitlements."""
    for campaign in scene.campaigns:
        [(direct,)] = await scene.world.rows(
            "SELECT count(*) FROM claim_ruling WHERE campaign = %s AND lease IS NULL AND given_back_at IS NULL"
            " AND jsonb_path_exists(uses, 'strict $[*] ? (@[1] == \"quantity\")')",
            campaign.id,
        )
        [(leased,)] = await scene.world.rows(
            "SELECT coalesce(sum(CASE WHEN status = 'returned' THEN used ELSE quantity END), 0) FROM lease"
            " WHERE campaign = %s",
            campaign.id,
        )
        [(entitled,)] = await scene.world.rows(
            "SELECT count(*) FROM entitlement WHERE campaign = %s AND status = 'open'", campaign.id
        )
        assert await scene.world.used(campaign=campaign.id) == direct + leased + entitled
        [(standing,)] = await scene.world.rows(
            "SELECT count(*) FROM claim_right JOIN claim_ruling USING (claim, campaign) WHERE campaign = %s"
            " AND uses_right AND lease IS NULL AND (claim_ruling.outcome = 'confirmed' OR why = 'set_off')",
            campaign.id,
        )
        assert direct == standing


async def stock_is_what_was_moved(scene: Scene) -> None:
    """The mirror equals the replay of all moves, sums to nothing, and nothing physical is short."""
    for branch in ("A1", "B1"):
        rows = await scene.world.rows(
            "SELECT subject FROM state WHERE branch = %s AND (subject LIKE 'claim/%%' OR subject LIKE 'stock/%%')",
            branch,
        )
        states = [await scene.world.state(branch, subject) for (subject,) in rows]
        replayed = balances(booked.move for state in states for booked in booked_of(state))
        assert await balances_of(scene.connection, branch) == replayed
        assert sum(replayed.values()) == 0
        assert [slot for slot, net in replayed.items() if net < 0 and physical(slot.location)] == []


async def repeating_changes_nothing(scene: Scene) -> None:
    """Everything is sent again, central looks at everything again: nothing is different."""

    async def everything() -> list[Any]:
        tables = ("cap_use", "claim_ruling", "lease", "entitlement", "stock_balance", "stock_move")
        counted = await scene.world.rows("SELECT writer, count(*) FROM entry GROUP BY 1 ORDER BY 1")
        return [counted, *[await scene.world.rows(f"TABLE {each} ORDER BY 1, 2, 3") for each in tables]]

    before = await everything()
    for at in scene.terminals:
        at.till.pushed = 0
        await at.till.push(scene.connection)
    rows = await scene.world.rows("SELECT branch, claim, campaign, keys->>'person' FROM claim_right")
    for row in rows:
        await scene.connection.execute(
            "INSERT INTO claim_queue (branch, claim, campaign, person) VALUES (%s, %s, %s, %s)", row
        )
    await scene.central()
    assert await everything() == before


@pytest.mark.parametrize("part", range(PARTS))
def test_random_partitions_restores_and_returns(database: str, part: int) -> None:
    async def work(connection: Connection) -> None:
        seen: Counter[str] = Counter(dict.fromkeys(SEEN, 0))
        for seed in range(part, SEEDS, PARTS):
            try:
                scene = await run_seed(connection, seed)
            except AssertionError as error:
                error.add_note(f"seed {seed}")
                raise
            seen["restored"] += scene.restored
            seen["outages"] += sum(at.outages for at in scene.terminals)
            seen += scene.seen
        assert min(seen.values()) > SEEDS // PARTS // 10, seen

    with_database(database, work)


# Defects, put in on purpose


def takes_nothing(patch: pytest.MonkeyPatch) -> None:
    """A claim without a right of its own takes no counter."""

    async def nothing(_connection: object, _uses: object) -> None:
        return None

    patch.setattr(adjudication, "take", nothing)


def leases_again_in_the_dark(patch: pytest.MonkeyPatch) -> None:
    """A lease that was not heard of is given back by itself and granted to the terminal once more."""
    grant = leasing.grant_leases

    async def again(connection: Connection, *args: Any) -> int:
        rows = await (await connection.execute("SELECT id FROM lease WHERE status = 'open'")).fetchall()
        for (name,) in rows:
            lease = await leasing._lock(connection, str(name))
            assert lease is not None
            await caps.give_back(connection, lease.uses)
            await leasing._end(connection, str(name), "returned", 0)
        return await grant(connection, *args)

    patch.setattr("tests.central.partition_model.grant_leases", again)


def no_fence(patch: pytest.MonkeyPatch) -> None:
    """After a restore central grants leases before it knows what terminals hold."""

    async def never(_connection: Connection) -> bool:
        return False

    patch.setattr(leasing, "recovering", never)
    patch.setattr(entitling, "recovering", never)


def rules_again(patch: pytest.MonkeyPatch) -> None:
    """Whether a claim has been ruled on is not looked at."""
    need = claim_docket.need

    def always(case: Any, campaign: str, person: str) -> Any:
        return "rule" if case.state.handed_over_at else need(case, campaign, person)

    patch.setattr(adjudication, "need", always)
    patch.setattr(adjudication, "_KEEP", adjudication._KEEP + " ON CONFLICT DO NOTHING")


def gives_back_what_is_kept(patch: pytest.MonkeyPatch) -> None:
    """Every gift that comes back opens its right again, whatever was agreed."""

    def given_up(state: Any) -> bool:
        return state.status in {"released", "returned"}

    patch.setattr(adjudication, "given_up", given_up)
    patch.setattr(claim_docket, "given_up", given_up)


def entitlement_stays_open(patch: pytest.MonkeyPatch) -> None:
    """A redeemed entitlement can be redeemed again."""

    async def unused(connection: Connection, case: Any, right: Any) -> None:
        if right.kind != "entitlement":
            await _USE_UP(connection, case, right)

    patch.setattr(adjudication, "use_up", unused)


_USE_UP = claim_rights.use_up


def trusts_the_return(patch: pytest.MonkeyPatch) -> None:
    """A lease that comes back is free as a whole, whatever was handed over under it."""
    patch.setattr(leasing, "min", lambda *_values: 0, raising=False)


def forgets_a_lease(patch: pytest.MonkeyPatch) -> None:
    """A lease takes nothing of the campaign's counters."""

    async def nothing(_connection: object, _uses: object) -> None:
        return None

    patch.setattr(leasing, "take", nothing)


MUTANTS = [
    takes_nothing,
    leases_again_in_the_dark,
    no_fence,
    rules_again,
    gives_back_what_is_kept,
    entitlement_stays_open,
    trusts_the_return,
    forgets_a_lease,
]


@contextlib.contextmanager
def mutated(mutant: Any) -> Iterator[None]:
    """With the defect inside."""
    with pytest.MonkeyPatch.context() as patch:
        mutant(patch)
        yield


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.__name__)
def test_every_defect_is_found(database: str, mutant: Any) -> None:
    async def work(connection: Connection) -> None:
        with mutated(mutant):
            for seed in range(SEEDS):
                try:
                    await run_seed(connection, seed)
                except Exception:  # noqa: BLE001  whatever it is, it was found
                    return
        pytest.fail("no run found it")

    with_database(database, work)
