"""What a customer has claimed before: by central's books, by this branch's, by the list of claims."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.scene import Own
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.fact_schema import fits, read_facts
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.journal import parse_at
from branch_console.security.claimed import INSIDERS
from data import gift_queries as gifts
from data.gift_queries import Reading

OWING: Final = "owing"
CLAIM_MEMBERS: Final = ("campaign", "on", "quantity", "branch", "number")


class Said(NamedTuple):
    """What central said of a customer today. `claims`: by scope. `owing`: by scope the groups of campaigns in which the
    next right pays for a duplicate."""

    facts: Mapping[str, Fact]
    claims: Mapping[str, list[dict[str, Any]]]
    owing: Mapping[str, list[str]]
    at: datetime


def said_today(booth: Booth, source: Reading, keys: Mapping[str, str]) -> Said | None:
    """The answer to exactly these keys; None when central was not asked today."""
    kept = gifts.facts_of(source, keys, booth.today().isoformat())
    if kept is None:
        return None
    said = orjson.loads(kept.facts)
    facts, _ = read_facts(said["facts"])
    return Said(facts, said["claims"], said.get("owing", {}), parse_at(said["server_time"]))


def owing_facts(said: Said | None) -> dict[str, Fact]:
    """For the check of each campaign: which duplicates the next right pays for. No condition asks for it."""
    if said is None:
        return {}
    return {f"{OWING}.{scope}": Fact(groups, said.at, "server") for scope, groups in said.owing.items() if groups}


def owes(raw: Mapping[str, Fact], campaign: Campaign) -> bool:
    """Whether the next right to this campaign's reward pays for a duplicate."""
    fact = raw.get(f"{OWING}.{campaign.right_scope('person')}")
    return fact is not None and campaign.offset_group in fact.value


def earlier_claims(
    booth: Booth, source: Reading, keys: Mapping[str, str], said: Said | None, own: Own | None
) -> dict[str, Fact]:
    """Earlier claims by scope: central's and those that only this branch knows of yet, each once.

    Only what central was asked for is complete; else the list of claims must say that there is none elsewhere.
    """
    found: dict[str, Fact] = {}
    here = gifts.claims_of_keys(source, keys, booth.now())
    region = booth.store.identity.branch
    for scope in keys:
        central = None if said is None else said.claims.get(scope)
        rows = [{name: row[name] for name in CLAIM_MEMBERS} for row in central or []]
        unmatched = Counter((row["campaign"], row["on"], row["number"]) for row in rows)
        for use in here[scope]:
            same = (use.campaign, use.day, use.number)
            if unmatched[same]:
                unmatched[same] -= 1
                if own is not None and use.subject == own.subject:
                    rows.remove(next(row for row in rows if (row["campaign"], row["on"], row["number"]) == same))
            elif own is None or use.subject != own.subject:
                rows.append(
                    {"campaign": use.campaign, "on": use.day, "quantity": 1, "branch": region, "number": use.number}
                )
        if fits(f"claims.{scope}", rows):
            at = said.at if said is not None and central is not None else None
            found[f"claims.{scope}"] = Fact(rows, at or booth.now(), "local" if at is None else "server")
    return found


def listed_claims(booth: Booth, person: Person, campaigns: Iterable[Campaign], own: Own | None) -> dict[str, Fact]:
    """What the list of claims says of this customer: of each campaign, and of staff and their relatives.

    "None" is certain as of the list's age, and not known once the list is older than the campaign allows, unless the
    word was given when it was not; "maybe" is no reason to refuse anybody, so of insiders it says nothing.
    """
    now = booth.now()
    age = booth.claimed.age(now)
    if age is None:
        return {}
    found: dict[str, Fact] = {}
    by_scope: dict[str, list[str]] = {}
    for campaign in campaigns:
        if own is None and age > timedelta(hours=campaign.offline.filter_max_age_hours):
            continue
        by_scope.setdefault(campaign.right_scope("person"), []).append(campaign.id)
    for scope, names in by_scope.items():
        for name, maybe in _answers(booth, person, scope, names, own).items():
            found[f"claimed.{name}"] = Fact(maybe, now - age, "filter")
    if _answers(booth, person, "person", [INSIDERS], None).get(INSIDERS) is False:
        found["insider"] = Fact(False, now - age, "filter")
    return found


def _answers(booth: Booth, person: Person, scope: str, names: Iterable[str], own: Own | None) -> dict[str, bool]:
    """Of each name whether the customer may be on the list under it; left out where that is not known."""
    names, without = list(names), None if own is None else own.subject
    asked = [booth.claimed.answers(names, key, booth.now(), without) for key in person.keys.get(scope, ())]
    found = {name: [each[name] for each in asked] for name in names}
    return {name: True in said for name, said in found.items() if said and None not in said}
