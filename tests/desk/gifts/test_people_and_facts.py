"""Who stands there and what is known of them: numbers become hashes, facts are as fresh as they say."""

from datetime import timedelta

import pytest

from branch_console.desk.gifts import attesting, people
from branch_console.desk.gifts.checking import check
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.scene import Scene
from branch_console.desk.look_up import keys_of
from branch_console.rules.eligibility.node import Node, leaves
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.gifts.states import AttestationState
from branch_console.rules.journal import Data, format_at
from data.identity import new_id
from tests.desk.gifts.conftest import ANNA, NOW, RICE, World, key, spending

DOCUMENT, PHONE = "11010519491231002X", "13912345678"
SPEND = "spend_500_30d"


def journey(world: World, **more: str) -> str:
    """A customer who was received here, with a phone and a document."""
    subject = f"journey/{new_id(1_795_000_000_000)}"
    store = world.store
    with world.desk().act() as act:
        act.append(
            "journey.started", subject, {"flow": {"id": "ecny_personal", "version": 1}, "target": "II", "name": None}
        )
        act.append("journey.step_started", subject, {"step": "need"})
        act.append("journey.answered", subject, {"step": "need", "answers": {"segment": "merchant", **more}})
        answers: Data = {
            "phone": {"masked": "139****5678", "key": keys_of(store, "phone", PHONE)[0]},
            "document": {"masked": "****002X", "key": keys_of(store, "document", DOCUMENT)[0]},
            "name": "欧阳静怡",
        }
        act.append("journey.answered", subject, {"step": "lookup", "answers": answers})
    return subject


def test_a_typed_number_finds_the_customer_of_a_journey(world: World) -> None:
    subject = journey(world)
    for typed in (DOCUMENT, PHONE, "139 1234 5678"):
        (found,) = people.people(world.desk(), typed)
        assert (found.journey, found.name, set(found.keys)) == (subject, "欧**怡", {"person", "phone"})
    (recent,) = people.recent(world.desk())
    assert recent.journey == subject
    assert people.recent(world.desk("li")) == []


def test_a_number_that_nobody_has_is_a_customer_all_the_same(world: World) -> None:
    (found,) = people.people(world.desk(), DOCUMENT)
    assert found.key("person") == keys_of(world.store, "document", DOCUMENT)[0]
    assert DOCUMENT not in repr(found.recipient())
    assert str(found.born) == "1949-12-31"
    assert people.people(world.desk(), "999999999999999999") == []


def test_a_journey_says_what_it_knows(world: World) -> None:
    person = people.person_of(world.desk(), journey(world, age_band="60_plus"))
    book = facts_for(world.booth(), world.store, person, Scene.of(world.booth(), world.store))
    assert book.raw["segments"].value == ["merchant"]
    assert book.raw["customer_kind"].value == "small_business"
    assert book.raw["age_band"].value == "60_plus"
    assert "born" not in book.raw


def test_the_newest_source_counts(world: World) -> None:
    person = people.person_of(world.desk(), journey(world))
    world.know(person, segments=["young"])
    scene = Scene.of(world.booth(), world.store)
    said = facts_for(world.booth(), world.store, person, scene).raw["segments"]
    assert (said.source, said.value) == ("local", ["merchant"])
    world.know(person, at=NOW + timedelta(minutes=1))
    said = facts_for(world.booth(), world.store, person, scene).raw["segments"]
    assert (said.source, said.value) == ("server", ["young"])


def test_facts_are_of_the_day_and_of_exactly_this_person(world: World) -> None:
    world.know(payments=spending(60000))
    scene = Scene.of(world.booth(), world.store)
    assert "payments" in facts_for(world.booth(), world.store, ANNA, scene).raw
    other = type(ANNA)({"person": (key("bert"),), "phone": ANNA.keys["phone"]})
    assert "payments" not in facts_for(world.booth(), world.store, other, scene).raw
    world.clock.wait(86_400)
    assert "payments" not in facts_for(world.booth(), world.store, ANNA, scene).raw


def test_without_central_and_list_nobody_knows_of_earlier_claims(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 1)
    booth = world.booth()
    line = check(booth, world.store, ANNA).line(SPEND)
    assert line is not None
    assert line.judged.verdict == "NEED_SYNC"
    world.list_claims((SPEND, ANNA.keys["person"][0]))
    scene = Scene.of(booth, world.store)
    assert facts_for(world.booth(), world.store, ANNA, scene).raw[f"claimed.{SPEND}"].value is True


def test_a_payment_seen_on_the_phone_counts_until_central_knows_better(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 1)
    world.know(payments=spending(38000))
    booth = world.booth()
    line = check(booth, world.store, ANNA).line(SPEND)
    assert line is not None
    assert [each.fact for each in attesting.attestable(line)] == ["payments"]
    attesting.attest(booth, ANNA, "payments", "120.00", "TX-778812")
    line = check(booth, world.store, ANNA).line(SPEND)
    assert line is not None
    assert line.judged.verdict == "ELIGIBLE"
    world.clock.wait(600)
    subject = next(str(entry) for entry in _attestations(world))
    world.say(subject, "fact.verified", {"outcome": "contradicted", "value": None})
    line = check(booth, world.store, ANNA).line(SPEND)
    assert line is not None
    assert line.judged.verdict == "NOT_YET"
    state = world.store.state(subject)
    assert isinstance(state, AttestationState)
    assert state.staff == "wang"


def test_no_payment_seen_on_the_phone_counts_twice(world: World) -> None:
    """Neither when it is written down again, nor when central's list has it already."""
    today = world.clock().date().isoformat()
    world.know(payments=[*spending(20000), *spending(6000, on=today)])
    for amount, reference in (("60.00", "TX-1"), ("60.00", "TX-1"), ("70.00", "TX-2"), ("70.00", "TX-2")):
        attesting.attest(world.booth(), ANNA, "payments", amount, f"{reference}0000")
    book = facts_for(world.booth(), world.store, ANNA, Scene.of(world.booth(), world.store))
    assert sorted(row["fen"] for row in book.raw["payments"].value) == [6000, 7000, 20000]
    attesting.attest(world.booth(), ANNA, "payments", "60.00", "TX-30000")  # another one of the same amount
    book = facts_for(world.booth(), world.store, ANNA, Scene.of(world.booth(), world.store))
    assert sorted(row["fen"] for row in book.raw["payments"].value) == [6000, 6000, 7000, 20000]


def test_payments_seen_without_central_are_a_part_of_the_list(world: World) -> None:
    """Too few of them leave the question open; central's list stays as old as it is when some are added to it."""
    world.run(SPEND)
    world.shelve(RICE, 1)
    attesting.attest(world.booth(online=False), ANNA, "payments", "120.00", "TX-778812")

    def leaf() -> Node:
        line = check(world.booth(online=False), world.store, ANNA).line(SPEND)
        assert line is not None
        return next(each for each in leaves(line.node) if each.code == "spend_in_window")

    assert (leaf().status, leaf().have, leaf().source) == ("UNKNOWN", 12000, "attested")
    attesting.attest(world.booth(online=False), ANNA, "payments", "380.00", "TX-778813")
    assert leaf().status == "SAT"
    world.know(payments=spending(5000))
    told = world.clock() - timedelta(minutes=5)
    assert (leaf().status, leaf().have, leaf().source, leaf().as_of) == ("SAT", 55000, "seen_since", told)


def _attestations(world: World) -> list[str]:
    from data.gift_queries import attested

    return [each.subject for each in attested(world.store, ANNA.newest_keys, world.clock())]


@pytest.mark.parametrize(
    ("fact", "value", "reference", "field"),
    [
        ("payments", "zero", "TX-1234", "value"),
        ("payments", "0", "TX-1234", "value"),
        ("first_paid_on", "2030-01-01", "TX-1234", "value"),
        ("payments", "10", "T", "reference"),
        ("payments", "10", "6222021234567890128", "reference"),
    ],
)
def test_what_cannot_be_written_down(world: World, fact: str, value: str, reference: str, field: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        attesting.attest(world.booth(), ANNA, fact, value, reference)
    assert [error.field for error in refused.value.errors] == [field]


@pytest.mark.parametrize("fact", ["balance", "wallet_balance", "insider", "risk"])
def test_no_balance_is_ever_written_down(world: World, fact: str) -> None:
    with pytest.raises(RuleError) as refused:
        attesting.attest(world.booth(), ANNA, fact, "100", "TX-1234")
    assert refused.value.code == "fact_not_attestable"


def test_moments_are_written_with_the_branch_s_offset(world: World) -> None:
    attesting.attest(world.booth(), ANNA, "first_paid_on", "2026-11-20", "TX-1234")
    state = world.store.state(_attestations(world)[0])
    assert isinstance(state, AttestationState)
    assert state.seen_at == format_at(NOW)
