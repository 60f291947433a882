"""Central as a process: it starts, stops and survives being killed, and PostgreSQL with it."""

import os
import signal
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import IPv4Address
from pathlib import Path

import httpx
import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.fixtures.central import CentralProcess, open_folder, until
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, check_chain


@pytest.fixture
def embedded() -> Iterator[CentralProcess]:
    """A serving central with a PostgreSQL of its own."""
    with open_folder() as home:
        central = CentralProcess(home, None, {}).start()
        yield central
        if central.process is not None and central.process.poll() is None:
            central.stop()
        for each in postgres_of(central):
            each.kill()
            each.wait(10)


def postgres_of(central: CentralProcess) -> list[psutil.Process]:
    """The PostgreSQL that works in the central's folder."""
    try:
        number = int((central.home / "central" / "pg" / "postmaster.pid").read_text().split()[0])
        found = psutil.Process(number)
        return [found] if "postgres" in found.name() else []
    except (FileNotFoundError, psutil.NoSuchProcess):
        return []


def ended(process: psutil.Process) -> bool:
    """Whether it has ended, though perhaps nobody has asked for its status yet."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_order_and_postgresql_with_it(embedded: CentralProcess, number: signal.Signals) -> None:
    embedded.branch()
    mini = enrolled(embedded, "B1")
    _entries, cursor = mini.read_feed()
    answers: list[httpx.Response] = []
    waiting = threading.Thread(target=lambda: answers.append(mini.feed(cursor, wait=30)))
    waiting.start()
    until(lambda: "central_feeds_waiting 1.0" in httpx.get(f"{embedded.url}/metrics").text)
    (postgres,) = postgres_of(embedded)
    idle = httpx.Client(base_url=embedded.url)
    assert idle.get("/healthz").status_code == 200
    assert embedded.stop(number) == (0 if number == signal.SIGTERM else 130)
    waiting.join(10)
    assert answers[0].json()["entries"] == []  # it was answered, not cut off
    assert "graceful shutdown exceeded" not in embedded.log()  # and nobody waited for it, nor for who said nothing
    assert ended(postgres)
    assert not (embedded.home / "central" / "central.json").exists()
    embedded.start()
    assert mini.read_feed(cursor)[0] == []


def test_a_second_one_in_the_same_home_is_refused_and_disturbs_nothing(embedded: CentralProcess) -> None:
    said = embedded.command("serve", "--port", "0", check=False)
    assert "serves from" in said
    assert httpx.get(f"{embedded.url}/readyz").json() == {"ready": True, "reasons": []}


def test_it_goes_on_after_both_were_killed_though_the_process_number_lives_again(embedded: CentralProcess) -> None:
    embedded.branch()
    mini = enrolled(embedded, "B1")
    mini.journey(steps=5)
    assert mini.push().status_code == 200
    embedded.kill()
    pid_file = embedded.home / "central" / "pg" / "postmaster.pid"
    for each in postgres_of(embedded):
        each.kill()
        each.wait(10)
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # the number belongs to another process now
    embedded.start()
    assert mini.head().json()["seq"] == 5
    mini.journey()
    assert mini.push().json()["accepted_through"] == 7


def test_it_attaches_to_a_postgresql_that_outlived_it(embedded: CentralProcess) -> None:
    embedded.branch()
    embedded.kill()
    (before,) = postgres_of(embedded)
    embedded.start()
    assert postgres_of(embedded) == [before]
    assert embedded.stop() == 0
    assert ended(before)


def send(mini: Mini, batches: list[bytes], stopped: threading.Event) -> None:
    """Send batches as a terminal does: whatever happens, the same bytes again until they are acknowledged."""
    for body in batches:
        while not stopped.is_set():
            try:
                answer = mini.post(body)
                if answer.status_code == 401:
                    mini.ask_token()
                elif answer.status_code == 200 and answer.headers.get("request-nonce"):
                    break
            except httpx.HTTPError:
                continue


def reached(central: CentralProcess, mini: Mini, target: int) -> bool:
    """Whether central holds so much of the terminal's journal."""
    return bool(central.sql("SELECT seq >= %s FROM writer WHERE name = %s", target, mini.terminal)[0][0])


def test_killed_while_it_takes_entries_it_holds_each_once(database: str, tmp_path: Path) -> None:
    central = CentralProcess(tmp_path / "killed", database, {}).start()
    central.branch()
    mini = enrolled(central, "B1")
    for _ in range(80):
        mini.journey(steps=50)
    batches = [mini.body(mini.entries[first : first + 50]) for first in range(0, 4000, 50)]
    stopped = threading.Event()
    sending = threading.Thread(target=send, args=(mini, batches, stopped))
    sending.start()
    try:
        kills = 0
        for target in (300, 1200, 2500):
            until(partial(reached, central, mini, target), 60)
            central.kill()
            kills += 1
            central.start()
        sending.join(60)
        assert not sending.is_alive()
    finally:
        stopped.set()
        sending.join()
        central.stop()
    assert kills == 3
    rows = central.sql(
        "SELECT seq, convert_from(wire, 'UTF8') FROM entry WHERE writer = %s ORDER BY seq", mini.terminal
    )
    assert [seq for seq, _wire in rows] == list(range(1, 4001))
    check_chain(mini.entries)
    hashes = central.sql("SELECT encode(hash, 'hex') FROM entry WHERE writer = %s ORDER BY seq", mini.terminal)
    assert [each for (each,) in hashes] == [entry["hash"] for entry in mini.entries]
    assert central.sql("SELECT count(*) FROM state WHERE subject LIKE 'journey/%%' AND state IS NOT NULL") == [(80,)]
    covered = central.sql("SELECT sum(last_seq - first_seq + 1) FROM feed WHERE writer = %s", mini.terminal)
    assert covered == [(4000,)]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for loopback that signs itself, and its key."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "central.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, None)
    )
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return chain, secret


def test_it_serves_https(database: str, tmp_path: Path) -> None:
    chain, secret = certificate(tmp_path)
    central = CentralProcess(tmp_path / "home", database, {})
    assert "go together" in central.command("serve", "--tls-cert", str(chain), check=False)
    central.start("--tls-cert", str(chain), "--tls-key", str(secret))
    try:
        assert central.url.startswith("https://127.0.0.1:")
        central.branch()
        mini = Mini(central.url)
        mini.http = httpx.Client(base_url=central.url, verify=ssl.create_default_context(cafile=chain))
        assert mini.enrol(central.code("B1")).status_code == 201
        assert mini.ask_token().status_code == 200
        assert mini.feed().status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{central.url}/healthz")
        mini.close()
    finally:
        central.stop()


def test_a_database_of_a_newer_program_is_not_touched(database: str, tmp_path: Path) -> None:
    central = CentralProcess(tmp_path / "home", database, {})
    central.sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(AssertionError):
        central.start()
    assert "another schema" in central.command("branch", "list", "--database", database, check=False)
