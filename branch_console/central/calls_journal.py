"""The calls that exchange entries: push, head, feed."""

import time
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from branch_console.central import documented
from branch_console.central.batch import read_batch
from branch_console.central.clocks import now, now_text
from branch_console.central.feed import Page, read_page
from branch_console.central.heartbeats import note_heartbeat
from branch_console.central.ingest import push, read_head
from branch_console.central.service import Central
from branch_console.security.signing import make_checkpoint
from branch_console.sync import wire

JSON = "application/json"
_BEARER: dict[str, Any] = {"security": [{"bearer": []}]}
_PUSH: dict[str, Any] = {
    **_BEARER,
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/PushRequest"}}},
    },
}
_BUSY_POLL_MS = 30_000  # what terminals are told when too many wait


def router(central: Central) -> APIRouter:
    """The calls, answered by `central`."""
    calls = APIRouter()

    @calls.post(
        "/v1/journal",
        response_model=wire.PushAnswer,
        openapi_extra=_PUSH,
        responses=documented.problems(
            *(
                "invalid-token",
                "unknown-terminal",
                "terminal-revoked",
                "wrong-terminal",
                "wrong-branch",
                "journal-fork",
                "journal-gap",
            ),
            *("bad-entry", "bad-checkpoint", "too-busy"),
        ),
        summary="Push entries of the caller's journal, in order of seq",
    )
    async def journal(request: Request) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        batch = read_batch(await request.body())
        async with central.pool.connection() as connection:
            pushed = await push(connection, terminal, batch, central.reference)
        central.see_epoch(pushed.epoch)
        central.metrics.entries.inc(pushed.stored)
        central.metrics.duplicates.inc(len(batch.received) - pushed.stored)
        for each in pushed.quarantined if pushed.stored else ():
            central.metrics.quarantined.labels(each["code"]).inc()
        answer = {
            "accepted_through": pushed.accepted_through,
            "head_hash": pushed.head_hash,
            "quarantined": pushed.quarantined,
        }
        return Response(orjson.dumps(answer), media_type=JSON)

    @calls.get(
        "/v1/journal/head",
        response_model=wire.HeadAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems("invalid-token", "unknown-terminal", "terminal-revoked"),
        summary="What central holds of the caller's journal, signed; the query is the caller's heartbeat",
    )
    async def head(request: Request, report: Annotated[wire.Report, Query()]) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        async with central.pool.connection() as connection:
            caller, quarantined = await read_head(connection, terminal)
            await note_heartbeat(connection, terminal, report, request.headers.get(wire.VERSION_HEADER, ""))
        central.see_epoch(caller.epoch)
        answer = {
            "seq": caller.seq,
            "hash": caller.hash,
            "epoch": caller.epoch,
            "checkpoint": make_checkpoint(central.facts.signing_seed, terminal, caller.seq, caller.hash, now()),
            "quarantined": quarantined,
        }
        return Response(orjson.dumps(answer), media_type=JSON)

    @calls.get(
        "/v1/feed",
        response_model=wire.FeedAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems("invalid-token", "unknown-terminal", "terminal-revoked", "resync"),
        summary="Entries of the branch that others wrote, in feed order; `wait` long-polls",
    )
    async def feed(
        request: Request,
        after: Annotated[str | None, Query(max_length=512, description="the cursor of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=wire.MAX_FEED_LIMIT)] = 500,
        wait: Annotated[int, Query(ge=0, le=wire.MAX_FEED_WAIT, description="seconds to wait for entries")] = 0,
    ) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        page = await _page(central, terminal, after, limit)
        busy = central.wake.count >= central.settings.max_waiting
        if wait and not page.size and not busy:
            page = await _wait(central, page, terminal, limit, wait)
        central.metrics.fed.inc(page.size)
        return Response(_feed_answer(central, page, _BUSY_POLL_MS if busy else 0), media_type=JSON)

    return calls


async def _page(central: Central, terminal: str, after: str | None, limit: int) -> Page:
    async with central.pool.connection() as connection:
        page = await read_page(connection, central.facts, terminal, after, limit)
    central.see_epoch(page.epoch)
    return page


async def _wait(central: Central, page: Page, terminal: str, limit: int, wait: int) -> Page:
    """The next page with entries, or the empty one when `wait` seconds are over or central stops."""
    until = time.monotonic() + wait
    with central.wake.waiting(page.branch) as event:
        central.metrics.waiting.set(central.wake.count)
        while True:
            event.clear()
            page = await _page(central, terminal, page.cursor, limit)
            if page.size or not await central.wake.wait(event, until):
                break
    central.metrics.waiting.set(central.wake.count)
    return page


def _feed_answer(central: Central, page: Page, poll_after_ms: int) -> bytes:
    """The page as JSON: the stored bytes of the entries, and what stands around them."""
    name, seq, head = page.head
    checkpoint = None
    if seq:
        checkpoint = make_checkpoint(central.facts.signing_seed, name, seq, head, now())
    rest = {
        "cursor": page.cursor,
        "more": page.more,
        "server_time": now_text(),
        "poll_after_ms": poll_after_ms,
        "checkpoint": checkpoint,
    }
    return b'{"entries":[' + page.entries + b"]," + orjson.dumps(rest)[1:]
