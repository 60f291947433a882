"""Rows of cases follow the states: what is due next, promises, flags, ideas, ratings; after a refold too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from branch_console.rules.journal import parse_at
from data import case_queries as ask
from data.store import Store
from data.upgrade import fold_stale
from data.verify import verify
from tests.data.cases import (
    PHONE,
    case,
    case_store,
    customer,
    go_on,
    names,
    promise,
    rate,
    register,
    registered,
)
from tests.data.gifts import receive_from
from tests.data.test_feed import published
from tests.data.world import CENTRAL_SEED, NOW, OTHER, THIRD, Writer, act, identity, later, new_store
from tests.rules.cases.case_help import TRANSACTION
from tests.rules.flow_help import documents

CONTACT: dict[str, Any] = {"way": "phone", "text": "已致电", "ends_with": "promise", "reached": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = case_store(tmp_path)
    yield made
    made.close()


def line(store: Store, subject: str) -> ask.CaseListed:
    found = ask.case_line(store, subject)
    assert found is not None
    return found


def hour(at: str | None) -> str:
    """A moment in the branch's time."""
    assert at is not None
    return parse_at(at).astimezone(identity().zone).strftime("%m-%d %H:%M")


def test_a_case_is_due_with_what_comes_first_of_promises_and_clocks(store: Store) -> None:
    """Monday 09:30. First contact: one working day, so the end of Tuesday; promised for Monday 13:30."""
    about = register(store, promise=promise(4))
    found = line(store, about)
    assert (found.number, found.kind, found.status, found.category) == (
        "TS-SZFT-0001-260302-0001-" + found.number[-2:],
        "complaint",
        "received",
        "double_charge",
    )
    assert (found.next_kind, hour(found.next_at), hour(found.promise_at)) == ("promise", "03-02 13:30", "03-02 13:30")
    assert (found.next_ms, found.next_share_started_ms) == (
        int(later(hours=4).timestamp() * 1000),
        int(NOW.timestamp() * 1000),
    )
    assert (found.statutory_day, hour(found.internal_at)) == ("2026-03-17", "03-16 17:30")
    kept = {**CONTACT, "promise": promise(24 * 5)}
    act(store, about, ("case.contact_out", kept), now=later(hours=3))
    found = line(store, about)
    assert (found.status, found.next_kind, hour(found.next_at)) == ("in_progress", "update", "03-05 17:30")
    assert (hour(found.promise_at), found.promise_staff) == ("03-07 09:30", "s-wang")


def test_the_customers_own_right_is_due_for_nobody(store: Store) -> None:
    about = register(store)
    go_on(store, about, "case.decided", "case.notified")
    found = line(store, about)
    assert (found.status, found.next_at, found.next_ms, found.next_kind) == ("decided", None, ask.NOTHING_DUE, "")
    assert (found.statutory_day, found.internal_at, found.promise_at) == (None, None, None)


def test_a_clock_that_rests_is_due_nowhere_and_the_law_goes_on(store: Store) -> None:
    about = register(store, promise=None)
    go_on(store, about, "case.paused", now=later(hours=1))
    found = line(store, about)
    assert (found.paused, found.next_kind, found.statutory_day) == (True, "statutory", "2026-03-17")
    go_on(store, about, "case.resumed", now=later(hours=2))
    assert line(store, about).next_kind == "first"
    inquiry = register(store, 2, kind="inquiry", promise=None, clock_sets=["normal", "contact"])
    go_on(store, inquiry, "case.paused", now=later(hours=1))
    assert line(store, inquiry).next_kind == "first"  # nothing else is left to stand for it


def test_an_unreadable_promise_is_due_at_once(store: Store) -> None:
    wrong = {**promise(), "at": "tomorrow, as soon as we can"}
    receive_from(store, Writer().write(case(1), "case.registered", registered(promise=wrong)))
    assert names(store, "overdue") == [case(1)]
    assert [each.subject for each in ask.promises_until(store, NOW)] == [case(1)]


def test_flags_and_differences_stand_on_the_line(store: Store) -> None:
    about = register(store, vulnerable=True, group_size=25)
    go_on(store, about, "case.escalated")
    found = line(store, about)
    assert (found.flags, found.level, found.differs) == (("major", "vulnerable", "escalated"), 1, False)
    registered_id = store.entries(about)[0].id
    writers = [Writer(OTHER), Writer(THIRD)]
    for writer, to in zip(writers, ("s-li", "s-chen"), strict=True):
        receive_from(store, writer.write(about, "case.assigned", {"to": to, "after": [registered_id]}))
    found = line(store, about)
    assert found.differs
    assert "both_sides" in found.flags


def test_promises_go_with_the_case(store: Store) -> None:
    one, two = register(store, 1, promise=promise(2)), register(store, 2, promise=promise(26, staff="s-li"))
    until = later(hours=24)
    (found,) = ask.promises_until(store, until)
    assert (found.subject, found.number, found.staff, found.name) == (one, line(store, one).number, "s-wang", "张*丰")
    assert [each.subject for each in ask.promises_until(store, later(hours=30))] == [one, two]
    entry = ask.promises_until(store, until)[0].entry
    act(store, one, ("case.promise_handed_over", {"promises": [entry], "to": "s-chen"}))
    assert [each.staff for each in ask.promises_until(store, until)] == ["s-chen"]
    go_on(store, one, "case.withdrawn")
    assert [each.subject for each in ask.promises_until(store, later(hours=30))] == [two]


def test_what_the_reference_data_does_not_say_yet_is_reckoned_when_it_comes(tmp_path: Path) -> None:
    """A case may be pinned to a version that this terminal hears of later."""
    store = new_store(tmp_path)
    about = register(store, promise=None)
    assert (line(store, about).next_at, line(store, about).flags) == (None, ())
    central = Writer("central/SZFT")
    for name in ("sla/cn_default.v1.toml", "calendars/cn_branch.v1.toml", "codes/case_limits.v1.toml"):
        receive_from(store, published(central, name, documents()[name], seed=CENTRAL_SEED))
    assert line(store, about).next_kind == "first"
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM case_row WHERE unread").scalar_one() == 0
    store.close()


def test_a_customer_who_is_named_later_is_found_by_the_new_key_only(store: Store) -> None:
    about = register(store)
    new: dict[str, Any] = customer("王*", "139****1234", "k1:new")
    payment: dict[str, Any] = {**TRANSACTION, "key": "k1:payment"}
    act(store, about, ("case.details_added", {"customer": new, "transaction": payment}))
    assert [each.case for each in ask.candidates(store, ["k1:new"], None, later(days=9).date(), "SZFT")] == [about]
    assert ask.candidates(store, [PHONE], None, later(days=9).date(), "SZFT") == []
    assert [each.transaction for each in ask.candidates(store, [], "k1:payment", later(days=9).date(), "X")] == [
        "k1:payment"
    ]


def test_ideas_have_a_board_and_stand_in_the_queue_only_with_a_promise(store: Store) -> None:
    one, two, three = (register(store, name, kind="suggestion") for name in (1, 2, 3))
    go_on(store, two, "suggestion.supported")
    go_on(store, two, "suggestion.supported", key=None)
    go_on(store, three, "suggestion.evaluated", "suggestion.adopted", "suggestion.rewarded")
    assert names(store, "branch") == []
    assert [each.subject for each in ask.ideas(store, "all")] == [two, three, one]
    assert [(each.subject, each.support) for each in ask.ideas(store, "received")] == [(two, 2), (one, 0)]
    assert [ask.count_ideas(store, tab) for tab in ("received", "evaluating", "adopted", "all")] == [2, 0, 1, 3]
    (adopted,) = ask.ideas(store, "adopted")
    assert (adopted.owner, adopted.due, adopted.answer, adopted.rewarded_fen) == ("s2", "2026-10-31", "采纳", 6_000)
    with store.act("s-wang", NOW) as each, each.reading() as connection:
        assert [ask.rewarded_fen(connection, month) for month in ("2026-09", "2026-10")] == [6_000, 0]
    go_on(store, one, "case.contact_in", promise=promise(3))
    assert names(store, "branch") == [one]


def test_a_second_word_of_a_customer_counts_once_and_on_the_first_day(store: Store) -> None:
    """Nothing is overwritten: the newest word counts, and that there were two is known (FreeScout #4908)."""
    about = register(store)
    rate(store, about, 2)
    rate(store, about, 5, 2, now=later(days=3))
    assert ask.ratings(store, NOW.date(), NOW.date()) == [ask.RatingListed(about, 5, "2026-03-02", "s-wang", 2)]
    assert ask.ratings(store, later(days=1).date(), later(days=5).date()) == []


def everything(store: Store) -> list[tuple[object, ...]]:
    """All rows about cases without what only this store knows (order of arrival, own places)."""
    statements = (
        "SELECT c.subject, c.status, c.owner, c.next_ms, c.next_kind, c.promise_ms, c.flags, c.differs, c.text,"
        " s.state, s.head, s.body FROM case_row AS c JOIN case_search AS s ON s.rowid = c.id ORDER BY 1",
        "SELECT c.subject, p.entry, p.ms, p.staff FROM case_promise AS p JOIN case_row AS c ON c.id = p.case_id"
        " ORDER BY 1, 2",
        "SELECT c.subject, k.scope, k.key FROM case_key AS k JOIN case_row AS c ON c.id = k.case_id ORDER BY 1, 2, 3",
        "SELECT subject, score, revisions FROM rating_row ORDER BY 1",
    )
    with store.reading() as connection:
        return [tuple(row) for statement in statements for row in connection.exec_driver_sql(statement)]


def test_rows_are_the_same_in_any_order_and_folded_anew(store: Store, tmp_path: Path) -> None:
    """Two terminals cut off from each other work on the same case; a third gets it in the other order."""
    first = Writer(OTHER)
    begin = first.write(case(1), "case.registered", registered(terminal=OTHER))
    one = [
        first.write(case(1), "case.noted", {"text": "商户确认重复提交", "after": [begin.id]}),
        first.write(case(1), "case.assigned", {"to": "s-li", "after": []}),
    ]
    second = Writer(THIRD, 1_772_400_000_500)
    contact = {**CONTACT, "promise": promise(30), "after": [begin.id]}
    two = [second.write(case(1), "case.contact_out", contact), second.write(case(2), "case.registered", registered(2))]
    (tmp_path / "other").mkdir()
    other = case_store(tmp_path / "other", identity("0195f000-0000-7000-8000-000000000004"))
    for where, pages in ((store, ([begin, *one], two)), (other, ([begin], two, one))):
        for page in pages:
            receive_from(where, *page)
    assert everything(store) == everything(other)
    assert ask.case_state(store, case(1)) == ask.case_state(other, case(1))
    other.close()
    assert verify(store).ok
    before = everything(store)
    with store.database.write() as connection:
        for name in ("case_row", "case_key", "case_promise", "case_search", "rating_row", "idea_row"):
            connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608
        fold_stale(connection, store.reference, store.identity)
    assert everything(store) == before
