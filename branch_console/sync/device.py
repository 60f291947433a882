"""device.json: what is known of this terminal before anybody has unlocked it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from branch_console.security.keys import write_private
from branch_console.sync.client import CentralClient
from branch_console.sync.errors import SyncError

if TYPE_CHECKING:
    from data.store import Store

FILE = "device.json"


@dataclass(frozen=True)
class Device:
    """Public facts: nothing here is secret."""

    terminal: str
    name: str
    branch: str
    branch_name: str
    central_url: str
    central_key: dict[str, str]
    epoch: str
    enrolled_at: str
    ca_file: str | None = None
    timezone: str = "Asia/Shanghai"
    """Of the branch; files of older versions do not say it."""


def read_device(home: Path) -> Device:
    """The facts of this machine. Raises SyncError not-enrolled."""
    try:
        found = orjson.loads((home / FILE).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise SyncError("not-enrolled") from error
    known = {name: found.get(name) for name in Device.__dataclass_fields__}
    return Device(**known | {"timezone": known["timezone"] or Device.timezone})


def write_device(home: Path, device: Device) -> None:
    """Replace the facts of this machine. Raises OSError."""
    write_private(home / FILE, orjson.dumps(asdict(device), option=orjson.OPT_INDENT_2))


def make_client(store: "Store", device: Device, timeout: float, offset_ms: Callable[[], int]) -> CentralClient:
    """The connection to central for this terminal; `timeout` in seconds. Raises SyncError."""
    identity = store.identity
    return CentralClient(
        device.central_url,
        identity.terminal,
        identity.signing_key,
        identity.central_key,
        ca_file=device.ca_file,
        timeout=timeout,
        offset_ms=offset_ms,
    )
