"""Reference data out of the journal: the newest document of each name whose hash and signature are right (S20)."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from branch_console.rules.branch import ReferencePublished
from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.journal import Entry, parse_at
from branch_console.rules.reference import Reference
from branch_console.security.signing import Jwk, SignatureError, reference_bytes, verify
from data.codec import decode
from data.tables import EntryRow, table

_ENTRY = table(EntryRow)
_PUBLISHED = select(_ENTRY.c.wire).where(
    _ENTRY.c.subject.between(bindparam("first"), bindparam("last")), _ENTRY.c.type == "reference.published"
)


class Published(NamedTuple):
    """The reference data in force here, what was refused (document, why), and when each document expires."""

    reference: Reference
    refused: list[tuple[str, str]]
    expires: dict[str, str]


def out_of_order(published: Published, now: datetime) -> list[str]:
    """The documents that were refused, so that the last good one is in force, or whose time is over."""
    wrong = {name for name, _ in published.refused}
    return sorted(wrong | {name for name, at in published.expires.items() if parse_at(at) < now})


NOTHING = Published(Reference(), [], {})


def load_published(connection: Connection, central_key: Jwk) -> Published:
    """Read, check and parse all published documents; of a document that is not right the last good one stays."""
    wires = connection.execute(_PUBLISHED, {"first": "reference/", "last": "reference0"}).scalars()
    texts: dict[str, str] = {}
    expires: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for entry in sorted((decode(wire) for wire in wires), key=lambda each: each.order, reverse=True):
        document = _document(entry)
        if document is None or document.name in texts:
            continue
        why = _wrong(document, central_key) or _unreadable(document)
        if why:
            refused.append((document.name, why))
            continue
        texts[document.name] = document.content
        if document.expires_at is not None:
            expires[document.name] = document.expires_at
    return Published(_parse(texts), refused, expires)


def _parse(texts: Mapping[str, str]) -> Reference:
    problems: list[ReferenceFormatError] = []  # each document alone was found right
    return Reference.parse(texts, problems=problems)


def _document(entry: Entry) -> ReferencePublished | None:
    """What an entry publishes; None when this version cannot read it (it is listed as unfolded)."""
    try:
        data = read_data(entry)
    except CannotFoldError:
        return None
    return data if isinstance(data, ReferencePublished) else None


def _wrong(document: ReferencePublished, central_key: Jwk) -> str:
    """Why a document is not what central signed; empty when it is."""
    if sha256(document.content.encode()).hexdigest() != document.sha256:
        return "hash"
    message = reference_bytes(document.name, document.sha256, document.published_at, document.expires_at)
    try:
        verify(central_key, message, document.signature)
    except SignatureError:
        return "signature"
    return ""


def _unreadable(document: ReferencePublished) -> str:
    """Why a document cannot be read; empty when it can."""
    problems: list[ReferenceFormatError] = []
    Reference.parse({document.name: document.content}, problems=problems)
    return "form" if problems else ""
