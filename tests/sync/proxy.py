"""A TCP proxy that injects faults, with the vocabulary of toxiproxy: latency, slicing, reset, limited data, blackhole.

It runs on an event loop in a thread of its own; faults are set from the test's thread and count for connections and
bytes from then on. `portal` makes it answer by itself, like a captive portal: 200, and a login page.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
    67,
    b'{"accepted_through":999999,"head_hash":"","quarantined":[],"p":"x"}',
)


@dataclass
class Faults:
    """What is wrong with the network now. Times in seconds, sizes in bytes."""

    latency: float = 0.0
    slice_size: int = 0
    """Send in pieces of so many bytes; 0 = as they come."""
    limit_up: int | None = None
    """After so many bytes towards central the connection is reset."""
    limit_down: int | None = None
    blackhole: bool = False
    """Bytes go nowhere, and nothing comes back."""
    refuse: bool = False
    portal: bool = False


class Proxy:
    """Listens on a loopback port and passes on to another."""

    def __init__(self, target_port: int) -> None:
        self._target = target_port
        self.faults = Faults()
        self.connections = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._accept, "127.0.0.1", 0), self._loop
        ).result()
        self.port = int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """Where the terminal connects to."""
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        """Break all connections that are open now."""
        self._loop.call_soon_threadsafe(self._reset)

    def _reset(self) -> None:
        for writer in tuple(self._open):
            writer.transport.abort()

    def close(self) -> None:
        """Stop listening, and break everything."""

        async def end() -> None:
            self._server.close()
            self._reset()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            if self.faults.refuse:
                return
            if self.faults.portal:
                await self._portal(reader, writer)
                return
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._open.add(up_writer)
            try:
                await asyncio.gather(self._pipe(reader, up_writer, up=True), self._pipe(up_reader, writer, up=False))
            finally:
                self._open.discard(up_writer)
                up_writer.transport.abort()
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        passed = 0
        while part := await reader.read(65_536):
            faults = self.faults
            if faults.blackhole:
                continue
            if faults.latency:
                await asyncio.sleep(faults.latency)
            limit = faults.limit_up if up else faults.limit_down
            size = faults.slice_size or len(part)
            for at in range(0, len(part), size):
                piece = part[at : at + size]
                if limit is not None and passed + len(piece) > limit:
                    raise ConnectionResetError
                writer.write(piece)
                passed += len(piece)
                await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    async def _portal(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            writer.write(PORTAL)
            await writer.drain()


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """A proxy before that port, closed in the end."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
