"""The network of the simulation: it loses, doubles, delays and reorders, and sometimes it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_console.sync.commands import RequestFeed, RequestHead, RequestPush, RequestToken
from branch_console.sync.messages import Answer, Failed, Lane
from tests.simulation.central import Central, CrashError, Response
from tests.simulation.world import BASE_MS, World

if TYPE_CHECKING:
    from tests.simulation.terminal import Terminal

Request = RequestToken | RequestHead | RequestPush | RequestFeed
TIMEOUT = 9.0


class Network:
    """What stands between the terminals and central."""

    def __init__(self, world: World, central: Central) -> None:
        self.world = world
        self.central = central
        self.cut: set[str] = set()
        """Names of terminals without a network."""
        self.portal: set[str] = set()
        """Names of terminals behind a captive portal."""
        self.drop = 0.0
        self.double = 0.0
        self.slow = 0.0

    def request(self, terminal: Terminal, request: Request) -> None:
        """Carry a request to central and its answer back, or not."""
        world = self.world
        lane, life, identity = lane_of(request), terminal.life, terminal.disk.terminal

        def give_up(reason: str) -> None:
            if terminal.life == life:
                terminal.answered(Failed(lane, request.nonce, reason))

        def deliver(response: Response, *, genuine: bool = True) -> None:
            if terminal.life == life:
                terminal.answered(to_answer(lane, request.nonce, response, genuine=genuine, now=world.now))

        if terminal.name in self.cut:
            world.at(0.01, lambda: give_up("unreachable"))
            return
        if terminal.name in self.portal:
            world.at(0.02, lambda: deliver(portal_answer(world, request), genuine=False))
            return
        longest = TIMEOUT + (request.wait if isinstance(request, RequestFeed) else 0)
        world.at(longest, lambda: give_up("timeout"))
        for _ in range(2 if world.chance(self.double) else 1):
            if world.chance(self.drop):
                world.tell("lost request", terminal.name, lane)
                continue
            world.at(self.delay(), lambda: self.arrive(terminal, identity, request, deliver))

    def delay(self) -> float:
        """How long one way takes."""
        rng = self.world.rng
        return rng.uniform(0.1, 2.5 * TIMEOUT) if self.world.chance(self.slow) else rng.uniform(0.005, 0.2)

    def arrive(self, terminal: Terminal, identity: str, request: Request, deliver: object) -> None:
        """The request is at central."""
        central, world = self.central, self.world
        if not central.up:
            return
        if isinstance(request, RequestFeed) and request.wait:
            self.long_poll(terminal, identity, request, deliver, until=world.now + request.wait)
            return
        try:
            response = self.ask(terminal, identity, request)
        except CrashError:
            return
        self.send_back(terminal, response, deliver)

    def long_poll(self, terminal: Terminal, identity: str, request: RequestFeed, deliver: object, until: float) -> None:
        """Answer when there is something new, or when the time is over. A central that died meanwhile never answers."""
        world, central = self.world, self.central
        if not central.up:
            return
        response = central.feed(identity, request.cursor, request.limit)
        if response.status != 200 or response.body["entries"] or world.now >= until:
            self.send_back(terminal, response, deliver)
            return
        pause = min(1.0, until - world.now)
        world.at(pause, lambda: self.long_poll(terminal, identity, request, deliver, until))

    def ask(self, terminal: Terminal, identity: str, request: Request) -> Response:
        """Let central answer. Raises CrashError when it dies over it."""
        match request:
            case RequestToken():
                return self.central.token(identity)
            case RequestHead():
                return self.central.head(identity, request.report)
            case RequestPush():
                return self.central.push(identity, terminal.bodies[request.batch.body])
            case RequestFeed():
                return self.central.feed(identity, request.cursor, request.limit)

    def send_back(self, terminal: Terminal, response: Response, deliver: object) -> None:
        """Carry the answer back."""
        world = self.world
        assert callable(deliver)
        if world.chance(self.drop) or terminal.name in self.cut:
            world.tell("lost answer", terminal.name, response.status, response.code)
            return
        world.at(self.delay(), lambda: deliver(response))


def lane_of(request: Request) -> Lane:
    """Which of the four conversations it belongs to."""
    match request:
        case RequestToken():
            return "token"
        case RequestHead():
            return "head"
        case RequestPush():
            return "push"
        case RequestFeed():
            return "feed"


def to_answer(lane: Lane, nonce: str, response: Response, *, genuine: bool, now: float) -> Answer:
    """The answer as the shell would give it to the core."""
    return Answer(
        lane,
        nonce,
        response.status,
        echoed=nonce if genuine else None,
        epoch=response.epoch if genuine else None,
        code=response.code,
        body=response.body,
        retry_after=response.retry_after,
        server_ms=int(BASE_MS + now * 1000),
    )


def portal_answer(world: World, request: Request) -> Response:
    """Somebody else answers: with a login page, with what looks like success, or with what would do harm."""
    kind = world.rng.randrange(3)
    if kind == 0:
        return Response(200, "", {}, "")
    if kind == 1:
        return Response(403, "terminal-revoked", {}, "")
    if isinstance(request, RequestPush):
        batch = request.batch
        return Response(200, "", {"accepted_through": batch.last, "head_hash": batch.hashes[-1], "quarantined": []}, "")
    return Response(200, "", {"expires_in": 900, "seq": 0, "hash": "", "entries": [], "cursor": "x", "more": False}, "")
