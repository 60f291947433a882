"""A random key of this terminal for one business day: what it hashed cannot be linked to anybody on the next one."""

import secrets
from typing import Final

from data import meta
from data.store import Store

_NAME: Final = "daily_secret"
_BYTES: Final = 32


def daily_secret(store: Store, today: str) -> bytes:
    """The key of the business date `today` (YYYY-MM-DD); made when it is first asked for, in place of an older one."""
    with store.database.read() as connection:
        found = _of(meta.get(connection, _NAME), today)
    if found is not None:
        return found
    with store.database.write() as connection:
        found = _of(meta.get(connection, _NAME), today)  # another thread may have made it meanwhile
        if found is None:
            found = secrets.token_bytes(_BYTES)
            meta.put(connection, _NAME, f"{today} {found.hex()}")
    return found


def drop_old_secret(store: Store, today: str) -> bool:
    """Forget the key of another business date than `today`, also on the disk; whether there was one."""
    with store.database.read() as connection:
        kept = meta.get(connection, _NAME)
    if kept is None or _of(kept, today) is not None:
        return False
    with store.database.write() as connection:
        meta.drop(connection, _NAME)
    store.forget_old_pages()
    return True


def _of(kept: str | None, day: str) -> bytes | None:
    date, _, key = (kept or "").partition(" ")
    return bytes.fromhex(key) if date == day else None
