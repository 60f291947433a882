"""The types of entries: for each (type, version) the schema of its data and the kind of subject it is about.

Modules that define entries register them here at import; `branch_console.rules.catalogue` imports all of them.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from branch_console.rules.journal import Entry, parse_at

MAX_TEXT = 2000


class CannotFoldError(ValueError):
    """The entry is well-formed and kept, but its meaning cannot be worked out here and now.

    `code` is one of unknown-type, unknown-version, wrong-subject, bad-data, unstorable-text, impossible-date,
    unknown-reference.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class EntryData(BaseModel):
    """Base of the data of every entry type: strict, closed, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


D = TypeVar("D", bound=type[EntryData])

_SCHEMAS: dict[tuple[str, int], tuple[tuple[str, ...], type[EntryData]]] = {}
_VERSIONS: dict[str, int] = {}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def entry_type(name: str, *, subject: str | tuple[str, ...], version: int = 1) -> Callable[[D], D]:
    """Register the decorated class as the data of entries `name` version `version` about subjects of these kinds."""

    def register(model: D) -> D:
        _SCHEMAS[name, version] = ((subject,) if isinstance(subject, str) else subject, model)
        _VERSIONS[name] = max(version, _VERSIONS.get(name, 0))
        return model

    return register


def known_types() -> dict[tuple[str, int], tuple[tuple[str, ...], type[EntryData]]]:
    """All registered types: (type, version) → (kinds of subject, schema of data)."""
    return dict(_SCHEMAS)


def read_data(entry: Entry) -> EntryData | None:
    """The typed data of an entry, None if it has been erased. Raises CannotFoldError."""
    found = _SCHEMAS.get((entry.type, entry.version))
    if found is None:
        if entry.type in _VERSIONS:
            raise CannotFoldError("unknown-version", f"{entry.type} version {entry.version}")
        raise CannotFoldError("unknown-type", entry.type)
    kinds, model = found
    if entry.kind not in kinds:
        raise CannotFoldError("wrong-subject", f"{entry.type} is about a {' or '.join(kinds)}, not a {entry.kind}")
    try:
        parse_at(entry.at)
    except ValueError as error:
        raise CannotFoldError("impossible-date", "at") from error
    if entry.data is None:
        return None
    _check_text(entry.data)
    try:
        return model.model_validate(entry.data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CannotFoldError("bad-data", f"{where}: {first['msg']}") from error


def _check_text(value: object) -> None:
    """Refuse what a store cannot hold: NUL, lone surrogates."""
    if isinstance(value, str):
        if "\x00" in value:
            raise CannotFoldError("unstorable-text", "NUL")
        if not value.isascii() and _LONE_SURROGATE.search(value):
            raise CannotFoldError("unstorable-text", "lone surrogate")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_text(item)
