"""One leaf condition against another, by what they say and without any customer.

Names: `weaker(one, other)`, `disjoint(one, other)`, `complete(one, other)`, `keeps_age(one, other)`. A "no" only means
that it is not obvious from the two.
"""

from collections.abc import Sequence
from typing import Any

from branch_console.rules.eligibility.condition_base import Counted, Leaf
from branch_console.rules.eligibility.condition_behaviour import (
    FirstTxn,
    PointsAtLeast,
    Referral,
    SuggestionAccepted,
    TxnCountInWindow,
)
from branch_console.rules.eligibility.condition_customer import (
    AgeBetween,
    AttrIn,
    Consent,
    CustomerKindIs,
    KycAtLeast,
    SegmentAny,
    SegmentNone,
    WalletTierAtLeast,
)
from branch_console.rules.eligibility.condition_limits import BudgetLeft, ClaimsBelow, RiskBelow, Stock, VelocityBelow
from branch_console.rules.eligibility.condition_time import Period, Recurring, WithinDaysOf

TIERS = ("IV", "III", "II", "I")
_SMALLER_WINDOWS = {
    "campaign": {"campaign", "month", "week", "day"},
    "month": {"month", "day"},
    "week": {"week", "day"},
}


def keeps_age(one: Leaf, other: Leaf) -> bool:
    """Whether facts fresh enough for `one` are fresh enough for `other`."""
    return other.max_age is None or (one.max_age is not None and one.max_age <= other.max_age)


def weaker(one: Leaf, other: Leaf) -> bool:
    """Whether whoever satisfies `one` satisfies `other`, the facts being known for both (`max_age` is not looked at).

    Of payments only the least amount or number is compared: another window or other merchants may bring in refunds,
    so that a longer window can hold less.
    """
    if type(one) is not type(other):
        return False
    if one.model_copy(update={"max_age": None}) == other.model_copy(update={"max_age": None}):
        return True
    return bool(_weaker(one, other))


def _weaker(one: Any, other: Any) -> object:  # noqa: PLR0911, PLR0912  one line for each type
    match one:
        case Counted():
            return (
                _same(one, other, "window", "days", "each_fen") and _sets(one, other) and _least(one) >= _least(other)
            )
        case Period():
            return _from_to(one, other)
        case Recurring():
            return _recurs(one, other)
        case WithinDaysOf():
            return one.days is not None and other.days is not None and one.days <= other.days
        case AttrIn():
            return one.attr == other.attr and set(one.values) <= set(other.values)
        case AgeBetween():
            return (one.min or 0) >= (other.min or 0) and _end(one.max, 999) <= _end(other.max, 999)
        case SegmentAny():
            return _snapshot(one, other) and set(one.segments) <= set(other.segments)
        case SegmentNone():
            return _snapshot(one, other) and set(one.segments) >= set(other.segments)
        case WalletTierAtLeast():
            return TIERS.index(one.tier) >= TIERS.index(other.tier)
        case KycAtLeast():
            return one.level >= other.level
        case Consent():
            return one.purpose == other.purpose and one.version >= other.version
        case PointsAtLeast():
            return one.points == other.points and one.at_least >= other.at_least
        case Referral() | SuggestionAccepted():
            longer = other.window in {one.window, "ever"}
            return _same(one, other, "role", "milestone") and longer and one.at_least >= other.at_least
        case ClaimsBelow():
            windows = {one.window} if one.scope == "campaign" else _SMALLER_WINDOWS.get(one.window, {one.window})
            return one.scope == other.scope and other.window in windows and one.cap <= other.cap
        case BudgetLeft():
            return one.at_least_fen >= other.at_least_fen
        case Stock():
            more = set(one.skus) <= set(other.skus) and one.quantity >= other.quantity
            return one.location == other.location and more
        case VelocityBelow():
            return _same(one, other, "of", "per") and one.cap <= other.cap
        case RiskBelow():
            return one.score <= other.score
        case _:
            return False


def disjoint(one: Leaf, other: Leaf) -> bool:  # noqa: PLR0911  one line for each pair of types
    """Whether whoever satisfies `one` certainly does not satisfy `other` (`max_age` is not looked at)."""
    match one, other:
        case AttrIn(), AttrIn():
            return one.attr == other.attr and set(one.values).isdisjoint(other.values)
        case AgeBetween(), AgeBetween():
            return _end(one.max, 999) < (other.min or 0) or _end(other.max, 999) < (one.min or 0)
        case Period(), Period():
            return _before(one, other) or _before(other, one)
        case CustomerKindIs(), CustomerKindIs():
            return one.kind != other.kind
        case FirstTxn(), FirstTxn():
            return one.state != other.state and set(one.merchants) == set(other.merchants)
        case (SegmentAny(), SegmentNone()):
            return _snapshot(one, other) and set(one.segments) <= set(other.segments)
        case (SegmentNone(), SegmentAny()):
            return _snapshot(one, other) and set(one.segments) >= set(other.segments)
        case Recurring(), Recurring():
            apart = _weekdays(one).isdisjoint(_weekdays(other)) or _hours(one).isdisjoint(_hours(other))
            return other.calendar in {None, one.calendar} and apart
        case _:
            return False


def complete(one: Leaf, other: Leaf) -> bool:
    """Whether whoever certainly does not satisfy `one` satisfies `other` (`max_age` is not looked at)."""
    match one, other:
        case CustomerKindIs(), CustomerKindIs():
            return one.kind != other.kind
        case (SegmentNone(), SegmentAny()):
            return _snapshot(one, other) and set(one.segments) <= set(other.segments)
        case (SegmentAny(), SegmentNone()):
            return _snapshot(one, other) and set(one.segments) >= set(other.segments)
        case _:
            return False


def _same(one: Any, other: Any, *names: str) -> bool:
    return all(getattr(one, name, None) == getattr(other, name, None) for name in names)


def _sets(one: Counted, other: Counted) -> bool:
    return set(one.merchants) == set(other.merchants) and set(one.mcc) == set(other.mcc)


def _least(one: Any) -> int:
    return int(one.at_least if isinstance(one, TxnCountInWindow) or hasattr(one, "at_least") else one.at_least_fen)


def _end(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _snapshot(one: SegmentAny | SegmentNone, other: SegmentAny | SegmentNone) -> bool:
    return other.snapshot in {None, one.snapshot}


def _from_to(one: Period, other: Period) -> bool:
    since = other.starts is None or (one.starts is not None and one.starts >= other.starts)
    return since and (other.ends is None or (one.ends is not None and one.ends <= other.ends))


def _before(one: Period, other: Period) -> bool:
    return one.ends is not None and other.starts is not None and one.ends < other.starts


def _recurs(one: Recurring, other: Recurring) -> bool:
    calendar = one.calendar == other.calendar
    return calendar and _weekdays(one) <= _weekdays(other) and _hours(one) <= _hours(other)


def _weekdays(one: Recurring) -> frozenset[int]:
    return frozenset(one.weekdays or range(1, 8))


def _hours(one: Recurring) -> frozenset[int]:
    spans: Sequence[range] = [range(each.start, each.end) for each in one.hours] or [range(24)]
    return frozenset(hour for span in spans for hour in span)
