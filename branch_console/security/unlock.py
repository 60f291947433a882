"""Unlocking the terminal: the database key, wrapped for each member of staff under password and device key together.

A login is a successful unwrap; there is no separate verifier to steal. Whoever has never been at this terminal finds a
*sealed* record, made from the credential that central sent; the first login replaces it by an ordinary *wrap*. Every
wrong login gets the same answer after the same work, also for somebody who does not exist.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from branch_console.rules.journal import format_at, parse_at
from branch_console.security import throttle
from branch_console.security.credential import SALT_BYTES, STANDARD, Argon2, Credential, WrongPasswordError, stretch
from branch_console.security.keys import create_device_key, erase_file, read_device_key
from branch_console.security.passwords import password_expired
from branch_console.security.throttle import Throttle
from branch_console.security.unlock_errors import (
    BlockedError,
    BrokenError,
    ClockBackError,
    UnwritableError,
    WaitError,
    WrongLoginError,
)
from branch_console.security.unlock_file import (
    Content,
    Record,
    UnlockFileError,
    file_lock,
    read_content,
    write_content,
)
from branch_console.security.wraps import make_wrap, open_sealed, open_wrap, seal

GRANT = timedelta(days=7)
CLOCK_TOLERANCE = timedelta(minutes=5)
MOST_STRANGERS = 50


class Member(NamedTuple):
    """A member of staff as the store knows them."""

    staff_id: str
    name: str
    role: str
    credential: Credential


class Known(NamedTuple):
    """Somebody who can log in here. `first`: has never logged in with the present password on this terminal."""

    staff_id: str
    name: str
    role: str
    first: bool


class Unlocked(NamedTuple):
    """The database key and what holds for its use. `expired`: no act before central has been reached again."""

    dek: bytes
    name: str
    role: str
    must_change: bool
    expired: bool

    def __repr__(self) -> str:
        return f"Unlocked(role={self.role!r}, must_change={self.must_change}, expired={self.expired})"


class UnlockFile:
    """`unlock.json` and `device.key` in one home folder."""

    def __init__(self, home: Path, *, grant: timedelta = GRANT, cost: Argon2 = STANDARD) -> None:
        """`grant`: how long logins are possible without any contact with central. `cost`: of a try at a new wrap."""
        self._path = home / "unlock.json"
        self._key_path = home / "device.key"
        self._lock_path = home / "unlock.lock"
        self._grant = grant
        self._cost = cost
        self._one_at_a_time = threading.Lock()

    @classmethod
    def create(cls, home: Path, now: datetime, *, grant: timedelta = GRANT, cost: Argon2 = STANDARD) -> "UnlockFile":
        """Make the device key and an empty file, at enrolment. Raises FileExistsError."""
        made = cls(home, grant=grant, cost=cost)
        if made._path.exists():
            raise FileExistsError(made._path)
        key = create_device_key(made._key_path)
        moment = format_at(now.astimezone(UTC))
        write_content(made._path, Content(contacted=moment, seen=moment), key)
        return made

    def staff(self) -> list[Known]:
        """Who can log in here. Raises BrokenError."""
        content, _ = self._read()
        return [Known(key, each.name, each.role, each.wrap is None) for key, each in sorted(content.staff.items())]

    def seal_for(self, dek: bytes, members: Iterable[Member]) -> None:
        """Make the staff of the file exactly `members`, the active ones with a credential.

        Who kept their password keeps their wrap. Who got a new one is sealed for anew; their failures are forgotten.
        """
        with self._changing() as (content, key):
            before, content.staff = content.staff, {}
            for member in members:
                old = before.get(member.staff_id)
                if old is not None and _same(old.credential, member.credential):
                    content.staff[member.staff_id] = old.model_copy(update={"name": member.name, "role": member.role})
                    continue
                content.staff[member.staff_id] = Record(
                    name=member.name,
                    role=member.role,
                    must_change=member.credential.get("must_change") is True,
                    changed_at=str(member.credential.get("changed_at")),
                    credential=dict(member.credential),
                    sealed=seal(member.staff_id, member.credential, dek, key),
                )
                content.throttle.pop(member.staff_id, None)

    def unlock(self, staff_id: str, password: str, now: datetime) -> Unlocked:
        """The database key, if this is the password. Takes a tenth of a second, more on a first login.

        Raises UnlockError. The attempt is counted, durably, before it is made.
        """
        now_ms = int(now.timestamp() * 1000)
        with self._changing() as (content, key):
            self._check_clock(content, now)
            state = content.throttle.get(staff_id, Throttle())
            if state.blocked:
                raise BlockedError
            wait = throttle.wait_ms(state, now_ms)
            if wait:
                raise WaitError(seconds=-(-wait // 1000))
            content.throttle[staff_id] = throttle.attempted(state, now_ms)
            content.seen = max(content.seen, _utc(now))
            _forget_strangers(content)
            record = content.staff.get(staff_id)
        dek = _open(staff_id, password, record, key)
        if record is None or dek is None:
            raise WrongLoginError
        with self._changing() as (content, key):
            content.throttle[staff_id] = throttle.succeeded(content.throttle.get(staff_id, Throttle()))
            if record.wrap is None and content.staff.get(staff_id) == record:
                wrap = make_wrap(staff_id, password, dek, key, self._cost)
                content.staff[staff_id] = record.model_copy(update={"wrap": wrap, "sealed": None})
            expired = now - parse_at(content.contacted) > self._grant
        must_change = record.must_change or password_expired(record.changed_at, now)
        return Unlocked(dek, record.name, record.role, must_change, expired)

    def rewrap(self, staff_id: str, password: str, dek: bytes, credential: Credential) -> None:
        """The password was changed here: wrap under the new one. Raises WrongLoginError for somebody unknown."""
        with self._changing() as (content, key):
            old = content.staff.get(staff_id)
            if old is None:
                raise WrongLoginError
            content.staff[staff_id] = Record(
                name=old.name,
                role=old.role,
                must_change=False,
                changed_at=str(credential.get("changed_at")),
                credential=dict(credential),
                wrap=make_wrap(staff_id, password, dek, key, self._cost),
            )

    def remove(self, staff_id: str) -> None:
        """Nobody logs in under this name any more."""
        with self._changing() as (content, _):
            content.staff.pop(staff_id, None)

    def heard(self, central_time: datetime) -> None:
        """Central was reached and says what time it is: a new grant, and the end of a wrong clock."""
        with self._changing() as (content, _):
            content.contacted = content.seen = _utc(central_time)

    def revoke(self) -> None:
        """Make the store unreadable for ever: overwrite and delete all wraps and the device key."""
        with self._one_at_a_time:
            erase_file(self._key_path)
            erase_file(self._path)
            self._lock_path.unlink(missing_ok=True)

    def _check_clock(self, content: Content, now: datetime) -> None:
        if now < parse_at(content.seen) - CLOCK_TOLERANCE:
            raise ClockBackError

    def _read(self) -> tuple[Content, bytes]:
        """The content and the device key. Raises BrokenError."""
        try:
            key = read_device_key(self._key_path)
            return read_content(self._path, key), key
        except (OSError, UnlockFileError) as error:
            raise BrokenError from error

    @contextmanager
    def _changing(self) -> Iterator[tuple[Content, bytes]]:
        """The same, to be changed: written back, durably, unless the block raises. Raises UnwritableError."""
        with self._one_at_a_time, ExitStack() as held:
            try:
                held.enter_context(file_lock(self._lock_path))
            except OSError as error:
                raise UnwritableError from error
            content, key = self._read()
            yield content, key
            try:
                write_content(self._path, content, key)
            except OSError as error:
                raise UnwritableError from error


def _same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two credentials are the same password's."""
    return all(one.get(name) == other.get(name) for name in ("public_key", "wrapped_private"))


def _open(staff_id: str, password: str, record: Record | None, device_key: bytes) -> bytes | None:
    """The database key, or None; the work is the same whether the person exists or not."""
    try:
        if record is not None and record.wrap is not None:
            return open_wrap(staff_id, password, record.wrap, device_key)
        if record is not None and record.sealed is not None:
            return open_sealed(staff_id, password, record.credential, record.sealed, device_key)
    except WrongPasswordError:
        return None
    stretch(password, bytes(SALT_BYTES))
    return None


def _forget_strangers(content: Content) -> None:
    """Keep the failures of names that do not exist too (they must look alike), but only of the latest ones."""
    strangers = [name for name in content.throttle if name not in content.staff]
    for name in sorted(strangers, key=lambda each: content.throttle[each].last)[:-MOST_STRANGERS]:
        del content.throttle[name]


def _utc(moment: datetime) -> str:
    return format_at(moment.astimezone(UTC))
