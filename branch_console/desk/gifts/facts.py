"""All that is known of a customer at this moment, loaded once: central's books, this branch, the phone, the lists."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.earlier import earlier_claims, listed_claims, owing_facts, said_today
from branch_console.desk.gifts.journey_facts import journey_facts
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.scene import Own, Scene
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.fact_schema import fits
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.journal import parse_at
from branch_console.rules.journey_state import JourneyState
from data import gift_queries as gifts
from data.gift_queries import Reading


def facts_for(booth: Booth, source: Reading, person: Person, scene: Scene, own: Own | None = None) -> FactBook:
    """The book of facts of one customer.

    Of several sources of one fact the newest counts; what staff saw on the phone stands in until central says more.
    """
    now, zone = booth.now(), booth.store.identity.zone
    keys = person.newest_keys
    raw = dict(scene.raw)
    said = said_today(booth, source, keys)
    if said is not None:
        _newest(raw, said.facts)
    if person.journey is not None:
        state = booth.store.state(person.journey)
        if isinstance(state, JourneyState):
            _newest(raw, journey_facts(state, zone))
    if person.born is not None:
        _newest(raw, {"born": Fact(person.born.isoformat(), now, "local")})
    _attest(raw, source, keys, now)
    raw |= earlier_claims(booth, source, keys, said, own) | owing_facts(said)
    listed = listed_claims(booth, person, scene.rules.values(), own)
    return FactBook({**listed, **raw}, now, zone)


def _newest(raw: dict[str, Fact], more: Mapping[str, Fact]) -> None:
    """Take over what is newer than what is there; of facts without a time, what is there stays."""
    for name, fact in more.items():
        before = raw.get(name)
        newer = before is None or (fact.as_of is not None and (before.as_of is None or fact.as_of > before.as_of))
        if newer:
            raw[name] = fact


def _amount(row: Mapping[str, Any]) -> tuple[str, int, str]:
    """What a payment on a phone and one in central's list have in common."""
    return (row["on"], row["fen"], row["kind"])


def _attest(raw: dict[str, Fact], source: Reading, keys: Mapping[str, str], now: datetime) -> None:
    """Add what was seen on the customer's phone today, as far as central has not said anything newer since.

    What belongs to a list (a payment) joins it: once for each reference, and not when central's list may have it
    already, so that no payment counts twice. Central's list stays as old as it is; a list of which central has said
    nothing is one in part. What central has contradicted is left out.
    """
    known = Counter(_amount(row) for row in raw["payments"].value) if "payments" in raw else Counter()
    references: set[tuple[str, str]] = set()
    for each in gifts.attested(source, keys, now):
        value, seen_at = orjson.loads(each.value), parse_at(each.seen_at)
        before = raw.get(each.fact)
        if each.outcome == "contradicted" or not fits(each.fact, value) or (each.fact, each.reference) in references:
            continue
        references.add((each.fact, each.reference))
        if before is not None and before.source != "attested" and (before.as_of is None or before.as_of >= seen_at):
            continue
        if before is not None and isinstance(value, list):
            value = [*before.value, *(row for row in value if known[_amount(row)] <= 0)]
            known.subtract(_amount(row) for row in orjson.loads(each.value))
        if before is not None and isinstance(value, list) and before.source != "attested":
            raw[each.fact] = Fact(value, before.as_of, "seen_since")
        else:
            raw[each.fact] = Fact(value, seen_at, "attested")
