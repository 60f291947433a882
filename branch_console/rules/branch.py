"""A branch and the reference data that central publishes for it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import Code, Text
from branch_console.rules.reference import Reference

MAX_DOCUMENT = 400_000


@entry_type("branch.registered", subject="branch")
class BranchRegistered(EntryData):
    """A branch as central knows it; written again on every change. `timezone` is an IANA name."""

    code: Code
    name: Text
    timezone: Code
    language: Literal["zh", "en"]


@dataclass(slots=True)
class BranchState:
    """One branch."""

    code: str = ""
    name: str = ""
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    updated_at: str | None = None
    entries: int = 0


def _apply_branch(state: BranchState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if isinstance(data, BranchRegistered):
        state.code, state.name, state.timezone, state.language = data.code, data.name, data.timezone, data.language


@entry_type("reference.published", subject="reference")
class ReferencePublished(EntryData):
    """One document of reference data: its path under the reference folder and its text, signed by central."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(/[a-z0-9_.]+)*$", max_length=128)]
    content: Annotated[str, StringConstraints(max_length=MAX_DOCUMENT)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    published_at: Code
    expires_at: Code | None = None
    signature: Annotated[str, StringConstraints(max_length=128)]


@dataclass(slots=True)
class ReferenceState:
    """The newest text of one document of reference data."""

    name: str = ""
    content: str = ""
    sha256: str = ""
    published_at: str = ""
    expires_at: str | None = None
    signature: str = ""
    entries: int = 0


def _apply_reference(state: ReferenceState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    del entry, reference
    state.entries += 1
    if isinstance(data, ReferencePublished):
        state.name, state.content, state.sha256 = data.name, data.content, data.sha256
        state.published_at, state.expires_at, state.signature = data.published_at, data.expires_at, data.signature


BRANCH: Fold[BranchState] = register(Fold("branch", BranchState, version=1, apply=_apply_branch))
REFERENCE: Fold[ReferenceState] = register(Fold("reference", ReferenceState, version=1, apply=_apply_reference))
