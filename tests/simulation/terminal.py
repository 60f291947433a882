"""A terminal in the simulation: the real core, a model of the store, a process that may die at any commit."""

from collections import deque
from collections.abc import Callable, Mapping

from branch_console.rules.journal import Entry
from branch_console.sync import core
from branch_console.sync.commands import (
    Acknowledge,
    Agree,
    ApplyPage,
    Command,
    Erase,
    Forget,
    LoadBatch,
    Look,
    LookUpHash,
    NoteQuarantined,
    RequestFeed,
    RequestHead,
    RequestPush,
    RequestToken,
    ResetFeed,
)
from branch_console.sync.messages import (
    Acknowledged,
    Agreed,
    Answer,
    Applied,
    Batch,
    BatchLoaded,
    Failed,
    HashFound,
    Message,
    Now,
    Seen,
    Tick,
)
from branch_console.sync.state import Options, State, drained, problem, state_name
from tests.simulation.central import CrashError
from tests.simulation.disk import Disk
from tests.simulation.network import Network
from tests.simulation.world import BASE_MS, World

OPTIONS = Options(spread=6.0, heartbeat=25.0, look=5.0, wait=12, page_limit=7, batch_limit=16, batch_bytes=1)


class Terminal:
    """One terminal: its disk, and its sync process while that lives."""

    def __init__(self, world: World, network: Network, disk: Disk, name: str) -> None:
        self.world = world
        self.network = network
        self.disk = disk
        self.name = name
        self.state: State | None = None
        self.life = 0
        self.version = 2
        self.skew_ms = 0
        self.crash_rate = 0.0
        self.erased_keys = False
        self.bodies: dict[bytes, list[Entry]] = {}
        self._work: deque[Command] = deque()
        self._working = False
        self._wake = -1.0

    # ---- the process ----

    def start(self) -> None:
        """Begin to sync with what the disk says."""
        if self.erased_keys or self.state is not None:
            return
        disk = self.disk
        self.life += 1
        self._work.clear()
        self._working = False
        self._wake = -1.0
        self.state = core.start(OPTIONS, disk.facts(), disk.epoch, disk.past_epochs, disk.cursor)
        self.take(Tick())

    def crash(self) -> None:
        """Die: everything that is not on the disk is gone."""
        if self.state is not None:
            self.world.tell(self.name, "crashes")
            self.state = None
            self.life += 1
            self.world.at(self.world.rng.uniform(0.2, 10.0), self.start)

    def now(self) -> Now:
        """What its clocks show."""
        return Now(self.world.now, int(BASE_MS + self.world.now * 1000) + self.skew_ms)

    def take(self, message: Message) -> None:
        """Let the core take one message in, and do what it says."""
        if self.state is None:
            return
        self.state, commands = core.step(self.state, message, self.now(), self.world.rng)
        if self.world.history is not None and not isinstance(message, Tick | Seen):
            self.world.tell(self.name, message, "->", *commands)
        for command in commands:
            self.do(command)
        if self.state is None:
            return
        self.check()
        wake = core.next_wake(self.state, self.now())
        if wake != self._wake:
            self._wake = wake
            self.later(wake - self.world.now, lambda: self.tick(wake))

    def tick(self, wake: float) -> None:
        """The moment has come that the core asked for."""
        if wake == self._wake:
            self._wake = -1.0
            self.take(Tick())

    def later(self, delay: float, act: Callable[[], None]) -> None:
        """Do it after a while, unless the process has died by then."""
        life = self.life
        self.world.at(max(delay, 0.0), lambda: act() if self.life == life and self.state is not None else None)

    def check(self) -> None:
        """What must hold at every moment, not only in the end."""
        state, central, disk = self.state, self.network.central, self.disk
        if state is None or disk.epoch != central.db.epoch:
            return
        chain = central.db.chains.get(disk.terminal, [])
        forked = state.person in ("journal-fork", "journal-behind")
        self.world.demand(
            disk.acknowledged <= len(chain), "G2", self.name, "acknowledged", disk.acknowledged, "held", len(chain)
        )
        if drained(state) and state.epoch == central.db.epoch and state.facts == disk.facts() and not forked:
            count = len(disk.own)  # a push of an earlier life may still have brought central more
            held = len(chain) >= count and (not count or chain[count - 1].hash == disk.own[-1].hash)
            self.world.demand(held, "G12", self.name, "says that it is drained and is not")

    # ---- what the core says ----

    def do(self, command: Command) -> None:
        """Send a request, or queue work for the store."""
        match command:
            case RequestToken() | RequestHead() | RequestPush() | RequestFeed():
                self.network.request(self, command)
            case Forget():
                pass  # its answer may still come
            case Erase():
                self.world.tell(self.name, "erases its keys")
                self.erased_keys = True
                self.state = None
                self.life += 1
            case _:
                self._work.append(command)
                self.work_on()

    def work_on(self) -> None:
        """The store does one thing after the other."""
        if self._work and not self._working:
            self._working = True
            self.later(self.world.rng.uniform(0.001, 0.05), self.work)

    def work(self) -> None:
        """Carry out the oldest command for the store."""
        self._working = False
        try:
            message = self.carry_out(self._work.popleft())
        except CrashError:
            self.crash()
            return
        self.work_on()
        if message is not None:
            self.take(message)

    def commit(self, *transactions: Callable[[], object]) -> None:
        """Carry out each transaction whole; the process may die before, between and behind them."""
        for transaction in transactions:
            if self.world.chance(self.crash_rate):
                raise CrashError
            transaction()
        if self.world.chance(self.crash_rate):
            raise CrashError

    def carry_out(self, command: Command) -> Message | None:
        """What the shell does with a command for the store."""
        disk = self.disk
        match command:
            case Look():
                return Seen(disk.facts())
            case LoadBatch():
                return BatchLoaded(self.load(command.limit), disk.facts())
            case LookUpHash():
                own = disk.own
                return HashFound(command.seq, own[command.seq - 1].hash if command.seq <= len(own) else None)
            case ApplyPage():
                return self.apply(command)
            case _:
                return self.carry_out_commit(command)

    def carry_out_commit(self, command: Command) -> Message | None:
        """The commands that change the store by one small transaction."""
        disk = self.disk
        match command:
            case Acknowledge():
                self.commit(lambda: self.acknowledge(command))
                return Acknowledged(disk.facts())
            case Agree():
                self.commit(lambda: self.agree(command))
                return Agreed(disk.facts(), command.epoch)
            case NoteQuarantined():
                self.commit(lambda: self.note_quarantined(command))
                return Seen(disk.facts())
            case ResetFeed():
                self.commit(lambda: setattr(disk, "cursor", None))
        return None

    def load(self, limit: int) -> Batch | None:
        """The next push."""
        first = self.disk.acknowledged
        entries = self.disk.own[first : first + limit]
        if not entries:
            return None
        body = f"{self.disk.terminal}/{len(self.bodies)}".encode()
        self.bodies[body] = entries
        return Batch(first + 1, tuple(entry.hash for entry in entries), body)

    def acknowledge(self, command: Acknowledge) -> None:
        """Store.acknowledge."""
        self.disk.acknowledged = max(self.disk.acknowledged, command.through)
        self.disk.epoch = command.epoch
        for each in command.quarantined:
            self.disk.quarantined[int(str(each["seq"]))] = str(each["code"])

    def note_quarantined(self, command: NoteQuarantined) -> None:
        """Store.note_quarantined."""
        later = {seq: code for seq, code in self.disk.quarantined.items() if seq > command.through}
        now = {int(str(each["seq"])): str(each["code"]) for each in command.items}
        self.disk.quarantined = {**later, **now}

    def agree(self, command: Agree) -> None:
        """Store.agree."""
        self.disk.acknowledged = command.acknowledged
        self.disk.epoch, self.disk.past_epochs = command.epoch, command.past_epochs

    def apply(self, command: ApplyPage) -> Applied:
        """Store.apply_feed: rows and cursor in one transaction."""
        disk, page = self.disk, command.page
        entries = page.entries
        assert isinstance(entries, list)
        broken: list[str] = []

        def transaction() -> None:
            broken.extend(disk.apply(entries))
            disk.cursor = page.cursor

        self.commit(transaction)
        return Applied(command.generation, page.cursor, disk.facts(), tuple(broken))

    # ---- what the checks ask ----

    @property
    def state_name(self) -> str:
        """What its status line says."""
        return "dead" if self.state is None else state_name(self.state)

    @property
    def problem(self) -> str:
        """What its Sync screen names."""
        return "" if self.state is None else problem(self.state)

    def answered(self, answer: Answer | Failed) -> None:
        """A request came to its end."""
        self.take(answer)

    def report(self) -> Mapping[str, int]:
        """What central should have been told last."""
        facts = self.disk.facts()
        return {"pending": facts.pending, "quarantined": facts.quarantined, "seq": facts.own_seq}
