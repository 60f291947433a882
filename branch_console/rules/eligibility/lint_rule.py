"""The rule of a campaign: what can never hold, what never matters, and what every campaign must ask.

Names: `rule_findings(campaign)`.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.condition_customer import AgeBetween, Consent, NotInsider
from branch_console.rules.eligibility.condition_limits import BudgetLeft, ClaimsBelow, NoOpenHold, Stock, VelocityBelow
from branch_console.rules.eligibility.condition_time import Period, Recurring
from branch_console.rules.eligibility.conditions import All, AnyOf, AtLeastN, Condition, Not, walk
from branch_console.rules.eligibility.implying import excludes, implies
from branch_console.rules.eligibility.lint_base import Finding, Path, conjuncts, warning

MINOR, ADULT_FOR_BANKS = 14, 16
_LIMITS = (ClaimsBelow, BudgetLeft, Stock, VelocityBelow, NoOpenHold, NotInsider)
_OWN = ("person", "phone", "wallet")
_UNKNOWABLE = ("wallet", "device", "household", "referrer")
"""Scopes whose keys no kiosk knows: a campaign that counts on one could never be given."""


def rule_findings(campaign: Campaign) -> list[Finding]:
    """Everything about the rule."""
    must = list(conjuncts(campaign.rule))
    return [
        *_contradictions(must),
        *(finding for path, each in walk(campaign.rule, ("rule",)) for finding in _structure(path, each)),
        *_times(campaign, must),
        *_caps(campaign, must),
        *_people(campaign, must),
    ]


def _contradictions(must: list[tuple[Path, Condition]]) -> Iterator[Finding]:
    """Two conditions that must both hold and never can; and what another says already."""
    for (first, one), (second, other) in combinations(must, 2):
        if excludes(one, other):
            yield Finding(second, "contradiction", {"other": _dotted(first)})
        elif implies(one, other):
            yield warning(second, "redundant", other=_dotted(first))
        elif implies(other, one):
            yield warning(first, "redundant", other=_dotted(second))


def _structure(path: Path, condition: Condition) -> Iterator[Finding]:
    if isinstance(condition, Not):
        yield from _negated(path, condition)
        return
    if isinstance(condition, AnyOf | AtLeastN):
        yield from _branches(path, condition)
    if isinstance(condition, AtLeastN) and len(condition.of) > 1 and condition.n in {1, len(condition.of)}:
        yield warning((*path, "n"), "at_least_n_plain", word="any" if condition.n == 1 else "all")
    if path != ("rule",) and isinstance(condition, All | AnyOf) and len(condition.of) == 1:
        yield warning(path, "single_part")


def _branches(path: Path, condition: AnyOf | AtLeastN) -> Iterator[Finding]:
    """A branch that can never hold; and one of `any` that never adds anybody."""
    alive = []
    for number, branch in enumerate(condition.of):
        place = (*path, "of", number)
        inside = list(conjuncts(branch, place))
        if len(inside) > 1 and any(excludes(one, other) for (_, one), (_, other) in combinations(inside, 2)):
            yield Finding(place, "dead_branch")
        else:
            alive.append((place, branch))
    if isinstance(condition, AtLeastN):
        if condition.n > len(alive) and len(alive) < len(condition.of):
            yield Finding((*path, "n"), "at_least_n_impossible", {"problem": str(len(alive))})
        return
    for (first, one), (second, other) in combinations(alive, 2):
        if implies(other, one):
            yield Finding(second, "unreachable_branch", {"other": _dotted(first)})
        elif implies(one, other):
            yield Finding(first, "unreachable_branch", {"other": _dotted(second)})
        elif implies(Not(type="not", of=one), other):
            yield warning(path, "always_true")


def _negated(path: Path, condition: Not) -> Iterator[Finding]:
    if isinstance(condition.of, Not):
        yield warning(path, "double_not")
    if isinstance(condition.of, _LIMITS) and not isinstance(condition.of, ClaimsBelow):
        yield Finding(path, "limit_negated", {"type": condition.of.type})


def _times(campaign: Campaign, must: list[tuple[Path, Condition]]) -> Iterator[Finding]:
    """Conditions about time under which no day of the campaign is left."""
    runs = campaign.runs
    for path, each in must:
        if isinstance(each, Period):
            late = each.starts is not None and each.starts > runs.ends
            early = each.ends is not None and each.ends < runs.starts
            if late or early:
                yield Finding(path, "period_outside_runs", {"from": str(runs.starts), "to": str(runs.ends)})
        if isinstance(each, Recurring) and each.weekdays and (runs.ends - runs.starts).days < 6:
            days = range((runs.ends - runs.starts).days + 1)
            if not any((runs.starts + timedelta(days=day)).isoweekday() in each.weekdays for day in days):
                yield Finding((*path, "weekdays"), "weekday_never")


def _caps(campaign: Campaign, must: list[tuple[Path, Condition]]) -> Iterator[Finding]:
    """Each person's rewards are capped, where central can hold the cap by a constraint."""
    held = {path for path, each in must if isinstance(each, ClaimsBelow)}
    for path, each in walk(campaign.rule, ("rule",)):
        if isinstance(each, ClaimsBelow) and path not in held:
            yield Finding(path, "cap_position", {"scope": each.scope})
        if isinstance(each, ClaimsBelow) and each.scope in _UNKNOWABLE:
            yield Finding((*path, "scope"), "scope_unknowable", {"scope": each.scope})
        if isinstance(each, ClaimsBelow) and campaign.quantity is not None and each.cap > campaign.quantity:
            yield Finding((*path, "cap"), "cap_above_quantity", {"quantity": campaign.quantity})
    own = [each for _, each in must if isinstance(each, ClaimsBelow) and each.scope in _OWN]
    if not any(campaign.right_scope(each.scope) == campaign.right_scope("person") for each in own):
        yield Finding(("rule",), "no_person_cap")
    elif not any(each.window == "campaign" and each.cap == 1 for each in own):
        yield warning(("rule",), "more_than_once")


def _people(campaign: Campaign, must: list[tuple[Path, Condition]]) -> Iterator[Finding]:
    """Children, insiders, people on hold; consent as a price."""
    ages = [each.min or 0 for _, each in must if isinstance(each, AgeBetween)]
    if max(ages, default=0) < MINOR:
        yield Finding(("rule",), "no_age_gate", {"years": MINOR})
    elif max(ages) < ADULT_FOR_BANKS:
        yield warning(("rule",), "minors", years=ADULT_FOR_BANKS)
    if not any(isinstance(each, NotInsider) for _, each in must):
        yield Finding(("rule",), "draw_insiders" if campaign.prize_mode == "lottery" else "no_insider_check")
    if not any(isinstance(each, NoOpenHold) for _, each in must):
        yield warning(("rule",), "no_hold_check")
    for path, each in walk(campaign.rule, ("rule",)):
        if isinstance(each, Consent):
            yield warning((*path, "purpose"), "consent_as_price", purpose=each.purpose)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
