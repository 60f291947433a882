"""What holds for every request: epoch and nonce, limits, admission, errors."""

import gzip
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
import zstandard

from tests.fixtures.central import CentralProcess, until
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini
from tests.wire.test_push import refused

MIB = 1_048_576


def test_every_answer_carries_epoch_and_nonce(terminal: Mini) -> None:
    for number, (method, path) in enumerate(
        [
            ("GET", "/v1/journal/head"),
            ("GET", "/v1/feed"),
            ("POST", "/v1/journal"),
            ("PUT", "/v1/journal"),
            ("POST", "/v1/terminals"),
            ("POST", "/v1/token"),
            ("GET", "/v1/nothing"),
            ("GET", "/healthz"),
            ("GET", "/readyz"),
            ("GET", "/metrics"),
            ("GET", "/openapi.json"),
        ]
    ):
        nonce = f"nonce-{number}"
        answer = terminal.http.request(method, path, headers={"Request-Nonce": nonce})
        assert answer.headers["central-epoch"] == terminal.epoch, path
        assert answer.headers["request-nonce"] == nonce, path


def test_without_a_nonce_none_is_made_up(terminal: Mini) -> None:
    assert "request-nonce" not in terminal.http.get("/healthz").headers
    assert "request-nonce" not in terminal.http.get("/healthz", headers={"Request-Nonce": "x" * 129}).headers


def test_unknown_addresses_and_methods_are_problems(terminal: Mini) -> None:
    refused(terminal.http.get("/v1/nothing"), 404, "not-found")
    refused(terminal.http.delete("/v1/feed"), 405, "method-not-allowed")


def test_a_batch_of_more_than_a_thousand_is_too_large(terminal: Mini) -> None:
    for _ in range(1001):
        terminal.write("journey.step_started", "journey/0199c0de-0000-7000-8000-0000000000aa", {"step": "x"})
    body = terminal.body(terminal.entries)
    assert len(body) < MIB
    refused(terminal.post(body), 413, "too-large")
    assert terminal.push(1, 1000).json()["accepted_through"] == 1000


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
def test_a_body_that_is_or_becomes_too_large(terminal: Mini, encoding: str) -> None:
    size = 64 * MIB if encoding != "identity" else MIB + 1
    body = b" " * size
    pack: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "zstd": zstandard.compress, "identity": bytes}
    packed = pack[encoding](body)
    started = time.monotonic()
    refused(terminal.post(packed, **{"Content-Encoding": encoding}), 413, "too-large")
    refused(
        terminal.http.post("/v1/terminals", content=packed, headers={"Content-Encoding": encoding}), 413, "too-large"
    )
    assert time.monotonic() - started < 20


def test_a_frame_that_wants_a_huge_window_is_refused(terminal: Mini) -> None:
    wide = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    ).compressobj()
    packed = wide.compress(b"x" * 1000) + wide.flush()
    refused(terminal.post(packed, **{"Content-Encoding": "zstd"}), 400, "bad-request")


def test_other_encodings_are_not_supported(terminal: Mini) -> None:
    refused(terminal.post(b"{}", **{"Content-Encoding": "br"}), 415, "unsupported-encoding")


def test_a_terminal_that_is_too_old_is_told_so(make_central: Callable[..., CentralProcess]) -> None:
    central = make_central(BRANCH_CONSOLE_MIN_CLIENT="1.2.0")
    http = httpx.Client(base_url=central.url)
    for version in ("1.1.9", "0.9", "x", "1"):
        answer = http.get("/v1/feed", headers={"Client-Version": version})
        assert refused(answer, 426, "client-too-old")["min_client"] == "1.2.0"
    for version in ("1.2.0", "1.10", "2.0.0.1"):
        refused(http.get("/v1/feed", headers={"Client-Version": version}), 401, "invalid-token")
    assert http.get("/healthz", headers={"Client-Version": "0.1"}).status_code == 200


def stalled_push(mini: Mini) -> socket.socket:
    """A push whose body has been promised and does not come."""
    where = urlsplit(mini.url)
    stalled = socket.create_connection((where.hostname, where.port))
    head = f"POST /v1/journal HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {mini.token}\r\nContent-Length: 100\r\n"
    stalled.sendall(head.encode() + b"Expect: 100-continue\r\n\r\n")
    assert stalled.recv(100).startswith(b"HTTP/1.1 100")  # the application asks for the body: the push is admitted
    return stalled


def test_too_many_pushes_are_sent_away_before_their_body_is_read(make_central: Callable[..., CentralProcess]) -> None:
    central = make_central(BRANCH_CONSOLE_MAX_PUSHES="1")
    central.branch()
    one, two = enrolled(central, "B1"), enrolled(central, "B1")
    two.journey()
    with stalled_push(one):
        answer = two.push()
        refused(answer, 429, "too-busy")
        assert 1 <= int(answer.headers["retry-after"]) <= 120
        where = urlsplit(two.url)
        with socket.create_connection((where.hostname, where.port)) as early:
            early.sendall(b"POST /v1/journal HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
            assert early.recv(1000).startswith(b"HTTP/1.1 429")
        assert two.head().status_code == 200
    assert until(lambda: two.push().status_code == 200)  # as soon as central has seen the stalled one go


def test_a_body_that_does_not_come_is_not_waited_for_long(make_central: Callable[..., CentralProcess]) -> None:
    central = make_central(BRANCH_CONSOLE_BODY_SECONDS="0.2")
    central.branch()
    with stalled_push(enrolled(central, "B1")) as stalled:
        assert b"408" in stalled.recv(1000)


def test_a_database_that_is_away_is_503_and_comes_back(
    make_central: Callable[..., CentralProcess], postgres_url: str
) -> None:
    central = make_central()
    central.branch()
    mini = enrolled(central, "B1")
    name = central.sql("SELECT current_database()")[0][0]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        mini.journey()
        answer = mini.push()
        refused(answer, 503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1
        ready = mini.http.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["reasons"]
        assert "central_problems_total" in mini.http.get("/metrics").raise_for_status().text
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
    assert until(lambda: mini.push().status_code == 200)
    assert mini.head().json()["seq"] == 2


def test_a_defect_is_a_500_with_epoch_and_nonce_and_tells_no_data(make_central: Callable[..., CentralProcess]) -> None:
    central = make_central()
    central.branch()
    mini = enrolled(central, "B1")
    central.sql("ALTER TABLE state RENAME TO state_gone")
    mini.journey("李秘密")
    answer = mini.push()
    refused(answer, 500, "internal-error")
    assert answer.headers["request-nonce"] == answer.request.headers["request-nonce"]
    central.sql("ALTER TABLE state_gone RENAME TO state")
    assert mini.push().json()["accepted_through"] == 2
    log = central.log()
    assert "UndefinedTable" in log
    assert "李秘密" not in log
