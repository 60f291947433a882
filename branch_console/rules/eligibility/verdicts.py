"""The twelve verdicts: what an explanation means at this counter, with this right, at this moment.

Names: `Judged`, `judge(campaign, node, situation)`, `needs_second(campaign)`; `Situation` is in `situation`.

`params` of a verdict, all text or whole numbers: always `reason`; and with it, where it applies,
ALREADY_CLAIMED on, region, number · NOT_YET from · NEED_SYNC facts · NO scope, window, again · SUPERSEDED by ·
ELIGIBLE second_person.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.node import NOTHING, Node, Params, good
from branch_console.rules.eligibility.paths import Path, nearest, undecided, wanting
from branch_console.rules.eligibility.probe_limits import OF_THE_CUSTOMER
from branch_console.rules.eligibility.rewards import GiftReward
from branch_console.rules.eligibility.situation import Already, Situation
from branch_console.rules.gifts.claim_entries import Verdict

_ASK_AGAIN = frozenset({"campaign-version", "recovering", "wrong-day", "hold-over", "id-taken"})
_OF_THE_HOUSE = frozenset({"staff", "terminal", "branch", "campaign"})


class Judged(NamedTuple):
    """The verdict. `reasons` are the leaf conditions that decide it, `path` the nearest way to qualify, if any."""

    verdict: Verdict
    params: Params = NOTHING
    path: Path | None = None
    reasons: tuple[Node, ...] = ()


def judge(campaign: Campaign, node: Node, situation: Situation) -> Judged:
    """The verdict on the explanation of a campaign."""
    found = _claimed(situation) or _status(campaign, situation) or _hold(situation)
    if found is not None:
        return found
    settled = _settle(node, _covers(campaign, situation))
    holds = good(settled)
    if holds is False:
        return _unsatisfied(settled)
    if situation.superseded_by is not None:
        return Judged("SUPERSEDED", {"reason": "superseded", "by": situation.superseded_by})
    return _unknown(campaign, settled, situation) if holds is None else _satisfied(campaign, situation)


def _claimed(situation: Situation) -> Judged | None:
    already, details = situation.already, situation.hold_details
    if already is None and situation.hold_problem == "already-claimed":
        already = Already(str(details.get("on", "")), str(details.get("region", "")))
    return None if already is None else Judged("ALREADY_CLAIMED", {"reason": "already_claimed", **already._asdict()})


def _status(campaign: Campaign, situation: Situation) -> Judged | None:
    """A campaign that is announced or paused may run later; one that ended does not."""
    if situation.status == "running":
        return None
    if situation.status == "ended":
        return Judged("NO", {"reason": "ended"})
    begins = {"from": campaign.runs.starts.isoformat()} if situation.status == "announced" else {}
    return Judged("NOT_YET", {"reason": situation.status, **begins})


def _hold(situation: Situation) -> Judged | None:
    """Why central refused the hold."""
    problem = situation.hold_problem
    if problem is None:
        return None
    reason = {"reason": problem.replace("-", "_")}
    if problem == "fact-hold":
        return Judged("HELD", {"reason": "held"})
    if problem in _ASK_AGAIN:
        return Judged("NEED_SYNC", {**reason, "facts": ""})
    window = str(situation.hold_details.get("window", "campaign"))
    if problem == "cap-reached" and window != "campaign":
        return Judged("NOT_YET", {**reason, "window": window})
    return Judged("NO", reason)


def _covers(campaign: Campaign, situation: Situation) -> Callable[[Node], bool]:
    """Which unknown conditions the right at hand answers for.

    A hold has passed all caps at central; online, what is given waits for one, so that it answers for the caps that no
    terminal can count (staff, terminal, branch, campaign). An entitlement was issued on central's own facts, and its
    caps are taken. A lease, and the offline caps, stand for the quantity and the budget of the whole campaign, never
    for the person.
    """
    if situation.held:
        return lambda leaf: leaf.code in {"claims_below", "budget_left"}
    if situation.online:
        return lambda leaf: leaf.code == "claims_below" and leaf.params["scope"] in _OF_THE_HOUSE
    if situation.entitlement:
        return lambda _leaf: True
    if campaign.offline.mode in {"lease", "provisional"}:
        return lambda leaf: (
            leaf.code == "budget_left"
            or (leaf.code == "claims_below" and leaf.params["scope"] in {"campaign", "branch"})
        )
    return lambda _leaf: False


def _settle(node: Node, covered: Callable[[Node], bool]) -> Node:
    """The tree with the unknown leaves that are covered taken as good."""
    if good(node) is not None:
        return node
    if not node.children:
        return node._replace(status="SAT" if node.polarity else "UNSAT", fixable=None) if covered(node) else node
    children = tuple(_settle(each, covered) for each in node.children)
    holds = sum(each.status == "SAT" for each in children)
    fails = sum(each.status == "UNSAT" for each in children)
    need = {"any": 1, "at_least_n": node.need}.get(node.code, len(children))
    if node.code == "not":
        holds, fails = fails, holds
    count = need if isinstance(need, int) else len(children)
    if holds >= count:
        return node._replace(status="SAT", children=children, fixable=None if node.polarity else node.fixable)
    if len(children) - fails < count:
        return node._replace(status="UNSAT", children=children, fixable=node.fixable if node.polarity else None)
    return node._replace(children=children)


def _unsatisfied(node: Node) -> Judged:
    """Why not: the reason that says most, of those on the easiest way."""
    reasons = wanting(node)
    for leaf in reasons:
        if leaf.code == "claims_below" and leaf.fixable == "final" and leaf.params["scope"] in OF_THE_CUSTOMER:
            known = {key: leaf.params.get(key, "") for key in ("on", "region", "number")}
            return Judged("ALREADY_CLAIMED", {"reason": "already_claimed", **known}, None, reasons)
    finals = [leaf for leaf in reasons if leaf.fixable == "final"]
    if finals:
        return Judged("NO", {"reason": finals[0].code}, None, tuple(finals))
    if any(leaf.code in {"risk_below", "no_open_hold"} for leaf in reasons):
        return Judged("HELD", {"reason": "held"})
    path = nearest(node)
    if any(leaf.fixable == "staff" for leaf in reasons):  # goods that are not there; more may be missing, which waits
        return Judged("OUT_OF_STOCK", {"reason": "stock"}, path, reasons)
    return Judged("NOT_YET", {"reason": reasons[0].code}, path, reasons)


def _unknown(campaign: Campaign, node: Node, situation: Situation) -> Judged:
    """What is unknown decides: ask central; or, offline, a voucher that central decides on."""
    reasons = tuple(undecided(node))
    if not situation.online and campaign.offline.mode != "none":
        return Judged("VOUCHER", {"reason": "unknown"}, None, reasons)
    facts = ", ".join(dict.fromkeys(each.code for each in reasons))
    return Judged("NEED_SYNC", {"reason": "unknown", "facts": facts}, nearest(node), reasons)


def _satisfied(campaign: Campaign, situation: Situation) -> Judged:
    """All conditions hold: are the goods there, and which right carries the reward?"""
    if not _in_stock(campaign, situation):
        return Judged("OUT_OF_STOCK", {"reason": "stock"})
    verdict, reason = _right(campaign, situation)
    params: dict[str, Any] = {"reason": reason}
    if verdict in {"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"} and needs_second(campaign):
        if not situation.second_person:
            return Judged("NEEDS_APPROVAL", {"reason": "second_person"})
        params["second_person"] = 1
    return Judged(verdict, params)


def needs_second(campaign: Campaign) -> bool:
    """Whether a second member of staff must approve the hand-over."""
    return campaign.unit_value_fen >= campaign.approval_threshold_fen


def _right(campaign: Campaign, situation: Situation) -> tuple[Verdict, str]:
    """Which right carries the reward, and what to call it.

    A right that pays for an earlier duplicate is central's to settle, by refusing the hold once: so that the next one
    is free, staff may ask for it, and are told before what will come of it. An entitlement is not set off.
    """
    if situation.held:
        return "ELIGIBLE", "held_right"
    if situation.owing and not situation.entitlement:
        return ("ELIGIBLE", "owing") if situation.online else ("NEED_SYNC", "owing_offline")
    if situation.online:
        return "ELIGIBLE", "online"
    if situation.entitlement:
        return "ELIGIBLE_OFFLINE", "entitlement"
    mode = campaign.offline.mode
    if mode in {"none", "voucher"}:
        return "NEED_SYNC" if mode == "none" else "VOUCHER", "offline"
    return _offline_right(campaign, situation)


def _offline_right(campaign: Campaign, situation: Situation) -> tuple[Verdict, str]:
    """What the caps of one outage, and the lease or the list of claims, allow; beyond them a voucher."""
    offline, used = campaign.offline, situation.used
    left = used.campaign < offline.per_campaign and used.terminal < offline.per_terminal
    if not left or used.staff >= offline.per_staff or campaign.unit_value_fen > offline.most_value_fen:
        return "VOUCHER", "offline_cap"
    if offline.mode == "lease":
        return ("ELIGIBLE_OFFLINE", "lease") if situation.lease_left > 0 else ("VOUCHER", "lease_used_up")
    age = situation.filter_age_hours
    fresh = age is not None and age <= offline.filter_max_age_hours
    return ("PROVISIONAL", "provisional") if fresh else ("VOUCHER", "filter_old")


def _in_stock(campaign: Campaign, situation: Situation) -> bool:
    if situation.stock is None or not isinstance(campaign.reward, GiftReward):
        return True
    return any(situation.stock.get(each.sku, 0) >= each.quantity for each in campaign.reward.choices)
