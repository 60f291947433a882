"""The entries of stopping a loss: what was asked of the wallet's core, what it said, and the customer's own call.

A terminal asks and never freezes. Only central's entries say that something was frozen.
"""

from typing import Annotated, Literal

from pydantic import Field

from branch_console.rules.cases.parts import CaseAct, Code, Masked, Moment, Note, Reason
from branch_console.rules.entries import entry_type


@entry_type("case.containment_requested", subject="case")
class ContainmentRequested(CaseAct):
    """Please freeze or limit this wallet. After `expires_at` it must not be done any more without a person's word.

    `online` says whether central could be reached then: shown as requested, or as waiting for the network.
    `renews` is the request that a person confirmed anew after it had expired.
    """

    measure: Literal["freeze", "limit"]
    wallet: Masked
    not_before: Moment
    expires_at: Moment
    online: bool
    renews: Code | None = None


@entry_type("case.containment_confirmed", subject="case")
class ContainmentConfirmed(CaseAct):
    """The core did it, at that time. Written by central alone."""

    request: Code
    done_at: Moment
    reference: Masked = ""


@entry_type("case.containment_failed", subject="case")
class ContainmentFailed(CaseAct):
    """It was not done, and why. Written by central, or by the terminal whose request could not be sent."""

    request: Code
    why: Code
    note: Note | None = None


@entry_type("case.containment_expired", subject="case")
class ContainmentExpired(CaseAct):
    """The request waited too long; nobody acts on it any more until a person asks again."""

    request: Code


@entry_type("case.hotline_called", subject="case")
class HotlineCalled(CaseAct):
    """The customer called a hotline, with us beside. What they were told is their word, not the core's."""

    hotline: Code
    number: Masked
    called_at: Moment
    answered: bool
    reference: Masked = ""
    said_done: bool = False


@entry_type("case.step_checked", subject="case")
class StepChecked(CaseAct):
    """One step of the fast track is through (table `case_fast_track`), at the entry's time."""

    step: Code
    done: bool
    reason: Reason | None = None
    seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None
