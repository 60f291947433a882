"""Invented cases for the tests of the store, at a branch that has all reference data."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.journal import format_at
from data import case_queries as ask
from data.identity import Identity
from data.published import Published
from data.store import Store
from tests.data.world import NOW, OWN, SPACE, act, new_store
from tests.rules.cases.case_help import CODES, SAMPLES
from tests.rules.flow_help import reference

TODAY = NOW.date()
"""NOW is a Monday, 09:30 in the branch."""
PHONE = "k1:" + "T" * 43
STORY = "同一笔早餐被扣了两次，商户不认账"


def case(name: str | int) -> str:
    return f"case/{uuid5(SPACE, f'case:{name}')}"


def case_store(folder: Path, who: Identity | None = None) -> Store:
    """A new store with all reference data in force."""
    store = new_store(folder, who)
    store.published = Published(reference(), [], {})
    return store


def promise(hours: float = 24, *, now: datetime = NOW, staff: str | None = "s-wang") -> dict[str, Any]:
    return {"at": format_at(now + timedelta(hours=hours)), "way": "phone", "staff": staff}


def customer(name: str = "张*丰", phone: str = "138****8000", key: str = PHONE) -> dict[str, Any]:
    return {"how": "phone", "keys": {"phone": key}, "name": name, "phone": phone, "wallet": "", "journey": None}


def registered(number: int = 1, *, now: datetime = NOW, terminal: str = OWN, **changed: Any) -> dict[str, Any]:
    """A complaint, taken down at `now`."""
    data: dict[str, Any] = {
        "number": case_number("SZFT", terminal, now.date(), number),
        "kind": "complaint",
        "codes": CODES,
        "told": {"text": STORY, "masked": {}, "exemptions": {}},
        "customer": customer(),
        "want": "refund",
        "contact": "phone",
        "promise": promise(now=now),
        "policy": {"id": "cn_default", "version": 1},
        "calendar": {"id": "cn_branch", "version": 1},
        "clock_sets": ["normal", "contact", "common", "review"],
        "received_at": format_at(now),
        "form_opened_at": format_at(now),
        "saved_at": format_at(now),
    }
    if changed.get("kind") == "suggestion":
        data |= {
            "codes": None,
            "policy": None,
            "calendar": None,
            "clock_sets": [],
            "promise": None,
            "topic": "premises",
        }
    if "text" in changed:
        data["told"] = {"text": changed.pop("text"), "masked": {}, "exemptions": {}}
    return {**data, **changed}


def register(store: Store, name: str | int = 1, *, now: datetime = NOW, staff: str = "s-wang", **changed: Any) -> str:
    subject = case(name)
    with store.act(staff, now) as each, each.reading() as connection:
        count = ask.next_count(connection, now.date())
        each.append("case.registered", subject, registered(count, now=now, **changed))
    return subject


def go_on(store: Store, subject: str, *kinds: str, now: datetime = NOW, staff: str = "s-wang", **changed: Any) -> None:
    """Acts of these types with the samples' data, changed."""
    act(store, subject, *((kind, {**SAMPLES[kind], **changed}) for kind in kinds), staff=staff, now=now)


def close(store: Store, subject: str, *, now: datetime = NOW) -> None:
    go_on(store, subject, "case.decided", "case.notified", "case.closed", now=now)


def rate(store: Store, about: str, score: int, revision: int = 1, *, now: datetime = NOW, text: str = "") -> str:
    subject = rating_subject(about)
    data: dict[str, Any] = {"about": about, "score": score, "text": text, "revision": revision}
    act(store, subject, ("rating.given", data), now=now)
    return subject


def names(store: Store, tab: ask.Tab, *, now: datetime = NOW, staff: str | None = "s-wang", **more: Any) -> list[str]:
    """The subjects of a page, in its order; the count is the same."""
    page = [each.subject for each in ask.cases(store, tab, staff=staff, now=now, **more)]
    filters = {name: value for name, value in more.items() if name in {"text", "kind", "status"}}
    assert ask.count_cases(store, tab, staff=staff, now=now, **filters) == len(page)
    return page
