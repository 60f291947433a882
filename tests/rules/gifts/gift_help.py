"""What the tests of gifts need: entries of claims and stock with data that their schemas take; invented people only."""

from datetime import UTC, datetime, timedelta
from typing import Any

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import Unfolded, fold_subject
from branch_console.rules.gifts.parts import drawer
from branch_console.rules.journal import Entry, seal
from branch_console.rules.reference import Reference

K01 = "0190c0de-0000-7000-8000-00000000a001"
K02 = "0190c0de-0000-7000-8000-00000000a002"
CENTRAL = "central/SZ01"
CLAIM = "claim/0190c0de-0000-7000-8000-00000000c001"
STOCK = "stock/0190c0de-0000-7000-8000-00000000d001"
NOON = datetime(2026, 12, 12, 4, 0, tzinfo=UTC)
HASH = "a" * 64


def at(minutes: float) -> str:
    """So many minutes after noon in Shenzhen, as an entry writes it."""
    return (NOON + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


def entry(
    minute: int,
    kind: str,
    data: Any,
    *,
    subject: str = CLAIM,
    staff: str | None = "g1",
    terminal: str = K01,
    act: int | None = None,
) -> Entry:
    """One entry, `minute` minutes after noon; `act` is its id where it is to differ from the minute."""
    return seal(
        terminal=terminal,
        seq=minute + 1,
        prev="0" * 64,
        id=f"0190c0de-0000-7000-8000-{minute if act is None else act:012x}",
        type=kind,
        version=1,
        branch="SZ01",
        subject=subject,
        staff=staff,
        at=at(minute),
        clock=f"{int(NOON.timestamp() * 1000) + minute * 60_000:013d}-0000",
        data=data,
    )


def move(
    source: str = "shelf",
    target: str = "customer",
    kind: str = "hand_over",
    quantity: int = 1,
    sku: str = "RICE-5KG",
    lot: str = "",
    expires_on: str | None = None,
) -> dict[str, Any]:
    return {
        "sku": sku, "lot": lot, "expires_on": expires_on, "quantity": quantity, "source": source, "target": target,
        "kind": kind, "value_fen": 6000 * quantity,
    }  # fmt: skip


OWN_DRAWER, OTHER_DRAWER = drawer(K01), drawer(K02)


def claim(**changed: Any) -> dict[str, Any]:
    """What all claims say."""
    return {
        "campaign": {"id": "d12", "version": 1, "rule_hash": HASH},
        "recipient": {"keys": {"person": "k1:zhang", "phone": "k1:138"}, "name": "张*丰", "phone": "138****8000"},
        "reward": {"kind": "gift", "sku": "RICE-5KG", "quantity": 1, "value_fen": 6000, "cost_fen": 4500},
        "right": {"kind": "hold", "id": "h1", "epoch": "e1"},
        "evidence": {
            "verdict": "ELIGIBLE", "checked_at": at(0), "facts_digest": HASH, "facts": "{}", "tree": '["spent 380.00"]',
        },
        **changed,
    }  # fmt: skip


def reserved(minute: int, *, until: float = 30, **changed: Any) -> Entry:
    keys = {name: changed.pop(name) for name in ("staff", "terminal", "act") if name in changed}
    stock = changed.pop("stock", [move()])
    return entry(minute, "claim.reserved", claim(stock=stock, expires_at=at(until), **changed), **keys)


def handed_over(minute: int, *, number: str = "LP-A001-261212-0001-X", **changed: Any) -> Entry:
    keys = {name: changed.pop(name) for name in ("staff", "terminal", "act") if name in changed}
    receipt = {"number": number, "confirmed_by": "customer_code", "note": None, "provisional_terms": False}
    moves = changed.pop("moves", [move()])
    return entry(minute, "claim.handed_over", claim(moves=moves, receipt=receipt, **changed), **keys)


def ruled(minute: int, outcome: str, *, terminal: str = CENTRAL, why: str = "first") -> Entry:
    data = {"outcome": outcome, "why": why, "winner": None, "excess": False}
    return entry(minute, "claim.adjudicated", data, staff=None, terminal=terminal)


def returned(minute: int, *, moves: list[Any] | None = None, reopens: bool = False, terminal: str = K01) -> Entry:
    back = [move("customer", "quarantine", "return")] if moves is None else moves
    data = {"moves": back, "reason": "defective", "note": "外袋破损", "reopens": reopens, "second_staff": None}
    return entry(minute, "claim.returned", data, terminal=terminal)


def fold(entries: list[Entry]) -> Any:
    """The state of the one subject of these entries, all of which can be folded."""
    state, unfolded = folded(entries)
    assert unfolded == []
    return state


def folded(entries: list[Entry]) -> tuple[Any, list[Unfolded]]:
    return fold_subject(FOLDS[entries[0].kind], entries, Reference())


def marks(state: Any) -> list[str]:
    return [each.code for each in state.marks]
