"""Two terminals of a branch work on the same case without a network, in all pairs of acts, over two real stores.

Whatever two acts the desk allows on a case that both know: after their entries are exchanged both stores have the same
state and the same row, every entry is on the timeline with its words, and what neither knew of is said in words, on
both entries. All pairs share four transactions, each pair has a case of its own.
"""

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement, count
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import orjson
import pytest

from branch_console.case_views.working import EntryLine
from branch_console.demo.history import Clock
from branch_console.desk.cases.core import CaseCounter, write
from branch_console.desk.desk import Desk
from branch_console.rules.cases import acts
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.together import touch_same
from branch_console.rules.entries import known_types
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Entry
from branch_console.rules.staff import Role
from branch_console.services.cases.working_lines import difference_lines, entry_lines
from branch_console.services.cases.working_words import CaseWords
from data import case_queries
from data.act import Act
from data.store import Store
from tests.data.world import OTHER, OWN, Writer, identity
from tests.desk.conftest import desk_store
from tests.rules.cases.case_help import NOON, REGISTERED, SAMPLES, at

SPACE = UUID("0195f000-0000-7000-8000-00000000b071")
CENTRAL = "central/SZ00"
BY_CENTRAL = "case.containment_confirmed"
"""What no terminal writes: the second side is central then."""
ACTS = [each for each in SAMPLES if each in acts.ACTS and each not in {"case.registered", BY_CENTRAL}]
TARGET = f"case/{uuid5(SPACE, 'target')}"
IDEA = {"kind": "suggestion", "codes": None, "promise": None, "topic": "premises", "clock_sets": ["promises"]}
INQUIRY = {"kind": "inquiry", "promise": REGISTERED["promise"]}
STEMS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "open": ({}, ()),
    "paused": ({}, ("case.paused",)),
    "made": ({}, ("case.decided",)),
    "told": ({}, ("case.decided", "case.notified")),
    "closed": ({}, ("case.decided", "case.notified", "case.closed")),
    "review": ({}, ("case.decided", "case.notified", "case.review_applied")),
    "merged": ({}, ("case.merged",)),
    "inquiry": (INQUIRY, ()),
    "inquiry-paused": (INQUIRY, ("case.paused",)),
    "idea": (IDEA, ()),
    "idea-paused": (IDEA, ("case.paused",)),
    "adopted": (IDEA, ("suggestion.adopted",)),
    "declined": (IDEA, ("suggestion.declined",)),
    "answered": (IDEA, ("suggestion.adopted", "suggestion.done", "suggestion.told")),
}
FIRST = {"asked": ("case.containment_requested",), "late": ("case.containment_requested",), "joined": ("case.joined",)}
THEN = {"promised": ("case.contact_in",), "differs": ()}
BASES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    **STEMS,
    **{
        f"{stem} {extra}": (changed, (*FIRST.get(extra, ()), *kinds, *THEN.get(extra, ())))
        for extra in (*FIRST, *THEN)
        for stem, (changed, kinds) in STEMS.items()
        if stem != "merged" or extra == "differs"
    },
    "open asked differs": ({}, FIRST["asked"]),
    "open late differs": ({}, FIRST["late"]),
}
"""Histories that both sides know, the plainer first: a pair is tried on the first in which the desk allows both."""
MERGED = "merged differs"
"""The case whose sides differed before it went into another."""
NEVER = {
    # what is settled only while something differs, and what must not be done then
    ("case.difference_settled", "case.decided"),
    ("case.difference_settled", "case.closed"),
    # a request is open, or its time is over, or it failed
    ("case.containment_failed", "case.containment_expired"),
    ("case.containment_requested", "case.containment_failed"),
    # a complaint is closed only when its customer knows the decision, and no other kind has these acts
    ("case.extended", "case.closed"),
    ("case.closed", "case.review_notified"),
    ("case.closed", "case.reopened"),
}
"""Pairs that a table of statuses would allow, but nobody could do both on any case."""


class Side(NamedTuple):
    """A terminal with somebody at it."""

    store: Store
    clock: Clock
    staff: str

    def counter(self, staff: str = "") -> CaseCounter:
        """The case desk here, without a network."""

        def second_person(staff: str, password: str) -> Role:
            raise AssertionError((staff, password))

        desk = Desk(self.store, staff or self.staff, "supervisor", self.clock, second_person)
        return CaseCounter(desk, online=False)

    def state(self, subject: str) -> CaseState:
        """A case as this store has it."""
        found = self.store.state(subject)
        assert isinstance(found, CaseState)
        return found


class Pair(NamedTuple):
    """Two acts on one case: of these entries, `first` sorts before `second`."""

    one: str
    other: str
    subject: str
    base: str
    first: Entry
    second: Entry


class World(NamedTuple):
    """Both sides after they have heard of each other."""

    here: Side
    there: Side
    pairs: list[Pair]
    left_out: list[tuple[str, str]]
    states: dict[str, tuple[CaseState, CaseState]]
    """Of each pair's case, as each side has it."""


def data_for(kind: str, state: CaseState | None, base: str = "") -> dict[str, Any]:
    """The sample of an entry type, with the names of entries that are really there."""
    data = dict(SAMPLES[kind])
    if kind == "case.merged":
        data["into"], data["number"] = TARGET, number(0)
    elif kind == "case.containment_requested":
        data["expires_at"] = at(40) if " late" in base else at(900)
    if state is None or not state.timeline:
        return data
    requests = [each.entry for each in state.containments]
    named: dict[str, Any] = {
        "case.promise_handed_over": {"promises": [each.entry for each in state.open_promises] or ["none"]},
        "case.redacted": {"entry": state.timeline[0].entry},
        "case.difference_settled": {"marks": [each.entry for each in state.unsettled] or ["none"]},
        "case.unmerged": {"merge": state.merge or "none"},
        "case.parted": {"merge": state.joined[0].merge if state.joined else "none"},
        "case.containment_failed": {"request": requests[0] if requests else "none"},
        "case.containment_expired": {"request": requests[0] if requests else "none"},
        "case.containment_requested": {"renews": requests[-1] if requests else None},
    }
    return {**data, **named.get(kind, {})}


def number(of: int) -> str:
    return case_number("SZFT", OWN, NOON.date(), of + 1)


def wired(entries: list[Entry]) -> list[Entry]:
    """As they come out of the other end of the wire."""
    return [Entry(**orjson.loads(orjson.dumps(each.wire()))) for each in entries]


def done(side: Side, act: Act, subject: str, kind: str, base: str = "", staff: str = "") -> Entry:
    """One act through the desk's own door."""
    found = act.state(subject)
    data = data_for(kind, found if isinstance(found, CaseState) else None, base)
    more: dict[str, Any] = {"approver_role": "supervisor", "statutory_passed": False}
    if kind == "case.merged":
        more |= {"target": act.state(TARGET), "target_subject": TARGET}
    return write(side.counter(staff), act, subject, kind, data, **more)


def prepared(side: Side, act: Act, subject: str, count_: int, base: str) -> list[Entry]:
    """A case with the history of a base, by somebody who does nothing else."""
    changed, kinds = BASES[base]
    data = {**REGISTERED, "number": number(count_), **changed}
    entries = [write(side.counter("c"), act, subject, "case.registered", data)]
    if base == MERGED:
        return entries
    return entries + [done(side, act, subject, kind, base, staff="c") for kind in kinds]


def allowed(side: Side, kind: str, state: CaseState) -> bool:
    """Whether the desk would let this be done."""
    counter = side.counter()
    judged = counter.judged(
        subject="case/x", approver_role="supervisor", target=side.state(TARGET), target_subject=TARGET
    )
    model = known_types()[kind, 1][1]
    try:
        acts.check(judged, state, kind, model.model_validate({**data_for(kind, state), "after": state.heads}))
    except RuleError:
        return False
    return True


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clocks = Clock(NOON), Clock(NOON)
    stores = [
        desk_store(tmp_path_factory.mktemp(name), identity(name_of))
        for name, name_of in (("here", OWN), ("there", OTHER))
    ]
    here, there = Side(stores[0], clocks[0], "a"), Side(stores[1], clocks[1], "b")
    yield played(here, there)
    for store in stores:
        store.close()


def played(here: Side, there: Side) -> World:
    """Every pair: known to both, acted on by both, exchanged."""
    pages = (f"page-{each}" for each in count())
    bases = {base: f"case/{uuid5(SPACE, base)}" for base in BASES}
    _both_know(here, there, pages, {TARGET: "open", **{subject: base for base, subject in bases.items()}})
    _later(here, there, 120)
    states = {base: here.state(subject) for base, subject in bases.items()}
    fitting = {kind: [base for base in BASES if allowed(here, kind, states[base])] for kind in ACTS}
    chosen: list[tuple[str, str, str, str]] = []
    left_out = []
    for one, other in combinations_with_replacement(ACTS, 2):
        base = next((each for each in fitting[one] if each in fitting[other]), None)
        if base is None:
            left_out.append((one, other))
        else:
            chosen.append((one, other, f"case/{uuid5(SPACE, one + other)}", base))
    _later(here, there, -119)
    _both_know(here, there, pages, {subject: base for _one, _other, subject, base in chosen}, start=50)
    _later(here, there, 120)
    ours = _acted(here, [(subject, one) for one, _other, subject, _base in chosen])
    theirs = _acted(there, [(subject, other) for _one, other, subject, _base in chosen])
    _take(there, pages, ours)
    _take(here, pages, theirs)
    pairs = []
    for (one, other, subject, base), mine, yours in zip(chosen, ours, theirs, strict=True):
        first, second = sorted((mine, yours), key=lambda each: each.order)
        pairs.append(Pair(one, other, subject, base, first, second))
    states_of = {each.subject: (here.state(each.subject), there.state(each.subject)) for each in pairs}
    return World(here, there, pairs, left_out, states_of)


def lines(state: CaseState, words: CaseWords) -> dict[str, EntryLine]:
    """A timeline as the screen shows it."""
    return {each.id: each for each in entry_lines(state, words)}


def _later(here: Side, there: Side, minutes: int) -> None:
    """The other clock is a second behind, so that each side is first in some pairs' order of time."""
    here.clock.wait(minutes * 60)
    there.clock.wait(minutes * 60)


def _both_know(here: Side, there: Side, pages: Iterator[str], cases: dict[str, str], start: int = 0) -> None:
    with here.store.act("c", here.clock()) as act:
        known = [
            each
            for number_, (subject, base) in enumerate(cases.items(), start)
            for each in prepared(here, act, subject, number_, base)
        ]
    _take(there, pages, known)
    differing = [subject for subject, base in cases.items() if base.endswith(" differs")]
    ours = _acted(here, [(subject, "case.details_added") for subject in differing])
    theirs = _acted(there, [(subject, "case.details_added") for subject in differing])
    _take(there, pages, ours)
    _take(here, pages, theirs)
    _take(there, pages, _acted(here, [(subject, "case.merged") for subject in differing if cases[subject] == MERGED]))


def _acted(side: Side, wanted: list[tuple[str, str]]) -> list[Entry]:
    with side.store.act(side.staff, side.clock()) as act:
        return [done(side, act, subject, kind) for subject, kind in wanted]


def _take(side: Side, pages: Iterator[str], entries: list[Entry]) -> None:
    if entries:
        applied = side.store.apply_feed(wired(entries), next(pages), "epoch-1")
        assert not applied.broken and applied.added == len(entries)


def each_pair(world: World, holds: Callable[[Pair], object]) -> list[tuple[str, str, str]]:
    """The pairs for which it does not hold."""
    return [(each.one, each.other, each.base) for each in world.pairs if not holds(each)]


def test_every_act_is_tried_and_pairs_are_left_out_only_where_nobody_could_do_both(world: World) -> None:
    tried = {kind for each in world.pairs for kind in (each.one, each.other)}
    assert tried == set(ACTS)
    assert len(world.pairs) > 600
    table = acts.ACTS

    def together(one: str, other: str) -> bool:
        kinds = {table[one].ideas, table[other].ideas}
        return not kinds >= {True, False} and bool(table[one].statuses & table[other].statuses)

    def of_ideas(one: str, other: str) -> bool:
        """A suggestion stops no loss, has no time of the law, and goes into no complaint."""
        return any(each.startswith("suggestion.") for each in (one, other))

    possible = [pair for pair in world.left_out if together(*pair) and not of_ideas(*pair)]
    assert set(possible) <= NEVER, set(possible) - NEVER
    odd = {each for pair in world.left_out if together(*pair) and of_ideas(*pair) for each in pair}
    assert {each for each in odd if not each.startswith("suggestion.")} <= {
        "case.containment_failed", "case.containment_expired", "case.extended", "case.merged",
    }  # fmt: skip


def test_both_stores_have_the_same_state_and_the_same_row(world: World) -> None:
    assert each_pair(world, lambda each: world.states[each.subject][0] == world.states[each.subject][1]) == []

    subjects = [each.subject for each in world.pairs]
    rows = [case_queries.case_lines(side.store, subjects) for side in (world.here, world.there)]
    ours, theirs = ({each.subject: each._replace(pending=False) for each in found} for found in rows)
    assert set(ours) == set(subjects)
    assert each_pair(world, lambda each: ours[each.subject] == theirs[each.subject]) == []


def test_nothing_is_dropped(world: World) -> None:
    def whole(each: Pair) -> bool:
        items = {item.entry: item for item in world.states[each.subject][0].timeline}
        said = [(entry.data or {}).get("text") for entry in (each.first, each.second)]
        shown = [items[entry.id].text if entry.id in items else "?" for entry in (each.first, each.second)]
        return all(text is None or text == there for text, there in zip(said, shown, strict=True)) and "?" not in shown

    assert each_pair(world, whole) == []


def test_the_difference_is_visible_in_words_on_both_entries_at_both_terminals(world: World) -> None:
    words = [CaseWords(side.counter()) for side in (world.here, world.there)]

    def visible(each: Pair) -> bool:
        shown = [lines(state, said) for state, said in zip(world.states[each.subject], words, strict=True)]
        same = touch_same(each.one, each.other)
        return all(
            found[entry.id].marks and found[entry.id].both_sides is same
            for found in shown
            for entry in (each.first, each.second)
        )

    assert each_pair(world, visible) == []


def test_what_two_sides_changed_at_once_is_asked_about_until_somebody_has_looked(world: World) -> None:
    def asked(each: Pair) -> bool:
        state = world.states[each.subject][1]
        unsettled = {mark.entry for mark in state.unsettled}
        return (each.second.id in unsettled) is touch_same(each.one, each.other)

    assert each_pair(world, asked) == []


def test_the_word_that_does_not_stand_is_shown_beside_the_one_that_does(world: World) -> None:
    pair = next(each for each in world.pairs if (each.one, each.other) == ("case.decided", "case.decided"))
    for side in (world.here, world.there):
        state = side.state(pair.subject)
        found = difference_lines(state, CaseWords(side.counter()))
        assert [(each.other, each.who) for each in found if each.stands][:1] == [("支持", pair.second.staff)]
        assert [each.entry for each in state.decisions] == [pair.first.id, pair.second.id]


def test_what_central_says_meanwhile_is_seen_like_any_other_side(world: World) -> None:
    here, there = world.here, world.there
    subject = f"case/{uuid5(SPACE, 'central')}"
    pages = (f"central-{each}" for each in count())
    _both_know(here, there, pages, {subject: "open asked"}, start=2000)
    request = here.state(subject).containments[0].entry
    ours = _acted(here, [(subject, "case.noted")])
    data = {**SAMPLES[BY_CENTRAL], "request": request, "after": [request]}
    said = Writer(CENTRAL, clock_ms=int(here.clock().timestamp() * 1000)).write(subject, BY_CENTRAL, data, staff=None)
    _take(there, pages, [*ours, said])
    _take(here, pages, [said])
    assert here.state(subject) == there.state(subject)
    assert here.state(subject).containments[0].status == "confirmed"
    shown = lines(here.state(subject), CaseWords(here.counter()))
    assert all(shown[each.id].marks for each in (*ours, said))
