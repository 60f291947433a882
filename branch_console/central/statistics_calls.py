"""The calls about figures: whole days of branches, and which wallets are used."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from branch_console.central import documented
from branch_console.central.clocks import now
from branch_console.central.service import Central
from branch_console.central.statistics_activity import Weeks, read_activity
from branch_console.central.statistics_answer import Span, caller_branch, read_stats
from branch_console.sync import wire_stats

_BEARER: dict[str, Any] = {"security": [{"bearer": []}]}
_CALLER = ("invalid-token", "unknown-terminal", "terminal-revoked")
_JSON = "application/json"
_NOT_KEPT = {"Cache-Control": "no-store"}
_LEAST, _MOST = date(2000, 1, 1), date(2999, 12, 31)


def router(central: Central) -> APIRouter:
    """The calls, answered by `central`."""
    calls = APIRouter()

    @calls.get(
        "/v1/stats",
        response_model=wire_stats.StatsAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems(*_CALLER),
        summary="Figures of whole days of the caller's branch, and of a supervisor's area",
    )
    async def stats(
        request: Request,
        day: Annotated[date | None, Query(ge=_LEAST, le=_MOST, description="the last; without it: today")] = None,
        days: Annotated[int, Query(ge=1, le=wire_stats.MOST_DAYS)] = 28,
        staff: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_.-]{1,64}$", description="who asks")] = None,
    ) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        async with central.pool.connection() as connection:
            body = await read_stats(connection, terminal, Span(day, days, staff), central.reference, now())
        return Response(body, media_type=_JSON, headers=_NOT_KEPT)

    @calls.get(
        "/v1/stats/activity",
        response_model=wire_stats.ActivityAnswer,
        openapi_extra=_BEARER,
        responses=documented.problems(*_CALLER),
        summary="In which weeks the wallets were used that the caller's branch has onboarded",
    )
    async def activity(
        request: Request,
        first: Annotated[date, Query(ge=_LEAST, le=_MOST, description="a day of the first week")],
        weeks: Annotated[int, Query(ge=1, le=wire_stats.MOST_WEEKS)] = 16,
    ) -> Response:
        terminal = central.tokens.read(request.headers.get("authorization"))
        async with central.pool.connection() as connection:
            branch = await caller_branch(connection, terminal)
            answer = await read_activity(connection, branch, Weeks(first, weeks), central.reference, now())
        return Response(answer.model_dump_json(), media_type=_JSON, headers=_NOT_KEPT)

    return calls
