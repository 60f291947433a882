"""A campaign: what it gives, to whom, how long, how much of it, and what the law wants said about it.

Names: `Campaign`, `Offline`, `Disclosure`, `Cap`; `Campaign.rule_hash`, `.caps`, `.right_scope(scope)`, `.skus`,
`read_campaign(file, text)`. Rewards are in `rewards`, conditions in `conditions`.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Field

from branch_console.rules.canonical import canonical_hash
from branch_console.rules.documents import Document, Id, Many, Part, Sourced, Words, read_document
from branch_console.rules.eligibility.condition_limits import CapScope, ClaimsBelow
from branch_console.rules.eligibility.condition_time import Runs
from branch_console.rules.eligibility.conditions import All, AnyOf, AtLeastN, Condition, Not, walk
from branch_console.rules.eligibility.rewards import GiftReward, Reward
from branch_console.rules.eligibility.windows import CapWindow

Amount: TypeAlias = Annotated[int, Field(ge=0, le=2**53 - 1)]
Number: TypeAlias = Annotated[int, Field(ge=0, le=2**31 - 1)]

_DECIDES = {
    "id", "rule", "runs", "identity", "reward", "group", "max_per_group", "priority", "combinable_with", "quantity",
    "budget_fen", "unit_cost_fen", "unit_value_fen", "approval_threshold_fen", "offline",
}  # fmt: skip


class Cap(NamedTuple):
    """At most `cap` rewards in each `window` for each key of `scope`."""

    scope: CapScope
    window: CapWindow
    cap: int


class Offline(Part):
    """What may happen while central cannot be asked.

    `none`: nothing. `voucher`: a voucher that central confirms later. `provisional`: the reward at once, within the
    caps, if the list of claims does not name the customer. `lease`: the reward at once, out of what central gave into
    the terminal's custody. `per_*` cap one outage at this terminal; 0 means none at all. `entitlements`: central may
    issue rights that one branch owns.
    """

    mode: Literal["none", "voucher", "provisional", "lease"] = "none"
    entitlements: bool = False
    lease_per_terminal: Number = 0
    per_terminal: Number = 0
    per_staff: Number = 0
    per_campaign: Number = 0
    most_value_fen: Amount = 0
    filter_max_age_hours: Annotated[int, Field(ge=1, le=720)] = 24


class Disclosure(Part):
    """What must be published before a campaign starts (Interim Provisions on Regulating Promotion, Art. 13 and 14)."""

    kinds: Words
    conditions: Words
    method: Words
    times: Words
    quantity_or_probability: Words
    delivery: Words
    organiser: Words
    contact: Words


class Campaign(Document, Sourced):
    """One immutable version of a campaign. Amounts in fen; dates are business dates in Asia/Shanghai.

    `identity` says what a person is recognised by. `quantity` and `budget_fen` are of the whole campaign, None: no cap
    of that kind. From `approval_threshold_fen` of value on a second member of staff approves the hand-over;
    `hold_minutes` is how long a right is kept at the counter.
    """

    title: Words
    runs: Runs
    identity: Literal["document", "phone"]
    rule: Condition
    reward: Reward
    group: Id | None = None
    max_per_group: Annotated[int, Field(ge=1, le=100)] = 1
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    combinable_with: Many[Id]
    quantity: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    budget_fen: Annotated[int, Field(ge=1, le=2**53 - 1)] | None = None
    unit_cost_fen: Amount
    unit_value_fen: Amount
    offline: Offline
    approval_threshold_fen: Amount = 20_000
    hold_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    disclosure: Disclosure
    prize_mode: Literal["certain", "lottery"] = "certain"
    top_prize_fen: Amount | None = None
    tax_treatment: Literal["discount", "incidental_income", "none", "to_confirm"]
    compliance_reference: str

    @cached_property
    def rule_hash(self) -> str:
        """SHA-256 of the canonical form of all that decides who may have what: equal hashes, equal answers."""
        return canonical_hash(self.model_dump(mode="json", by_alias=True, include=_DECIDES, exclude_defaults=True))

    @cached_property
    def caps(self) -> tuple[Cap, ...]:
        """The caps that hold whatever else is true, so that central can keep them by constraints."""
        found = dict.fromkeys(
            Cap(self.right_scope(each.scope), each.window, each.cap)
            for each in _conjuncts(self.rule)
            if isinstance(each, ClaimsBelow)
        )
        return tuple(found)

    @property
    def skus(self) -> tuple[str, ...]:
        """The items that it gives."""
        return tuple(each.sku for each in self.reward.choices) if isinstance(self.reward, GiftReward) else ()

    def right_scope(self, scope: CapScope) -> CapScope:
        """The scope on which a cap of `scope` counts: a person may be recognised by the phone."""
        return "phone" if scope == "person" and self.identity == "phone" else scope

    @property
    def offset_group(self) -> str:
        """Among which campaigns a duplicate of this one is set off: its group, or this one alone."""
        return self.group or f"campaign:{self.id}"

    def runs_on(self, day: date) -> bool:
        """Whether a business date lies in the campaign."""
        return self.runs.starts <= day <= self.runs.ends

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Values that contradict each other, each with its path."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        if self.runs.ends < self.runs.starts:
            found.append((("runs", "to"), "is before from"))
        for path, condition in walk(self.rule, ("rule",)):
            faults = [] if isinstance(condition, All | AnyOf | Not) else condition.faults()
            found += [((*path, *inner), problem) for inner, problem in faults]
        return found


def read_campaign(file: str, text: str) -> Campaign:
    """Read one campaign. Raises ReferenceFormatError."""
    return read_document(Campaign, file, text)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """The conditions without which the whole cannot hold, and which stand in it as they are."""
    if (
        isinstance(condition, All)
        or (isinstance(condition, AnyOf) and len(condition.of) == 1)
        or (isinstance(condition, AtLeastN) and condition.n == len(condition.of))
    ):
        for each in condition.of:
            yield from _conjuncts(each)
    else:
        yield condition
