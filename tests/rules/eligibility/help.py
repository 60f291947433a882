"""Short ways to ask one condition of a handful of facts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from branch_console.locale import Language, known, set_language, t
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.phrases import Phrase, render
from tests.rules.eligibility.strategies import NOW, campaign_of


def facts(values: Mapping[str, Any], hours: int = 1) -> dict[str, Fact]:
    """Facts from plain values, `hours` old; those of the list of claims are said to come from it."""
    return {
        name: value
        if isinstance(value, Fact)
        else Fact(value, NOW - timedelta(hours=hours), "filter" if name.startswith("claimed.") else "server")
        for name, value in values.items()
    }


def ask(
    condition: Mapping[str, Any], values: Mapping[str, Any], hours: int = 1, now: datetime = NOW, **fields: Any
) -> Node:
    """The explanation of one condition, in a campaign that runs; both forms must agree about it."""
    compiled = compile_campaign(campaign_of({"type": "any", "of": [condition]}, **fields))
    raw = facts(values, hours)
    node = compiled.explain(FactBook(raw, now)).children[-1].children[0]
    alone = compile_campaign(campaign_of({"type": "all", "of": [condition]}, **fields))
    assert alone.explain(FactBook(raw, now)).children[-1] == node
    answer = {"SAT": True, "UNSAT": False, "UNKNOWN": None}[alone.explain(FactBook(raw, now)).status]
    assert alone.fast(FactBook(raw, now)) is answer
    return node


def paid(day: str, fen: int, merchant: str = "m1", mcc: str = "5411", kind: str = "spend") -> dict[str, Any]:
    """One payment."""
    return {"on": day, "fen": fen, "merchant": merchant, "mcc": mcc, "kind": kind}


def claim(day: str, campaign: str = "d11_oil", quantity: int = 1) -> dict[str, Any]:
    """One claim that uses a right."""
    return {"campaign": campaign, "on": day, "quantity": quantity, "branch": "江苏南京", "number": "G-000123"}


def say(phrase: Phrase, language: Language) -> str:
    """The sentence; every msgid must have words, and no placeholder may stay."""

    def words(msgid: str, **params: Any) -> str:
        assert known(msgid), msgid
        return t(msgid, **params)

    set_language(language)
    text = render(phrase, words)
    set_language("zh")
    assert "{" not in text
    return text
