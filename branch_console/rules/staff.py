"""Staff of a branch: who they are, their role, and the sealed key of their password. Written by central."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import Code, Text
from branch_console.rules.reference import Reference

Role: TypeAlias = Literal["guide", "case_officer", "supervisor", "auditor", "administrator"]
ROLES: tuple[Role, ...] = ("guide", "case_officer", "supervisor", "auditor", "administrator")

BranchCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
_Base64: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,512}$")]


def subject_for(kind: Literal["staff", "branch", "reference", "terminal"], key: str) -> str:
    """The subject of what has a name of its own: staff by staff id, branch by code, reference by file name.

    A terminal's key is its UUID already.
    """
    if kind == "terminal":
        return f"terminal/{key}"
    return f"{kind}/{uuid5(NAMESPACE_URL, f'{kind}:{key}')}"


class Credential(EntryData):
    """What lets a terminal seal its database key for a member of staff; the private key opens with the password."""

    public_key: _Base64
    wrapped_private: _Base64
    salt: _Base64
    nonce: _Base64
    memory_kib: Annotated[int, Field(ge=8, le=4_194_304)]
    time: Annotated[int, Field(ge=1, le=1000)]
    lanes: Annotated[int, Field(ge=1, le=255)]
    must_change: bool
    changed_at: Annotated[str, StringConstraints(max_length=64)]


@entry_type("staff.registered", subject="staff")
class StaffRegistered(EntryData):
    """A member of staff as central knows them; written again on every change.

    `area`: the branches whose figures a supervisor sees beside those of their own. Not there: none.
    """

    staff_id: Code
    name: Text
    role: Role
    active: bool
    credential: Credential | None = None
    area: Annotated[list[BranchCode], Field(max_length=200)] | None = None


@entry_type("staff.credential_changed", subject="staff")
class CredentialChanged(EntryData):
    """The password was changed on a terminal."""

    staff_id: Code
    credential: Credential


@dataclass(slots=True)
class StaffState:
    """One member of staff of a branch."""

    staff_id: str = ""
    name: str = ""
    role: str = ""
    active: bool = False
    credential: Credential | None = None
    area: list[str] = field(default_factory=list)
    branch: str | None = None
    updated_at: str | None = None
    entries: int = 0


def _apply(state: StaffState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """The newest word counts. A null credential from central leaves the one that is known."""
    del reference
    state.entries += 1
    state.updated_at, state.branch = entry.at, entry.branch
    if isinstance(data, StaffRegistered):
        state.staff_id, state.name, state.role, state.active = data.staff_id, data.name, data.role, data.active
        state.credential = data.credential or state.credential
        state.area = list(data.area or ())
    elif isinstance(data, CredentialChanged):
        state.staff_id, state.credential = data.staff_id, data.credential


STAFF: Fold[StaffState] = register(Fold("staff", StaffState, version=1, apply=_apply))
