"""Becoming a terminal, and the contact with central that somebody waits for."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson

from branch_console.security.keys import unb64url
from branch_console.security.signing import new_signing_key, public_jwk
from branch_console.sync.books import Books, Event
from branch_console.sync.connecting import make_client
from branch_console.sync.device import Device, read_device, write_device
from branch_console.sync.erasing import erase_keys
from branch_console.sync.errors import SyncError
from branch_console.sync.http import check_url, reason_of, transport_options
from branch_console.sync.shell import Shell
from branch_console.sync.state import Options
from branch_console.sync.wire import EPOCH_HEADER, NONCE_HEADER
from data.identity import Identity
from data.store import Store


@dataclass(frozen=True)
class Enrolled:
    """What enrolment gave: the identity for `Store.create`, and what device.json says."""

    identity: Identity
    device: Device


def enrol(
    url: str,
    code: str,
    name: str,
    *,
    ca_file: Path | None = None,
    timeout: float = 15.0,
    readmit: Identity | None = None,
) -> Enrolled:
    """Make this machine a terminal, with a key made here. Writes nothing. Raises SyncError.

    `readmit`: central was restored from before this terminal's enrolment; it is let in again under its id and key.
    """
    base = check_url(url)
    seed = new_signing_key() if readmit is None else readmit.signing_key
    request: dict[str, object] = {"enrolment_code": code.strip(), "name": name.strip(), "public_key": public_jwk(seed)}
    if readmit is not None:
        request["terminal"] = readmit.terminal
    answer = _post(base, request, ca_file, timeout)
    try:
        identity = Identity(
            terminal=str(answer["terminal"]),
            branch=str(answer["branch"]),
            signing_key=seed,
            tenant_keys={str(version): unb64url(key) for version, key in answer["tenant_keys"].items()},
            central_key={str(member): str(value) for member, value in answer["central_key"].items()},
            epoch=str(answer["epoch"]),
            timezone=str(answer["timezone"]),
        )
        branch_name = str(answer["branch_name"])
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise SyncError("not-central") from error
    device = Device(
        terminal=identity.terminal,
        name=name.strip(),
        branch=identity.branch,
        branch_name=branch_name,
        central_url=base,
        central_key=identity.central_key,
        epoch=identity.epoch,
        enrolled_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        ca_file=None if ca_file is None else str(ca_file.absolute()),
        timezone=identity.timezone,
    )
    return Enrolled(identity, device)


def _post(base: str, request: dict[str, object], ca_file: Path | None, timeout: float) -> dict[str, Any]:
    """POST /v1/terminals. Raises SyncError with the reason."""
    nonce = new_signing_key().hex()
    try:
        with httpx.Client(**transport_options(base, ca_file, timeout)) as http:  # type: ignore[arg-type]
            response = http.post("/v1/terminals", json=request, headers={NONCE_HEADER: nonce})
    except httpx.HTTPError as error:
        raise SyncError(reason_of(error)) from error
    if response.headers.get(NONCE_HEADER) != nonce or EPOCH_HEADER not in response.headers:
        raise SyncError("not-central")
    try:
        answer = orjson.loads(response.content)
    except orjson.JSONDecodeError as error:
        raise SyncError("not-central") from error
    if not isinstance(answer, dict):
        raise SyncError("not-central")
    if response.status_code != 201:
        raise SyncError(str(answer.get("code") or "central-error"))
    return answer


def sync_once(store: Store, home: Path, device: Device, *, timeout: float = 15.0, patience: float = 120.0) -> Event:
    """Exchange everything there is, once, while somebody waits; the last status. Blocks.

    Raises SyncError with the problem when central cannot be reached, refuses, or a person is needed; `patience` is the
    longest wait in seconds.
    """
    return asyncio.run(_sync_once(store, home, device, timeout, patience))


async def _sync_once(store: Store, home: Path, device: Device, answer_within: float, patience: float) -> Event:
    statuses: list[Event] = []

    def tell(event: Event) -> None:
        if event["event"] != "status":
            return
        statuses.append(event)
        if event["state"] == "online" or event["problem"] not in (None, "clock-off", "feed-broken"):
            shell.stop()

    shell = Shell(
        Books(store, lambda _event: None),
        lambda offset: make_client(store, device, answer_within, offset),
        Options(spread=0.0),
        tell,
        lambda: erase_keys(home),
    )
    try:
        async with asyncio.timeout(patience):
            await shell.run()
    except TimeoutError as error:
        raise SyncError("timeout") from error
    last = statuses[-1]
    if last["state"] != "online":
        raise SyncError(str(last["problem"] or "timeout"))
    return last


def continue_in_new_journal(
    home: Path, dek: bytes, url: str, code: str, name: str = "", *, ca_file: Path | None = None, timeout: float = 15.0
) -> int:
    """Go on as a new terminal after a fork (promise G7): enrol anew, carry over what central lacks; how many acts.

    Nothing changes here unless central accepts the code. Raises SyncError, StoreError.
    """
    before = read_device(home)
    if ca_file is None and before.ca_file is not None:
        ca_file = Path(before.ca_file)
    store = Store.open(home / "store.db", dek)
    try:
        made = enrol(url, code, name or before.name, ca_file=ca_file, timeout=timeout)
        carried = store.continue_in_new_journal(made.identity)
        write_device(home, made.device)
    finally:
        store.close()
    return carried
