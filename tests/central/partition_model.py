"""Branches that are cut off and come back, seen from outside: light terminals under the real rules, a real central.

One run is one transaction that is rolled back at the end; a backup of central is a savepoint in it, restoring it is
rolling back to that. A terminal hands over what the rules of the counter allow by what it knows; what it knows it has
written itself or read from central while it was connected.
"""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from branch_console.central.adjudication import adjudicate_all
from branch_console.central.campaign_round import standing
from branch_console.central.database import Connection
from branch_console.central.entitling import Issuing, issue_entitlements
from branch_console.central.facts import renew_epoch
from branch_console.central.gift_worker import settle_rights
from branch_console.central.heartbeats import note_heartbeat
from branch_console.central.holds import grant_hold
from branch_console.central.leasing import grant_leases, recall_lease
from branch_console.central.problems import ProblemError
from branch_console.central.publish import uuid7
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.entries import read_data
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_acts import Counter as AtCounter
from branch_console.rules.gifts.claim_acts import check_hand_over
from branch_console.rules.gifts.claim_entries import ClaimHandedOver
from branch_console.rules.gifts.claim_rights import Offline
from branch_console.rules.gifts.hands import Hands
from branch_console.rules.gifts.ledger import Balances, balances, booked_of
from branch_console.rules.gifts.states import ClaimState, EntitlementState, LeaseState
from branch_console.rules.journal import Data
from branch_console.sync.wire import Report
from branch_console.sync.wire_gifts import HoldRequest
from tests.central.tills import Till, World, receive

KEY = "k1:" + "A" * 39


@dataclass
class Terminal:
    """A till in a partitioned world. `outages` counts how often it was cut off; `offline` what this one has used."""

    till: Till
    connected: bool = True
    epoch: str = ""
    outages: int = 0
    offline: Counter[str] = field(default_factory=Counter)
    held: dict[str, tuple[Campaign, str]] = field(default_factory=dict)
    """Holds that the customer stands before: claim → campaign, person."""

    def leases(self, campaign: str, *, recalled: bool = False) -> dict[str, LeaseState]:
        """Leases of the campaign in its custody, as it knows them; with `recalled` those that it must return, too."""
        statuses = {"open", "recalled"} if recalled else {"open"}
        return {
            subject.partition("/")[2]: state
            for subject, state in self.till.folded("lease").items()
            if state.terminal == self.till.terminal and state.campaign == campaign and state.status in statuses
        }

    def used_under(self, lease: str) -> int:
        """How many rewards it has handed over under a lease."""
        return sum(
            state.right_id == lease and state.terminal == self.till.terminal and state.handed_over_at is not None
            for state in self.claims().values()
        )

    def claims(self) -> dict[str, ClaimState]:
        """All claims that it knows of, by subject."""
        return self.till.folded("claim")


@dataclass
class Scene:
    """One run: who there is, and what is done to them."""

    world: World
    terminals: list[Terminal]
    campaigns: list[Campaign]
    people: list[str]
    random: random.Random
    restored: int = 0
    backed_up: bool = False
    issuing: Issuing = field(default_factory=Issuing)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def connection(self) -> Connection:
        return self.world.connection

    async def epoch(self) -> str:
        """Central's epoch now."""
        [(epoch,)] = await self.world.rows("SELECT value FROM meta WHERE name = 'epoch'")
        return str(epoch)

    # What happens

    async def customer(self, at: Terminal) -> None:
        """A customer comes for something, and gets it if the rules let them."""
        campaign, person = self.random.choice(self.campaigns), self.random.choice(self.people)
        if at.connected:
            await self._online(at, campaign, person)
        else:
            self._offline(at, campaign, person)

    async def _online(self, at: Terminal, campaign: Campaign, person: str) -> None:
        if await self.epoch() != at.epoch:  # the answer would say so
            await self.sync(at)
        claim = uuid7()
        request = HoldRequest(
            id=claim,
            campaign=campaign.id,
            version=campaign.version,
            rule_hash=campaign.rule_hash,
            keys={"person": person},
            staff="g01",
            on=at.till.moment.date(),
        )
        try:
            async with self.connection.transaction():
                answer = await grant_hold(self.connection, at.till.terminal, request)
        except ProblemError:
            return
        if isinstance(answer, ProblemError):  # it is committed all the same
            return
        at.till.claim(campaign, person, claim=claim, right=self._right("hold", claim, at), how="reserved")
        at.held[claim] = (campaign, person)
        if self.random.random() < 0.7:
            self.finish(at)

    def finish(self, at: Terminal) -> None:
        """A customer who was kept waiting takes the gift, or leaves without it."""
        if at.held:
            claim = self.random.choice(sorted(at.held))
            campaign, person = at.held.pop(claim)
            if self.random.random() < 0.8:
                at.till.claim(campaign, person, claim=claim, right=self._right("hold", claim, at), source="drawer")
            else:
                at.till.release(claim)

    def _right(self, kind: str, name: str | None, at: Terminal) -> Data:
        return {"kind": kind, "id": name, "epoch": at.epoch if name else None}

    def _offline(self, at: Terminal, campaign: Campaign, person: str) -> None:
        """By an entitlement of the branch, else by the lease, else on the campaign's caps; nothing twice here."""
        known = at.claims().values()
        if any(
            each.campaign == campaign.id and each.keys.get("person") == person and each.uses_right for each in known
        ):
            return
        total = at.offline.total()
        used = Offline(campaign=at.offline[campaign.id], terminal=total, staff=total)
        for offline, right in self._rights(at, campaign, person, used):
            if self._hand_over(at, campaign, person, offline, right):
                if right["kind"] != "entitlement":
                    at.offline[campaign.id] += 1
                return

    def _rights(self, at: Terminal, campaign: Campaign, person: str, used: Offline) -> list[tuple[Offline, Data]]:
        found: list[tuple[Offline, Data]] = []
        for subject, owned in at.till.folded("entitlement").items():
            state: EntitlementState = owned
            if state.keys.get("person") == person and state.campaign == campaign.id:
                right: Data = {"kind": "entitlement", "id": subject.partition("/")[2], "epoch": state.epoch}
                found.append((replace(used, entitlement=state), right))
        for name, lease in at.leases(campaign.id).items():
            right = {"kind": "lease", "id": name, "epoch": lease.epoch}
            found.append((replace(used, lease=lease, lease_used=at.used_under(name)), right))
        return [*found, (used, {"kind": "provisional", "id": None, "epoch": None})]

    def _hand_over(self, at: Terminal, campaign: Campaign, person: str, offline: Offline, right: Data) -> bool:
        """Write the entry if the rules of the counter allow it."""
        till = at.till
        moment, clock = till.moment, till.clock
        claim = till.claim(campaign, person, right=right, source="drawer")
        entry = till.entries[-1]
        data = read_data(entry)
        assert isinstance(data, ClaimHandedOver)
        hands = Hands("g01", "guide", till.terminal, moment, moment.date(), there=self.stock(at))
        try:
            check_hand_over(hands, AtCounter(campaign, "running", offline), None, data)
        except RuleError:
            del till.entries[-1]
            till.moment, till.clock = moment, clock
            return False
        assert claim
        return True

    def stock(self, at: Terminal) -> Balances:
        """What is where, as far as the terminal knows."""
        states = [*at.claims().values(), *at.till.folded("stock").values()]
        return balances(booked.move for state in states for booked in booked_of(state))

    def bring_back(self, at: Terminal) -> None:
        """A customer brings a gift back to where it was handed over."""
        out = [
            subject.partition("/")[2]
            for subject, state in at.claims().items()
            if state.status == "handed_over" and state.terminal == at.till.terminal
        ]
        if out:
            at.till.give_back(self.random.choice(sorted(out)), reopens=self.random.random() < 0.5)

    def cut_or_join(self, at: Terminal) -> None:
        """The line to central breaks, or comes back."""
        at.connected = not at.connected
        at.outages += not at.connected
        at.offline.clear()

    async def sync(self, at: Terminal) -> None:
        """Everything written goes out, everything for the branch comes in; a new epoch ends what the old one leased."""
        till = at.till
        epoch = await self.epoch()
        [(seq,)] = await self.world.rows("SELECT seq FROM writer WHERE name = %s", till.terminal)
        till.pushed = int(seq)
        await till.push(self.connection)
        await till.pull(self.connection)
        for campaign in self.campaigns:
            for name, lease in at.leases(campaign.id, recalled=True).items():
                if lease.status == "recalled" or epoch not in {at.epoch, lease.epoch}:
                    till.write("lease.returned", f"lease/{name}", {"used": at.used_under(name)})
        at.epoch = epoch
        await till.push(self.connection)
        last = till.entries[-1]
        report = Report(seq=last.seq, hash=last.hash, pending=0, epoch=epoch, clock_offset_ms=0)
        await note_heartbeat(self.connection, till.terminal, report, "1")

    async def central(self) -> None:
        """Central does everything that it does by itself."""
        await settle_rights(self.connection)
        await adjudicate_all(self.connection, self.world.court)
        epoch = await self.epoch()
        unheard = [at for at in self.terminals if at.epoch != epoch]
        for each in await standing(self.connection, self.world.court.catalogue):
            granted = await grant_leases(self.connection, each.campaign, each.branches, self.world.court.reference)
            assert not (granted and unheard), "granted before everybody has shown what they hold"
            args = (self.world.facts, each.campaign, each.branches, self.issuing, self.world.court.reference)
            while await issue_entitlements(self.connection, *args):
                pass
        for campaign in self.campaigns:
            assert campaign.quantity is not None
            assert self.restored or self.in_custody(campaign.id) <= campaign.quantity

    def in_custody(self, campaign: str) -> int:
        """What terminals have of leases that came to them, or handed over under them, as they themselves know it."""
        total = 0
        for at in self.terminals:
            for subject, state in at.till.folded("lease").items():
                if state.terminal == at.till.terminal and state.campaign == campaign:
                    used = at.used_under(subject.partition("/")[2])
                    total += state.quantity if state.status in {"open", "recalled"} else used
        return total

    async def recall(self) -> None:
        """Central wants a lease back."""
        rows = await self.world.rows("SELECT id::text FROM lease WHERE status = 'open' ORDER BY 1")
        if rows:
            await recall_lease(self.connection, self.random.choice(rows)[0], "paused", self.world.court.reference)

    async def back_up_or_restore(self) -> None:
        """Central is backed up once; later it is restored from that, and begins a new epoch."""
        if not self.backed_up:
            await self.connection.execute("SAVEPOINT backup")
            self.backed_up = True
            return
        await self.connection.execute("ROLLBACK TO SAVEPOINT backup")
        await renew_epoch(self.connection)
        await self.connection.execute(
            "UPDATE writer SET registered_at = clock_timestamp() WHERE public_key IS NULL AND registered_at = now()"
        )
        self.restored += 1
        self.issuing = Issuing()

    async def play(self, steps: int) -> None:
        """Random things happen, one after the other; then everybody is heard and central comes to rest."""
        for _ in range(steps):
            at = self.random.choice(self.terminals)
            happens: list[tuple[int, Callable[[], Awaitable[None] | None]]] = [
                (10, lambda at=at: self.customer(at)),  # type: ignore[misc]
                (2, lambda at=at: self.finish(at)),  # type: ignore[misc]
                (2, lambda at=at: self.bring_back(at)),  # type: ignore[misc]
                (3, lambda at=at: self.cut_or_join(at)),  # type: ignore[misc]
                (4, lambda at=at: self.sync(at) if at.connected else None),  # type: ignore[misc]
                (3, self.central),
                (2, self.recall),
                (1, self.back_up_or_restore),
            ]
            act = self.random.choices([each for _, each in happens], [weight for weight, _ in happens])[0]
            done = act()
            if done is not None:
                await done
        await self.come_to_rest()

    async def come_to_rest(self) -> None:
        """Everybody is connected, every customer has gone, everything is known everywhere."""
        for at in self.terminals:
            at.connected = True
            while at.held:
                self.finish(at)
        for _ in range(3):
            for at in self.terminals:
                await self.sync(at)
            await self.central()
        for at in self.terminals:
            await at.till.pull(self.connection)


async def new_scene(world: World, seed: int, texts: list[str]) -> Scene:
    """Two branches with one or two terminals each, goods in every drawer, some people with facts, and campaigns."""
    chance = random.Random(seed)
    campaigns = [await world.campaign(text) for text in texts]
    people = [f"{KEY}{number}" for number in range(chance.randint(3, 9))]
    terminals = []
    for branch in ("A1", "B1"):
        for _ in range(chance.randint(1, 2)):
            till = await world.till(branch)
            till.moment = datetime.now(UTC) - timedelta(hours=1)
            await receive(till, 20)
            till.stock_drawer(20)
            terminals.append(Terminal(till))
    for person in people:
        await world.fact(person, "branch", chance.choice(["A1", "B1"]))
    scene = Scene(world, terminals, campaigns, people, chance)
    for at in terminals:
        await scene.sync(at)
    if chance.random() < 0.5:
        await scene.back_up_or_restore()
    await scene.central()
    for at in terminals:
        await scene.sync(at)
        if chance.random() < 0.5:
            scene.cut_or_join(at)
    return scene
