"""Enrolment, tokens, revocation."""

import base64
import json
import time
from datetime import timedelta
from typing import Any

import pytest

from branch_console.central import enrolment
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, uuid7
from tests.wire.test_push import refused


def test_enrolment_tells_everything_that_a_terminal_needs(shared_central: CentralProcess, branch: str) -> None:
    mini = Mini(shared_central.url)
    said = mini.enrol(shared_central.code(branch).lower().replace("-", " ")).json()
    assert (said["branch"], said["branch_name"], said["timezone"]) == (branch, "北京朝阳支行", "Asia/Shanghai")
    assert said["central_key"]["crv"] == "Ed25519"
    assert len(base64.urlsafe_b64decode(said["tenant_keys"]["1"] + "=")) == 32
    assert said["min_client"] == "0.1.0"
    assert said["reference_expires"] is None


def test_a_code_works_once(shared_central: CentralProcess, branch: str) -> None:
    code = shared_central.code(branch)
    assert Mini(shared_central.url).enrol(code).status_code == 201
    refused(Mini(shared_central.url).enrol(code), 403, "enrolment-code-used")


def test_a_code_expires(shared_central: CentralProcess, branch: str) -> None:
    late = shared_central.office(lambda at: enrolment.make_code(at.connection, branch, timedelta(seconds=-1)))
    refused(Mini(shared_central.url).enrol(late.code), 403, "enrolment-code-expired")


def test_an_unknown_code(shared_central: CentralProcess) -> None:
    refused(Mini(shared_central.url).enrol("AAAA-BBBB-CCCC-DDDD"), 403, "enrolment-code-unknown")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "\x1b]0;x\x07"},
        {"name": 7},
        {"public_key": {"kty": "RSA"}},
        {"public_key": {"kty": "OKP", "crv": "Ed25519", "x": "!" * 43}},
        {"public_key": {"kty": "OKP", "crv": "Ed25519", "x": "B" * 43}},
        {"terminal": "me"},
    ],
)
def test_a_wrong_request_uses_no_code_up(shared_central: CentralProcess, branch: str, changes: dict[str, Any]) -> None:
    mini, code = Mini(shared_central.url), shared_central.code(branch)
    refused(mini.enrol(code, **changes), 400, "bad-request")
    assert mini.enrol(code).status_code == 201


def test_a_terminal_that_central_lost_comes_back_under_its_own_id(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    refused(
        Mini(shared_central.url).enrol(shared_central.code(terminal.branch), terminal=terminal.terminal),
        409,
        "terminal-known",
    )
    lost = Mini(shared_central.url)
    lost.terminal = uuid7()
    answer = lost.enrol(shared_central.code(terminal.branch), terminal=lost.terminal)
    assert answer.json()["terminal"] == lost.terminal


def test_a_jti_works_once(terminal: Mini) -> None:
    assertion = terminal.assertion()
    assert terminal.ask_token(assertion).status_code == 200
    assert refused(terminal.ask_token(assertion), 401, "assertion-reused")["error"] == "invalid_client"


ASSERTIONS: dict[str, dict[str, Any]] = {
    "another audience": {"aud": "https://elsewhere.example/v1/token"},
    "lives too long": {"exp": 86_400},
    "expired": {"iat": -900, "exp": -700},
    "from the future": {"iat": 900, "exp": 1000},
    "no jti": {"jti": None},
    "control character in jti": {"jti": "a\x00b"},
    "sub is another": {"sub": uuid7()},
    "fraction in exp": {"exp": 60.5},
}
"""Numbers are seconds after the moment of the test, not of its collection, which may be long ago."""


@pytest.mark.parametrize("changes", ASSERTIONS.values(), ids=ASSERTIONS)
def test_a_wrong_assertion(terminal: Mini, changes: dict[str, Any]) -> None:
    now = int(time.time())
    wrong = {name: now + value if name in {"iat", "exp"} else value for name, value in changes.items()}
    said = refused(terminal.ask_token(terminal.assertion(**wrong)), 401, "invalid-client")
    assert said["error"] == "invalid_client"
    assert said["server_time"]


@pytest.mark.parametrize("name", [uuid7(), "a\x00b\ud800"], ids=["unknown", "unstorable"])
def test_an_assertion_of_a_terminal_that_central_does_not_know(terminal: Mini, name: str) -> None:
    said = refused(terminal.ask_token(terminal.assertion(iss=name, sub=name)), 401, "unknown-terminal")
    assert said["error"] == "invalid_client"


def test_a_terminal_that_is_gone_from_the_database_is_told_so_everywhere(
    shared_central: CentralProcess, terminal: Mini
) -> None:
    terminal.journey()
    shared_central.sql("DELETE FROM writer WHERE name = %s", terminal.terminal)
    for answer in (terminal.push(), terminal.head(), terminal.feed()):
        refused(answer, 401, "unknown-terminal")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    refused(terminal.ask_token(), 401, "unknown-terminal")


def test_an_assertion_signed_with_another_key(terminal: Mini, other: Mini) -> None:
    refused(terminal.ask_token(other.assertion(iss=terminal.terminal, sub=terminal.terminal)), 401, "invalid-client")


def test_an_assertion_that_signs_nothing(terminal: Mini) -> None:
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    body = terminal.assertion().split(".")[1]
    for assertion in (f"{head}.{body}.", "a.b.c", "x", ""):
        answer = terminal.ask_token(assertion or " ")
        refused(answer, 401, "invalid-client")


def test_other_grants_are_not_supported(terminal: Mini) -> None:
    said = refused(terminal.ask_token(grant_type="password"), 400, "unsupported-grant")
    assert said["error"] == "unsupported_grant_type"
    refused(terminal.ask_token(client_assertion_type="x"), 400, "unsupported-grant")
    refused(terminal.http.post("/v1/token", data={"grant_type": "client_credentials"}), 400, "bad-request")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer a.b.c"])
def test_a_wrong_token(terminal: Mini, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for answer in (
        terminal.http.get("/v1/feed", headers=headers),
        terminal.http.get("/v1/journal/head", headers=headers),
        terminal.http.post("/v1/journal", headers=headers, content=b"{}"),
    ):
        refused(answer, 401, "invalid-token")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_that_the_terminal_made_itself(terminal: Mini) -> None:
    terminal.token = terminal.assertion(aud="branch-console")
    refused(terminal.head(), 401, "invalid-token")


def test_a_revoked_terminal_is_told_so_everywhere(shared_central: CentralProcess, terminal: Mini, other: Mini) -> None:
    terminal.journey()
    shared_central.revoke(terminal.terminal)
    for answer in (terminal.push(), terminal.head(), terminal.feed(), terminal.ask_token()):
        refused(answer, 403, "terminal-revoked")
    last = other.read_feed()[0][-1]
    assert (last["type"], last["subject"]) == ("terminal.revoked", f"terminal/{terminal.terminal}")
    assert enrolled(shared_central, terminal.branch).feed().status_code == 200
