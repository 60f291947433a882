"""What is kept with a claim: only what was asked about, canonical, never too long, and enough to replay."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from branch_console.rules.canonical import canonical
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign
from branch_console.rules.eligibility.evidence import MOST, facts_digest, facts_json, replay, tree_json
from tests.rules.eligibility.help import claim, facts, paid
from tests.rules.eligibility.strategies import NOW, campaign_of

RULE = {
    "type": "all",
    "of": [
        {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000, "merchants": ["m1"]},
        {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1},
        {"type": "claims_below", "scope": "staff", "window": "campaign", "cap": 9_000_000},
        {"type": "not", "of": {"type": "attr_in", "attr": "province", "values": ["西藏"]}},
    ],
}
VALUES = {
    "payments": [paid("2026-11-02", 60_000), paid("2026-11-02", 77, "m2"), paid("2026-01-01", 5)],
    "claims.person": [claim("2026-11-03", "other")],
    "claims.staff": [],
    "province": "江苏",
    "insider": False,
}


def kept(values: dict[str, object] | None = None) -> tuple[Compiled, FactBook]:
    return compile_campaign(campaign_of(RULE)), FactBook(facts(values or VALUES), NOW)


def test_only_what_the_campaign_asked_about_is_kept() -> None:
    compiled, book = kept()
    text = facts_json(book, compiled)
    found = json.loads(text)["facts"]
    assert found.keys() == {"payments", "claims.person", "claims.staff", "province"}
    assert found["payments"]["value"] == [paid("2026-11-02", 60_000)]
    assert found["claims.person"]["value"] == []  # a claim of another campaign is nobody's business here
    assert found["province"] == {"value": "江苏", "as_of": "2026-11-12T01:30:00+00:00", "source": "server"}


def test_it_is_canonical_and_has_a_digest() -> None:
    compiled, book = kept()
    text = facts_json(book, compiled)
    assert text.encode() == canonical(json.loads(text))
    assert facts_digest(text) == facts_digest(facts_json(kept()[1], compiled))
    other = facts_json(kept({**VALUES, "province": "浙江"})[1], compiled)
    assert facts_digest(other) != facts_digest(text)
    tree = tree_json(compiled.explain(book))
    assert tree.encode() == canonical(json.loads(tree))


def test_a_replay_at_the_same_moment_gives_the_same_tree_at_another_it_may_not() -> None:
    compiled, book = kept()
    text = facts_json(book, compiled)
    assert replay(compiled.campaign, text, NOW) == compiled.explain(book)
    assert replay(compiled.campaign, text, NOW + timedelta(days=30)).status == "UNSAT"


def test_thousands_of_payments_are_kept_as_sums() -> None:
    many = [paid("2026-11-02", 100) for _ in range(3_000)]
    others = [claim("2026-11-02") for _ in range(2_000)]
    compiled, book = kept({**VALUES, "payments": many, "claims.staff": others})
    text = facts_json(book, compiled)
    assert len(text) <= MOST
    assert json.loads(text)["facts"]["payments"]["value"] is None
    assert replay(compiled.campaign, text, NOW) == compiled.explain(book)


def test_the_calendar_of_the_day_is_kept() -> None:
    rule = {"type": "recurring", "calendar": "workday"}
    compiled = compile_campaign(campaign_of(rule))
    text = facts_json(FactBook({}, NOW), compiled)
    assert json.loads(text)["facts"]["calendar.2026-11-12"]["value"] == "workday"
    overruled = facts_json(FactBook(facts({"calendar.2026-11-12": "holiday"}), NOW), compiled)
    assert replay(compiled.campaign, overruled, NOW).status == "UNSAT"


def test_a_tree_says_what_decided() -> None:
    compiled, book = kept({**VALUES, "payments": [paid("2026-11-02", 38_000)]})
    tree = json.loads(tree_json(compiled.explain(book)))
    spend = tree["children"][1]
    assert (tree["status"], spend["have"], spend["gap"], spend["fixable"]) == ("UNSAT", 38_000, 12_000, "customer")
    assert "stale" not in spend and "negated" not in spend
    assert tree["children"][4]["children"][0]["negated"] is True


@pytest.mark.parametrize("width", [3, 20, 60])
def test_a_huge_tree_still_fits(width: int) -> None:
    leaf = {"type": "all", "of": [{"type": "claims_below", "scope": "person", "window": "day", "cap": 1}] * width}
    rule = {"type": "any", "of": [{"type": "all", "of": [leaf] * 4}] * 6}
    compiled = compile_campaign(campaign_of(rule))
    for claims in ([], [claim("2026-11-12")]):
        text = tree_json(compiled.explain(FactBook(facts({"claims.person": claims}), NOW)))
        assert len(text) <= MOST
        assert json.loads(text)["status"] in {"SAT", "UNSAT"}


@pytest.mark.parametrize("text", ["{}", '{"facts": {"a": 1}}', '{"facts": []}', "[]", "no json"])
def test_what_is_none_of_ours_is_no_evidence(text: str) -> None:
    with pytest.raises(ValueError):
        replay(campaign_of(RULE), text, datetime(2026, 11, 12, tzinfo=UTC))
