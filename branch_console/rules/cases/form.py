"""What stands in the form of a case as it was typed and picked, before anything of it was checked."""

from dataclasses import dataclass, field

from branch_console.rules.narrative.exemptions import Exemption

FIELDS = (
    "kind", "customer", "category", "narrative", "want", "contact", "promise", "amount", "reference", "counterparty",
    "source", "regulator_reference", "transferred_at", "group_size", "received_at",
)  # fmt: skip
"""The questions of the form, by the names that errors use, in their order on the screen."""


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """A text in the customer's words. `masked` counts what was masked in it while it was typed, by kind."""

    text: str = ""
    exempt: tuple[Exemption, ...] = ()
    masked: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class CaseForm:
    """One form. Moments and amounts are as typed; empty is nothing.

    `category` is the topic of a suggestion. `opened_at` (RFC 3339) is when somebody began with it. `promise` empty:
    the default of the policy where one is needed. `who` is staff for an idea of our own; empty: the customer's.
    """

    kind: str = ""
    category: str = ""
    narrative: Said = Said()
    want: str = ""
    contact: str = ""
    promise: str = ""
    amount: str = ""
    reference: Said = Said()
    counterparty: Said = Said()
    source: str = "counter"
    regulator_reference: Said = Said()
    transferred_at: str = ""
    group_size: str = ""
    vulnerable: bool = False
    received_at: str = ""
    opened_at: str = ""
    payment_later: bool = False
    who: str = ""
