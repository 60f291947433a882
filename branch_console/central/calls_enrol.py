"""POST /v1/terminals and POST /v1/token: becoming a terminal, and proving to be one."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from branch_console.central import documented
from branch_console.central.enrolment import enrol
from branch_console.central.problems import ProblemError
from branch_console.central.service import Central
from branch_console.central.tokens import grant
from branch_console.sync import wire


def router(central: Central) -> APIRouter:
    """The calls, answered by `central`."""
    calls = APIRouter()

    @calls.post(
        "/v1/terminals",
        status_code=201,
        response_model=wire.EnrolAnswer,
        responses=documented.problems(
            "enrolment-code-unknown", "enrolment-code-used", "enrolment-code-expired", "terminal-known"
        ),
        summary="Enrol: make the caller a terminal of the branch that the code is for",
    )
    async def terminals(request: wire.EnrolRequest) -> Response:
        async with central.pool.connection() as connection:
            answer = await enrol(connection, central.facts, request, central.reference, central.settings.min_client)
        return Response(orjson.dumps(answer), 201, media_type="application/json")

    @calls.post(
        "/v1/token",
        response_model=wire.TokenAnswer,
        responses=documented.problems(
            "unsupported-grant", "invalid-client", "assertion-reused", "unknown-terminal", "terminal-revoked"
        ),
        summary="OAuth 2.0 client credentials with private_key_jwt (RFC 7523), EdDSA",
    )
    async def token(
        request: Request,
        grant_type: Annotated[str, Form(max_length=64)],
        client_assertion_type: Annotated[str, Form(max_length=128)],
        client_assertion: Annotated[str, Form(max_length=4096)],
    ) -> Response:
        if grant_type != "client_credentials" or client_assertion_type != wire.ASSERTION_TYPE:
            raise ProblemError("unsupported-grant", error="unsupported_grant_type")
        base = central.settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
        async with central.pool.connection() as connection:
            access = await grant(connection, central.facts, client_assertion, f"{base.rstrip('/')}/v1/token")
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": wire.TOKEN_SECONDS}
        return Response(orjson.dumps(answer), media_type="application/json", headers={"Cache-Control": "no-store"})

    return calls
