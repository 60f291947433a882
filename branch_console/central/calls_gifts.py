"""The calls about gifts: holds, what is known of a person, and the filter of who has claimed."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from branch_console.central import documented
from branch_console.central.claimed_filter import Shelf, read_claimed
from branch_console.central.hold_ends import release_hold
from branch_console.central.holds import grant_hold
from branch_console.central.lookups import Lookups
from branch_console.central.people_facts import Asked, read_person
from branch_console.central.problems import ProblemError
from branch_console.central.service import Central
from branch_console.sync import wire, wire_gifts

_BEARER: dict[str, Any] = {"security": [{"bearer": []}]}
_CALLER = ("invalid-token", "unknown-terminal", "terminal-revoked")
_JSON = "application/json"
_BINARY = "application/octet-stream"
_Key = Annotated[str | None, Query(pattern=wire_gifts.PERSON_KEY, description="keyed hash of the number")]


def router(central: Central) -> APIRouter:
    """The calls, answered by `central`."""
    calls = APIRouter()
    lookups = Lookups(central.settings.lookups_per_minute)
    shelf = Shelf()

    @calls.post(
        "/v1/holds",
        response_model=wire_gifts.HoldAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems(*_CALLER, "hold-refused", "recovering"),
        summary="Keep the right to one reward for one customer",
    )
    async def hold(request: Request, wanted: wire_gifts.HoldRequest) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        async with central.pool.connection() as connection:
            answer = await grant_hold(connection, terminal, wanted)
        if isinstance(answer, ProblemError):
            raise answer
        return Response(answer.model_dump_json(), media_type=_JSON)

    @calls.delete(
        "/v1/holds/{hold}",
        status_code=204,
        openapi_extra=_BEARER,
        responses=documented.problems(*_CALLER, "not-found"),
        summary="Give a right back; of one that is over, or never came, nothing is left to do",
    )
    async def release(request: Request, hold: Annotated[str, Path(pattern=wire.UUID)]) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        async with central.pool.connection() as connection:
            await release_hold(connection, terminal, hold)
        return Response(status_code=204)

    @calls.get(
        "/v1/people/{person}/facts",
        response_model=wire_gifts.PersonAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems(*_CALLER, "too-busy"),
        summary="Facts and earlier claims of one person",
    )
    async def facts(
        request: Request,
        person: Annotated[str, Path(pattern=wire_gifts.PERSON_KEY)],
        phone: _Key = None,
        wallet: _Key = None,
    ) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        lookups.admit(terminal)
        async with central.pool.connection() as connection:
            answer = await read_person(connection, terminal, Asked(person, phone, wallet))
        return Response(answer.model_dump_json(), media_type=_JSON, headers={"Cache-Control": "no-store"})

    @calls.get(
        "/v1/claimed-filter",
        openapi_extra=_BEARER,
        response_class=Response,
        responses={
            200: {"content": {_BINARY: {"schema": {"type": "string", "format": "binary"}}}, "description": "The file"},
            304: {"description": "The filter that the caller has is the newest"},
            **documented.problems(*_CALLER),
        },
        summary="Who may have claimed already: a signed filter, or exactly what came after `since`",
    )
    async def claimed(
        request: Request,
        since: Annotated[int | None, Query(ge=0, le=2**53 - 1, description="`sequence` of what the caller has")] = None,
    ) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        file = await read_claimed(central.pool, central.facts, shelf, terminal, since)
        headers = {"ETag": file.etag, "Cache-Control": "private, no-cache"}
        if file.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(file.content, media_type=_BINARY, headers=headers)

    return calls
