"""Conditions about what the customer did (9). None about what is in the wallet: no such fact exists.

`SpendInWindow`, `TxnCountInWindow`, `DistinctMerchants`, `DistinctDays`, `FirstWallet`, `FirstTxn`, `PointsAtLeast`,
`Referral`, `SuggestionAccepted`.
"""

from typing import Annotated, Literal

from pydantic import Field

from branch_console.rules.documents import Many
from branch_console.rules.eligibility.condition_base import Counted, Leaf, Least, Name


class SpendInWindow(Counted):
    """At least so many fen were spent, net of refunds."""

    type: Literal["spend_in_window"]
    at_least_fen: Least


class TxnCountInWindow(Counted):
    """At least so many payments of `each_fen` fen or more; each refund takes one payment back."""

    type: Literal["txn_count_in_window"]
    at_least: Least
    each_fen: Annotated[int, Field(ge=1, le=2**53 - 1)] = 1


class DistinctMerchants(Counted):
    """At least so many merchants at which something was spent, net of refunds."""

    type: Literal["distinct_merchants"]
    at_least: Least


class DistinctDays(Counted):
    """At least so many days on which something was spent, net of that day's refunds."""

    type: Literal["distinct_days"]
    at_least: Least


class FirstWallet(Leaf):
    """It is the customer's first wallet."""

    type: Literal["first_wallet"]


class FirstTxn(Leaf):
    """The first payment of the wallet, or at the `merchants` of a joint offer.

    `made`: it was made while the campaign runs. `to_come`: nothing has been paid yet.
    """

    type: Literal["first_txn"]
    state: Literal["made", "to_come"] = "made"
    merchants: Many[Name]


class PointsAtLeast(Leaf):
    """So many points, accumulated over all time or there to be spent."""

    type: Literal["points_at_least"]
    points: Literal["accumulated", "spendable"]
    at_least: Least


class Referral(Leaf):
    """At least so many referrals in which the customer had the role and the other side reached the milestone."""

    type: Literal["referral"]
    role: Literal["referrer", "referee"]
    milestone: Literal["opened", "first_payment"]
    at_least: Least = 1
    window: Literal["campaign", "ever"] = "campaign"


class SuggestionAccepted(Leaf):
    """At least so many suggestions of the customer were accepted."""

    type: Literal["suggestion_accepted"]
    at_least: Least = 1
    window: Literal["campaign", "ever"] = "campaign"
