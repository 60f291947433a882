"""What central said about people: for the day, for exactly the keys it was asked with, gone from the disk after."""

from pathlib import Path

from data import gift_queries as ask
from data.retention import purge
from data.store import Store
from tests.data.gifts import PERSON
from tests.data.test_erasure import in_clear
from tests.data.world import NOW, later

TODAY = "2026-03-02"


def test_facts_are_kept_for_the_business_day(store: Store) -> None:
    assert ask.facts_of(store, PERSON, TODAY) is None
    ask.put_facts(store, PERSON, '{"facts":[1]}', NOW)
    ask.put_facts(store, dict(reversed(PERSON.items())), '{"facts":[2]}', later(hours=1))
    assert ask.facts_of(store, PERSON, TODAY) == ('{"facts":[2]}', "2026-03-02T02:30:00.000+00:00")
    assert ask.facts_of(store, PERSON, "2026-03-03") is None
    ask.put_facts(store, PERSON, "{}", later(hours=14.6))  # past midnight in Shanghai
    assert ask.facts_of(store, PERSON, TODAY) is None
    assert ask.facts_of(store, PERSON, "2026-03-03") is not None


def test_who_shares_a_phone_shares_no_facts(store: Store) -> None:
    ask.put_facts(store, PERSON, "{}", NOW)
    for keys in ({"phone": PERSON["phone"]}, {**PERSON, "person": "k1:other"}, {"person": PERSON["person"]}):
        assert ask.facts_of(store, keys, TODAY) is None


def test_when_the_day_is_over_facts_are_gone_from_the_disk(store: Store, tmp_path: Path) -> None:
    ask.put_facts(store, PERSON, '{"born":"1990-01-02 SECRET"}', later(days=-1))
    ask.put_facts(store, {"person": "k1:new"}, "{}", NOW)
    store.forget_old_pages()
    assert b"SECRET" in in_clear(tmp_path / "store.db")
    purge(store, NOW)
    assert ask.facts_of(store, {"person": "k1:new"}, TODAY) is not None
    assert ask.drop_old_facts(store, TODAY) == 0
    assert ask.drop_old_facts(store, "2026-03-03") == 1
    store.close()
    assert b"SECRET" not in in_clear(tmp_path / "store.db")
