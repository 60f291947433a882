"""A case desk over a real store, and cases on it; invented people only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from branch_console.desk.cases.core import CaseCounter, write
from branch_console.desk.desk import Desk
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.journal import Entry, format_at
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.slips import SlipDesk
from tests.rules.cases.case_help import REGISTERED, SAMPLES

SPACE = UUID("0195f000-0000-7000-8000-00000000ca5e")
NARRATIVE = "同一笔早餐被扣了两次，请核实后退款"
TOKEN = "Zx81_abcdefg"


class Board(SlipDesk):
    """The part of the case desk under test."""

    def __init__(self, office: CaseOffice) -> None:
        self._office = office


def board_of(desk: Desk, folder: Path, *, online: bool = True) -> Board:
    """The services of whoever works at the desk; slips and reports go to a folder of `folder`."""
    return Board(office_of(desk, folder, online=online))


def office_of(desk: Desk, folder: Path, *, online: bool = True) -> CaseOffice:
    """What every part of the case desk works with."""

    def nothing(*_: object, **__: object) -> Any:
        raise AssertionError("no slip asks central, no report asks the gift desk")

    return CaseOffice(lambda: desk, lambda: (online, None), nothing, nothing, folder / "slips", "深圳福田支行")


def registered(desk: Desk, count: int = 1, **changed: Any) -> str:
    """A case is taken down now; its subject."""
    subject = f"case/{uuid5(SPACE, str(count))}"
    now = desk.now()
    identity = desk.store.identity
    data: dict[str, Any] = {
        **REGISTERED,
        "number": case_number(identity.branch, identity.terminal, desk.today(), count),
        "told": {"text": NARRATIVE, "masked": {}, "exemptions": {}},
        "promise": {"at": later(now, hours=3), "way": "phone", "staff": desk.staff},
        "clock_sets": ["normal", "contact", "common", "review"],
        "received_at": format_at(now), "form_opened_at": format_at(now), "saved_at": format_at(now), "token": TOKEN,
        **changed,
    }  # fmt: skip
    acted(desk, subject, "case.registered", data)
    return subject


def acted(desk: Desk, subject: str, kind: str, data: dict[str, Any] | None = None, /, **more: Any) -> Entry:
    """One act on a case: the sample of its type, or `data`. `more` as in `core.write`."""
    counter = CaseCounter(desk, online=True)
    with desk.act() as act:
        return write(counter, act, subject, kind, dict(SAMPLES[kind] if data is None else data), **more)


def later(now: datetime, **more: float) -> str:
    """A moment to come, as an entry writes it."""
    return format_at(now + timedelta(**more))


Desks = Callable[[str], Desk]
