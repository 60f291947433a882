"""Erasing a journey takes the person and leaves what figures count: steps, times, outcomes, reasons, class, segment."""

import orjson
import pytest

from branch_console.rules.canonical import Json
from branch_console.rules.catalogue import known_types
from branch_console.rules.entries import read_data
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Data, Entry
from branch_console.rules.journey import JOURNEY
from branch_console.rules.journey_forgetting import IMPERSONAL, erasure, without_person
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference
from tests.data.world import NAME, PHONE_KEY, Writer, started, subject

PERSON = (NAME, PHONE_KEY, "138****8000", "0022****5001", "A-017", "张三")
SPENT: dict[str, Json] = {"active_ms": 30_000, "away_ms": 5}
ACTS: list[tuple[str, Data]] = [
    ("journey.started", started(NAME)),
    ("journey.step_started", {"step": "need"}),
    ("journey.answered", {"step": "need", "answers": {"segment": "senior", "name": NAME, "age_band": "60+"}}),
    ("journey.step_done", {"step": "need", **SPENT}),
    ("journey.answered", {"step": "lookup", "answers": {"phone": {"masked": "138****8000", "key": PHONE_KEY}}}),
    ("journey.step_failed", {"step": "lookup", "reason": "no_papers", "note": "张三没有带证件", **SPENT}),
    ("journey.answered", {"step": "open_wallet", "answers": {"wallet_id": "0022****5001"}}),
    ("journey.interrupted", {"step": "lookup", "rule": "doubt", "reason": "customer_unwell"}),
    ("journey.interruption_resolved", {"outcome": "continue", "note": "张三好了", "approved_by": "s-chen"}),
    (
        "journey.hand_over_offered",
        {"to": "counter", "staff": None, "reason": "papers", "note": "张三", "queue_number": "A-017"},
    ),
]
ENDS: dict[str, Data] = {
    "journey.abandoned": {"step": "lookup", "reason": "no_time", "note": "张三走了"},
    "journey.finished": {"wallet_class": "II"},
}


def entries(end: str) -> list[Entry]:
    writer = Writer()
    return [writer.write(subject(1), kind, data) for kind, data in [*ACTS, (end, ENDS[end])]]


def erased(some: list[Entry]) -> list[Entry]:
    """The entries as a store keeps them after the erasure."""
    places = erasure(some)
    gone = {(each["terminal"], each["seq"]) for each in places}  # type: ignore[call-overload, index]
    writer = Writer("0195f000-0000-7000-8000-000000000009", some[-1].seq * 1000 + 1_772_400_000_000)
    kept = [each._replace(data=None) if (each.terminal, each.seq) in gone else each for each in some]
    return [*kept, writer.write(subject(1), "data.erased", {"entries": places, "why": "retention"})]


def fold(some: list[Entry]) -> JourneyState:
    state, unfolded = fold_subject(JOURNEY, some, Reference())
    assert unfolded == []
    return state


@pytest.mark.parametrize("end", ENDS)
def test_the_person_is_gone_and_what_figures_count_stays(end: str) -> None:
    before, after = fold(entries(end)), fold(erased(entries(end)))
    assert after.erased
    for name in (
        "status", "target", "flow_id", "segment", "started_at", "finished_at", "abandoned_at", "abandoned_reason",
        "holder", "started_by", "wallet_class", "terminal", "cleared",
    ):  # fmt: skip
        assert getattr(after, name) == getattr(before, name), name
    times = ("status", "reason", "active_ms", "away_ms", "staff", "started_at", "at")
    assert {step: [getattr(each, name) for name in times] for step, each in after.steps.items()} == {
        step: [getattr(each, name) for name in times] for step, each in before.steps.items()
    }
    assert (after.name, after.person_keys, after.phone_masked, after.wallet_masked) == (None, [], None, None)
    assert (before.name, before.person_keys) == (NAME, [PHONE_KEY])
    stored = orjson.dumps([each.wire() for each in erased(entries(end))]).decode() + JOURNEY.dump(after).decode()
    assert [each for each in PERSON if each in stored] == []


@pytest.mark.parametrize("end", ENDS)
def test_what_stays_has_the_form_of_its_entry(end: str) -> None:
    for entry in entries(end):
        stays = without_person(entry)
        assert (stays is None) == (entry.type in IMPERSONAL)
        if stays is not None:
            assert read_data(entry._replace(data=stays)) is not None
    assert len(erasure(entries(end))) == len([each for each in entries(end) if each.type not in IMPERSONAL])
    assert erasure(erased(entries(end))) == []


def test_every_type_about_a_journey_holds_nobody_s_data_or_is_erased() -> None:
    known = {each for each in known_types() if str(each).startswith("journey.")}
    written = {kind for kind, _ in ACTS} | set(ENDS)
    assert known - IMPERSONAL <= written
    assert without_person(entries("journey.finished")[0]._replace(type="journey.of_a_later_version")) is None
