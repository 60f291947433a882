"""Who may have claimed already, for when central cannot be asked: central's filter, and this branch's own claims.

The filter is kept as central signed it and checked again each time it is loaded. What came after it is checked when it
comes and kept as bare members, in the encrypted store. Without a filter that is right the answer is "not known".
"""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from branch_console.security.claimed import (
    ClaimedError,
    Delta,
    is_delta,
    pack,
    read_delta,
    read_filter,
    unpack,
)
from branch_console.security.claimed import ClaimedFilter as Checked
from data.moments import ms_of
from data.right_tables import ClaimedFilterRow
from data.statements import prepared
from data.store import Store
from data.tables import table

BASE, LATER = "base", "delta"

_FILTER = table(ClaimedFilterRow)
_put = insert(_FILTER)
_PUT = prepared(
    _put.on_conflict_do_update(
        index_elements=["name"], set_={name: _put.excluded[name] for name in ("body", "etag", "fetched_at")}
    )
)
_GET = prepared(select(_FILTER.c.body).where(_FILTER.c.name == bindparam("name")))
_STAMPS = prepared(select(_FILTER.c.name, _FILTER.c.etag, _FILTER.c.fetched_at).order_by(_FILTER.c.name))
_DROP = delete(_FILTER)
_OWN = """
SELECT DISTINCT c.campaign FROM claim_key AS k JOIN claim_row AS c ON c.id = k.claim
WHERE k.key = :key AND c.uses_right AND (c.status <> 'reserved' OR c.expires_ms > :now) AND c.subject <> :without
"""


class FilterPlace(NamedTuple):
    """How far the filter goes: of which epoch of central, up to which of its sequence, and the ETag that came last."""

    epoch: str
    sequence: int
    etag: str


class ClaimedFilter:
    """The filter of one store. It notices when another process has stored a newer one. For many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamp: list[tuple[str, str, str]] | None = None
        self._checked: Checked | None = None
        self.problem: str | None = None
        """Why there is no filter although one is stored; None when there is one, or none was ever stored."""

    def put(self, content: bytes, etag: str, fetched_at: datetime) -> None:
        """Take in what central sent, a whole filter or what came since. Raises ClaimedError; nothing changes then."""
        identity = self._store.identity
        at = fetched_at.astimezone(UTC).isoformat(timespec="milliseconds")
        if not is_delta(content):
            read_filter(content, identity.central_key, identity.tenant_keys)
            with self._store.database.write() as connection:
                connection.execute(_DROP)
                connection.exec_driver_sql(_PUT, {"name": BASE, "body": content, "etag": etag, "fetched_at": at})
            return
        delta = read_delta(content, identity.central_key)
        checked = self._current()
        if checked is None:
            raise ClaimedError("a delta without the filter that it follows")
        with self._store.database.write() as connection:
            later = _merged(connection, checked, delta)
            connection.exec_driver_sql(_PUT, {"name": LATER, "body": later, "etag": etag, "fetched_at": at})

    def maybe_claimed(self, campaign: str, person_key: str, now: datetime) -> bool | None:
        """Whether the person may have claimed: True is a maybe, False is certain as of `age`, None is not known."""
        return self.answers([campaign], person_key, now)[campaign]

    def answers(
        self, campaigns: Iterable[str], person_key: str, now: datetime, without: str | None = None
    ) -> dict[str, bool | None]:
        """The same for many campaigns at once. What was claimed at this branch is True whatever the filter says.

        `without`: the subject of a claim that does not count, because it is the one that is being handed over.
        """
        checked = self._current()
        with self._store.reading() as connection:
            own = set(
                connection.exec_driver_sql(
                    _OWN, {"key": person_key, "now": ms_of(now), "without": without or ""}
                ).scalars()
            )
        return {each: True if each in own else _asked(checked, each, person_key) for each in campaigns}

    def age(self, now: datetime) -> timedelta | None:
        """How old the filter's knowledge is; None without a filter that is right."""
        checked = self._current()
        return None if checked is None else now - checked.built_at

    def place(self) -> FilterPlace | None:
        """Where to go on from; None: a whole filter is needed."""
        checked = self._current()
        if checked is None or not self._stamp:
            return None
        return FilterPlace(checked.epoch, checked.sequence, max(self._stamp, key=lambda each: each[2])[1])

    def _current(self) -> Checked | None:
        """The filter as it is stored now."""
        with self._lock:
            with self._store.reading() as connection:
                stamp = [(row.name, row.etag, row.fetched_at) for row in connection.exec_driver_sql(_STAMPS)]
                if stamp != self._stamp:
                    self._load(connection)
                    self._stamp = stamp
            return self._checked

    def _load(self, connection: Connection) -> None:
        identity = self._store.identity
        self._checked = self.problem = None
        base = connection.exec_driver_sql(_GET, {"name": BASE}).scalar_one_or_none()
        if base is None:
            return
        try:
            checked = read_filter(base, identity.central_key, identity.tenant_keys)
            later = _later(connection)
            if later is not None:
                checked.add(later)
        except ValueError as error:
            self.problem = str(error)
        else:
            self._checked = checked


def _asked(checked: Checked | None, campaign: str, person_key: str) -> bool | None:
    if checked is None:
        return None
    try:
        return checked.might_have(campaign, person_key)
    except ClaimedError:  # a key of a version that this terminal does not hold
        return None


def _merged(connection: Connection, checked: Checked, delta: Delta) -> bytes:
    """What came after the base, with what came now. Raises ClaimedError for a delta that does not follow."""
    if delta.epoch != checked.epoch or not delta.since <= checked.sequence <= delta.sequence:
        raise ClaimedError("the delta does not follow the filter")
    before = _later(connection)
    members = pack({*delta.members, *(before.members if before else ())})
    header = {
        "epoch": delta.epoch,
        "since": delta.since if before is None else before.since,
        "sequence": delta.sequence,
        "built_at": delta.built_at.isoformat(),
        "sha256": sha256(members).hexdigest(),
    }
    return orjson.dumps(header) + b"\n" + members


def _later(connection: Connection) -> Delta | None:
    """What came after the base, as it was merged. Raises ClaimedError when it is not that any more."""
    body = connection.exec_driver_sql(_GET, {"name": LATER}).scalar_one_or_none()
    if body is None:
        return None
    first, _newline, members = body.partition(b"\n")
    try:
        header = orjson.loads(first)
        if header["sha256"] != sha256(members).hexdigest():
            raise ClaimedError("what came after the filter is not what was stored")
        built_at = datetime.fromisoformat(header["built_at"])
        return Delta(header["epoch"], header["since"], header["sequence"], built_at, unpack(members))
    except KeyError as error:
        raise ClaimedError("what came after the filter cannot be read") from error
