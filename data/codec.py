"""Entries as the store holds them: their canonical JSON, byte for byte what goes over the wire."""

import json

import orjson

from branch_console.rules.canonical import canonical
from branch_console.rules.journal import Entry


def encode(entry: Entry) -> bytes:
    """The entry's canonical JSON. Raises NotCanonicalError."""
    return canonical(entry.wire())


def decode(wire: bytes) -> Entry:
    """The entry of stored bytes. Raises ValueError for bytes that are no entry."""
    try:
        fields = orjson.loads(wire)
    except orjson.JSONDecodeError:  # a lone surrogate, which central keeps and quarantines but orjson refuses
        fields = json.loads(wire.decode("utf-8", "surrogatepass"))
    try:
        return Entry(**fields)
    except TypeError as error:
        raise ValueError("not an entry") from error


def without_data(entry: Entry) -> Entry:
    """The entry once its data has been erased; all hashes stay."""
    return entry._replace(data=None)
