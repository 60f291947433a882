"""Whether a new version of a campaign is provably never worse for any customer than the one that runs.

Prizes, conditions and amounts may not be changed after the start but in the consumers' favour (SAMR Order 32 Art. 13;
Anti-Unfair Competition Law 2025 Art. 11). What cannot be proved from the two texts alone needs a named lawyer. Sound,
not complete: "yes" is certain, "no" names what could not be proved.

Never worse means: whoever may have the old version may have the new one, on every day, of at least the same reward,
with at least as many rewards left, for at least as long; other campaigns of the group stand to it as before; and
whatever was published about it still stands there. Whether staff must approve is no matter of the customer's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from branch_console.rules.eligibility.campaign import Campaign, Disclosure, Offline
from branch_console.rules.eligibility.condition_base import Counted
from branch_console.rules.eligibility.condition_behaviour import FirstTxn, Referral, SuggestionAccepted
from branch_console.rules.eligibility.condition_limits import ClaimsBelow
from branch_console.rules.eligibility.conditions import All, Condition, walk
from branch_console.rules.eligibility.implying import implies
from branch_console.rules.eligibility.rewards import (
    CashbackReward,
    CashReward,
    FeeWaiverReward,
    GiftReward,
    PointsReward,
    Reward,
    VoucherReward,
)

_LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What could not be proved: where in the new version, and a code whose words are `gift.relax.<code>`."""

    key: str
    code: str


@dataclass(frozen=True, slots=True)
class Relaxing:
    """`yes`: certainly never worse. Otherwise `reasons` says what could not be proved."""

    reasons: tuple[Doubt, ...]

    @property
    def yes(self) -> bool:
        """Whether it is proved."""
        return not self.reasons


def relaxes(old: Campaign, new: Campaign) -> Relaxing:
    """Compare a new version with the one that customers rely on now."""
    return Relaxing(tuple(_doubts(old, new)))


def _doubts(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    if new.id != old.id:
        yield Doubt("id", "other_campaign")
    if new.identity != old.identity:
        yield Doubt("identity", "identity")
    yield from _period(old, new)
    yield from _rule(old.rule, new.rule)
    if not reward_kept(old.reward, new.reward):
        yield Doubt("reward", "reward")
    yield from _amounts(old, new)
    yield from _group(old, new)
    yield from _offline(old, new)
    if new.hold_minutes < old.hold_minutes:
        yield Doubt("hold_minutes", "hold_shorter")
    yield from _said(old, new)


def _period(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    """It begins no later and ends no earlier; and what is counted since its beginning is counted since the same day."""
    if new.runs.starts > old.runs.starts:
        yield Doubt("runs.from", "begins_later")
    if new.runs.ends < old.runs.ends:
        yield Doubt("runs.to", "ends_earlier")
    if new.runs.starts != old.runs.starts and any(_looks_at_runs(each) for _, each in walk(new.rule)):
        yield Doubt("runs.from", "window_moves")


def _looks_at_runs(condition: Condition) -> bool:
    """Whether the campaign's own dates decide what it counts."""
    if isinstance(condition, FirstTxn):
        return condition.state == "made"
    return isinstance(condition, Counted | Referral | SuggestionAccepted) and condition.window == "campaign"


def _of_the_whole(condition: Condition) -> bool:
    """Whether it counts all claims of the campaign; without a quantity, fewer customers' checks can know how many."""
    return isinstance(condition, ClaimsBelow) and condition.scope == "campaign"


def _rule(old: Condition, new: Condition) -> Iterator[Doubt]:
    """Every part that must hold follows from the old rule."""
    parts = [((), new)] if not isinstance(new, All) else [(("of", number), each) for number, each in enumerate(new.of)]
    for path, part in parts:
        if not implies(old, part):
            yield Doubt(".".join(str(key) for key in ("rule", *path)), "condition")


def reward_kept(old: Reward, new: Reward) -> bool:  # noqa: PLR0911  one line for each kind
    """Whether the new reward is at least the old one: for a gift, every old choice is still there."""
    match old, new:
        case GiftReward(), GiftReward():
            most = {each.sku: max(c.quantity for c in new.choices if c.sku == each.sku) for each in new.choices}
            return all(each.quantity <= most.get(each.sku, 0) for each in old.choices)
        case PointsReward(), PointsReward():
            return old.points <= new.points
        case CashReward(), CashReward():
            return old.fen <= new.fen
        case FeeWaiverReward(), FeeWaiverReward():
            return old.fen <= new.fen and old.months <= new.months
        case CashbackReward(), CashbackReward():
            return old.percent_bp <= new.percent_bp and old.most_fen <= new.most_fen
        case VoucherReward(), VoucherReward():
            return old.partner == new.partner and old.value_fen <= new.value_fen
    return False


def _amounts(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    """Caps of the whole campaign only rise; out of a capped budget, a reward costs no more than before."""
    if new.quantity is not None and (old.quantity is None or new.quantity < old.quantity):
        yield Doubt("quantity", "fewer")
    if new.quantity is None and old.quantity is not None and any(_of_the_whole(each) for _, each in walk(new.rule)):
        yield Doubt("quantity", "counted_otherwise")
    if new.budget_fen is not None:
        if old.budget_fen is None or new.budget_fen < old.budget_fen:
            yield Doubt("budget_fen", "less_budget")
        if new.unit_cost_fen > old.unit_cost_fen:
            yield Doubt("unit_cost_fen", "budget_goes_faster")
    if new.unit_value_fen < old.unit_value_fen:
        yield Doubt("unit_value_fen", "worth_less")
    if new.prize_mode != old.prize_mode or (new.top_prize_fen or 0) < (old.top_prize_fen or 0):
        yield Doubt("prize_mode", "prize")
    if new.tax_treatment not in {old.tax_treatment, "none"}:
        yield Doubt("tax_treatment", "tax")


def _group(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    """Inside a group nothing changes but that more may be had: any other order takes something from somebody."""
    if new.group != old.group:
        yield Doubt("group", "group")
    if new.group is None:
        return
    if new.max_per_group < old.max_per_group:
        yield Doubt("max_per_group", "group_less")
    if new.priority != old.priority:
        yield Doubt("priority", "group_order")
    if new.unit_value_fen > old.unit_value_fen:
        yield Doubt("unit_value_fen", "group_order")
    if set(new.combinable_with) != set(old.combinable_with):
        yield Doubt("combinable_with", "group_partners")


_BETTER = {"none": {"none", "voucher", "provisional", "lease"}, "voucher": {"voucher", "provisional", "lease"}}
_LEVELS = ("lease_per_terminal", "per_terminal", "per_staff", "per_campaign", "most_value_fen", "filter_max_age_hours")


def _offline(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    """While central cannot be asked, at least as much is possible as before."""
    if new.offline.mode not in _BETTER.get(old.offline.mode, {old.offline.mode}):
        yield Doubt("offline.mode", "offline_less")
    if old.offline.entitlements and not new.offline.entitlements:
        yield Doubt("offline.entitlements", "offline_less")
    if old.offline.mode in {"provisional", "lease"}:
        yield from (
            Doubt(f"offline.{name}", "offline_less")
            for name in _LEVELS
            if getattr(new.offline, name) < getattr(old.offline, name)
        )
        if _possible(old.offline, old) and not _possible(new.offline, new):
            yield Doubt("offline.most_value_fen", "offline_less")


def _possible(offline: Offline, campaign: Campaign) -> bool:
    return campaign.unit_value_fen <= offline.most_value_fen


def _said(old: Campaign, new: Campaign) -> Iterator[Doubt]:
    """Whatever was published is still there, word for word; more may follow it."""
    for name in Disclosure.model_fields:
        before, after = getattr(old.disclosure, name), getattr(new.disclosure, name)
        if not all(after.get(language).startswith(before.get(language)) for language in _LANGUAGES):
            yield Doubt(f"disclosure.{name}", "disclosure")
