"""The sample campaigns: clean, marked as invented, and of every kind that the source documents name."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.conditions import walk
from branch_console.rules.eligibility.lint import lint
from branch_console.rules.eligibility.relaxing import relaxes
from branch_console.rules.eligibility.stacking import Choice, Offer, resolve
from branch_console.rules.reference import Reference
from tests.rules.flow_help import reference

ROOT = Path(__file__).parents[3] / "data" / "campaigns"
FILES = sorted(path.name for path in ROOT.glob("*.toml"))
ON = date(2026, 11, 22)

# What the lint asks a person to look at, and why it stays: each is meant so.
WARNINGS = {
    "autumn_days": {"group_overlap"},  # a tie, which the customer decides
    "autumn_merchants": {"group_overlap"},
    "good_idea": {"more_than_once"},
    "points_exchange": {"more_than_once"},
    "referral_points": {"more_than_once"},
    "registration_cash": {"opening_reward"},  # compliance must say whether an opening may be rewarded
    "wednesday_cashback": {"more_than_once"},
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def samples() -> dict[str, Campaign]:
    return {name: read_campaign(name, text(name)) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_clean(name: str) -> None:
    others = [each for file, each in samples().items() if file != name]
    found = lint(text(name), name, others=others, items=reference().items)
    assert [each for each in found if each.severity == "error"] == []
    assert {each.code for each in found} == WARNINGS.get(samples()[name].id, set())


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_marked_as_invented(name: str) -> None:
    campaign = samples()[name]
    assert campaign.sample is not None
    assert "虚构" in campaign.sample.zh
    assert campaign.confirm
    assert campaign.certainty == "L"
    for field in type(campaign.disclosure).model_fields:
        words = getattr(campaign.disclosure, field)
        assert re.search(r"[\u4e00-\u9fff]", words.zh), field
        assert not re.search(r"[\u4e00-\u9fff]", words.en), field


def test_they_cover_what_the_source_documents_name() -> None:
    campaigns = list(samples().values())
    types = {each.type for campaign in campaigns for _, each in walk(campaign.rule)}
    assert {
        "spend_in_window", "first_txn", "first_wallet", "referral", "points_at_least", "suggestion_accepted",
        "customer_kind", "age_between", "recurring", "txn_count_in_window", "distinct_days", "distinct_merchants",
    } <= types  # fmt: skip
    assert {each.reward.kind for each in campaigns} == {"gift", "points", "cash", "cashback", "fee_waiver", "voucher"}
    assert {each.offline.mode for each in campaigns} == {"none", "voucher", "provisional", "lease"}
    assert any(each.offline.entitlements for each in campaigns)
    assert len({each.group for each in campaigns if each.group}) >= 3
    assert any(len(each.skus) == 2 for each in campaigns)


def test_some_run_today_and_some_start_later() -> None:
    running = {each.id for each in samples().values() if each.runs_on(ON)}
    later = {each.id for each in samples().values() if each.runs.starts > ON}
    assert {"spend_500_30d", "first_payment", "referral_points"} <= running
    assert later == {"d12_spend_200", "new_year_1000"}


def test_the_autumn_pair_is_the_customers_choice() -> None:
    offers = [Offer.of(each) for each in samples().values() if each.runs_on(ON)]
    found = resolve(offers)
    assert found.choices == (Choice(("autumn_days", "autumn_merchants"), 1),)
    assert found.lost["registration_cash"].to == ("first_payment",)
    assert "spend_500_30d" in found.won


def test_a_version_relaxes_itself_and_compiles() -> None:
    for campaign in samples().values():
        assert relaxes(campaign, campaign).yes
        assert compile_campaign(campaign).names


def test_published_and_drafted_they_are_reference_data() -> None:
    published = {f"campaigns/{name}": text(name) for name in FILES}
    newer = text("good_idea.v1.toml").replace("version = 1", "version = 2").replace("2026-09-20", "2026-12-01", 1)
    drafted = {"drafts/good_idea.v2.toml": newer}
    found = Reference.parse({**published, **drafted})
    assert {each.id for each in found.newest_campaigns(ON)} == {each.id for each in samples().values()}
    assert list(found.drafts) == [("good_idea", 2)]
    both = Reference.parse({**published, "campaigns/good_idea.v2.toml": newer})
    assert len(both.campaigns) == len(FILES) + 1
    versions = [
        next(each.version for each in both.newest_campaigns(day) if each.id == "good_idea")
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert versions == [1, 2]
    assert both.campaign("good_idea", 1) == samples()["good_idea.v1.toml"]
    assert both.newest_campaigns(date(2026, 9, 1)) == []
