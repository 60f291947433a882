"""The same entries give the same state, in whatever order and however many at a time they arrive."""

from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.folding import fold_onto, fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.journey import JOURNEY
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference
from branch_console.rules.staff import subject_for
from tests.rules.flow_help import HASHED, SUBJECT, Journey, entry, flow, reference, usual

STAFF = st.sampled_from(["g1", "g2", "s1", None])
STEPS = st.sampled_from(["need", "fraud_gate", "lookup", "review"])
TARGETS = st.sampled_from(["IV", "III", "II", "I"])
OFFERS = st.integers(0, 12).map(lambda number: f"0190c0de-0000-7000-8000-{number:012x}")
TIMES = {"active_ms": st.integers(0, 10**6), "away_ms": st.integers(0, 10**6)}
ANSWERS = st.dictionaries(
    st.sampled_from(["segment", "age_band", "phone", "document", "name", "free"]),
    st.booleans() | st.integers(0, 9) | st.text("ab", max_size=3) | st.just(HASHED) | st.just(["a", "b"]),
    max_size=3,
)
SHOWN = st.just({"id": "data_use", "version": 1, "sha256": "0" * 64})
REASON = st.sampled_from(["no_time", "network"])
NOTE = st.none() | st.just("备注")


def acts() -> dict[str, st.SearchStrategy[Any]]:
    """For each type of entry about a journey, data that its schema takes."""
    left = {"step": STEPS, "reason": REASON, "note": NOTE, **TIMES}
    fixed = st.fixed_dictionaries
    return {
        "journey.started": fixed({"flow": st.just({"id": "f", "version": 1}), "target": TARGETS, "name": NOTE}),
        "journey.step_started": fixed({"step": STEPS}),
        "journey.answered": fixed({"step": STEPS, "answers": ANSWERS}),
        "journey.step_done": fixed({"step": STEPS, **TIMES}),
        "journey.step_skipped": fixed(left),
        "journey.step_failed": fixed(left),
        "journey.step_reopened": fixed({"step": STEPS, "why": st.sampled_from(["back", "change", "retry"])}),
        "journey.target_changed": fixed({"target": TARGETS, "reason": REASON}),
        "journey.interrupted": fixed({"step": STEPS, "rule": st.just("fraud"), "reason": REASON}),
        "journey.interruption_resolved": fixed(
            {"outcome": st.sampled_from(["continue", "stop"]), "note": NOTE, "approved_by": STAFF}
        ),
        "journey.paused": fixed({"step": st.none() | STEPS, "reason": REASON}),
        "journey.resumed": st.just({}),
        "journey.hand_over_offered": fixed(
            {"to": st.sampled_from(["staff", "counter"]), "staff": STAFF, "reason": REASON, "note": NOTE}
        ),
        "journey.hand_over_accepted": fixed({"offer": OFFERS, "second_staff": STAFF}),
        "journey.hand_over_declined": fixed({"offer": OFFERS, "reason": REASON}),
        "journey.hand_over_withdrawn": fixed({"offer": OFFERS}),
        "journey.taken_over": fixed({"from_staff": STAFF, "reason": REASON}),
        "journey.finished": fixed({"wallet_class": TARGETS}),
        "journey.abandoned": fixed({"step": st.none() | STEPS, "reason": REASON, "note": NOTE}),
        "consent.given": fixed(
            {
                "policy": SHOWN,
                "scope": st.sampled_from(["general", "sensitive"]),
                "given": st.booleans(),
                "method": st.just("spoken"),
                "language": st.just("zh"),
                "guardian": st.booleans(),
            }
        ),
        "consent.withdrawn": fixed({"scope": st.sampled_from(["general", "sensitive"]), "reason": REASON}),
        "field.revealed": fixed({"field": st.just("phone"), "reason": REASON}),
        "data.erased": fixed({"entries": st.just([{"terminal": "t", "seq": 1}]), "why": st.just("retention")}),
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries of one journey in their order: most begin well, many are illegal, some erased, some unreadable."""
    kinds = acts()
    names = draw(st.lists(st.sampled_from([*kinds, "journey.unheard_of"]), max_size=14))
    if draw(st.booleans()):
        names.insert(0, "journey.started")
    made = []
    for number, name in enumerate(names):
        data = draw(kinds[name]) if name in kinds else {}
        if draw(st.integers(0, 9)) == 0:
            data = {"nonsense": 1}
        one = entry(number, name, data, staff=draw(STAFF))
        made.append(one._replace(data=None) if draw(st.integers(0, 5)) == 0 else one)
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_and_doubles_change_nothing(made: list[Entry], random: Any) -> None:
    expected, left_out = fold_subject(JOURNEY, made, Reference())
    shuffled = [*made, *random.sample(made, len(made) // 2)]
    random.shuffle(shuffled)
    state, unfolded = fold_subject(JOURNEY, shuffled, Reference())
    assert state == expected
    assert unfolded == left_out
    assert fold_subject(JOURNEY, made, reference())[0] == expected


@given(histories(), st.integers(0, 14))
def test_one_at_a_time_over_a_store_is_the_same(made: list[Entry], split: int) -> None:
    expected, _ = fold_subject(JOURNEY, made, Reference())
    state, _ = fold_subject(JOURNEY, made[:split], Reference())
    for each in made[split:]:
        state = JOURNEY.load(JOURNEY.dump(state))
        fold_onto(JOURNEY, state, each, Reference())
    assert state == expected
    assert JOURNEY.load(JOURNEY.dump(expected)) == expected


@given(histories())
def test_nothing_changes_after_the_end(made: list[Entry]) -> None:
    state = JOURNEY.start()
    for each in made:
        ended = state.ended and each.type != "journey.started"  # a beginning that arrives late still says who began
        before = (state.status, state.holder, state.target, state.wallet_class) if ended else None
        fold_onto(JOURNEY, state, each, Reference())
        if before is not None:
            assert (state.status, state.holder, state.target, state.wallet_class) == before


def test_every_type_of_a_journey_is_tried_and_every_kind_has_a_fold() -> None:
    types = known_types()
    assert {name for (name, _), (kinds, _) in types.items() if "journey" in kinds} == set(acts())
    assert {kind for kinds, _ in types.values() for kind in kinds} == set(FOLDS)


def test_two_sides_that_both_take_over() -> None:
    made = [
        entry(0, "journey.started", {"flow": {"id": "f", "version": 1}, "target": "II", "name": None}),
        entry(1, "journey.taken_over", {"from_staff": "g1", "reason": "holder_away"}, staff="g2"),
        entry(2, "journey.taken_over", {"from_staff": "g1", "reason": "holder_away"}, staff="s1"),
        entry(3, "journey.step_started", {"step": "need"}, staff="s1"),
    ]
    state, _ = fold_subject(JOURNEY, made, Reference())
    assert state.holder == "g2"
    assert [each.code for each in state.marks] == ["holder_changed", "not_holder"]
    assert state.current == "need"


def test_erased_answers_take_the_person_with_them() -> None:
    journey = Journey("IV")
    journey.until("official_app")
    assert journey.state.person_keys == ["k1:phone"]
    gone = [each._replace(data=None) if each.type == "journey.answered" else each for each in journey.entries]
    state, unfolded = fold_subject(JOURNEY, gone, Reference())
    assert unfolded == []
    assert (state.person_keys, state.phone_masked, state.name, state.erased) == ([], None, None, True)
    assert {name: step.status for name, step in state.steps.items()} == {
        name: step.status for name, step in journey.state.steps.items()
    }


CREDENTIAL = {
    "public_key": "cHVi", "wrapped_private": "cHJp", "salt": "c2Fs", "nonce": "bm9u", "memory_kib": 65536, "time": 3,
    "lanes": 4, "must_change": True, "changed_at": "2026-11-22T10:00:00.000Z",
}  # fmt: skip


def test_staff_keep_their_credential_and_take_the_newest_word() -> None:
    subject = subject_for("staff", "g1")
    person = {"staff_id": "g1", "name": "王芳", "role": "guide", "active": True, "credential": CREDENTIAL}
    changed = {**CREDENTIAL, "public_key": "bmV1", "must_change": False}
    made = [
        entry(0, "staff.registered", person, subject=subject),
        entry(1, "staff.credential_changed", {"staff_id": "g1", "credential": changed}, subject=subject),
        entry(2, "staff.registered", {**person, "active": False, "credential": None}, subject=subject),
    ]
    state: Any
    state, unfolded = fold_subject(FOLDS["staff"], reversed(made), Reference())
    assert unfolded == []
    assert (state.name, state.active, state.credential.public_key) == ("王芳", False, "bmV1")
    assert FOLDS["staff"].load(FOLDS["staff"].dump(state)) == state


def test_terminals_branches_and_documents() -> None:
    terminal = "terminal/0190c0de-0000-7000-8000-000000000001"
    key = {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}
    days = {"since": "2026-11-01", "until": "2026-11-22"}
    exported = {"what": "complaint_register", **days, "form": "csv", "rows": 7, "sha256": "0" * 64}
    state: Any
    state, unfolded = fold_subject(
        FOLDS["terminal"],
        [
            entry(0, "terminal.registered", {"name": "K-02", "public_key": key}, subject=terminal, staff=None),
            entry(1, "session.opened", {"method": "password"}, subject=terminal),
            entry(2, "session.refused", {"failures": 3}, subject=terminal, staff=None),
            entry(3, "session.closed", {"why": "idle"}, subject=terminal),
            entry(4, "report.exported", exported, subject=terminal),
            entry(5, "terminal.revoked", {"why": "lost"}, subject=terminal, staff=None),
        ],
        Reference(),
    )
    assert unfolded == []
    assert (state.name, state.public_key, state.refused, state.revoked_why) == ("K-02", key, 3, "lost")
    branch = {"code": "SZ01", "name": "深圳福田支行", "timezone": "Asia/Shanghai", "language": "zh"}
    made = [entry(0, "branch.registered", branch, subject=subject_for("branch", "SZ01"), staff=None)]
    state, _ = fold_subject(FOLDS["branch"], made, Reference())
    assert (state.code, state.name) == ("SZ01", "深圳福田支行")


NAMES = [step.id for step in flow().steps if step.required["IV"] == "R"]
TRY = st.tuples(st.sampled_from([step.id for step in flow().steps]), st.integers(0, 9))


@st.composite
def tries(draw: st.DrawFn) -> list[tuple[str, int]]:
    """The right way through class IV with anything in between, and sometimes a step left out; an end at the end."""
    made: list[tuple[str, int]] = []
    for name in NAMES:
        made += draw(st.lists(TRY, max_size=2))
        if draw(st.integers(0, 19)):
            made.append((name, 9))
    return [*made, ("review", 0), ("review", 9), ("review", 6)]


def attempt(journey: Journey, step: str, what: int) -> None:
    """One act out of ten, sensible or not; what the evaluator refuses leaves no trace."""
    times = {"active_ms": 0, "away_ms": 0}
    left = {"step": step, "reason": "no_funds", "note": None, **times}
    doings: list[Any] = [
        ("journey.step_started", {"step": step}),
        ("journey.answered", {"step": step, "answers": usual(step)}),
        ("journey.step_done", {"step": step, **times}),
        ("journey.step_skipped", left),
        ("journey.step_failed", {**left, "reason": "network"}),
        ("journey.step_reopened", {"step": step, "why": "back"}),
        ("journey.finished", {"wallet_class": "IV"}),
        ("journey.target_changed", {"target": "III", "reason": "wants_more"}),
    ]
    try:
        if what < len(doings):
            journey.act(*doings[what])
        elif what == 8:
            journey.consent("general", given=step != "gift")
        else:
            journey.step(step)
    except (RuleError, FieldErrors):
        return


def satisfied_in_order(state: JourneyState, target: str) -> None:
    """By the entries' own numbers: every required step came to its outcome after the ones before it had begun."""
    for step in flow().steps:
        if step.required[target] != "R" or (step.id == "lookup" and "lookup" not in state.steps):  # type: ignore[index]
            continue
        found = state.steps[step.id]
        excused = found.status == "skipped" and found.reason in step.excuse_reasons
        assert found.status == "done" or excused, step.id


@settings(max_examples=60, deadline=None)
@given(tries())
def test_the_order_of_steps_cannot_be_cheated(tried: list[tuple[str, int]]) -> None:
    journey = Journey("IV")
    for step, what in tried:
        attempt(journey, step, what)
    event(f"ends {journey.state.status}")
    check_started_in_order(journey.entries)
    if journey.state.status == "finished":
        assert journey.state.wallet_class is not None
        satisfied_in_order(journey.state, journey.state.wallet_class)
    assert journey.state.marks == []


def check_started_in_order(made: list[Entry]) -> None:
    """No step was ever done before every earlier step that class IV requires had been done or skipped once."""
    order = [step.id for step in flow().steps if step.required["IV"] == "R" and step.id != "lookup"]
    passed: set[str] = set()
    for each in made:
        if each.type == "journey.step_done" and each.data is not None:
            step = str(each.data["step"])
            if step in order:
                assert set(order[: order.index(step)]) <= passed
            passed.add(step)


def test_the_straight_way_is_found_by_the_same_check() -> None:
    journey = Journey("IV")
    journey.all()
    journey.act("journey.finished", {"wallet_class": "IV"})
    check_started_in_order(journey.entries)
    satisfied_in_order(journey.state, "IV")
    with pytest.raises(RuleError, match="journey_ended"):
        journey.act("journey.step_started", {"step": "need"})
    assert journey.entries[0].subject == SUBJECT
