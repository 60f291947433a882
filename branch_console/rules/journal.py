"""Journal entries: their form, their hashes, their chain. Normative text: docs/protocol.md."""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson

from branch_console.rules.canonical import Json, canonical, canonical_hash
from branch_console.rules.clock import PATTERN as CLOCK

FIRST_PREV = "0" * 64
MAX_SEQ = 2**53 - 1

_HASH = re.compile(r"[0-9a-f]{64}")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

_ID = re.compile(_UUID)
_TERMINAL = re.compile(rf"{_UUID}|central/[A-Za-z0-9_-]{{1,32}}")
_TYPE = re.compile(r"[a-z][a-z_]{0,31}\.[a-z][a-z_]{0,31}")
_BRANCH = re.compile(r"[A-Za-z0-9_-]{1,32}")
_SUBJECT = re.compile(rf"[a-z][a-z_]{{0,31}}/{_UUID}")
_STAFF = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}(Z|[+-][0-9]{2}:[0-9]{2})")

Data = dict[str, Json]


class BadEntryError(ValueError):
    """The entry is not well-formed, or does not belong where it stands in its chain."""


class Entry(NamedTuple):
    """One act, as it stands in a journal and goes over the wire. `data` is None once it has been erased."""

    terminal: str
    seq: int
    id: str
    type: str
    version: int
    branch: str
    subject: str
    staff: str | None
    at: str
    clock: str
    data: Data | None
    data_hash: str
    prev: str
    hash: str

    @property
    def order(self) -> tuple[str, str, int]:
        """Where the entry stands in the total order of all entries: (clock, terminal, seq)."""
        return (self.clock, self.terminal, self.seq)

    @property
    def kind(self) -> str:
        """The kind of its subject, e.g. `journey`."""
        return self.subject.partition("/")[0]

    def __repr__(self) -> str:
        """Where it stands and what it is; never what it says of a customer."""
        return f"Entry({self.terminal} {self.seq} {self.type} {self.subject})"

    def wire(self) -> dict[str, object]:
        """The entry as a JSON object."""
        return self._asdict()


def entry_hash(entry: Entry) -> str:
    """The hash that a well-formed entry must carry: SHA-256 of the canonical form of all but `data` and itself.

    The header's keys and values are ASCII strings and small integers, for which sorting by bytes is canonical.
    """
    header = {
        "at": entry.at,
        "branch": entry.branch,
        "clock": entry.clock,
        "data_hash": entry.data_hash,
        "id": entry.id,
        "prev": entry.prev,
        "seq": entry.seq,
        "staff": entry.staff,
        "subject": entry.subject,
        "terminal": entry.terminal,
        "type": entry.type,
        "version": entry.version,
    }
    return sha256(orjson.dumps(header)).hexdigest()


def seal(
    *,
    terminal: str,
    seq: int,
    prev: str,
    id: str,  # noqa: A002  the field's name on the wire
    type: str,  # noqa: A002  the field's name on the wire
    version: int,
    branch: str,
    subject: str,
    staff: str | None,
    at: str,
    clock: str,
    data: Data,
) -> Entry:
    """Make the entry that follows `prev` in its writer's chain. Raises NotCanonicalError for data with a float."""
    draft = Entry(
        terminal=terminal,
        seq=seq,
        id=id,
        type=type,
        version=version,
        branch=branch,
        subject=subject,
        staff=staff,
        at=at,
        clock=clock,
        data=data,
        data_hash=canonical_hash(data),
        prev=prev,
        hash="",
    )
    return draft._replace(hash=entry_hash(draft))


def check_entry(entry: Entry) -> None:
    """Check form and hashes of one entry. Whether `at` is a real date is the fold's affair. Raises BadEntryError."""
    wrong = _malformed(entry)
    if wrong:
        raise BadEntryError(f"{wrong} is malformed")
    if entry.data is not None:
        try:
            right = canonical_hash(entry.data) == entry.data_hash
        except ValueError as error:
            raise BadEntryError(str(error)) from error
        if not right:
            raise BadEntryError("data does not match data_hash")
    if entry_hash(entry) != entry.hash:
        raise BadEntryError("hash does not match the entry")


def check_chain(entries: Iterable[Entry], seq: int, head: str) -> tuple[int, str]:
    """Check that `entries` follow (seq, head) without gap or break; return the new head. Raises BadEntryError."""
    for entry in entries:
        if entry.seq != seq + 1:
            raise BadEntryError(f"expected seq {seq + 1}, found {entry.seq}")
        if entry.prev != head:
            raise BadEntryError(f"seq {entry.seq} does not follow the entry before it")
        seq, head = entry.seq, entry.hash
    return seq, head


def checkpoint_bytes(terminal: str, seq: int, head: str, at: str) -> bytes:
    """What a checkpoint's signature covers."""
    return canonical({"terminal": terminal, "seq": seq, "hash": head, "at": at})


def format_at(moment: datetime) -> str:
    """RFC 3339 with milliseconds and offset. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment without offset")
    return moment.isoformat(timespec="milliseconds")


def parse_at(at: str) -> datetime:
    """The moment that an entry's `at` names. Raises ValueError for an impossible date."""
    return datetime.fromisoformat(at)


def subject_id(subject: str) -> UUID:
    """The UUID in `kind/uuid`."""
    return UUID(subject.partition("/")[2])


def _malformed(entry: Entry) -> str | None:
    """The first field that is not of its form."""
    texts = (
        ("terminal", entry.terminal, _TERMINAL),
        ("id", entry.id, _ID),
        ("type", entry.type, _TYPE),
        ("branch", entry.branch, _BRANCH),
        ("subject", entry.subject, _SUBJECT),
        ("at", entry.at, _AT),
        ("clock", entry.clock, CLOCK),
        ("data_hash", entry.data_hash, _HASH),
        ("prev", entry.prev, _HASH),
        ("hash", entry.hash, _HASH),
    )
    for name, value, pattern in texts:
        if type(value) is not str or not pattern.fullmatch(value):
            return name
    if entry.staff is not None and (type(entry.staff) is not str or not _STAFF.fullmatch(entry.staff)):
        return "staff"
    if type(entry.seq) is not int or not 1 <= entry.seq <= MAX_SEQ:
        return "seq"
    if type(entry.version) is not int or not 1 <= entry.version <= MAX_SEQ:
        return "version"
    if entry.data is not None and type(entry.data) is not dict:
        return "data"
    return None
