"""What a condition asks for, as a phrase; the words are in the catalogues under `gift.cond.<type>`.

Names: `condition_phrase(node)`, `standing_phrase(node)` (have, need, gap), `freshness_phrase(node, zone)`,
`helper_phrase(node)` (who can help), `limited(phrase, node)`.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from branch_console.rules.eligibility.book import SHANGHAI
from branch_console.rules.eligibility.node import Node, good
from branch_console.rules.eligibility.phrases import Named, Phrase, phrase, unit, yuan

_Params = Mapping[str, Any]


def condition_phrase(node: Node) -> Phrase:
    """What the condition asks for, whether it is met or not."""
    build = _BUILD.get(node.code)
    return limited(phrase(f"gift.cond.{node.code}") if build is None else build(node.params, node.need), node.params)


def standing_phrase(node: Node) -> Phrase | None:
    """What is there, what is needed, what is missing; None when the condition says it all."""
    if node.children:
        return None
    if node.status == "UNKNOWN":
        return _unknown(node)
    if good(node) is not False or node.gap is None:
        return _have(node)
    gap = unit(node.unit, node.gap)
    if node.have is None or node.need is None:
        return phrase("gift.have.wait", gap=gap)
    return phrase("gift.have.gap", have=_amount(node, node.have), need=_amount(node, node.need), gap=gap)


def freshness_phrase(node: Node, zone: tzinfo = SHANGHAI) -> Phrase | None:
    """Who says so, and as of when; None when the condition asks for no fact of anybody's."""
    if node.source is None:
        return None
    source = phrase(f"gift.source.{node.source}")
    if node.as_of is None:
        return source
    return phrase("gift.fresh", source=source, at=node.as_of.astimezone(zone).strftime("%m-%d %H:%M"))


def helper_phrase(node: Node) -> Phrase | None:
    """Who can change it; None when nothing is to be done or nobody can."""
    return None if node.fixable in {None, "final"} else phrase(f"gift.fix.{node.fixable}")


def limited(said: Phrase, params: _Params) -> Phrase:
    """The phrase, with the merchants and kinds of shops that it is limited to."""
    shops: list[Any] = [Named("merchant", each) for each in params.get("merchants", ())]
    shops += [phrase("gift.mcc", code=each) for each in params.get("mcc", ())]
    return phrase("gift.cond.limited", condition=said, where=shops) if shops else said


def window(params: _Params) -> Phrase:
    """The window that something is counted in."""
    if params["window"] == "days":
        return phrase("gift.window.days", n=params["days"])
    return phrase(f"gift.window.{params['window']}")


def _unknown(node: Node) -> Phrase:
    """Of what was seen on a phone, and is not enough, how much it is."""
    if node.source == "attested" and node.have:
        return phrase("gift.have.part", have=_amount(node, node.have))
    return phrase("gift.have.stale" if node.stale else "gift.have.unknown")


def _have(node: Node) -> Phrase | None:
    if node.have is None or node.have == "":
        return None
    return phrase("gift.have.have", have=_amount(node, node.have))


def _amount(node: Node, value: int | str) -> Any:
    return unit(node.unit, value) if isinstance(value, int) and node.unit else value


def _period(params: _Params, _need: Any) -> Phrase:
    if params["from"] and params["to"]:
        return phrase("gift.cond.period", first=params["from"], last=params["to"])
    if params["from"]:
        return phrase("gift.cond.period.from", first=params["from"])
    return phrase("gift.cond.period.to", last=params["to"])


def _recurring(params: _Params, _need: Any) -> Phrase:
    times: list[Any] = [phrase(f"gift.weekday.{each}") for each in params["weekdays"]]
    times += params["hours"]
    times += [phrase(f"gift.calendar.{params['calendar']}")] if params["calendar"] else []
    return phrase("gift.cond.recurring", times=times)


def _within(_params: _Params, need: Any) -> Phrase:
    return phrase("gift.cond.within_days_of.birthday") if need is None else phrase("gift.cond.within_days_of", n=need)


def _attr(params: _Params, _need: Any) -> Phrase:
    values = [Named(params["attr"], each) for each in params["values"]]
    return phrase("gift.cond.attr_in", attr=phrase(f"gift.attr.{params['attr']}"), values=values)


def _age(params: _Params, _need: Any) -> Phrase:
    if params["min"] != "" and params["max"] != "":
        return phrase("gift.cond.age_between", low=params["min"], high=params["max"])
    if params["min"] != "":
        return phrase("gift.cond.age_between.min", low=params["min"])
    return phrase("gift.cond.age_between.max", high=params["max"])


def _segments(code: str) -> Callable[[_Params, Any], Phrase]:
    def build(params: _Params, _need: Any) -> Phrase:
        return phrase(f"gift.cond.{code}", segments=[Named("segment", each) for each in params["segments"]])

    return build


def _count(params: _Params, need: Any) -> Phrase:
    if "each_fen" in params:
        return phrase(
            "gift.cond.txn_count_in_window.each", window=window(params), n=need, each=yuan(params["each_fen"])
        )
    return phrase("gift.cond.txn_count_in_window", window=window(params), n=need)


def _referral(params: _Params, need: Any) -> Phrase:
    return phrase(f"gift.cond.referral.{params['role']}.{params['milestone']}", window=window(params), n=need)


def _claims(params: _Params, need: Any) -> Phrase:
    span = phrase(f"gift.capwindow.{params['window']}")
    return phrase("gift.cond.claims_below", scope=phrase(f"gift.scope.{params['scope']}"), window=span, n=need)


def _stock(params: _Params, need: Any) -> Phrase:
    items = [Named("sku", each) for each in params["skus"]]
    return phrase(f"gift.cond.stock.{params['location']}", items=items, n=need)


def _velocity(params: _Params, need: Any) -> Phrase:
    return phrase(f"gift.cond.velocity_below.{params['of']}.{params['per']}", n=need)


_BUILD: dict[str, Callable[[_Params, Any], Phrase]] = {
    "period": _period,
    "recurring": _recurring,
    "within_days_of": _within,
    "attr_in": _attr,
    "age_between": _age,
    "segment_any": _segments("segment_any"),
    "segment_none": _segments("segment_none"),
    "customer_kind": lambda params, _need: phrase(f"gift.cond.customer_kind.{params['kind']}"),
    "wallet_tier_at_least": lambda params, _need: phrase("gift.cond.wallet_tier_at_least", tier=params["tier"]),
    "kyc_at_least": lambda params, _need: phrase("gift.cond.kyc_at_least", level=params["level"]),
    "consent": lambda params, _need: phrase("gift.cond.consent", purpose=Named("purpose", params["purpose"])),
    "spend_in_window": lambda params, need: phrase(
        "gift.cond.spend_in_window", window=window(params), amount=yuan(need)
    ),
    "txn_count_in_window": _count,
    "distinct_merchants": lambda params, need: phrase("gift.cond.distinct_merchants", window=window(params), n=need),
    "distinct_days": lambda params, need: phrase("gift.cond.distinct_days", window=window(params), n=need),
    "first_txn": lambda params, _need: phrase(f"gift.cond.first_txn.{params['state']}"),
    "points_at_least": lambda params, need: phrase(f"gift.cond.points_at_least.{params['points']}", n=need),
    "referral": _referral,
    "suggestion_accepted": lambda params, need: phrase("gift.cond.suggestion_accepted", window=window(params), n=need),
    "claims_below": _claims,
    "budget_left": lambda _params, need: phrase("gift.cond.budget_left", amount=yuan(need)),
    "stock": _stock,
    "velocity_below": _velocity,
    "at_least_n": lambda params, _need: phrase("gift.cond.at_least_n", n=params["n"], total=params["of"]),
}
