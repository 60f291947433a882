"""The calls of the console as the sync process carries them out, beside the conversations of the core."""

import asyncio
from collections.abc import Callable
from random import SystemRandom
from typing import Any, TypeAlias

import httpx
import orjson

from branch_console.sync.calls import CALL_LIMIT, CallAnswer, Called, CallFailed, allowed, as_event
from branch_console.sync.client import CentralClient
from branch_console.sync.http import reason_of
from branch_console.sync.state import State
from branch_console.sync.wire import EPOCH_HEADER, NONCE_HEADER

Line = dict[str, Any]
Task: TypeAlias = "asyncio.Task[Called]"


class Calling:
    """Calls under way, on the loop of the shell. `state` gives the core's, `tell` gets one `answer` event for each."""

    def __init__(self, state: Callable[[], State | None], tell: Callable[[Line], None]) -> None:
        """Nothing can be called before `client` is set."""
        self._state = state
        self._tell = tell
        self._under_way: set[Task] = set()
        self._random = SystemRandom()
        self.client: CentralClient | None = None
        self.cut = False

    def begin(self, line: Line) -> None:
        """Make the call of a command line {id, method, path, body, timeout}."""
        task = asyncio.create_task(self._ask(line))
        self._under_way.add(task)
        task.add_done_callback(lambda ended: self._end(line["id"], ended))

    def end_all(self) -> list[Task]:
        """Give up whatever is under way; of each it is told that it broke off."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        return tasks

    def _end(self, call: str, task: Task) -> None:
        self._under_way.discard(task)
        called = CallFailed("broken") if task.cancelled() else task.result()  # what was sent may have arrived
        self._tell(as_event(call, called))

    async def _ask(self, line: Line) -> Called:
        hindrance = self._hindrance(line)
        client = self.client
        if hindrance or client is None:
            return CallFailed(hindrance or "connecting")
        nonce = f"{self._random.getrandbits(128):032x}"
        content = None if line["body"] is None else orjson.dumps(line["body"])
        try:
            async with asyncio.timeout(line["timeout"]):
                response, answer = await client.exchange(
                    line["method"], line["path"], nonce, content=content, most=CALL_LIMIT
                )
        except httpx.HTTPError as error:
            return CallFailed(reason_of(error))
        except TimeoutError:
            return CallFailed("timeout")
        return self._judged(response, answer, nonce)

    def _hindrance(self, line: Line) -> str:
        """Why nothing can be asked now; empty when it can."""
        state = self._state()
        if not allowed(line["method"], line["path"]):
            return "not-allowed"
        if self.cut:
            return "network-cut"
        if state is None or not (state.compared or state.down):
            return "connecting"
        if state.person:
            return "needs-a-person"
        return (state.trouble or "unreachable") if state.down else ""

    def _judged(self, response: httpx.Response, answer: bytes, nonce: str) -> Called:
        """What came, if central gave it to this very question under the epoch that both have agreed on."""
        state = self._state()
        epoch = response.headers.get(EPOCH_HEADER)
        if state is None or epoch is None or response.headers.get(NONCE_HEADER) != nonce:
            return CallFailed("not-central")
        if epoch != state.epoch:
            return CallFailed("older-epoch" if epoch in state.past_epochs else "new-epoch")
        if response.status_code == 401:
            return CallFailed("unauthorized")
        try:
            body = orjson.loads(answer) if answer else {}
        except orjson.JSONDecodeError:
            return CallFailed("not-central")
        return CallAnswer(response.status_code, body, epoch) if isinstance(body, dict) else CallFailed("not-central")
