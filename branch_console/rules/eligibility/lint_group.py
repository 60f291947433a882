"""A campaign among others: exclusion groups, partners, versions. Names: `group_findings(campaign, others)`."""

from collections.abc import Iterator

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.implying import implies
from branch_console.rules.eligibility.lint_base import Finding, warning


def group_findings(campaign: Campaign, others: list[Campaign]) -> list[Finding]:
    """`others` may hold any versions; of each other campaign the newest counts."""
    newest = {each.id: each for each in sorted(others, key=lambda each: each.version) if each.id != campaign.id}
    return [*_versions(campaign, others), *_alone(campaign), *_partners(campaign, newest), *_rivals(campaign, newest)]


def _versions(campaign: Campaign, others: list[Campaign]) -> Iterator[Finding]:
    """A version that was published is never written anew."""
    for each in others:
        if (each.id, each.version) == (campaign.id, campaign.version) and each != campaign:
            yield Finding(("version",), "version_taken", {"version": each.version})


def _alone(campaign: Campaign) -> Iterator[Finding]:
    if campaign.group is None:
        if campaign.max_per_group != 1:
            yield Finding(("max_per_group",), "group_missing")
        if campaign.combinable_with:
            yield Finding(("combinable_with",), "group_missing")
    elif campaign.combinable_with and campaign.max_per_group == 1:
        yield Finding(("combinable_with",), "combinable_never")
    for number, name in enumerate(campaign.combinable_with):
        if name == campaign.id:
            yield Finding(("combinable_with", number), "combinable_itself")


def _partners(campaign: Campaign, newest: dict[str, Campaign]) -> Iterator[Finding]:
    """Partners exist, are of the same group, and name this campaign in return if they name any."""
    if not newest:
        return
    for number, name in enumerate(campaign.combinable_with):
        path, other = ("combinable_with", number), newest.get(name)
        if name == campaign.id:
            continue
        if other is None:
            yield Finding(path, "combinable_unknown", {"other": name})
        elif other.group != campaign.group:
            yield Finding(path, "combinable_other_group", {"other": name})
        elif other.combinable_with and campaign.id not in other.combinable_with:
            yield Finding(path, "combinable_one_way", {"other": name})


def _rivals(campaign: Campaign, newest: dict[str, Campaign]) -> Iterator[Finding]:
    """Others of the group that run on the same days."""
    for other in newest.values():
        if campaign.group is None or other.group != campaign.group or not _overlap(campaign, other):
            continue
        if other.max_per_group != campaign.max_per_group:
            yield Finding(("max_per_group",), "group_maximum", {"other": other.id, "maximum": other.max_per_group})
        if _rank(other) == _rank(campaign):
            yield warning(("priority",), "group_overlap", other=other.id)
        elif campaign.max_per_group == 1 and _rank(other) > _rank(campaign) and _covers(other, campaign):
            yield warning(("group",), "group_shadowed", other=other.id)


def _rank(campaign: Campaign) -> tuple[int, int]:
    return campaign.priority, campaign.unit_value_fen


def _overlap(one: Campaign, other: Campaign) -> bool:
    return one.runs.starts <= other.runs.ends and other.runs.starts <= one.runs.ends


def _covers(other: Campaign, campaign: Campaign) -> bool:
    """Whether everybody who may have `campaign` may have `other` on the same day, as long as there is any left."""
    days = other.runs.starts <= campaign.runs.starts and campaign.runs.ends <= other.runs.ends
    return days and implies(campaign.rule, other.rule)
