"""The twelve verdicts, and the sentence with each."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.sentence_verdicts import reason_phrase, verdict_phrase
from branch_console.rules.eligibility.situation import Already, HoldProblem, Situation, Used
from branch_console.rules.eligibility.verdicts import Judged, judge
from branch_console.rules.gifts.claim_entries import Verdict
from branch_console.sync.wire_gifts import HoldRefusal
from tests.rules.eligibility.help import claim, facts, paid, say
from tests.rules.eligibility.strategies import NOW, campaign_of, campaigns, partial, worlds

SPEND = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}
ONCE = {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1}
WHOLE = {"type": "claims_below", "scope": "campaign", "window": "campaign", "cap": 300}
BUDGET = {"type": "budget_left", "at_least_fen": 5_000}
STOCK = {"type": "stock", "skus": ["OIL-5L"]}
INSIDER = {"type": "not_insider"}
HOLD = {"type": "no_open_hold"}
RULE = {"type": "all", "of": [SPEND, ONCE, INSIDER, HOLD, STOCK]}
GOOD: dict[str, Any] = {
    "payments": [paid("2026-11-02", 50_000)],
    "claims.person": [],
    "insider": False,
    "open_hold": False,
    "stock.OIL-5L": 4,
}
CAPS = {"per_terminal": 5, "per_staff": 5, "per_campaign": 5, "most_value_fen": 10_000}
ON, OFF = Situation(online=True), Situation(online=False)


def verdict(values: dict[str, Any], situation: Situation, rule: Any = RULE, **fields: Any) -> Judged:
    campaign = campaign_of(rule, **fields)
    return judge(campaign, compile_campaign(campaign).explain(FactBook(facts(values), NOW)), situation)


def offline(mode: str, **more: Any) -> dict[str, Any]:
    return {"offline": {"mode": mode, **CAPS, **more}}


def test_eligible() -> None:
    assert verdict(GOOD, ON) == Judged("ELIGIBLE", {"reason": "online"})


def test_not_yet_with_what_is_missing() -> None:
    found = verdict({**GOOD, "payments": [paid("2026-11-02", 38_000)]}, ON)
    assert (found.verdict, found.params["reason"]) == ("NOT_YET", "spend_in_window")
    assert say(reason_phrase(found), "en") == "To qualify: spend 120.00 yuan more by 2026-11-30."
    assert say(reason_phrase(found), "zh") == "达标办法：2026-11-30 前（含当日）再消费 120.00 元。"


def test_one_final_reason_is_a_no_however_much_could_be_done() -> None:
    found = verdict({**GOOD, "insider": True, "payments": []}, ON)
    assert (found.verdict, found.params["reason"], found.path) == ("NO", "not_insider", None)
    assert say(reason_phrase(found), "en") == "Not met: not staff nor a relative of staff"


def test_a_final_reason_that_another_way_avoids_is_no_reason() -> None:
    rule = {"type": "any", "of": [INSIDER, SPEND]}
    assert verdict({"insider": True, "payments": []}, ON, rule).verdict == "NOT_YET"
    assert verdict({"insider": True}, ON, rule).verdict == "NEED_SYNC"


def test_a_condition_under_not_is_named_with_its_not() -> None:
    found = verdict({"insider": False}, ON, {"type": "not", "of": INSIDER})
    assert found.verdict == "NO"
    assert say(reason_phrase(found), "en") == "Not met: must not be: not staff nor a relative of staff"


def test_the_unknown_decides() -> None:
    found = verdict({key: value for key, value in GOOD.items() if key != "claims.person"}, ON)
    assert (found.verdict, found.params["facts"]) == ("NEED_SYNC", "claims_below")
    said = "Central must be asked about: fewer than 1 claim by the customer in the whole campaign"
    assert say(reason_phrase(found), "en") == said


def test_the_unknown_does_not_decide_when_something_fails() -> None:
    assert verdict({"payments": []}, ON).verdict == "NOT_YET"
    assert verdict({"insider": True}, ON).verdict == "NO"


def test_out_of_stock() -> None:
    assert verdict({**GOOD, "stock.OIL-5L": 0}, ON).verdict == "OUT_OF_STOCK"
    assert verdict({**GOOD, "stock.OIL-5L": 0, "payments": []}, ON).verdict == "OUT_OF_STOCK"
    assert verdict({**GOOD, "stock.OIL-5L": 0, "insider": True}, ON).verdict == "NO"
    here = Situation(online=True, stock={"OIL-5L": 1, "RICE-5KG": 0})
    choices = {"kind": "gift", "choices": [{"sku": "OIL-5L", "quantity": 2}, {"sku": "RICE-5KG"}]}
    assert verdict(GOOD, here, reward=choices).verdict == "OUT_OF_STOCK"
    assert verdict(GOOD, here).verdict == "ELIGIBLE"
    assert verdict(GOOD, here, reward={"kind": "points", "points": 5}).verdict == "ELIGIBLE"


def test_already_claimed_says_when_and_where() -> None:
    from_facts = verdict({**GOOD, "claims.person": [claim("2026-11-02")]}, ON)
    said = say(reason_phrase(from_facts), "en")
    assert (from_facts.verdict, said) == ("ALREADY_CLAIMED", "Claimed on 2026-11-02 in 江苏南京, number G-000123.")
    told = verdict(GOOD, Situation(online=True, already=Already("2026-11-03", "浙江")))
    assert say(reason_phrase(told), "zh") == "已于 2026-11-03 在 浙江 领取。"
    refused = Situation(
        online=True, hold_problem="already-claimed", hold_details={"on": "2026-11-04", "region": "上海"}
    )
    assert dict(verdict(GOOD, refused).params) == {
        "reason": "already_claimed",
        "on": "2026-11-04",
        "region": "上海",
        "number": "",
    }


def test_a_cap_that_opens_again_is_not_yet() -> None:
    daily = {**ONCE, "window": "day"}
    assert verdict({"claims.person": [claim("2026-11-12")]}, ON, daily).verdict == "NOT_YET"
    staff = {**ONCE, "scope": "staff"}
    assert verdict({"claims.staff": [claim("2026-11-12")]}, ON, staff).verdict == "NO"


def test_held_is_neutral() -> None:
    for values in ({**GOOD, "open_hold": True}, {**GOOD, "open_hold": True, "payments": []}):
        found = verdict(values, ON)
        assert (found.verdict, found.reasons, found.path) == ("HELD", (), None)
        assert say(reason_phrase(found), "zh") == "暂时无法办理，请联系网点负责人。"
    assert verdict(GOOD, Situation(online=True, hold_problem="fact-hold")).verdict == "HELD"
    assert verdict({**GOOD, "open_hold": True, "insider": True}, ON).verdict == "NO"


def test_superseded_names_the_winner() -> None:
    found = verdict(GOOD, Situation(online=True, superseded_by="双十一大礼"))
    assert found.verdict == "SUPERSEDED"
    assert say(reason_phrase(found), "zh") == "与 双十一大礼 同组，只能领一个"
    assert verdict({"insider": True}, Situation(online=True, superseded_by="x")).verdict == "NO"


def test_a_second_person() -> None:
    dear = {"unit_value_fen": 20_000}
    assert dict(verdict(GOOD, ON, **dear).params) == {"reason": "online", "second_person": 1}
    assert verdict(GOOD, Situation(online=True, second_person=False), **dear).verdict == "NEEDS_APPROVAL"
    assert verdict(GOOD, Situation(online=True, second_person=False)).verdict == "ELIGIBLE"


@pytest.mark.parametrize(
    ("status", "expected"), [("announced", "NOT_YET"), ("paused", "NOT_YET"), ("ended", "NO"), ("running", "ELIGIBLE")]
)
def test_status(status: Any, expected: Verdict) -> None:
    assert verdict(GOOD, Situation(online=True, status=status)).verdict == expected


@pytest.mark.parametrize(
    ("problem", "details", "expected"),
    [
        ("cap-reached", {"scope": "branch", "window": "day"}, "NOT_YET"),
        ("cap-reached", {"scope": "branch", "window": "campaign"}, "NO"),
        ("budget-exhausted", {}, "NO"),
        ("quantity-exhausted", {}, "NO"),
        ("campaign-not-running", {}, "NO"),
        ("campaign-version", {}, "NEED_SYNC"),
        ("recovering", {}, "NEED_SYNC"),
        ("set-off", {}, "NO"),
        ("key-missing", {"scope": "phone"}, "NO"),
        ("wrong-day", {}, "NEED_SYNC"),
        ("hold-over", {}, "NEED_SYNC"),
        ("id-taken", {}, "NEED_SYNC"),
    ],
)
def test_a_refused_hold(problem: Any, details: dict[str, str], expected: Verdict) -> None:
    found = verdict(GOOD, Situation(online=True, hold_problem=problem, hold_details=details))
    assert found.verdict == expected
    assert say(reason_phrase(found), "zh") != say(reason_phrase(found), "en")


@pytest.mark.parametrize("problem", sorted({*get_args(HoldRefusal), *get_args(HoldProblem)}))
def test_every_refusal_of_central_has_its_sentence(problem: Any) -> None:
    details = {"on": "2026-11-04", "region": "上海", "scope": "person", "window": "campaign"}
    found = verdict(GOOD, Situation(online=True, hold_problem=problem, hold_details=details))
    said = reason_phrase(found)
    for language in ("zh", "en"):
        assert say(said, language) not in {"", said.msgid}
    assert found.verdict not in {"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"}
    assert problem in get_args(HoldProblem), "the terminal knows it"


def test_a_right_that_pays_for_a_duplicate_is_told_before_it_is_asked_for() -> None:
    found = verdict(GOOD, Situation(online=True, owing=True))
    assert (found.verdict, found.params["reason"]) == ("ELIGIBLE", "owing")
    assert "pays for" in say(reason_phrase(found), "en")
    assert "抵扣" in say(reason_phrase(found), "zh")
    for mode in ("lease", "provisional", "voucher"):
        room = Situation(online=False, owing=True, lease_left=1, filter_age_hours=1)
        found = verdict(GOOD, room, **offline(mode))
        assert (found.verdict, found.params["reason"]) == ("NEED_SYNC", "owing_offline")
    owned = Situation(online=False, owing=True, entitlement=True)
    assert verdict(GOOD, owned, **offline("none", entitlements=True)).verdict == "ELIGIBLE_OFFLINE"
    assert verdict(GOOD, Situation(online=False, owing=True, held=True)).verdict == "ELIGIBLE"
    assert verdict({**GOOD, "insider": True}, Situation(online=True, owing=True)).verdict == "NO"


@pytest.mark.parametrize("scope", ["staff", "terminal", "branch", "campaign"])
def test_a_cap_that_only_central_can_count_is_left_to_the_hold(scope: str) -> None:
    rule = {"type": "all", "of": [INSIDER, {**ONCE, "scope": scope, "window": "week"}]}
    assert verdict({"insider": False}, ON, rule).verdict == "ELIGIBLE"
    assert verdict({"insider": False, f"claims.{scope}": [claim("2026-11-12")]}, ON, rule).verdict == "NOT_YET"
    assert verdict({"insider": False}, OFF, rule, **offline("none")).verdict == "NEED_SYNC"
    assert verdict({"insider": False}, ON, {**ONCE, "scope": "phone"}).verdict == "NEED_SYNC"


def test_a_hold_answers_for_the_caps_but_for_nothing_else() -> None:
    rule = {"type": "all", "of": [ONCE, WHOLE, BUDGET, INSIDER]}
    held = Situation(online=True, held=True)
    assert dict(verdict({"insider": False}, held, rule).params) == {"reason": "held_right"}
    assert verdict({}, held, rule).verdict == "NEED_SYNC"
    assert verdict({"insider": False, "claims.person": [claim("2026-11-02")]}, held, rule).verdict == "ALREADY_CLAIMED"


def test_offline_without_a_policy_central_must_be_asked() -> None:
    assert verdict(GOOD, OFF).verdict == "NEED_SYNC"
    assert verdict(GOOD, OFF, **offline("voucher")).verdict == "VOUCHER"


def test_an_entitlement_is_owned_here() -> None:
    owned = Situation(online=False, entitlement=True)
    assert dict(verdict({"stock.OIL-5L": 1}, owned).params) == {"reason": "entitlement"}  # central decided on its facts
    assert verdict({"claims.person": [claim("2026-11-02")]}, owned).verdict == "ALREADY_CLAIMED"
    assert verdict(GOOD, Situation(online=False, entitlement=True, stock={})).verdict == "OUT_OF_STOCK"


def test_a_lease_carries_the_quantity_never_the_person() -> None:
    rule = {"type": "all", "of": [ONCE, WHOLE, BUDGET]}
    leased = Situation(online=False, lease_left=1)
    absent = {"claimed.d11_oil": False}
    found = verdict(absent, leased, rule, **offline("lease"))
    assert (found.verdict, found.params["reason"]) == ("ELIGIBLE_OFFLINE", "lease")
    assert verdict({"claimed.d11_oil": True}, leased, rule, **offline("lease")).verdict == "VOUCHER"
    assert dict(verdict(absent, OFF, rule, **offline("lease")).params) == {"reason": "lease_used_up"}
    assert verdict(absent, Situation(online=True, lease_left=1), rule, **offline("lease")).verdict == "NEED_SYNC"


def test_provisional_needs_a_fresh_list_and_room_under_every_cap() -> None:
    fresh = Situation(online=False, filter_age_hours=24)
    assert verdict(GOOD, fresh, **offline("provisional")).verdict == "PROVISIONAL"
    for age in (None, 25):
        old = verdict(GOOD, Situation(online=False, filter_age_hours=age), **offline("provisional"))
        assert (old.verdict, old.params["reason"]) == ("VOUCHER", "filter_old")


@pytest.mark.parametrize("used", [Used(5, 0, 0), Used(0, 5, 0), Used(0, 0, 5)])
@pytest.mark.parametrize("mode", ["provisional", "lease"])
def test_beyond_a_cap_there_is_a_voucher(used: Used, mode: str) -> None:
    room = {"online": False, "filter_age_hours": 1, "lease_left": 1}
    found = verdict(GOOD, Situation(**room, used=used), **offline(mode))  # type: ignore[arg-type]
    assert (found.verdict, found.params["reason"]) == ("VOUCHER", "offline_cap")
    assert verdict(GOOD, Situation(**room), **offline(mode, most_value_fen=5_999)).verdict == "VOUCHER"  # type: ignore[arg-type]
    assert verdict(GOOD, Situation(**room), **offline(mode)).verdict in {"PROVISIONAL", "ELIGIBLE_OFFLINE"}  # type: ignore[arg-type]


def test_offline_and_unknown_a_voucher_says_what_central_decides_on() -> None:
    found = verdict(
        {**GOOD, "claimed.d11_oil": True, "claims.person": Fact([], None, "local")}, OFF, **offline("lease")
    )
    assert (found.verdict, [leaf.code for leaf in found.reasons]) == ("VOUCHER", ["claims_below"])
    assert say(reason_phrase(found), "zh") == "可先发凭证，由总行确认：本人在整个活动内领取少于 1 次"
    assert verdict({**GOOD, "payments": []}, OFF, **offline("voucher")).verdict == "NOT_YET"


SITUATIONS = st.builds(
    Situation,
    online=st.booleans(),
    status=st.sampled_from(["announced", "running", "running", "running", "paused", "ended"]),
    entitlement=st.booleans(),
    lease_left=st.integers(0, 1),
    filter_age_hours=st.none() | st.integers(0, 48),
    used=st.builds(Used, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
    stock=st.none() | st.fixed_dictionaries({"OIL-5L": st.integers(0, 1)}),
    held=st.booleans(),
    second_person=st.booleans(),
)
POSITIVE = {"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL", "NEEDS_APPROVAL"}


@given(campaigns(), worlds().flatmap(partial), SITUATIONS, st.sampled_from(["none", "voucher", "provisional", "lease"]))
def test_every_verdict_keeps_its_promise(campaign: Any, raw: dict[str, Fact], situation: Situation, mode: str) -> None:
    policy = {"mode": mode, "per_terminal": 1, "per_staff": 2, "per_campaign": 2, "most_value_fen": 10_000}
    campaign = campaign.model_copy(update={"offline": type(campaign.offline).model_validate(policy)})
    compiled = compile_campaign(campaign)
    book = FactBook(raw, NOW)
    found = judge(campaign, compiled.explain(book), situation)
    answer = compiled.fast(book)
    if found.verdict in POSITIVE:
        assert answer is not False
        assert answer is True or situation.held or not situation.online
    if found.verdict == "NOT_YET" and found.reasons:
        assert all(leaf.fixable in {"customer", "wait"} for leaf in found.reasons)
        assert found.path is not None and found.path.steps
    if found.verdict == "ELIGIBLE_OFFLINE":
        assert situation.entitlement or (mode == "lease" and situation.lease_left)
    for language in ("zh", "en"):
        assert say(verdict_phrase(found.verdict), language) and say(reason_phrase(found), language)
