"""What beside the customer's facts decides whether a reward may be given here and now.

Names: `Situation`, `Already`, `Used`, `Status`, `HoldProblem`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from branch_console.rules.eligibility.node import Params

Status: TypeAlias = Literal["announced", "running", "paused", "ended"]
"""Whether a campaign runs, as central says."""
HoldProblem: TypeAlias = Literal[
    "already-claimed",
    "cap-reached",
    "budget-exhausted",
    "quantity-exhausted",
    "campaign-not-running",
    "campaign-version",
    "fact-hold",
    "set-off",
    "key-missing",
    "wrong-day",
    "hold-over",
    "id-taken",
    "recovering",
]


class Used(NamedTuple):
    """Rewards handed over on offline rights since central last answered: of the campaign at this terminal, of all
    campaigns at this terminal, by whoever works here."""

    campaign: int = 0
    terminal: int = 0
    staff: int = 0


class Already(NamedTuple):
    """The claim that used the right, as far as staff may know it."""

    on: str
    region: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What beside the customer's facts decides.

    `online`: central answers. `held`: it has granted the hold. `hold_problem`: it refused one, with the members of the
    answer in `hold_details` (scope, window, on, region). `stock`: what may be handed over here, by SKU; None: not
    asked. `filter_age_hours`: age of the list of claims, None: there is none that can be trusted. `superseded_by`: the
    title of the campaign that this one lost to. `owing`: the next right pays for an earlier duplicate.
    `second_person`: somebody is there who may approve.
    """

    online: bool
    status: Status = "running"
    entitlement: bool = False
    lease_left: int = 0
    filter_age_hours: int | None = None
    used: Used = field(default_factory=Used)
    stock: Mapping[str, int] | None = None
    held: bool = False
    hold_problem: HoldProblem | None = None
    hold_details: Params = field(default_factory=dict)
    already: Already | None = None
    superseded_by: str | None = None
    owing: bool = False
    second_person: bool = True
