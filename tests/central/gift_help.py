"""Invented campaigns and people at a real central, for the tests of holds, facts and the filter."""

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.masking import person_key
from tests.fixtures.central import CentralProcess
from tests.wire.mini import Mini, unb64, uuid7

WORDS = '{ zh = "虚构", en = "invented" }'
ONCE = [("person", "campaign", 1)]


def today() -> str:
    """The business date."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def campaign_text(
    campaign: str,
    version: int = 1,
    *,
    caps: list[tuple[str, str, int]] | None = None,
    quantity: int | None = None,
    budget_fen: int | None = None,
    identity: str = "document",
    starts: str = "2020-01-01",
    ends: str = "2099-12-31",
    hold_minutes: int = 30,
) -> str:
    """A campaign that gives one invented item to everybody who is below the caps."""
    conditions = "".join(
        f'\n[[rule.of]]\ntype = "claims_below"\nscope = "{scope}"\nwindow = "{window}"\ncap = {cap}\n'
        for scope, window, cap in (ONCE if caps is None else caps)
    )
    totals = "".join(
        f"{name} = {value}\n" for name, value in (("quantity", quantity), ("budget_fen", budget_fen)) if value
    )
    disclosure = "\n".join(
        f"{name} = {WORDS}"
        for name in ("kinds", "conditions", "method", "times", "quantity_or_probability", "delivery", "organiser")
    )
    return f"""
id = "{campaign}"
version = {version}
effective_from = 2020-01-01
sample = {WORDS}
title = {WORDS}
identity = "{identity}"
{totals}unit_cost_fen = 3000
unit_value_fen = 4000
hold_minutes = {hold_minutes}
tax_treatment = "to_confirm"
compliance_reference = "invented"
combinable_with = []
source = "invented"
certainty = "L"
confirm = true
[runs]
from = {starts}
to = {ends}
[reward]
kind = "gift"
choices = [{{ sku = "OIL-5L" }}]
[offline]
mode = "none"
[disclosure]
{disclosure}
contact = {WORDS}
[rule]
type = "all"
{conditions}"""


def run_campaign(central: CentralProcess, text: str | None = None, status: str = "running", **fields: Any) -> Campaign:
    """Publish a campaign of a unique id, as far as central itself looks at it."""
    campaign = f"d_{uuid4().hex[:12]}"
    content = text or campaign_text(fields.pop("campaign", campaign), **fields)
    parsed = read_campaign("x.toml", content)
    central.sql(
        "INSERT INTO reference_document (name, sha256, content, published_at, expires_at, signature)"
        " VALUES (%s, %s, %s, %s, NULL, 'x')",
        f"campaigns/{parsed.id}.v{parsed.version}.toml",
        hashlib.sha256(content.encode()).hexdigest(),
        content,
        datetime.now(UTC).isoformat(),
    )
    central.sql(
        "INSERT INTO campaign (id, status, version) VALUES (%s, %s, %s) ON CONFLICT (id) DO UPDATE"
        " SET status = excluded.status, version = excluded.version",
        parsed.id,
        status,
        parsed.version,
    )
    return parsed


def key_of(mini: Mini, number: str, kind: str = "document") -> str:
    """The keyed hash that a terminal makes of a number."""
    return person_key(unb64(mini.tenant_keys["1"]), "1", kind, number)


def somebody(mini: Mini) -> str:
    """The key of a person whom no other test knows."""
    return key_of(mini, uuid4().hex)


def wanted(campaign: Campaign, person: str, **more: Any) -> dict[str, Any]:
    """The body of a hold."""
    return {
        "id": uuid7(),
        "campaign": campaign.id,
        "version": campaign.version,
        "rule_hash": campaign.rule_hash,
        "keys": {"phone" if campaign.identity == "phone" else "person": person},
        "sku": "OIL-5L",
        "quantity": 1,
        "staff": "g01",
        "on": today(),
        **more,
    }


def used(central: CentralProcess, campaign: Campaign) -> dict[tuple[str, str], int]:
    """The counters of a campaign: scope and key → used."""
    rows = central.sql("SELECT scope, key, used FROM cap_use WHERE campaign = %s", campaign.id)
    return {(str(scope), str(key)): int(str(count)) for scope, key, count in rows}
