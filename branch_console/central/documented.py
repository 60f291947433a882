"""What the OpenAPI document says of problems: for each route the codes that it can answer with."""

from typing import Any

from branch_console.central.problems import MEDIA_TYPE, STATUS
from branch_console.sync.wire import EPOCH_HEADER, NONCE_HEADER, VERSION_HEADER, Problem, PushRequest

_HEADERS = {
    EPOCH_HEADER: {
        "description": "the life of central's database; changes with every restore",
        "schema": {"type": "string"},
    },
    NONCE_HEADER: {"description": "the request's header of this name", "schema": {"type": "string"}},
}
EVERYWHERE = (
    "bad-request",
    "request-timeout",
    "too-large",
    "unsupported-encoding",
    "client-too-old",
    "internal-error",
    "unavailable",
)
"""Codes that any call under /v1 can answer with."""


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that can answer with these codes, and those that every route can."""
    by_status: dict[int | str, list[str]] = {}
    for code in (*codes, *EVERYWHERE):
        by_status.setdefault(STATUS[code][0], []).append(code)
    return {
        status: {
            "description": "; ".join(f"`{code}`: {STATUS[code][1]}" for code in dict.fromkeys(of_status)),
            "headers": _HEADERS,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, of_status in sorted(by_status.items(), key=lambda each: str(each[0]))
    }


PARAMETERS = [
    {
        "name": NONCE_HEADER,
        "in": "header",
        "required": False,
        "description": "echoed in the answer; 1 to 128 visible ASCII characters",
        "schema": {"type": "string"},
    },
    {
        "name": VERSION_HEADER,
        "in": "header",
        "required": False,
        "description": "the terminal's version, e.g. 1.4.0",
        "schema": {"type": "string"},
    },
]


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add the common headers, the problem schema and the security scheme to FastAPI's document."""
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for model in (Problem, PushRequest):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if path.startswith("/v1/"):
                operation.setdefault("parameters", []).extend(PARAMETERS)
                operation["responses"].pop("422", None) if path != "/v1/journal" else None
            for response in operation["responses"].values():
                response.setdefault("headers", _HEADERS)
    return document
