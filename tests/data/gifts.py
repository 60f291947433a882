"""Invented claims, stock documents and rights for the tests of the store."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from branch_console.rules.canonical import Json
from branch_console.rules.journal import Data, Entry, format_at
from data.store import Store
from tests.data.world import NOW, OWN, SPACE, Writer, act

CENTRAL = "central/SZFT"
SKU = "OIL-5L"
DRAWER = f"drawer:{OWN}"
PERSON = {"person": "k1:" + "A" * 43, "phone": "k1:" + "B" * 43}


def about(kind: str, name: str | int) -> str:
    return f"{kind}/{uuid5(SPACE, f'{kind}:{name}')}"


def move(quantity: int, source: str, target: str, kind: str, sku: str = SKU, **more: Json) -> dict[str, Json]:
    return {"sku": sku, "quantity": quantity, "source": source, "target": target, "kind": kind, **more}


def claim_data(
    *,
    keys: dict[str, str] | None = None,
    campaign: str = "D11-OIL",
    sku: str = SKU,
    quantity: int = 1,
    right: tuple[str, str | None] = ("hold", "h-1"),
    name: str = "单*龙",
) -> dict[str, Json]:
    """What reservation, hand-over and voucher have in common."""
    shown: dict[str, Json] = dict((PERSON if keys is None else keys).items())
    return {
        "campaign": {"id": campaign, "version": 1, "rule_hash": "0" * 64},
        "recipient": {"keys": shown, "name": name, "phone": "138****8000", "journey": None},
        "reward": {"kind": "gift", "sku": sku, "quantity": quantity, "value_fen": 5000, "cost_fen": 3000},
        "right": {"kind": right[0], "id": right[1], "epoch": "epoch-1"},
        "evidence": {
            "verdict": "ELIGIBLE",
            "checked_at": format_at(NOW),
            "facts_digest": "1" * 64,
            "facts": "{}",
            "tree": "{}",
        },
    }


def reservation(*, place: str = "shelf", minutes: int = 30, now: datetime = NOW, **more: Any) -> Data:
    data = claim_data(**more)
    kept = move(more.get("quantity", 1), place, "customer", "hand_over", more.get("sku", SKU))
    return {**data, "stock": [kept], "expires_at": format_at(now + timedelta(minutes=minutes))}


def hand_over(
    *, place: str = "shelf", number: str = "K02-000001", second: str | None = None, lot: str = "", **more: Any
) -> Data:
    gone = move(more.get("quantity", 1), place, "customer", "hand_over", more.get("sku", SKU), lot=lot)
    receipt: Json = {"number": number, "confirmed_by": "customer_code"}
    return {**claim_data(**more), "moves": [gone], "receipt": receipt, "second_staff": second}


def voucher(*, code: str = "V-0000001", until: str = "2026-03-09", **more: Any) -> Data:
    return {**claim_data(**more), "code": code, "expires_on": until}


def given_back(*, quantity: int = 1, reopens: bool = False) -> Data:
    moves: list[Json] = [move(quantity, "customer", "quarantine", "return")]
    return {"moves": moves, "reason": "damaged", "reopens": reopens}


def ruling(outcome: str, why: str = "first") -> Data:
    return {"outcome": outcome, "why": why}


def delivery(*moves: dict[str, Json], note: str = "DN-1", second: str = "s-li") -> Data:
    return {"note_number": note, "moves": list(moves), "second_staff": second}


def dispatched(*moves: dict[str, Json], note: str = "DN-1") -> Data:
    return {"note_number": note, "moves": list(moves)}


def fill(store: Store, quantity: int = 10, sku: str = SKU, *, now: datetime = NOW, lot: str = "") -> str:
    """A delivery without a dispatch note puts goods on the shelf."""
    subject = about("stock", f"fill-{sku}-{lot}-{store.head().seq}")
    data = delivery(move(quantity, "supplier", "shelf", "receive", sku, lot=lot))
    act(store, subject, ("stock.received", data), now=now)
    return subject


def give(store: Store, name: str | int, *, now: datetime = NOW, staff: str = "s-wang", **more: Any) -> str:
    """One claim, begun and handed over a minute later."""
    subject = about("claim", name)
    second = more.pop("second", None)
    number = more.pop("number", f"K02-{abs(hash(str(name))) % 10**6:06d}")
    act(store, subject, ("claim.reserved", reservation(now=now, **more)), staff=staff, now=now)
    handed = hand_over(second=second, number=number, **more)
    act(store, subject, ("claim.handed_over", handed), staff=staff, now=now + timedelta(minutes=1))
    return subject


def central(clock_ms: int = 1_772_420_000_000) -> Writer:
    return Writer(CENTRAL, clock_ms)


def receive_from(store: Store, *entries: Entry) -> None:
    assert not store.apply_feed(list(entries), "c", "e").broken


def balance(store: Store) -> dict[tuple[str, str, str], int]:
    """Net quantity of all that is not zero: (location, SKU, lot)."""
    with store.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT location, sku, lot, quantity, short FROM stock_balance").all()
    assert all(row.quantity >= 0 <= row.short and not (row.quantity and row.short) for row in rows)
    return {(row.location, row.sku, row.lot): row.quantity - row.short for row in rows if row.quantity or row.short}
