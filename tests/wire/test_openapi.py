"""The OpenAPI document, fuzzed: nothing fails inside, and every answer is as the document says."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fixtures.central import CentralProcess
from tests.wire.mini import Mini

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    ("POST", "/v1/terminals"),
    ("POST", "/v1/token"),
    ("POST", "/v1/journal"),
    ("GET", "/v1/journal/head"),
    ("GET", "/v1/feed"),
    ("POST", "/v1/holds"),
    ("DELETE", "/v1/holds/{hold}"),
    ("GET", "/v1/people/{person}/facts"),
    ("GET", "/v1/claimed-filter"),
    ("GET", "/v1/stats"),
    ("GET", "/v1/stats/activity"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
]
FUZZED = [
    (method, path, mode)
    for method, path in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or path.startswith("/v1/")
]


def test_the_document_names_exactly_the_calls(shared_central: CentralProcess) -> None:
    document = httpx.get(f"{shared_central.url}/openapi.json").json()
    named = {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}
    assert named == set(OPERATIONS)
    for operations in document["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                assert {"Central-Epoch", "Request-Nonce"} <= response["headers"].keys()


@pytest.mark.parametrize(("method", "path", "mode"), FUZZED)
def test_nothing_fails_inside_and_answers_are_as_documented(
    shared_central: CentralProcess, terminal: Mini, method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_url(f"{shared_central.url}/openapi.json")
    operation = schema[path][method]

    @given(data=st.data())
    @settings(max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def each(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if case.query and "wait" in case.query:
            case.query["wait"] = 0 if case.query["wait"] in range(31) else case.query["wait"]
        headers = {"Authorization": f"Bearer {terminal.token}"}
        response = case.call(base_url=shared_central.url, headers=headers)
        case.validate_response(response, checks=CHECKS)

    each()
