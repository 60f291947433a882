"""Caps and stock: what central's list, the branch's own claims and the list of claims decide, and what they do not."""

from datetime import date

from branch_console.rules.eligibility.facts import Fact
from tests.rules.eligibility.help import ask, claim
from tests.rules.eligibility.strategies import NOW

ONCE = {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1}


def test_the_list_of_claims_says_no_for_certain_and_yes_only_maybe() -> None:
    assert ask(ONCE, {"claimed.d11_oil": False}).status == "SAT"
    assert ask(ONCE, {"claimed.d11_oil": True}).status == "UNKNOWN"
    assert ask(ONCE, {"claimed.other": False}).status == "UNKNOWN"
    assert ask({**ONCE, "scope": "wallet"}, {"claimed.d11_oil": False}).status == "UNKNOWN"  # it lists persons only


def test_own_claims_are_certain_and_never_all() -> None:
    own = {"claims.person": Fact([claim("2026-11-02")], NOW, "local")}
    assert ask(ONCE, own).status == "UNSAT"
    assert ask({**ONCE, "cap": 2}, own).status == "UNKNOWN"
    assert ask({**ONCE, "cap": 2}, {**own, "claimed.d11_oil": False}).status == "SAT"


def test_a_campaign_by_phone_counts_on_the_phone() -> None:
    values = {"claims.phone": [claim("2026-11-02")], "claims.person": []}
    assert ask(ONCE, values, identity="phone").status == "UNSAT"
    assert ask(ONCE, values, identity="document").status == "SAT"


def test_staff_are_told_when_and_where_of_the_customer_s_own_claims_only() -> None:
    own = ask(ONCE, {"claims.person": [claim("2026-11-02")]})
    assert (own.params["on"], own.params["region"], own.params["number"]) == ("2026-11-02", "江苏南京", "G-000123")
    other = ask({**ONCE, "scope": "staff"}, {"claims.staff": [claim("2026-11-02")]})
    assert other.status == "UNSAT"
    assert not {"on", "region", "number"} & other.params.keys()


def test_a_cap_by_day_opens_again_tomorrow_unless_the_campaign_ends() -> None:
    daily = {**ONCE, "window": "day"}
    values = {"claims.person": [claim("2026-11-12")]}
    node = ask(daily, values)
    assert (node.fixable, node.params["again"]) == ("wait", "2026-11-13")
    last = {"from": date(2026, 11, 1), "to": date(2026, 11, 12)}
    assert ask(daily, values, runs=last).fixable == "final"


def test_what_is_left_of_the_whole_campaign_answers_for_its_cap() -> None:
    whole = {"type": "claims_below", "scope": "campaign", "window": "campaign", "cap": 300}
    assert ask(whole, {"quantity_left.d11_oil": 1}).status == "SAT"
    assert ask(whole, {"quantity_left.d11_oil": 0}).status == "UNSAT"
    assert ask({**whole, "window": "day"}, {"quantity_left.d11_oil": 0}).status == "UNKNOWN"
    assert ask(whole, {"quantity_left.d11_oil": 0}, quantity=None).status == "UNKNOWN"


def test_stock_that_is_known_of_one_item_only() -> None:
    either = {"type": "stock", "skus": ["OIL-5L", "RICE-5KG"]}
    assert ask(either, {"stock.OIL-5L": 1}).status == "SAT"
    assert ask(either, {"stock.OIL-5L": 0}).status == "UNKNOWN"


def test_the_explanation_never_holds_a_risk_score() -> None:
    for values in ({"risk": 77}, {"risk": 5}):
        node = ask({"type": "risk_below", "score": 60}, values)
        assert (node.have, node.need, node.gap, dict(node.params)) == (None, None, None, {})
