"""Stopping a loss at the counter: asking for it, asking anew, and writing down the customer's own call.

Nothing here freezes anything, and nothing here says so: that word is the core's alone, and central brings it.
"""

from datetime import timedelta
from typing import Literal

from branch_console.desk.cases.core import CaseCounter, case_in, write
from branch_console.desk.cases.promising import happened
from branch_console.desk.cases.words import kept
from branch_console.rules.cases.containing import status
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.states import CaseState
from branch_console.rules.codes import HotlineRow
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import Entry, format_at
from data.act import Act

SHORT = 64


def ask_to_contain(counter: CaseCounter, subject: str, measure: Literal["freeze", "limit"]) -> Entry:
    """Ask the core, through central, to freeze or limit the customer's wallet; good for some minutes, then no more.

    After a request that failed or expired this is the person's word that it is to be asked for anew. Without a network
    it waits, and says so. Raises RuleError `containment_nobody` when nobody knows whose wallet it is.
    """
    now = counter.now()
    minutes = limit(counter.reference, "freeze_minutes")
    with counter.desk.act() as act:
        state = case_in(act, subject)
        if state.customer is None or not state.customer.keys:
            raise RuleError("containment_nobody")
        entry = write(
            counter,
            act,
            subject,
            "case.containment_requested",
            {
                "measure": measure,
                "wallet": state.customer.wallet or state.customer.phone,
                "not_before": format_at(now),
                "expires_at": format_at(now + timedelta(minutes=minutes)),
                "online": counter.online,
                "renews": _dead(counter, state),
            },
        )
        if counter.online:
            step_through(counter, act, subject, "contain")
    return entry


def record_call(
    counter: CaseCounter, subject: str, hotline: str, called_at: str, answered: bool, reference: str, said_done: bool
) -> Entry:
    """The customer has called a hotline, with us beside. `called_at` as typed, empty for now. Raises FieldError."""
    row = counter.reference.row("hotlines", hotline)
    if not isinstance(row, HotlineRow):
        raise FieldError("hotline", "code_unknown", value=hotline)
    at = happened(counter, called_at, "called_at") if called_at.strip() else counter.now()
    with counter.desk.act() as act:
        entry = write(
            counter,
            act,
            subject,
            "case.hotline_called",
            {
                "hotline": row.code,
                "number": row.number,
                "called_at": format_at(at),
                "answered": answered,
                "reference": kept(counter, reference, SHORT),
                "said_done": said_done,
            },
        )
        step_through(counter, act, subject, "contain")
    return entry


def step_through(counter: CaseCounter, act: Act, subject: str, step: str, seconds: int | None = None) -> None:
    """Check a step off in an act that does more; the first time stands."""
    if step not in case_in(act, subject).steps:
        write(counter, act, subject, "case.step_checked", {"step": step, "done": True, "seconds": seconds})


def _dead(counter: CaseCounter, state: CaseState) -> str | None:
    """The last request that failed or expired, which this one is the renewal of."""
    dead = [each.entry for each in state.containments if status(each, counter.now()) in {"failed", "expired"}]
    return dead[-1] if dead else None
