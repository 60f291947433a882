"""Central as an ASGI application. Normative text: docs/protocol.md; the OpenAPI document is at /openapi.json."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.responses import Response

import branch_console
from branch_console.central import (
    calls_enrol,
    calls_gifts,
    calls_health,
    calls_journal,
    documented,
    statistics_calls,
)
from branch_console.central.logs import where
from branch_console.central.middleware import Edge
from branch_console.central.problems import ProblemError, retry_after
from branch_console.central.service import Central

log = structlog.get_logger(__name__)

_AGAIN = 5  # seconds after which to come again when the database does not answer


def make_app(central: Central) -> Edge:
    """The application of one central, which it starts and stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await central.start()
        yield
        await central.stop()

    app = FastAPI(
        title="Branch Console central",
        version=branch_console.__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    for calls in (calls_enrol, calls_journal, calls_gifts, statistics_calls, calls_health):
        app.include_router(calls.router(central))
    _handle_errors(app, central)

    def document() -> dict[str, Any]:
        if not app.openapi_schema:
            plain = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = documented.complete(plain)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
    return Edge(app, central)


def _handle_errors(app: FastAPI, central: Central) -> None:
    """Every error leaves as a problem."""

    @app.exception_handler(ProblemError)
    async def _problem(_request: Request, error: ProblemError) -> Response:
        return central.refusal(error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return central.refusal(ProblemError("bad-request", f"{where}: {first['msg']}"[:200]))

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> Response:
        code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "bad-request")
        return central.refusal(ProblemError(code, headers=error.headers))

    @app.exception_handler(psycopg.OperationalError)
    async def _away(_request: Request, error: psycopg.OperationalError) -> Response:
        log.warning("database_away", error=type(error).__name__)
        return central.refusal(ProblemError("unavailable", headers=retry_after(_AGAIN)))

    @app.exception_handler(Exception)
    async def _bug(_request: Request, error: Exception) -> Response:
        log.error("unexpected", error=type(error).__name__, where=where(error))
        return central.refusal(ProblemError("internal-error"))
