"""The queue of cases: tabs, their order, filters, words in Chinese and English, and finding one case."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from branch_console.rules.journal import format_at
from branch_console.rules.narrative.duplicates import Told, duplicates
from data import case_queries as ask
from data import meta
from data.case_search import match
from data.store import Store
from tests.data.cases import STORY, case, case_store, close, customer, go_on, names, promise, rate, register, registered
from tests.data.gifts import receive_from
from tests.data.world import NOW, OTHER, Writer, act, done, later, receive
from tests.rules.cases.case_help import REGULATOR, TRANSACTION


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = case_store(tmp_path)
    yield made
    made.close()


def test_the_queue_is_in_the_order_of_what_is_due_and_the_tabs_say_whose(store: Store) -> None:
    mine = register(store, "mine", promise=promise(20))
    soon = register(store, "soon", promise=promise(2, staff="s-li"), staff="s-li")
    late = register(store, "late", promise=promise(-1, staff="s-li"), staff="s-li")
    handed = register(store, "handed", promise=promise(22, staff="s-li"), regulator=REGULATOR, staff="s-li")
    over = register(store, "over")
    close(store, over)
    go_on(store, handed, "case.assigned", to="s-wang")
    assert names(store, "branch") == [late, soon, mine, handed]
    assert names(store, "mine") == [mine, handed]
    assert names(store, "mine", staff="s-li") == [late, soon, handed]  # theirs to keep, though not theirs to handle
    assert names(store, "today") == [late, soon]
    assert names(store, "overdue") == [late]
    assert names(store, "overdue", now=later(hours=3)) == [late, soon]
    assert names(store, "regulator") == [handed]
    assert names(store, "all") == [over, handed, late, soon, mine]
    assert ask.tab_counts(store, staff="s-wang", now=NOW) == {
        "mine": 2, "branch": 4, "today": 2, "overdue": 1, "regulator": 1, "review": 0, "unsynced": 5, "all": 5,
    }  # fmt: skip
    go_on(store, over, "case.review_applied", now=later(days=1))
    assert names(store, "review", now=later(days=1)) == [over]


def test_what_central_has_not_confirmed_is_pending(store: Store) -> None:
    one = register(store, 1)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    two = register(store, 2)
    receive_from(store, Writer().write(case(3), "case.registered", registered(terminal=OTHER)))
    assert names(store, "unsynced") == [two]
    assert {each.subject: each.pending for each in ask.cases(store, "all", staff=None, now=NOW)} == {
        case(3): False, two: True, one: False,
    }  # fmt: skip
    close(store, one)
    assert names(store, "unsynced") == [two, one]


def test_kind_and_status_narrow_any_list_and_pages_go_on(store: Store) -> None:
    for number in range(5):
        register(store, number, kind=("complaint", "inquiry")[number % 2], promise=promise(20 + number))
    close(store, case(4))
    assert names(store, "branch", kind="complaint") == [case(0), case(2)]
    assert names(store, "all", kind="complaint") == [case(4), case(2), case(0)]
    assert names(store, "all", kind="complaint", status="closed") == [case(4)]
    assert names(store, "all", status="received", text="早餐") == [case(3), case(2), case(1), case(0)]
    assert names(store, "branch", kind="inquiry", text="早餐") == [case(1), case(3)]
    pages = [ask.cases(store, "all", staff=None, now=NOW, offset=at, limit=2) for at in (0, 2, 4)]
    assert [each.subject for page in pages for each in page] == [case(number) for number in (4, 3, 2, 1, 0)]


def test_words_of_two_characters_and_english_words_are_found_everywhere(store: Store) -> None:
    one = register(store, 1)
    two = register(
        store, 2, text="The App shows a wrong balance, 手机 1391 卡顿", customer=customer("Li W*", "139****1234")
    )
    three = register(store, 3, text="排队时间太长", promise=promise(3))
    go_on(store, three, "case.noted", text="商户承认重复提交 Duplicate Payment")
    for typed, found in (
        ("早餐", [one]),
        ("扣了两次", [one]),
        ("餐被", [one]),  # any part of a longer word, no dictionary decides
        ("餐两", []),  # not side by side
        ("重复", [three]),  # in a note
        ("balance", [two]),
        ("BALAN", [two]),  # unfinished
        ("app 卡顿", [two]),  # all must occur
        ("app 早餐", []),
        ("duplicate payment", [three]),
        ("8000", [three, one]),
        ("1234", [two]),
        ("张丰", [three, one]),  # what a mask leaves of a name
        ("张", [three, one]),
        ("260302-0003", [three]),
        ("0002", [two]),
        ("长商", []),  # no phrase reaches from one text into the next
        ("\"'*(){}:^-", []),
        ("queued", []),  # what the index knows of the state is nobody's word
        ("statusreceived", []),
    ):
        assert sorted(names(store, "branch", text=typed)) == sorted(found), typed
        assert sorted(names(store, "all", text=typed)) == sorted(found), typed
    assert names(store, "branch", text="早餐 太") == []
    assert match("  ", queued=True, kind=None, status=None) == ""
    assert names(store, "branch", text="  ") == [three, one, two]


def test_a_case_that_ends_leaves_the_queue_but_not_the_search(store: Store) -> None:
    one = register(store, 1)
    close(store, one)
    assert names(store, "branch", text="早餐") == []
    assert names(store, "all", text="早餐") == [one]
    go_on(store, one, "case.reopened")
    assert names(store, "branch", text="早餐") == [one]


def test_with_more_hits_than_are_sorted_the_order_of_the_queue_leads(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        register(store, number, promise=promise(10 - number))
    expected = [case(number) for number in (5, 4, 3, 2, 1, 0)]
    assert names(store, "branch", text="早餐") == expected
    monkeypatch.setattr("data.case_lists.MANY", 2)
    assert names(store, "branch", text="早餐") == expected
    assert names(store, "mine", text="早餐") == expected
    assert names(store, "overdue", text="早餐", now=later(hours=7)) == expected[:2]


def test_who_is_complained_about_cannot_be_looked_up(store: Store) -> None:
    about = register(store)
    go_on(store, about, "case.staff_named", staff="g9")
    assert names(store, "all", text="g9") == []
    with store.reading() as connection:
        rows = [
            *connection.exec_driver_sql("SELECT * FROM case_row"),
            *connection.exec_driver_sql("SELECT * FROM case_search"),
        ]
    assert rows
    assert "complained" not in repr(rows)


@pytest.mark.parametrize("change", [str, str.lower, lambda number: number.replace("-", " \uff0d"), "v1|{}|tok".format])
def test_a_case_is_found_by_its_number_however_it_is_typed(store: Store, change: object) -> None:
    about = register(store)
    number = ask.cases(store, "all", staff=None, now=NOW)[0].number
    assert callable(change)
    assert ask.case_by_number(store, change(number)) == about
    assert ask.case_by_number(store, change(number[:-1] + str((int(number[-1]) + 1) % 10))) is None
    assert ask.case_by_number(store, "扣款") is None


def test_the_next_number_of_a_day_counts_this_terminals_cases(store: Store) -> None:
    receive_from(store, Writer().write(case("other"), "case.registered", registered(7, terminal=OTHER)))
    with store.act("s-wang", NOW) as each:
        for count in (1, 2):
            with each.reading() as connection:
                assert ask.next_count(connection, NOW.date()) == count
            each.append("case.registered", case(count), registered(count))
        with each.reading() as connection:
            assert ask.next_count(connection, NOW.date() + timedelta(days=1)) == 1


def test_a_restored_store_issues_no_number_again_that_it_does_not_know_of(store: Store) -> None:
    """Taken down at 09:00, backup of 08:00 put back at 09:20 (01:20 UTC): the slip of 09:00 has number 1."""
    day = NOW.date()
    at = datetime.combine(day, time(9, 20), ZoneInfo("Asia/Shanghai"))
    with store.database.write() as connection:
        meta.put(connection, meta.LAST_RESTORED, format_at(at.astimezone(UTC)))
    with store.act("s-wang", NOW) as each:
        with each.reading() as connection:
            first = ask.next_count(connection, day)
            assert first == 10_000 + 9 * 3600 + 20 * 60
            assert ask.next_count(connection, day + timedelta(days=1)) == 1
        each.append("case.registered", case(1), registered(first))
        with each.reading() as connection:
            assert ask.next_count(connection, day) == first + 1


def test_a_case_that_repeats_another_is_hinted_at(store: Store) -> None:
    payment = {**TRANSACTION, "key": "k1:payment-1"}
    same_payment = register(
        store, 1, customer=customer("李*", "137****1111", "k1:li"), transaction=payment, text="别的事情"
    )
    same_customer = register(store, 2, text="another matter")
    closed = register(store, 3, text="closed matter")
    close(store, closed)
    long_ago = register(store, 4, now=later(days=-90), text="long ago")
    close(store, long_ago, now=later(days=-80))
    alike = register(store, 5, customer=customer("王*", "136****2222", "k1:wang"))
    gone_on = register(store, 6, now=later(days=-1))
    go_on(store, gone_on, "case.merged")
    known = ask.candidates(store, ["k1:" + "T" * 43], "k1:payment-1", NOW.date(), "SZFT")
    assert {each.case for each in known} == {same_payment, same_customer, closed, alike}
    new = Told(
        case="", day=NOW.date(), branch="SZFT", customer=frozenset({"k1:" + "T" * 43}), transaction="k1:payment-1",
        business="B04", reason="C09", text=STORY,
    )  # fmt: skip
    assert {hint.case: hint.why[0] for hint in duplicates(new, known)} == {
        same_payment: "same_transaction", same_customer: "same_matter", closed: "same_matter", alike: "similar_text",
    }  # fmt: skip


def test_reports_read_a_period_and_no_other(store: Store) -> None:
    yesterday, today = NOW.date() - timedelta(days=1), NOW.date()
    old = register(store, 1, now=later(days=-1), kind="dispute", text="昨天的事")
    new = register(store, 2)
    close(store, new)
    journey = receive(store, 1)
    act(store, journey, ("journey.step_done", done("need")), ("journey.finished", {"wallet_class": "II"}))
    receive(store, 2)
    rate(store, journey, 4)
    assert [subject for subject, _ in ask.register_cases(store, yesterday, today)] == [old, new]
    assert [state.kind for _, state in ask.register_cases(store, yesterday, yesterday)] == ["dispute"]
    assert ask.told_texts(store, today, today) == [(new, "complaint", "2026-03-02", STORY)]
    assert [subject for subject, _ in ask.disputes_since(store, later(days=-2))] == [old]
    assert ask.disputes_since(store, NOW) == []
    assert (ask.journeys_ended(store, yesterday, today), ask.journeys_ended(store, yesterday, yesterday)) == (1, 0)
    assert (ask.cases_closed(store, today, today), ask.cases_closed(store, yesterday, yesterday)) == (1, 0)
    assert [(each.about, each.score) for each in ask.ratings(store, today, today)] == [(journey, 4)]
    assert ask.case_state(store, case("none")) is None
    assert ask.case_line(store, case("none")) is None
