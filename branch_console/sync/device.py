"""device.json: what is known of this terminal before anybody has unlocked it."""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from branch_console.security.keys import write_private
from branch_console.sync.errors import SyncError

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
