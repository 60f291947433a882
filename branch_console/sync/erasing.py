"""What a revoked terminal does: without the device key no password opens the store any more."""

from pathlib import Path

from branch_console.security.keys import erase_file

KEY_FILES = ("device.key", "unlock.json")


def erase_keys(home: Path) -> None:
    """Erase the device key and all wraps of the database key. Safe to repeat. Raises OSError."""
    for name in KEY_FILES:
        erase_file(home / name)
