"""One run: a schedule of work and faults drawn from the seed, then an end of all faults, then the checks."""

from collections.abc import Callable
from dataclasses import dataclass, field

from branch_console.sync.messages import TryNow
from tests.simulation.central import Central
from tests.simulation.checks import check_all
from tests.simulation.disk import Disk
from tests.simulation.journal import new_uuid
from tests.simulation.network import Network
from tests.simulation.terminal import Terminal
from tests.simulation.world import BASE_MS, ViolationError, World

TROUBLE = 120.0
HEALING = 400.0
STEP = 40.0


@dataclass
class Run:
    """Everything of one run."""

    world: World
    central: Central
    network: Network
    terminals: list[Terminal] = field(default_factory=list)
    acts: dict[str, str] = field(default_factory=dict)
    """id → terminal (its name): acts that a member of staff was told are saved and that no image has taken back."""
    images: list[tuple[Terminal, Disk]] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    """Names of terminals that central revoked."""
    put_back: set[str] = field(default_factory=set)
    """Journals whose terminal was restored from an image."""


def simulate(seed: int, history: list[str] | None = None) -> World:
    """One whole run; its history goes into the list. Raises ViolationError with the promise that was broken."""
    world = World(seed, history)
    rng = world.rng
    central = Central(world)
    network = Network(world, central)
    run = Run(world, central, network)
    branches = ["B1"] if rng.random() < 0.7 else ["B1", "B2"]
    for number in range(rng.randint(2, 4)):
        branch = rng.choice(branches)
        identity = new_uuid(rng)
        central.db.branches[identity] = branch
        terminal = Terminal(world, network, Disk(identity, branch, central.db.epoch), f"T{number}")
        run.terminals.append(terminal)
        world.at(rng.uniform(0, 10), terminal.start)
    for branch in branches:
        central.publish(branch)
    central.backup()
    _choose_rates(run)
    _schedule(run)
    try:
        world.run(TROUBLE)
        _heal(run)
        while world.now < TROUBLE + HEALING and not _settled(run):
            world.run(world.now + STEP)
        world.run(world.now + STEP)  # a heartbeat and a long-polled question later
        check_all(run)
    except ViolationError as error:
        raise ViolationError(f"seed {seed}: {error}") from error
    return world


def _choose_rates(run: Run) -> None:
    """Swarm testing: each seed has some kinds of faults and not others."""
    rng, network, central = run.world.rng, run.network, run.central
    network.drop = rng.choice((0.0, 0.05, 0.25))
    network.double = rng.choice((0.0, 0.1))
    network.slow = rng.choice((0.0, 0.05, 0.2))
    central.crash_rate = rng.choice((0.0, 0.0, 0.05, 0.2))
    central.max_entries = rng.choice((1000, 1000, 5))
    for terminal in run.terminals:
        terminal.crash_rate = rng.choice((0.0, 0.0, 0.02, 0.1))
        terminal.version = rng.choice((2, 2, 3))


def _schedule(run: Run) -> None:
    """Draw the moments of all work and of all faults."""
    world, rng, central = run.world, run.world.rng, run.central
    for terminal in run.terminals:
        moment = 0.0
        pace = rng.choice((3.0, 8.0, 25.0))
        while moment < TROUBLE:
            moment += rng.expovariate(1 / pace)
            for _ in range(rng.choice((1, 1, 1, 8))):
                if moment < TROUBLE:
                    world.at(moment, _bind(_act, run, terminal))
    faults: tuple[tuple[float, Callable[[], None]], ...] = (
        (0.6, lambda: _cut(run)),
        (0.3, lambda: _portal(run)),
        (0.5, lambda: _crash(run)),
        (0.3, lambda: setattr(rng.choice(run.terminals), "skew_ms", rng.randint(-(10**9), 10**9))),
        (0.3, lambda: setattr(central, "busy_until", world.now + rng.uniform(1, 20))),
        (0.15, lambda: setattr(central, "too_old_until", world.now + rng.uniform(1, 30))),
        (0.6, central.backup),
        (0.25, central.restore),
        (0.5, lambda: central.publish(rng.choice(sorted(set(central.db.branches.values()))))),
        (0.6, lambda: _take_image(run)),
        (0.4, lambda: _restore_image(run)),
        (0.05, lambda: _revoke(run)),
        (0.2, lambda: setattr(central, "version", 3)),
        (1.0, lambda: _persons(run)),
    )
    for probability, fault in faults:
        while rng.random() < probability * 0.75:
            world.at(rng.uniform(5, TROUBLE), fault)


def _bind(act: Callable[[Run, Terminal], None], run: Run, terminal: Terminal) -> Callable[[], None]:
    return lambda: act(run, terminal)


def _act(run: Run, terminal: Terminal) -> None:
    """A member of staff does something."""
    world, rng, disk = run.world, run.world.rng, terminal.disk
    if terminal.erased_keys:
        return
    kind, version, subject = "sim.noted", 1, f"journey/00000000-0000-0000-0000-{rng.randrange(6):012d}"
    data: dict[str, object] = {"n": rng.randrange(1000)}
    chance = rng.random()
    if chance < 0.06:
        kind = "sim.poison"
    elif chance < 0.2 and terminal.version == 3:
        version = 3
    elif chance < 0.28:
        places = [entry for entry in disk.all_entries() if entry.data is not None and entry.type == "sim.noted"]
        if places:
            gone = rng.choice(places)
            kind, subject = "data.erased", gone.subject
            data = {"entries": [{"terminal": gone.terminal, "seq": gone.seq}], "why": "consent_withdrawn"}
    entry = disk.append(int(BASE_MS + world.now * 1000) + terminal.skew_ms, new_uuid(rng), kind, version, subject, data)
    run.acts[entry.id] = terminal.name
    world.tell(terminal.name, "writes", entry.seq, kind)


def _crash(run: Run) -> None:
    """The sync process of some terminal is killed."""
    run.world.rng.choice(run.terminals).crash()


def _cut(run: Run) -> None:
    """A partition: some terminals lose the network for a while."""
    world, network = run.world, run.network
    names = [each.name for each in run.terminals if world.rng.random() < 0.6]
    world.tell("cut", *names)
    network.cut.update(names)
    world.at(world.rng.uniform(1, 50), lambda: network.cut.difference_update(names))


def _portal(run: Run) -> None:
    """A terminal sits behind a captive portal for a while."""
    world, network = run.world, run.network
    name = world.rng.choice(run.terminals).name
    world.tell("captive portal before", name)
    network.portal.add(name)
    world.at(world.rng.uniform(1, 30), lambda: network.portal.discard(name))


def _take_image(run: Run) -> None:
    """Somebody copies a terminal's disk."""
    terminal = run.world.rng.choice(run.terminals)
    run.images.append((terminal, terminal.disk.copy()))


def _restore_image(run: Run) -> None:
    """Somebody puts an old image back. What was written since is gone from there, and nobody can promise it."""
    if not run.images:
        return
    terminal, image = run.world.rng.choice(run.images)
    if terminal.erased_keys or image.terminal != terminal.disk.terminal:
        return
    run.world.tell(terminal.name, "is restored from an image; own head", len(image.own), "was", len(terminal.disk.own))
    run.put_back.add(image.terminal)
    lost = {entry.id for entry in terminal.disk.own} - {entry.id for entry in image.own}
    for each in lost:
        run.acts.pop(each, None)
    terminal.state = None
    terminal.life += 1
    terminal.disk = image.copy()
    terminal.start()


def _revoke(run: Run) -> None:
    """Central revokes a terminal for good."""
    terminal = run.world.rng.choice(run.terminals)
    run.world.tell("revoked", terminal.name)
    run.revoked.add(terminal.name)
    run.central.db.revoked.add(terminal.disk.terminal)


def _persons(run: Run) -> None:
    """Those who look at the Sync screens do what these ask for."""
    for terminal in run.terminals:
        if terminal.problem in ("journal-fork", "journal-behind"):
            _continue(run, terminal)
        elif terminal.problem == "unknown-terminal":
            run.world.tell("let in again", terminal.name)
            run.central.db.branches[terminal.disk.terminal] = terminal.disk.branch
            terminal.take(TryNow())


def _continue(run: Run, terminal: Terminal) -> None:
    """G7: go on in a new journal."""
    world, central, disk = run.world, run.central, terminal.disk
    state = terminal.state
    if state is None or state.agreeing or state.epoch != central.db.epoch or not central.up:
        return
    common = disk.acknowledged
    identity = new_uuid(world.rng)
    central.db.branches[identity] = disk.branch
    world.tell(terminal.name, "continues in", identity[:4], "carrying", len(disk.own) - common)
    disk.continue_in_new_journal(identity, central.db.epoch, common)
    terminal.state = None
    terminal.life += 1
    terminal.start()


def _heal(run: Run) -> None:
    """All faults end; everything is upgraded; persons look every few seconds."""
    world, central = run.world, run.central
    world.tell("---- all faults end ----")
    world.healed = True
    run.network.cut.clear()
    run.network.portal.clear()
    central.max_entries = 1000
    if not central.up:
        central.start()
    central.upgrade()
    for terminal in run.terminals:
        terminal.version = 3
        terminal.start()
        if terminal.name in run.revoked:
            central.db.revoked.add(terminal.disk.terminal)

    def look() -> None:
        _persons(run)
        world.at(10.0, look)

    world.at(1.0, look)


def _settled(run: Run) -> bool:
    """Whether nothing is left to do (the checks say whether that is right)."""
    return all(
        each.erased_keys
        or (
            each.state_name == "online"
            and not each.disk.facts().pending
            and run.central.db.reports.get(each.disk.terminal, {}).get("pending") == 0
        )
        for each in run.terminals
    ) and (run.world.now > TROUBLE + STEP)
