"""What is kept with a claim, so that the decision can be shown again in a dispute: the facts, and the explanation.

Names: `tree_json(node)`, `facts_json(book, compiled)`, `facts_digest(text)`, `replay(campaign, facts, checked_at)`.
Both texts are canonical JSON of at most `MOST` characters. Only what the campaign asked about is kept.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any

from branch_console.rules.canonical import canonical
from branch_console.rules.eligibility.book import SHANGHAI, FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign
from branch_console.rules.eligibility.condition_behaviour import FirstTxn
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Node, good

MOST = 60_000
# Lists that grow without end and are not the customer's own; sums and counts stand in for them when space is short.
_SUMMED = frozenset(
    {"payments", "claims.referrer", "claims.staff", "claims.terminal", "claims.branch", "claims.campaign"}
)


def tree_json(node: Node) -> str:
    """An explanation as canonical JSON. Of one that is too long the particulars of what is good go first."""
    for form in (_full, _without_good, _bare, _root):
        text = canonical(form(node)).decode()
        if len(text) <= MOST:
            return text
    return canonical(_root(node)).decode()


def facts_json(book: FactBook, compiled: Compiled, most: int = MOST) -> str:
    """The facts that a campaign asked about, as canonical JSON: {"facts": {name: {value, as_of, source}}}.

    When that is longer than `most` characters, sums and counts stand in for the payments and the claims of others, in a
    member `derived`.
    """
    facts = {name: book.raw[name] for name in compiled.names if name in book.raw}
    for probe in compiled.probes:
        facts |= probe.worked_out(book)
    used = FactBook(facts, book.now, book.zone)
    compiled.explain(used)
    rows = {name: _fact(fact, _kept(name, fact, used, compiled)) for name, fact in facts.items()}
    text = canonical({"facts": rows}).decode()
    if len(text) <= most:
        return text
    short = {name: _fact(fact, None) if name in _SUMMED else rows[name] for name, fact in facts.items()}
    derived = {key: value for key, value in used.derived.items() if not key.startswith("rows|")}
    return canonical({"facts": short, "derived": derived}).decode()


def facts_digest(text: str) -> str:
    """SHA-256 of the facts as `facts_json` wrote them."""
    return sha256(text.encode()).hexdigest()


def replay(campaign: Campaign, facts: str, checked_at: datetime, zone: tzinfo = SHANGHAI) -> Node:
    """The explanation again, from what was kept with the claim. Raises ValueError for a text that is none of ours."""
    kept = json.loads(facts)
    try:
        raw = {
            name: Fact(each["value"], each["as_of"] and datetime.fromisoformat(each["as_of"]), each["source"])
            for name, each in kept["facts"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("these are no facts of a claim") from error
    book = FactBook(raw, checked_at, zone)
    book.derived.update(kept.get("derived", {}))
    return compile_campaign(campaign).explain(book)


def _fact(fact: Fact, value: Any) -> dict[str, Any]:
    return {"value": value, "as_of": _utc(fact.as_of), "source": fact.source}


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _kept(name: str, fact: Fact, used: FactBook, compiled: Compiled) -> Any:
    """The value, of long lists only the rows that the campaign looked at."""
    if name.startswith("claims."):
        return [row for row in fact.value if row["campaign"] == compiled.campaign.id]
    if name != "payments":
        return fact.value
    seen = {id(row) for key, rows in used.derived.items() if key.startswith("rows|") for row in rows}
    firsts = (probe.condition for probe in compiled.probes if isinstance(probe.condition, FirstTxn))
    shops = {each for condition in firsts for each in condition.merchants}
    return [row for row in fact.value if id(row) in seen or row["merchant"] in shops]


def _full(node: Node) -> dict[str, Any]:
    return {**_own(node), **_children(node, _full)}


def _without_good(node: Node) -> dict[str, Any]:
    if good(node) is True:
        return {"code": node.code, "status": node.status, **_children(node, _bare)}
    return {**_own(node), **_children(node, _without_good)}


def _bare(node: Node) -> dict[str, Any]:
    return {"code": node.code, "status": node.status, **_children(node, _bare)}


def _root(node: Node) -> dict[str, Any]:
    return {"code": node.code, "status": node.status, "left_out": len(node.children)}


def _children(node: Node, form: Callable[[Node], dict[str, Any]]) -> dict[str, Any]:
    return {"children": [form(each) for each in node.children]} if node.children else {}


def _own(node: Node) -> dict[str, Any]:
    """A node's own members; what says nothing is left out."""
    members = {
        "code": node.code,
        "status": node.status,
        "params": dict(node.params),
        "have": node.have,
        "need": node.need,
        "gap": node.gap,
        "unit": node.unit,
        "as_of": _utc(node.as_of),
        "source": node.source,
        "fixable": node.fixable,
        "stale": node.stale or None,
        "negated": None if node.polarity else True,
    }
    return {key: value for key, value in members.items() if value not in (None, "", {})}
