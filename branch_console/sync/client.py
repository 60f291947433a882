"""The four calls of a terminal as coroutines: a request of the core in, an answer for the core out. Never raises."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import orjson

from branch_console.security.assertion import make_assertion
from branch_console.security.signing import SignatureError, check_checkpoint
from branch_console.sync.commands import RequestFeed, RequestHead, RequestPush, RequestToken
from branch_console.sync.http import reason_of, transport_options
from branch_console.sync.messages import Answer, Failed, Lane
from branch_console.sync.wire import ASSERTION_TYPE, EPOCH_HEADER, NONCE_HEADER

Request = RequestToken | RequestHead | RequestPush | RequestFeed

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes; no page of the feed comes near it, an endless answer of somebody else would go beyond it."""


class CentralClient:
    """A connection to central on behalf of one terminal."""

    def __init__(
        self,
        url: str,
        terminal: str,
        signing_key: bytes,
        central_key: Mapping[str, str],
        *,
        ca_file: str | Path | None,
        timeout: float,
        offset_ms: Callable[[], int],
    ) -> None:
        """`offset_ms`: by how much central's clock is ahead of ours, as far as known. Raises SyncError."""
        self._url = url
        self._terminal = terminal
        self._signing_key = signing_key
        self._central_key = central_key
        self._timeout = timeout
        self._offset_ms = offset_ms
        self._token = ""
        self._http = httpx.AsyncClient(**transport_options(url, ca_file, timeout))  # type: ignore[arg-type]

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def exchange(
        self, method: str, path: str, nonce: str, *, content: bytes | None, most: int, etag: str = ""
    ) -> tuple[httpx.Response, bytes]:
        """One question beside the conversations of the core, and its answer of at most so many bytes.

        `etag` is that of what is held already. Raises httpx.HTTPError.
        """
        headers = {NONCE_HEADER: nonce, "Authorization": f"Bearer {self._token}"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if etag:
            headers["If-None-Match"] = etag
        request = self._http.build_request(method, path, headers=headers, content=content)
        response = await self._http.send(request, stream=True)
        return response, await _read(response, most)

    async def ask(self, request: Request) -> Answer | Failed:
        """Send a request; how it ended."""
        lane, longest = lane_of(request), self._timeout * 2
        if isinstance(request, RequestFeed):
            longest += request.wait
        try:
            async with asyncio.timeout(longest):
                response = await self._send(request)
                content = await _read(response)
        except httpx.HTTPError as error:
            return Failed(lane, request.nonce, reason_of(error))
        except TimeoutError:
            return Failed(lane, request.nonce, "timeout")
        return self._answer(lane, request.nonce, response, content)

    async def _send(self, request: Request) -> httpx.Response:
        headers = {NONCE_HEADER: request.nonce}
        if not isinstance(request, RequestToken):
            headers["Authorization"] = f"Bearer {self._token}"
        match request:
            case RequestToken():
                made = self._http.build_request("POST", "/v1/token", headers=headers, data=self._assertion())
            case RequestHead():
                made = self._http.build_request("GET", "/v1/journal/head", headers=headers, params=dict(request.report))
            case RequestPush():
                headers |= {"Content-Type": "application/json", "Content-Encoding": "zstd"}
                made = self._http.build_request("POST", "/v1/journal", headers=headers, content=request.batch.body)
            case RequestFeed():
                query: dict[str, Any] = {"limit": request.limit, "wait": request.wait}
                if request.cursor is not None:
                    query["after"] = request.cursor
                timeout = httpx.Timeout(self._timeout, read=self._timeout + request.wait)
                made = self._http.build_request("GET", "/v1/feed", headers=headers, params=query, timeout=timeout)
        return await self._http.send(made, stream=True)

    def _assertion(self) -> dict[str, str]:
        """The form of a token request. Our clock may be wrong: central's counts."""
        now = datetime.now(UTC) + timedelta(milliseconds=self._offset_ms())
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": make_assertion(self._signing_key, self._terminal, f"{self._url}/v1/token", now),
        }

    def _answer(self, lane: Lane, nonce: str, response: httpx.Response, content: bytes) -> Answer | Failed:
        body = _json_object(content)
        if lane == "head" and response.status_code == 200 and not self._signed(body):
            return Failed(lane, nonce, "not-central")
        if lane == "token" and response.status_code == 200:
            self._token = str(body.get("access_token"))
        return Answer(
            lane,
            nonce,
            response.status_code,
            echoed=response.headers.get(NONCE_HEADER),
            epoch=response.headers.get(EPOCH_HEADER),
            code=str(body.get("code", "")),
            body=body,
            retry_after=response.headers.get("Retry-After"),
            server_ms=_server_ms(body, response.headers.get("Date")),
        )

    def _signed(self, body: Mapping[str, object]) -> bool:
        """Whether central has signed the head that it names."""
        checkpoint = body.get("checkpoint")
        if not isinstance(checkpoint, dict):
            return False
        said = (checkpoint.get("terminal"), checkpoint.get("seq"), checkpoint.get("hash"))
        if said != (self._terminal, body.get("seq"), body.get("hash")):
            return False
        try:
            check_checkpoint(self._central_key, checkpoint)
        except SignatureError:
            return False
        return True


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


async def _read(response: httpx.Response, most: int = MAX_ANSWER) -> bytes:
    """The whole body. Raises httpx.HTTPError, also when it does not end within so many bytes."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in response.aiter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                raise httpx.DecodingError("the answer does not end")
    finally:
        await response.aclose()
    return b"".join(parts)


def _json_object(content: bytes) -> Mapping[str, object]:
    """The JSON object in a body, an empty one for anything else."""
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _server_ms(body: Mapping[str, object], date: str | None) -> int | None:
    """Central's time in Unix milliseconds: from the body, or else, to the second, from the Date header."""
    said = body.get("server_time")
    try:
        if isinstance(said, str):
            return int(datetime.fromisoformat(said).timestamp() * 1000)
        return None if date is None else int(parsedate_to_datetime(date).timestamp() * 1000)
    except ValueError:
        return None
