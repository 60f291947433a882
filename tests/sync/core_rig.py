"""A core of the sync with ten own entries, for tests to give messages to."""

from random import Random

from branch_console.sync import core
from branch_console.sync.commands import Command, RequestFeed, RequestHead, RequestPush, RequestToken
from branch_console.sync.messages import Answer, Batch, BatchLoaded, Facts, HashFound, Message, Now, Tick
from branch_console.sync.state import Options

HASHES = tuple(f"{number:064x}" for number in range(1, 11))
BATCH = Batch(6, HASHES[5:], b"the same bytes")


class Rig:
    """A core with ten own entries, five of them acknowledged, and hands on its messages."""

    def __init__(self, facts: Facts | None = None, **options: float) -> None:
        self.time = 100.0
        self.wall_ms = 1_000_000
        self.rng = Random(1)
        facts = facts or Facts(10, HASHES[9], 5, 0)
        self.state = core.start(Options(**options), facts, "E1", (), None)  # type: ignore[arg-type]
        self.sent: list[Command] = []

    def give(self, message: Message) -> list[Command]:
        self.state, self.sent = core.step(self.state, message, Now(self.time, self.wall_ms), self.rng)
        return self.sent

    def answer(
        self,
        kind: type[RequestToken | RequestHead | RequestPush | RequestFeed],
        status: int,
        body: dict[str, object] | None = None,
        *,
        epoch: str | None = "E1",
        code: str = "",
        nonce: str | None = None,
        retry_after: str | None = None,
        server_ms: int | None = None,
    ) -> list[Command]:
        lane = {RequestToken: "token", RequestHead: "head", RequestPush: "push", RequestFeed: "feed"}[kind]
        asked = self.state.waiting[lane]  # type: ignore[index]
        return self.give(
            Answer(
                lane,  # type: ignore[arg-type]
                asked,
                status,
                echoed=asked if nonce is None else nonce,
                epoch=epoch,
                code=code,
                body=body or {},
                retry_after=retry_after,
                server_ms=server_ms,
            )
        )

    def connect(self) -> None:
        """Up to the first push, which waits for its answer."""
        self.give(Tick())
        self.answer(RequestToken, 200, {"expires_in": 900})
        self.answer(RequestHead, 200, {"seq": 5, "hash": HASHES[4]})
        self.give(HashFound(5, HASHES[4]))
        self.give(BatchLoaded(BATCH, self.state.facts))

    def has(self, kind: type[Command]) -> bool:
        return any(isinstance(command, kind) for command in self.sent)

    def one(self, kind: type[Command]) -> Command:
        (found,) = [command for command in self.sent if isinstance(command, kind)]
        return found

    def later(self, seconds: float) -> list[Command]:
        self.time += seconds
        return self.give(Tick())
