"""What was typed becomes answers; numbers of people leave only as mask and keyed hash."""

from typing import Any

import pytest

from branch_console.rules.answers import Asking, Read, read_answers
from branch_console.rules.conditions import Condition, When
from branch_console.rules.documents import Part
from branch_console.rules.errors import FieldErrors
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.masking import person_key
from tests.rules.flow_help import ON, Journey, flow, reference

KEY = b"k" * 32


def read(step: str, state: JourneyState | None = None, **typed: str) -> Read:
    found = flow().step(step)
    assert found is not None
    key = lambda kind, number: person_key(KEY, "1", kind, number)  # noqa: E731
    return read_answers(found, typed, Asking(state or JourneyState(), reference(), ON, key))


def wrong(step: str, state: JourneyState | None = None, **typed: str) -> dict[str, str]:
    with pytest.raises(FieldErrors) as refused:
        read(step, state, **typed)
    return {each.field: each.code for each in refused.value.errors}


def test_a_senior_is_known_by_the_document() -> None:
    found = read(
        "lookup", JourneyState(age_band="16_59"), document="１１０１０５19491231002x", name=" 李 小明 ", found="nothing"
    )
    key = person_key(KEY, "1", "document", "11010519491231002X")
    assert found.answers == {
        "document": {"masked": "****002X", "key": key},
        "doc_type": "IT01",
        "age_band": "60_plus",
        "name": "李 小明",
        "found": "nothing",
    }
    assert found.hints == {"document": ("age_band_differs",)}


def test_a_document_shows_a_fifteen_year_old_after_the_notice() -> None:
    journey = Journey("III")
    journey.until("identity")
    assert journey.plan.missing[0].step.id == "identity"
    journey.act("journey.step_started", {"step": "identity"})
    journey.act("journey.answered", {"step": "identity", "answers": {"age_band": "14_15", "doc_type": "IT01"}})
    assert journey.plan.interruption is not None
    journey.act("journey.interrupted", {"step": "need", "rule": "minor", "reason": "minor_customer"})
    journey.act("journey.interruption_resolved", {"outcome": "continue", "note": None, "approved_by": "s1"})
    missing = [each.step.id for each in journey.plan.missing]
    assert missing[0] == "consent"


def test_phones_at_home_and_from_abroad() -> None:
    assert read("lookup", phone="+86 138 1234 8000").answers["phone"] == {
        "masked": "138****8000",
        "key": person_key(KEY, "1", "phone", "13812348000"),
    }
    assert read("lookup", phone="14012348000").hints == {"phone": ("new_prefix",)}
    assert wrong("lookup", JourneyState(target="II"), phone="+85251234567") == {"phone": "phone_foreign"}
    for state in (JourneyState(segment="foreigner"), JourneyState(doc_type="IT03"), JourneyState(target="IV")):
        assert "phone" in read("lookup", state, phone="+85251234567").answers


def test_every_wrong_field_is_named_at_once() -> None:
    assert wrong("lookup", phone="010-66194114", document="11010519491231002", found="magic", name="9" * 70) == {
        "phone": "phone_landline",
        "document": "document_form",
        "found": "choice_unknown",
        "name": "name_too_long",
    }
    assert wrong("lookup", doc_type="IT04", document="11010519491231002X") == {"document": "document_not_for_age"}
    assert wrong("education", retries="many") == {"retries": "number_form"}
    assert wrong("education", retries="10") == {"retries": "number_too_large"}


def test_cards_and_wallets_are_never_kept_whole() -> None:
    assert wrong("bind_card", last4="6212345678901265") == {"last4": "card_number_typed"}
    assert wrong("bind_card", last4="12") == {"last4": "last4_form"}
    assert wrong("open_wallet", wallet_id="6212345678901265") == {"wallet_id": "card_number_typed"}
    assert wrong("open_wallet", wallet_id="123") == {"wallet_id": "wallet_form"}
    found = read("bind_card", bank="工行 6212345678901265", last4="０００５", own_card="yes")
    assert found.answers == {"bank": "工行 ****1265", "last4": "0005", "own_card": True}
    for typed in ("0022501234565081", "002250 5081", "002250******5081"):
        assert read("open_wallet", wallet_id=typed).answers == {"wallet_id": "002250******5081"}


def test_an_empty_text_is_no_answer() -> None:
    assert read("lookup", phone="  ", name="").answers == {}


class Holder(Part):
    when: When


def condition(**facts: Any) -> Condition:
    return Holder.model_validate({"when": facts}).when


@pytest.mark.parametrize(
    ("facts", "known", "holds"),
    [
        ({"a": ["x", "y"]}, {"a": "y"}, True),
        ({"a": ["x"]}, {"a": "y"}, False),
        ({"a": ["x"]}, {}, None),
        ({"a": ["unknown"]}, {}, True),
        ({"a": ["unknown"]}, {"a": "x"}, False),
        ({"a": ["x"], "b": [True]}, {"b": False}, False),
        ({"a": ["x"], "b": [True]}, {"b": True}, None),
        ({"a": [1]}, {"a": True}, False),
        ({"a": ["x"]}, {"a": ["z", "x"]}, True),
        ({"any": [{"a": ["x"]}, {"b": ["x"]}]}, {"b": "x"}, True),
        ({"any": [{"a": ["x"]}, {"b": ["x"]}]}, {"b": "y"}, None),
        ({"all": [{"a": ["x"]}, {"b": ["x"]}]}, {"a": "x", "b": "x"}, True),
        ({"not": {"a": ["x"]}}, {"a": "x"}, False),
        ({"not": {"a": ["x"]}}, {}, None),
        ({}, {}, True),
    ],
)
def test_conditions_know_what_they_do_not_know(facts: Any, known: Any, holds: bool | None) -> None:
    assert condition(**facts).holds(known.get) is holds
