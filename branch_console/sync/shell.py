"""The shell around the core: a clock, randomness, the network and the store, on one event loop."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import SystemRandom

from branch_console.sync import core
from branch_console.sync.books import Books, Event
from branch_console.sync.calling import Calling, Line
from branch_console.sync.claims_list import ClaimsList
from branch_console.sync.client import CentralClient, Request, lane_of
from branch_console.sync.commands import (
    Command,
    Erase,
    Forget,
    Look,
    RequestFeed,
    RequestHead,
    RequestPush,
    RequestToken,
)
from branch_console.sync.idle import IdleWork
from branch_console.sync.messages import Answer, Failed, Message, Now, Seen, Tick, TryNow
from branch_console.sync.state import Options, State, status

STATUS_PAUSE = 0.1
"""Seconds: the status is told at most this often, always with the newest."""
CONTACT_NOTED = 30.0
"""Seconds between two notes of the last contact in the store."""


class Shell:
    """Runs the core until it is told to stop, or until this terminal is revoked."""

    def __init__(
        self,
        books: Books,
        make_client: Callable[[Callable[[], int]], CentralClient],
        options: Options,
        tell: Callable[[Event], None],
        erase: Callable[[], None],
        claims_list: ClaimsList | None = None,
    ) -> None:
        """`tell` gets `status` and `revoked` events; `erase` erases the keys of this terminal."""
        self._books = books
        self._make_client = make_client
        self._options = options
        self._tell = tell
        self._erase = erase
        self._rng = SystemRandom()
        self._cut = False
        self._looking = False
        """A look that somebody asked for is under way; what is asked for meanwhile is one more look."""
        self._look_again = False
        self._stopped = asyncio.Event()
        self._requests: dict[str, asyncio.Task[None]] = {}
        self._told: Event = {}
        self._telling: asyncio.TimerHandle | None = None
        self._wake: asyncio.TimerHandle | None = None
        self._noted = float("-inf")
        self.state: State | None = None
        self._calling = Calling(lambda: self.state, tell)
        self._claims_list = claims_list
        self._idle = IdleWork(books.catch_up, lambda: None if self._stopped.is_set() else self.state)

    async def run(self) -> None:
        """Sync until `stop`."""
        self._loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, "store") as self._worker:
            self.state = await self._loop.run_in_executor(self._worker, self._books.start, self._options)
            self._idle.begin(self._loop, self._worker)
            self._client = self._calling.client = self._make_client(self._offset_ms)
            self._take(Tick())
            if self._claims_list is not None:
                self._claims_list.begin(self._client, lambda: self.state)
            await self._stopped.wait()
            if self._claims_list is not None:
                await self._claims_list.end()
            for handle in (self._wake, self._telling):
                if handle is not None:
                    handle.cancel()
            for task in self._requests.values():
                task.cancel()
            await asyncio.gather(*self._requests.values(), *self._calling.end_all(), return_exceptions=True)
            await self._client.close()
            self._tell_status()

    # ---- what others ask; on the loop ----

    def stop(self) -> None:
        """End, in order."""
        self._stopped.set()

    def look(self) -> None:
        """Something was written: look at the store at once."""
        self._look_again = self._looking
        if not self._looking:
            self._looking = True
            self._work(Look())

    def try_now(self) -> None:
        """Somebody asks for a try at once."""
        self._take(TryNow())

    def cut(self) -> None:
        """From now on there is no network."""
        self._cut = self._calling.cut = True
        for task in self._requests.values():
            task.cancel()
        self._calling.end_all()
        if self._claims_list is not None:
            self._claims_list.interrupt()

    def restore(self) -> None:
        """The network is back."""
        self._cut = self._calling.cut = False
        self._take(TryNow())

    def call(self, line: Line) -> None:
        """Ask central one thing for the console, which is told how it ended."""
        self._calling.begin(line)

    # ---- the core ----

    def _take(self, message: Message) -> None:
        if self.state is None or self._stopped.is_set():
            return
        self.state, commands = core.step(self.state, message, self._now(), self._rng)
        for command in commands:
            self._carry_out(command)
        self._plan_status()
        if self._wake is not None:
            self._wake.cancel()
        delay = max(core.next_wake(self.state, self._now()) - time.monotonic(), 0.0)
        self._wake = self._loop.call_later(delay, self._take, Tick())

    def _carry_out(self, command: Command) -> None:
        match command:
            case RequestToken() | RequestHead() | RequestPush() | RequestFeed():
                self._requests[command.nonce] = asyncio.create_task(self._ask(command))
            case Forget():
                task = self._requests.get(command.nonce)
                if task is not None:
                    task.cancel()
            case Erase():
                self._erase()
                self._tell({"event": "revoked"})
                self.stop()
            case _:
                self._work(command)

    async def _ask(self, request: Request) -> None:
        """One request, to its end. Cut off or forgotten, it has no answer."""
        answer: Answer | Failed = Failed(lane_of(request), request.nonce, "network-cut")
        try:
            if not self._cut:
                answer = await self._client.ask(request)
        finally:
            del self._requests[request.nonce]
            self._loop.call_soon(self._take, answer)

    def _work(self, command: Command) -> None:
        """Let the store's thread do it, behind everything that it was given before."""
        future = self._loop.run_in_executor(self._worker, self._books.carry_out, command)
        future.add_done_callback(self._worked)

    def _worked(self, future: "asyncio.Future[Message | None]") -> None:
        if future.cancelled():
            return
        message = future.result()
        if isinstance(message, Seen):
            self._looking = False
            if self._look_again:
                self.look()
        if message is not None:
            self._take(message)
        self._idle.look()

    def _now(self) -> Now:
        return Now(time.monotonic(), time.time_ns() // 1_000_000)

    def _offset_ms(self) -> int:
        return 0 if self.state is None else self.state.clock_offset_ms or 0

    # ---- what is told ----

    def _plan_status(self) -> None:
        if self._telling is None:
            pause = STATUS_PAUSE if self._told else 0.0
            self._telling = self._loop.call_later(pause, self._tell_status)

    def _tell_status(self) -> None:
        self._telling = None
        if self.state is None:
            return
        now = {"event": "status", **status(self.state), "network_cut": self._cut}
        known = {**self._told, "last_contact": now["last_contact"]}
        if now == known and time.monotonic() - self._noted < CONTACT_NOTED:
            return
        self._noted = time.monotonic()
        self._told = now
        self._tell(now)
