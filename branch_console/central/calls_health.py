"""Liveness, readiness and metrics."""

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from branch_console.central.metrics import CONTENT_TYPE
from branch_console.central.service import Central
from branch_console.sync import wire


def router(central: Central) -> APIRouter:
    """The calls, answered by `central`."""
    calls = APIRouter()

    @calls.get("/healthz", response_model=wire.Health, summary="The process answers")
    async def healthz() -> Response:
        return Response(b'{"ok":true}', media_type="application/json")

    @calls.get(
        "/readyz",
        response_model=wire.Readiness,
        responses={503: {"model": wire.Readiness, "description": "Not ready, and why"}},
        summary="Central can do its work",
    )
    async def readyz() -> Response:
        reasons = await central.reasons()
        body = orjson.dumps({"ready": not reasons, "reasons": reasons})
        return Response(body, 503 if reasons else 200, media_type="application/json")

    @calls.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Prometheus text"}},
        summary="Metrics for Prometheus",
    )
    async def metrics() -> Response:
        await central.read_branches()
        return Response(central.metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return calls
