"""Invented terminals, journeys and pages of a feed for the tests of the store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from branch_console.rules.canonical import Json
from branch_console.rules.clock import format_clock
from branch_console.rules.journal import FIRST_PREV, Data, Entry, format_at, seal
from branch_console.security.signing import new_signing_key, public_jwk
from data.identity import Identity
from data.store import Store
from tests.fixtures.stores import fresh_store

SPACE = UUID("0195f000-0000-7000-8000-00000000beef")
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KEY = bytes(range(32))
OWN = "0195f000-0000-7000-8000-000000000001"
OTHER = "0195f000-0000-7000-8000-000000000002"
THIRD = "0195f000-0000-7000-8000-000000000003"
CENTRAL_SEED = bytes(reversed(range(32)))
NAME, PHONE_KEY = "单小龙", "k1:" + "P" * 43


def identity(terminal: str = OWN, branch: str = "SZFT") -> Identity:
    return Identity(terminal, branch, new_signing_key(), {"1": bytes(32)}, public_jwk(CENTRAL_SEED), "epoch-1")


def new_store(folder: Path, who: Identity | None = None) -> Store:
    return fresh_store(folder / "store.db", KEY, who or identity())


def subject(name: str | int) -> str:
    return f"journey/{uuid5(SPACE, str(name))}"


def started(name: str | None = NAME, target: str = "II") -> Data:
    return {"flow": {"id": "ecny_personal", "version": 1}, "target": target, "name": name}


def phone(masked: str = "138****8000", key: str = PHONE_KEY) -> Data:
    answer: Json = {"masked": masked, "key": key}
    return {"step": "lookup", "answers": {"phone": answer}}


def done(step: str) -> Data:
    return {"step": step, "active_ms": 30_000, "away_ms": 0}


def act(store: Store, about: str, *acts: tuple[str, Data], staff: str = "s-wang", now: datetime = NOW) -> list[Entry]:
    with store.act(staff, now) as each:
        return [each.append(kind, about, data) for kind, data in acts]


def receive(store: Store, name: str | int, customer: str | None = NAME) -> str:
    """One customer is received, with a phone."""
    about = subject(name)
    act(store, about, ("journey.started", started(customer)), ("journey.answered", phone()))
    return about


class Writer:
    """Another terminal, or central, that writes a journal for the feed."""

    def __init__(self, terminal: str = OTHER, clock_ms: int = 1_772_400_000_000) -> None:
        self.terminal = terminal
        self.clock_ms = clock_ms
        self.seq = 0
        self.prev = FIRST_PREV

    def write(
        self,
        about: str,
        kind: str,
        data: Data,
        *,
        staff: str | None = "s-li",
        clock: str | None = None,
        entry_id: str | None = None,
        version: int = 1,
    ) -> Entry:
        self.seq += 1
        self.clock_ms += 1000
        moment = datetime.fromtimestamp(self.clock_ms / 1000, UTC)
        entry = seal(
            terminal=self.terminal,
            seq=self.seq,
            prev=self.prev,
            id=entry_id or str(uuid5(SPACE, f"{self.terminal}/{self.seq}")),
            type=kind,
            version=version,
            branch="SZFT",
            subject=about,
            staff=staff,
            at=format_at(moment),
            clock=clock or format_clock(self.clock_ms, 0),
            data=data,
        )
        self.prev = entry.hash
        return entry

    def journey(self, name: str | int, steps: int = 3, *, customer: str | None = NAME) -> list[Entry]:
        about = subject(name)
        entries = [self.write(about, "journey.started", started(customer))]
        entries.append(self.write(about, "journey.answered", phone()))
        for at in range(steps):
            entries.append(self.write(about, "journey.step_started", {"step": f"step{at}"}))
            entries.append(self.write(about, "journey.step_done", done(f"step{at}")))
        return entries


def later(days: float = 0, **more: float) -> datetime:
    return NOW + timedelta(days=days, **more)
