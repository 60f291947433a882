"""Lists, look-ups and figures."""

import pytest

from branch_console.rules.journal import Data
from data import queries
from data.store import Store
from tests.data.world import NOW, Writer, act, phone, receive, started, subject

PEOPLE = {
    "shan": ("单小龙", "138****8000"),
    "ouyang": ("欧阳娜娜", "139****1234"),
    "wang": ("王芳", "137****4567"),
    "wangfang": ("王方方", "136****4321"),
    "rare": ("𬭎生", "135****1111"),
    "latin": ("Li Wei", "+852****4567"),
}


@pytest.fixture
def people(store: Store) -> Store:
    for key, (name, masked) in PEOPLE.items():
        about = subject(key)
        act(store, about, ("journey.started", started(name)), ("journey.answered", phone(masked, f"k1:{key}")))
    return store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单", {"shan"}),
        ("小龙", {"shan"}),
        ("娜", {"ouyang"}),
        ("欧阳娜娜", {"ouyang"}),
        ("王", {"wang", "wangfang"}),
        ("芳", {"wang"}),
        ("𬭎", {"rare"}),
        ("sxl", {"shan"}),
        ("dxl", {"shan"}),
        ("shanxiao", {"shan"}),
        ("oynn", {"ouyang"}),
        ("WF", {"wang", "wangfang"}),
        ("wangfang", {"wang", "wangfang"}),
        ("wei", {"latin"}),
        ("li w", {"latin"}),
        ("8000", {"shan"}),
        ("4567", {"wang", "latin"}),
        ("67", {"wang", "latin"}),
        ("13800008000", {"shan"}),
        ("", set()),
        ("   ", set()),
        ('"', set()),
        ("* OR name:", set()),
        ("%", set()),
        ("zzz", set()),
        ("赵", set()),
    ],
)
def test_people_are_found_by_what_is_known_of_them(people: Store, typed: str, found: set[str]) -> None:
    rows = queries.search_people(people, typed, 50)
    assert {row.subject for row in rows} == {subject(key) for key in found}


def test_a_changed_name_is_found_by_the_new_one_only(people: Store) -> None:
    renamed: Data = {"step": "identity", "answers": {"name": "赵敏"}}
    act(people, subject("wang"), ("journey.answered", renamed))
    assert [row.masked_name for row in queries.search_people(people, "赵敏", 5)] == ["赵*"]
    assert {row.subject for row in queries.search_people(people, "王", 5)} == {subject("wangfang")}
    assert {row.subject for row in queries.search_people(people, "zm", 5)} == {subject("wang")}


def test_a_person_is_found_by_a_keyed_hash(people: Store) -> None:
    assert [row.subject for row in queries.journeys_of_person(people, ["k1:wang", "k9:none"])] == [subject("wang")]
    assert queries.journeys_of_person(people, []) == []


def test_tabs_and_pages(store: Store) -> None:
    for at in range(5):
        receive(store, at)
    act(store, subject(1), ("journey.finished", {"wallet_class": "II"}))
    theirs = Writer().journey("theirs")
    store.apply_feed(theirs, "c", "e")

    def listed(tab: queries.Tab, **more: int) -> list[str]:
        rows = queries.journeys(store, tab=tab, staff="s-wang", **more)
        assert more or queries.count_journeys(store, tab=tab, staff="s-wang") == len(rows)
        return [row.subject for row in rows]

    mine = [subject(at) for at in (4, 3, 2, 0)]
    assert listed("mine") == mine
    assert set(listed("open")) == {*mine, subject("theirs")}
    assert listed("branch") == [subject("theirs")]
    assert listed("finished") == [subject(1)]
    assert len(listed("all")) == 6
    assert listed("mine", offset=1, limit=2) == mine[1:3]


def test_the_list_shows_who_waits_for_central(store: Store) -> None:
    receive(store, 1)
    store.acknowledge(2, store.head().hash, [], "epoch-1", NOW)
    receive(store, 2)
    rows = {row.subject: row.pending for row in queries.journeys(store, tab="all", staff=None)}
    assert rows == {subject(1): False, subject(2): True}
    assert [(each.seq, each.type) for each in queries.waiting(store)] == [
        (3, "journey.started"),
        (4, "journey.answered"),
    ]
