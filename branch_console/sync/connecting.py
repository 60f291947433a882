"""The connection to central that this terminal uses."""

from collections.abc import Callable

from branch_console.sync.client import CentralClient
from branch_console.sync.device import Device
from data.store import Store


def make_client(store: Store, device: Device, timeout: float, offset_ms: Callable[[], int]) -> CentralClient:
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
