"""Two terminals edit the same case offline, in all pairs of actions: both converge, nothing is lost, both are seen."""

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.rules.cases.fold import ACTS
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.together import touch_same
from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.folding import fold_onto, fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.cases.case_help import CENTRAL, K01, K02, OTHER, SAMPLES, act, at, entry, fold, marks, suggested

CASES = FOLDS["case"]
HINT = "case.duplicate_suspected"
"""What central says beside all acts; it is no side's act."""
ACTIONS = [each for each in SAMPLES if each not in {"case.registered", HINT}]


def base(one: str, other: str) -> list[Entry]:
    """What both sides know: a case in which these two acts make sense, as far as one case can allow both."""
    if one.startswith("suggestion.") or other.startswith("suggestion."):
        ideas = {"suggestion.done", "suggestion.told", "suggestion.rewarded"}
        return [suggested(), *([entry(1, "suggestion.adopted", staff="s1")] if {one, other} & ideas else [])]
    known = [entry(0, "case.registered")]
    for kind, before in (
        ("case.containment", "case.containment_requested"), ("case.unmerged", "case.merged"),
        ("case.parted", "case.joined"), ("case.resumed", "case.paused"), ("case.notified", "case.decided"),
    ):  # fmt: skip
        if any(each.startswith(kind) for each in (one, other)) and before not in {one, other} and len(known) == 1:
            known.append(entry(1, before))
    if {one, other} & {"case.closed", "case.reopened", "case.review_applied", "case.review_notified"}:
        known = [known[0], entry(1, "case.decided"), entry(2, "case.notified")]
    return known


def beside(one: str, other: str, swapped: bool = False) -> list[Entry]:
    """The two acts, each written without knowing the other, after what both know."""
    known = base(one, other)
    after = [len(known) - 1]
    first, second = (20, 10) if swapped else (10, 20)
    writer = {"case.containment_confirmed": CENTRAL}
    return [
        *known,
        entry(first, one, after=after, staff="o1", terminal=writer.get(one, K01)),
        entry(second, other, after=after, staff="o2", terminal=writer.get(other, K02)),
    ]


def arrived(known: list[Entry]) -> CaseState:
    """The state of a store that folds entries as they come and folds anew when one sorts before what it has."""
    have: list[Entry] = []
    state = CASES.start()
    for each in known:
        late = bool(have) and each.order < max(one.order for one in have)
        have.append(each)
        if late:
            state, _ = fold_subject(CASES, have, Reference())
        else:
            assert fold_onto(CASES, state, each, Reference()) is None
    assert isinstance(state, CaseState)
    return state


def test_every_type_of_entry_about_a_case_is_tried() -> None:
    types = {name for (name, _), (kinds, _) in known_types().items() if "case" in kinds and name != "data.erased"}
    assert types == set(SAMPLES) == set(ACTS) - {"data.erased"}


@pytest.mark.parametrize("one", ACTIONS)
def test_all_pairs_converge_with_nothing_dropped_and_the_difference_visible(one: str) -> None:
    for other, swapped in product(ACTIONS, (False, True)):
        entries = beside(one, other, swapped)
        first, second = sorted(entries[-2:], key=lambda each: each.order)
        states = [fold(list(order)) for order in permutations(entries)] if len(entries) < 4 else []
        here, there = (
            arrived([*entries[:-2], entries[-2], entries[-1]]),
            arrived([*entries[:-2], entries[-1], entries[-2]]),
        )
        assert here == there, (one, other)
        assert all(each == here for each in states), (one, other)
        lines = {each.entry: each for each in here.timeline}
        assert {each.id for each in entries} == set(lines), (one, other)
        for each in (first, second):
            said = (each.data or {}).get("text")
            assert said is None or lines[each.id].text == said
        found = [each for each in here.marks if each.entry == second.id and each.against]
        assert [each.code for each in found] == ["both_sides_changed" if touch_same(one, other) else "worked_beside"]
        assert first.id in found[0].against
        assert here.heads == [first.id, second.id], (one, other)


def test_a_hint_of_centrals_is_no_side_and_marks_nobody() -> None:
    hint = entry(10, HINT, after=None, staff=None, terminal=CENTRAL)
    state = fold([entry(0, "case.registered"), hint, entry(20, "case.noted", after=[0], terminal=K02)])
    (known,) = state.hints
    assert (known.of, known.branch, known.why) == ("TS-SZ02-A009-260918-0003-61", "SZ02", ["same_matter", "open_case"])
    assert (marks(state), state.heads) == ([], [act(20)])
    assert [each.type for each in state.timeline] == ["case.registered", HINT, "case.noted"]
    again = fold([entry(0, "case.registered"), hint, entry(30, HINT, staff=None, terminal=CENTRAL)])
    assert len(again.hints) == 1
    forged = fold([entry(0, "case.registered"), entry(10, HINT, terminal=K02)])
    assert (forged.hints, marks(forged)) == ([], ["not_central"])


@pytest.mark.parametrize("one", ACTIONS)
def test_an_act_that_knew_the_other_is_not_marked_as_a_difference(one: str) -> None:
    known = base(one, "case.noted")
    state = fold([*known, entry(10, "case.noted", after=[len(known) - 1]), entry(20, one, after=[10], terminal=K02)])
    assert not {"both_sides_changed", "worked_beside"} & set(marks(state))
    assert state.heads == [act(20)]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_same_two_acts_give_the_same_status_whichever_clock_was_ahead(swapped: bool) -> None:
    pairs = {
        ("case.closed", "case.reopened"): "in_progress",
        ("case.closed", "case.review_applied"): "review",
        ("case.paused", "case.decided"): "waiting_customer",
        ("case.withdrawn", "case.decided"): "withdrawn",
        ("case.withdrawn", "case.paused"): "withdrawn",
        ("case.merged", "case.paused"): "merged",
        ("case.not_accepted", "case.paused"): "waiting_customer",
    }
    for (one, other), status in pairs.items():
        state = fold(beside(one, other, swapped))
        assert state.status == status, (one, other)
        assert state.unsettled


def test_a_closing_that_does_not_stand_stops_no_clock_and_drops_no_promise() -> None:
    known = [
        entry(0, "case.registered"),
        entry(1, "case.decided"),
        entry(2, "case.notified"),
        entry(3, "case.contact_in"),
    ]
    for closed, reviewed in ((10, 20), (20, 10)):
        state = fold(
            [
                *known,
                entry(closed, "case.closed", after=[3]),
                entry(reviewed, "case.review_applied", after=[3], terminal=K02),
            ]
        )
        assert state.status == "review"
        assert state.closed_at is None
        assert [each.kind for item in state.timeline for each in item.events if each.kind == "closed"] == []
        assert [each.status for each in state.open_promises] == ["open"]
        assert [(each.what, each.value) for each in state.differences] == [("status", "closed")]


def test_no_word_is_written_over_by_one_that_had_not_seen_it() -> None:
    state = fold(
        [
            entry(0, "case.registered"),
            entry(10, "case.assigned", after=[0], to="o2"),
            entry(20, "case.assigned", after=[0], to="o3", terminal=K02),
        ]
    )
    assert state.owner == "o2"
    assert [(each.what, each.entry, each.value) for each in state.differences] == [("owner", act(20), "o3")]
    settled = fold(
        [
            entry(0, "case.registered"),
            entry(10, "case.assigned", after=[0], to="o2"),
            entry(20, "case.assigned", after=[0], to="o3", terminal=K02),
            entry(30, "case.assigned", after=[10, 20], to="o3"),
        ]
    )
    assert (settled.owner, settled.differences) == ("o3", [])


def test_a_side_that_goes_on_without_knowing_never_takes_over() -> None:
    state = fold(
        [
            entry(0, "case.registered"),
            entry(10, "case.assigned", after=[0], to="o2"),
            entry(20, "case.assigned", after=[0], to="o3", terminal=K02),
            entry(30, "case.assigned", after=[20], to="o4", terminal=K02),
        ]
    )
    assert state.owner == "o2"
    assert [each.value for each in state.differences] == ["o3", "o4"]


def test_of_two_decisions_made_at_once_the_first_stands_and_both_are_kept() -> None:
    state = fold(
        [
            entry(0, "case.registered"),
            entry(10, "case.decided", after=[0]),
            entry(20, "case.decided", after=[0], outcome="not_upheld", approver="s1", terminal=K02),
        ]
    )
    assert [each.outcome for each in state.decisions] == ["upheld", "not_upheld"]
    assert state.decision is not None
    assert state.decision.outcome == "upheld"


def test_a_promise_made_on_the_other_side_is_not_ended_by_a_contact_that_did_not_know_it() -> None:
    known = [entry(0, "case.registered")]
    one = entry(10, "case.contact_in", after=[0], promise={"at": at(600), "way": "phone", "staff": "o1"})
    other = entry(
        20, "case.contact_out", after=[0], promise={"at": at(900), "way": "phone", "staff": "o2"}, terminal=K02
    )
    state = fold([*known, one, other])
    assert [(each.entry, each.status) for each in state.promises] == [
        (act(0), "replaced"), (act(10), "open"), (act(20), "open"),
    ]  # fmt: skip


def test_of_two_kinds_the_stricter_stands() -> None:
    inquiry = {"kind": "inquiry", "reason": "只问限额", "approver": "s1"}
    dispute = {"kind": "dispute", "reason": "有扣款争议", "approver": None}
    for first, second in ((inquiry, dispute), (dispute, inquiry)):
        state = fold(
            [
                entry(0, "case.registered"),
                entry(10, "case.retyped", first, after=[0]),
                entry(20, "case.retyped", second, after=[0], terminal=K02),
            ]
        )
        assert state.kind == "dispute"


def test_settling_counts_for_what_was_seen_only() -> None:
    known = [
        entry(0, "case.registered"),
        entry(10, "case.assigned", after=[0], to="o2"),
        entry(20, "case.assigned", after=[0], to="o3", terminal=K02),
        entry(30, "case.decided", after=[20], terminal=K02),
    ]
    seen = entry(40, "case.difference_settled", after=[10, 30], marks=[act(20)])
    assert [each.entry for each in fold(known).unsettled] == [act(20)]
    assert fold([*known, seen]).unsettled == []
    unseen = entry(40, "case.difference_settled", after=[10], marks=[act(20)])
    assert [each.entry for each in fold([*known, unseen]).unsettled] == [act(20)]


def test_merged_into_each_other_on_two_terminals_the_older_case_goes_on() -> None:
    number = SAMPLES["case.merged"]["number"]
    older = [
        entry(0, "case.registered"),
        entry(10, "case.merged", after=[0]),
        entry(20, "case.joined", after=[0], terminal=K02, merge=act(21)),
    ]
    younger = [
        entry(0, "case.registered", subject=OTHER),
        entry(11, "case.joined", after=[0], subject=OTHER, source=older[0].subject, number=number, merge=act(10)),
        entry(21, "case.merged", after=[0], subject=OTHER, into=older[0].subject, terminal=K02),
    ]
    for order in permutations(older):
        assert fold(list(order)).status == "received"
        assert "merged_in_a_circle" in marks(fold(list(order)))
        assert [each.status for each in fold(list(order)).promises] == ["open"]
    assert fold(younger).status == "merged"
    swapped = [older[0], older[2], entry(30, "case.merged", after=[0])]
    assert fold(swapped).status == "received"


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Three terminals that hear of each other now and then: entries with what each writer knew."""
    known: dict[str, set[int]] = {K01: {0}, K02: {0}, CENTRAL: {0}}
    heads_of: dict[int, set[int]] = {0: set()}
    entries = [entry(0, "case.registered")]
    for minute in range(1, draw(st.integers(2, 12))):
        writer = draw(st.sampled_from([K01, K02, CENTRAL]))
        if draw(st.booleans()):
            known[writer] |= known[draw(st.sampled_from([K01, K02, CENTRAL]))]
        mine = known[writer]
        heads = mine - {old for one in mine for old in heads_of[one]}
        heads_of[minute] = heads
        kind = draw(st.sampled_from(ACTIONS))
        entries.append(entry(minute, kind, after=sorted(heads), terminal=writer, staff=draw(st.sampled_from("abc"))))
        mine.add(minute)
    return entries


@settings(max_examples=150, deadline=None)
@given(entries=histories(), seed=st.randoms(use_true_random=False))
def test_folds_in_any_order_are_one_state_with_every_entry_on_it(entries: list[Entry], seed: object) -> None:
    whole = fold(entries)
    mixed = list(entries)
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    assert arrived(mixed) == whole
    assert fold(mixed + entries[:2]) == whole
    assert [each.entry for each in whole.timeline] == [each.id for each in entries]
    assert CASES.load(CASES.dump(whole)) == whole
    for number, each in enumerate(entries):
        after: Any = (each.data or {}).get("after") or []
        known, waiting = set[str](), list[str](after)
        while waiting:
            name = waiting.pop()
            known.add(name)
            waiting += next(one.after for one in whole.timeline if one.entry == name)
        unknown = {one.id for one in entries[:number]} - known
        against = {one for mark in whole.marks if mark.entry == each.id for one in mark.against}
        assert bool(unknown) == bool(against)
        assert against <= unknown
