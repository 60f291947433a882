"""All that is known of a customer at this moment, loaded once: central's books, this branch, the phone, the lists."""

from collections.abc import Mapping
from datetime import datetime

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.earlier import earlier_claims, listed_claims, said_today
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
    _newest(raw, _attested(source, keys, now))
    raw |= earlier_claims(booth, source, keys, said, own)
    listed = listed_claims(booth, person, scene.rules.values(), own)
    _newest(raw, {"insider": listed.pop("insider")} if "insider" in listed else {})
    return FactBook(raw | listed, now, zone)


def _newest(raw: dict[str, Fact], more: Mapping[str, Fact]) -> None:
    """Take over what is newer than what is there; of facts without a time, what is there stays."""
    for name, fact in more.items():
        before = raw.get(name)
        newer = before is None or (fact.as_of is not None and (before.as_of is None or fact.as_of > before.as_of))
        if newer:
            raw[name] = fact


def _attested(source: Reading, keys: Mapping[str, str], now: datetime) -> dict[str, Fact]:
    """What was seen on the customer's phone today; what central has contradicted is not known any more."""
    found: dict[str, Fact] = {}
    for each in gifts.attested(source, keys, now):
        if each.outcome == "contradicted":
            found.pop(each.fact, None)
            continue
        value = orjson.loads(each.value)
        if fits(each.fact, value):
            found[each.fact] = Fact(value, parse_at(each.seen_at), "attested")
    return found
