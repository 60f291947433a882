"""What happens to every request before and after its handler, at the level of ASGI messages."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from branch_console.central.bodies import unpack
from branch_console.central.problems import ProblemError
from branch_console.central.service import Central
from branch_console.sync.wire import EPOCH_HEADER, MAX_BODY, NONCE_HEADER, VERSION_HEADER

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_NONCE = re.compile(rb"[\x21-\x7e]{1,128}")
_PUSH = ("POST", "/v1/journal")
_SMALL_BODY = 65_536  # bytes; every body but a push's


class Edge:
    """Epoch and nonce on every answer; version, admission and body limits before the application sees a request."""

    def __init__(self, app: App, central: Central) -> None:
        self._app = app
        self._central = central

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection's event (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        headers: dict[bytes, bytes] = dict(scope["headers"])
        extra = [(EPOCH_HEADER.encode(), self._central.facts.epoch.encode())]
        nonce = headers.get(NONCE_HEADER.lower().encode(), b"")
        if _NONCE.fullmatch(nonce):
            extra.append((NONCE_HEADER.encode(), nonce))

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra[0] = (EPOCH_HEADER.encode(), self._central.facts.epoch.encode())
                message["headers"] = [*message.get("headers", ()), *extra]
                route = getattr(scope.get("route"), "path", "none")
                metrics = self._central.metrics
                metrics.answers.labels(route, str(message["status"])).inc()
                metrics.seconds.labels(route).observe(time.monotonic() - started)
            await send(message)

        try:
            await self._checked(scope, headers, receive, stamped)
        except ProblemError as problem:
            await self._central.refusal(problem)(scope, receive, stamped)

    async def _checked(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/v1/"):
            self._central.check_version(headers.get(VERSION_HEADER.lower().encode(), b"").decode("latin-1"))
        if (scope["method"], scope["path"]) != _PUSH:
            await self._with_body(scope, headers, receive, send, _SMALL_BODY)
            return
        length = headers.get(b"content-length", b"")
        size = min(int(length), MAX_BODY) if length.isdigit() else MAX_BODY
        admission, started = self._central.admission, time.monotonic()
        admission.enter(size)
        self._central.metrics.in_flight.set(admission.pushes)
        try:
            self._central.tokens.read(headers.get(b"authorization", b"").decode("latin-1"))
            await self._with_body(scope, headers, receive, send, MAX_BODY)
        finally:
            admission.leave(size, started)
            self._central.metrics.in_flight.set(admission.pushes)

    async def _with_body(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send, limit: int
    ) -> None:
        """Run the application on the unpacked body. Raises ProblemError."""
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._central.settings.body_seconds):
                body = await _read(receive, limit)
        except TimeoutError as error:
            raise ProblemError("request-timeout", headers={"Connection": "close"}) from error
        encoding = headers.get(b"content-encoding", b"").decode("latin-1").strip().lower()
        plain = unpack(body, encoding, limit)
        scope["headers"] = _without(scope["headers"], plain)
        given = False

        async def whole() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": plain, "more_body": False}

        await self._app(scope, whole, send)


async def _read(receive: Receive, limit: int) -> bytes:
    """The body as it comes over the wire. Raises ProblemError too-large; a client that leaves gets nothing."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ProblemError("bad-request", "the client left")
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise ProblemError("too-large", f"more than {limit} bytes", headers={"Connection": "close"})
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _without(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of the unpacked body."""
    kept = [each for each in headers if each[0] not in {b"content-encoding", b"content-length", b"transfer-encoding"}]
    return [*kept, (b"content-length", str(len(body)).encode())]
