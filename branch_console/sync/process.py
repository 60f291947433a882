"""The sync process: `python -m branch_console.sync`, so that typing never waits for it.

One JSON line on standard input says {home, dek (hex), …}, the lines after it are commands {"do": …}; events go out as
JSON lines on standard output. A command {"do": "call", id, method, path, body, timeout} is answered by one event
{"event": "answer", id, …}. It ends when its standard input closes. The key comes through the pipe alone: an
argument or an environment variable could be read by others.
"""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any, TextIO

import structlog

from branch_console.security.logs import set_up_logs
from branch_console.sync.books import Books, Event
from branch_console.sync.claims_list import ClaimsList
from branch_console.sync.connecting import make_client
from branch_console.sync.device import Device, read_device
from branch_console.sync.erasing import erase_keys
from branch_console.sync.shell import Shell
from branch_console.sync.state import Options
from data.claimed_filter import ClaimedFilter
from data.errors import StoreError
from data.store import Store

LOGGED = ("state", "problem", "epoch")

log = structlog.get_logger(__name__)


def main(commands: TextIO, events: TextIO) -> int:
    """Sync until the commands end. Exit code 1: the store does not open."""
    first = json.loads(commands.readline())
    home, dek = Path(first["home"]), bytes.fromhex(first["dek"])
    lock = threading.Lock()

    logged: Event = {}

    def tell(event: Event) -> None:
        nonlocal logged
        known, logged = logged, {name: event.get(name) for name in LOGGED} if event["event"] == "status" else logged
        if logged != known:
            log.info("sync_status", **logged)
        with lock:
            events.write(json.dumps(event, ensure_ascii=False) + "\n")
            events.flush()

    set_up_logs(home, "sync")
    try:
        store = Store.open(home / "store.db", dek)
    except StoreError as error:
        tell({"event": "failed", "code": error.code})
        return 1
    try:
        options = Options(spread=float(first.get("spread_seconds", 60)))
        device = read_device(home)
        asyncio.run(_sync(store, home, device, options, float(first.get("timeout_seconds", 15)), commands, tell))
    except BrokenPipeError:  # the console is gone
        return 0
    finally:
        store.close()
    return 0


async def _sync(
    store: Store, home: Path, device: Device, options: Options, answer_within: float, commands: TextIO, tell: Any
) -> None:
    shell = Shell(
        Books(store, tell),
        lambda offset: make_client(store, device, answer_within, offset),
        options,
        tell,
        lambda: erase_keys(home),
        ClaimsList(ClaimedFilter(store)),
    )
    loop = asyncio.get_running_loop()
    reader = threading.Thread(target=_read, args=(commands, shell, loop), daemon=True)
    reader.start()
    await shell.run()


def _read(commands: TextIO, shell: Shell, loop: asyncio.AbstractEventLoop) -> None:
    """Hand each command over to the loop; the end of the commands is a stop."""
    acts = {
        "push_now": shell.look,
        "try_now": shell.try_now,
        "cut": shell.cut,
        "restore": shell.restore,
        "stop": shell.stop,
    }
    try:
        for line in commands:
            command = json.loads(line)
            act = acts.get(command.get("do"))
            if act is not None:
                loop.call_soon_threadsafe(act)
            elif command.get("do") == "call":
                loop.call_soon_threadsafe(shell.call, command)
        loop.call_soon_threadsafe(shell.stop)
    except RuntimeError:  # the loop has ended meanwhile
        return
