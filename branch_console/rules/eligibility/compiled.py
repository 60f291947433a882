"""A campaign made ready to be asked, twice: `fast` answers, `explain` answers and says why. They always agree.

Names: `Compiled(campaign, fast, explain, names, probes)`, `compile_campaign(campaign)`.
Three values (Kleene): True, False, None = not known. `fast` stops as soon as the answer is decided.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.condition_time import Period
from branch_console.rules.eligibility.conditions import (
    STRUCTURAL,
    All,
    AnyLeaf,
    AnyOf,
    AtLeastN,
    Condition,
    Not,
    children,
    walk,
)
from branch_console.rules.eligibility.explain import Explain, explainer
from branch_console.rules.eligibility.probe_base import Context, LeafProbe
from branch_console.rules.eligibility.probes import probe_for

_Probe: TypeAlias = LeafProbe[Any]
_Statuses: TypeAlias = dict[Any, bool | None]
_Run: TypeAlias = Callable[[_Statuses], bool | None]


class Compiled(NamedTuple):
    """A campaign in both forms. `names` are the raw facts that it may look at, `probes` its leaf conditions."""

    campaign: Campaign
    fast: Callable[[FactBook], bool | None]
    explain: Explain
    names: tuple[str, ...]
    probes: tuple[_Probe, ...]


def whole_rule(campaign: Campaign) -> Condition:
    """The rule with the time that the campaign runs as its first condition, which no rule has to repeat."""
    runs = Period(type="period", starts=campaign.runs.starts, ends=campaign.runs.ends)
    parts = list(campaign.rule.of) if isinstance(campaign.rule, All) else [campaign.rule]
    if runs in parts:
        parts.remove(runs)
    return All.model_construct(type="all", of=[runs, *parts])


def compile_campaign(campaign: Campaign) -> Compiled:
    """Both forms of a campaign."""
    context = Context(
        campaign.id, campaign.runs.starts, campaign.runs.ends, campaign.quantity, campaign.right_scope("person")
    )

    def find(leaf: AnyLeaf) -> _Probe:
        return probe_for(leaf, context)

    rule = whole_rule(campaign)
    run = _form(rule, find)
    probes = tuple(dict.fromkeys(find(each) for _, each in walk(rule) if not isinstance(each, STRUCTURAL)))
    return Compiled(
        campaign,
        lambda book: run(book.statuses),
        explainer(rule, find),
        tuple(dict.fromkeys(name for probe in probes for name in probe.names)),
        probes,
    )


def _form(condition: Condition, find: Callable[[AnyLeaf], _Probe]) -> _Run:
    """The answering form of a condition."""
    if isinstance(condition, Not):
        return _not(_form(condition.of, find))
    if not isinstance(condition, All | AnyOf | AtLeastN):
        probe = find(condition)
        return lambda statuses: statuses[probe]
    parts = children(condition)
    probes = sorted((find(each) for each in parts if not isinstance(each, STRUCTURAL)), key=lambda each: each.cost)
    others = [_form(each, find) for each in parts if isinstance(each, STRUCTURAL)]
    if isinstance(condition, AtLeastN):
        return _at_least(condition.n, probes, others)
    return _until(condition.type == "any", probes, others)


def _not(inner: _Run) -> _Run:
    def run(statuses: _Statuses) -> bool | None:
        found = inner(statuses)
        return None if found is None else not found

    return run


def _until(decides: bool, probes: list[_Probe], others: list[_Run]) -> _Run:
    """`all` (the first False decides) and `any` (the first True decides)."""

    def leaves(statuses: _Statuses) -> bool | None:
        found: bool | None = not decides
        for probe in probes:
            each = statuses[probe]
            if each is decides:
                return decides
            if each is None:
                found = None
        return found

    def both(statuses: _Statuses) -> bool | None:
        found = leaves(statuses)
        if found is decides:
            return decides
        for run in others:
            each = run(statuses)
            if each is decides:
                return decides
            if each is None:
                found = None
        return found

    return both if others else leaves


def _at_least(needed: int, probes: list[_Probe], others: list[_Run]) -> _Run:
    spare = len(probes) + len(others) - needed

    def run(statuses: _Statuses) -> bool | None:
        holds = fails = 0
        for each in (*(statuses[probe] for probe in probes), *(other(statuses) for other in others)):
            if each:
                holds += 1
            elif each is False:
                fails += 1
        if holds >= needed:
            return True
        return False if fails > spare else None

    return run
