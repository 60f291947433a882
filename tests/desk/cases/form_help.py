"""A form as staff fill it in, over the real store of these tests; invented people only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.form_reading import Filled
from branch_console.desk.cases.registering import register
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.journal import format_at

TOLD = "同一笔早餐被扣了两次，商户不认"
DISPUTE = CaseForm(
    kind="dispute",
    category="double_charge",
    narrative=Said(TOLD),
    want="refund",
    contact="phone",
    amount="128",
    reference=Said("PAY-2026-5521"),
    counterparty=Said("好又多超市"),
)
COMPLAINT = replace(DISPUTE, kind="complaint", category="queue", narrative=Said("等了一个半小时没有叫号"), amount="")
PHONE, WALLET = "13812348000", "0022501234565081"


def counter_of(desk_of: Callable[[str], Desk], staff: str = "wang", *, online: bool = False) -> CaseCounter:
    """The case desk of somebody."""
    return CaseCounter(desk_of(staff), online)


def opened(counter: CaseCounter, form: CaseForm, **changed: Any) -> CaseForm:
    """The form as it was opened now."""
    return replace(form, opened_at=format_at(counter.now()), **changed)


def take_down(counter: CaseCounter, form: CaseForm, person: Person | None = None) -> str:
    """Register it, for an anonymous customer unless there is one; returns the case's subject."""
    return register(counter, Filled(form, person, anonymous=person is None))
