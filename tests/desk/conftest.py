"""A desk over a real encrypted store, with the real reference data as central publishes it, on a clock set by hand."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from branch_console.demo.history import Clock
from branch_console.desk.desk import Desk
from branch_console.rules.canonical import canonical
from branch_console.rules.journal import Data, Entry
from branch_console.rules.staff import Role, subject_for
from branch_console.security.signing import sign
from branch_console.security.unlock_errors import WrongLoginError
from data.identity import Identity
from data.store import Store
from tests.data.world import CENTRAL_SEED, Writer, identity
from tests.fixtures.stores import fresh_store
from tests.rules.flow_help import documents

ROLES: dict[str, Role] = {
    "wang": "guide",
    "li": "guide",
    "zhao": "case_officer",
    "liu": "supervisor",
    "zhou": "auditor",
    "wu": "administrator",
}
PASSWORD = "right"
KEY = bytes(range(32))


def published(name: str, content: str) -> Data:
    """What central says when it publishes a document."""
    signed: Data = {
        "name": name,
        "sha256": sha256(content.encode()).hexdigest(),
        "published_at": "2026-03-01T00:00:00.000+08:00",
        "expires_at": None,
    }
    return {**signed, "content": content, "signature": sign(CENTRAL_SEED, canonical(signed))}


@cache
def first_page() -> tuple[list[Entry], Writer]:
    """What every terminal of the branch has heard from central; and central, which may say more (use a copy)."""
    central = Writer("central/SZFT")
    said = [
        (subject_for("reference", name), "reference.published", published(name, content))
        for name, content in documents().items()
    ]
    for staff, role in ROLES.items():
        data: Data = {"staff_id": staff, "name": staff.title(), "role": role, "active": True, "credential": None}
        said.append((subject_for("staff", staff), "staff.registered", data))
    return [central.write(*each, staff=None) for each in said], central


def _take_in_first_page(store: Store) -> None:
    applied = store.apply_feed(first_page()[0], "cursor", "epoch-1")
    assert not applied.broken
    assert store.reference.flows


def desk_store(folder: Path, who: Identity | None = None) -> Store:
    """A new store that has heard from central what every terminal of the branch has."""
    return fresh_store(folder / "store.db", KEY, who or identity(), _take_in_first_page)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = desk_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def desk_of(store: Store, clock: Clock) -> Callable[[str], Desk]:
    def second_person(staff: str, password: str) -> Role:
        if password != PASSWORD:
            raise WrongLoginError
        return ROLES[staff]

    return lambda staff: Desk(store, staff, ROLES[staff], clock, second_person)


@pytest.fixture
def guide(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("wang")
