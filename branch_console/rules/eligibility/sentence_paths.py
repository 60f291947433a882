"""The nearest way to qualify as one sentence.

Names: `path_phrase(path)`, `step_phrase(node)`.
"""

from collections.abc import Callable
from functools import reduce

from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.paths import Path
from branch_console.rules.eligibility.phrases import Named, Phrase, phrase, unit, yuan
from branch_console.rules.eligibility.sentences import condition_phrase, limited


def path_phrase(path: Path) -> Phrase:
    """One sentence that names every step; with a remark when something else is not known yet."""
    if not path.steps:
        return phrase("gift.path.nothing")
    steps = reduce(lambda one, other: phrase("gift.path.and", one=one, other=other), map(step_phrase, path.steps))
    if path.unknown:
        return phrase("gift.path.but", steps=steps, n=path.unknown)
    return phrase("gift.path", steps=steps)


def step_phrase(node: Node) -> Phrase:
    """What to do about one condition."""
    if node.fixable == "sync":
        return phrase("gift.path.sync", condition=condition_phrase(node))
    if node.fixable == "wait":
        return _wait(node)
    if node.fixable == "staff":
        if node.code == "stock":
            return phrase("gift.path.stock", items=[Named("sku", each) for each in node.params["skus"]])
        return phrase("gift.path.staff")
    build = _DO.get(node.code) if node.polarity else None
    if build is not None:
        return limited(build(node, node.gap or 0), node.params)
    return phrase("gift.path.meet" if node.polarity else "gift.path.unmeet", condition=condition_phrase(node))


def _wait(node: Node) -> Phrase:
    """Until when, or what for."""
    until = node.params.get("again") or node.params.get("on")
    if node.code == "period" and node.polarity:
        until = node.params["from"]
    if until:
        return phrase("gift.path.wait_until", on=until)
    if node.polarity:
        return phrase("gift.path.wait_for", condition=condition_phrase(node))
    if node.gap is not None:
        return phrase("gift.path.wait", gap=unit(node.unit, node.gap))
    return phrase("gift.path.wait_past", condition=condition_phrase(node))


def _count(node: Node, gap: int) -> Phrase:
    if "each_fen" in node.params:
        return phrase(
            "gift.path.txn_count_in_window.each", n=gap, each=yuan(node.params["each_fen"]), by=node.params["by"]
        )
    return phrase("gift.path.txn_count_in_window", n=gap, by=node.params["by"])


def _counted(code: str) -> Callable[[Node, int], Phrase]:
    return lambda node, gap: phrase(f"gift.path.{code}", n=gap, by=node.params["by"])


def _referral(node: Node, gap: int) -> Phrase:
    if node.params["role"] == "referee":
        return phrase("gift.path.meet", condition=condition_phrase(node))
    return phrase(f"gift.path.referral.{node.params['milestone']}", n=gap, by=node.params["by"])


_DO: dict[str, Callable[[Node, int], Phrase]] = {
    "spend_in_window": lambda node, gap: phrase("gift.path.spend_in_window", amount=yuan(gap), by=node.params["by"]),
    "txn_count_in_window": _count,
    "distinct_merchants": _counted("distinct_merchants"),
    "distinct_days": _counted("distinct_days"),
    "first_txn": lambda node, _gap: phrase("gift.path.first_txn", by=node.params["by"]),
    "points_at_least": lambda _node, gap: phrase("gift.path.points_at_least", n=gap),
    "referral": _referral,
    "suggestion_accepted": _counted("suggestion_accepted"),
    "wallet_tier_at_least": lambda node, _gap: phrase("gift.path.wallet_tier_at_least", tier=node.params["tier"]),
    "kyc_at_least": lambda node, _gap: phrase("gift.path.kyc_at_least", level=node.params["level"]),
    "consent": lambda node, _gap: phrase("gift.path.consent", purpose=Named("purpose", node.params["purpose"])),
}
