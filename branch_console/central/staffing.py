"""Staff of branches: every change is published to the branch as a `staff.registered` entry."""

import dataclasses
import re
import secrets
from collections.abc import Sequence
from typing import cast

from branch_console.central.administration import AdministrationError, Office, check_branch, required
from branch_console.central.publish import Act, publish
from branch_console.central.store import lock_states
from branch_console.rules.journal import Data
from branch_console.rules.staff import ROLES, STAFF, StaffState, subject_for
from branch_console.security.credential import new_credential

_STAFF_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread from paper
_GROUPS, _GROUP = 3, 4


def first_password() -> str:
    """A random password to hand over, which the terminal makes its owner change: 59 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


async def add_staff(
    at: Office, branch: str, staff_id: str, name: str, role: str, *, password: str | None = None
) -> str:
    """Make a member of staff, or bring one back who was removed; return the first password.

    `password` is for accounts of invented people only: it is then not random, and need not be changed.
    """
    if not _STAFF_ID.fullmatch(staff_id):
        raise AdministrationError("a staff id has 1 to 64 letters, digits, '.', '-' or '_'")
    name = required(name, "name")
    _check_role(role)
    await check_branch(at, branch)
    must_change = password is None
    password = password or first_password()
    credential = new_credential(staff_id, password, must_change=must_change)
    async with at.connection.transaction():
        known = await _state(at, branch, staff_id)
        if known is not None and known.active:
            raise AdministrationError(f"there is a member of staff {staff_id} in {branch} already")
        await _register(at, branch, StaffState(staff_id, name, role, active=True), credential)
    return password


async def remove_staff(at: Office, branch: str, staff_id: str) -> None:
    """Take a member of staff out of service: every terminal of the branch forgets how to let them in."""
    await _change(at, branch, staff_id, active=False)


async def change_role(at: Office, branch: str, staff_id: str, role: str) -> None:
    """Give a member of staff another role."""
    _check_role(role)
    await _change(at, branch, staff_id, role=role)


async def set_area(at: Office, branch: str, staff_id: str, area: Sequence[str]) -> None:
    """Say of which other branches a supervisor sees the figures; of none when `area` is empty."""
    for code in area:
        await check_branch(at, code)
    async with at.connection.transaction():
        known = await _active(at, branch, staff_id)
        if area and known.role != "supervisor":
            raise AdministrationError(f"{staff_id} is no supervisor")
        credential = None if known.credential is None else known.credential.model_dump()
        changed = dataclasses.replace(known, area=sorted(set(area) - {branch}))
        await _register(at, branch, changed, credential)


async def reset_password(at: Office, branch: str, staff_id: str) -> str:
    """Give a member of staff a new first password, and return it."""
    password = first_password()
    credential = new_credential(staff_id, password, must_change=True)
    async with at.connection.transaction():
        await _register(at, branch, await _active(at, branch, staff_id), credential)
    return password


async def list_staff(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Staff of one branch or of all, those out of service included."""
    cursor = await at.connection.execute(
        "SELECT branch, state FROM state WHERE subject LIKE 'staff/%%' AND state IS NOT NULL AND version = %s"
        " AND (%s::text IS NULL OR branch = %s) ORDER BY branch",
        (STAFF.version, branch, branch),
    )
    found = [(str(of), STAFF.load(cast(bytes, state))) for of, state in await cursor.fetchall()]
    listed = [
        {
            "branch": of,
            "staff": each.staff_id,
            "name": each.name,
            "role": each.role,
            "active": each.active,
            "must_change": each.credential is not None and each.credential.must_change,
            "area": ", ".join(each.area),
        }
        for of, each in found
    ]
    return sorted(listed, key=lambda each: (str(each["branch"]), str(each["staff"])))


async def _change(at: Office, branch: str, staff_id: str, **changes: object) -> None:
    async with at.connection.transaction():
        known = await _active(at, branch, staff_id)
        changed = dataclasses.replace(known, **changes)  # type: ignore[arg-type]  # the callers' two fields
        credential = None if known.credential is None else known.credential.model_dump()
        await _register(at, branch, changed, credential)


async def _register(at: Office, branch: str, staff: StaffState, credential: Data | None) -> None:
    data: Data = {
        "staff_id": staff.staff_id,
        "name": staff.name,
        "role": staff.role,
        "active": staff.active,
        "credential": credential,
    }
    if staff.area:  # else left out, so that terminals which do not know it yet can read the entry
        data["area"] = list(staff.area)
    act = Act("staff.registered", subject_for("staff", staff.staff_id), data)
    await publish(at.connection, branch, [act], at.reference)


async def _active(at: Office, branch: str, staff_id: str) -> StaffState:
    known = await _state(at, branch, staff_id)
    if known is None or not known.active:
        raise AdministrationError(f"there is no member of staff {staff_id} in {branch}")
    return known


async def _state(at: Office, branch: str, staff_id: str) -> StaffState | None:
    """The member of staff as folded; its row stays locked, so that a change of password cannot slip in between."""
    await check_branch(at, branch)
    subject = subject_for("staff", staff_id)
    stored = (await lock_states(at.connection, branch, [subject]))[subject]
    return None if stored.state is None else STAFF.load(stored.state)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AdministrationError(f"a role is one of {', '.join(ROLES)}")
