"""What is taken away of a case, and when: its words go from lists, search and disk; clocks, codes and numbers stay."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import event

from branch_console.rules.canonical import Json
from branch_console.rules.cases.forgetting import redaction
from branch_console.rules.cases.states import CaseState, RatingState
from data import case_queries as ask
from data.queries import drafts
from data.retention import Purged, purge
from data.store import Store
from data.verify import verify
from tests.data.cases import PHONE, STORY, case, case_store, close, go_on, names, rate, register, registered
from tests.data.gifts import receive_from
from tests.data.test_erasure import in_clear
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import NOW, OTHER, Writer, act, later, new_store
from tests.rules.cases.case_help import TRANSACTION

KEEP = 90
NOTHING = Purged(0, 0, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = case_store(tmp_path)
    yield made
    made.close()


def confirm(store: Store, after: timedelta = timedelta(0)) -> None:
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW + after)


def parsed(states: dict[str, bytes]) -> dict[str, object]:
    return {subject: orjson.loads(body) for subject, body in states.items()}


def test_a_case_loses_its_words_and_its_person_but_not_its_clocks(store: Store, tmp_path: Path) -> None:
    about = register(store, transaction={**TRANSACTION, "key": "k1:payment"})
    go_on(store, about, "case.noted", text="Waiting for Mr Zhangsanfeng")
    close(store, about)
    open_one = register(store, 2)
    rating = rate(store, about, 2, text="太慢了")
    before = ask.case_line(store, about)
    assert before is not None
    assert purge(store, later(days=400)) == NOTHING  # central does not have it yet
    confirm(store)
    assert purge(store, later(days=KEEP, hours=-1)) == NOTHING
    purged = purge(store, later(days=KEEP + 1))
    assert (purged.cases, purged.journeys, purged.gifts) == (2, 0, 0)
    assert purge(store, later(days=KEEP + 2)) == NOTHING
    state, rated = store.state(about), store.state(rating)
    assert isinstance(state, CaseState)
    assert isinstance(rated, RatingState)
    assert (state.narrative, state.customer and state.customer.name, state.erased) == ("", "", True)
    assert (state.number, state.codes and state.codes.category, state.status) == (
        before.number,
        "double_charge",
        "closed",
    )
    assert [each.score for each in rated.revisions] == [2]
    assert ask.ratings(store, NOW.date(), NOW.date())[0].score == 2
    found = ask.case_line(store, about)
    assert found is not None
    assert (found.text, found.name, found.phone, found.number) == ("", "", "", before.number)
    for words in ("早餐", "Zhangsanfeng", "8000", "张"):
        assert names(store, "all", text=words) == ([] if words == "Zhangsanfeng" else [open_one])
    assert names(store, "all", text=before.number) == [about]
    assert [each.case for each in ask.candidates(store, [PHONE], None, later(days=80).date(), "SZFT")] == [open_one]
    assert ask.candidates(store, [], "k1:payment", later(days=80).date(), "SZFT") == []
    assert verify(store).ok
    assert parsed(all_states(store)) == parsed(folded_anew(store))
    store.close()
    everything = in_clear(tmp_path / "store.db")
    assert b"Zhangsanfeng" not in everything
    assert b"zhangsanfeng" not in everything
    assert "太慢了".encode() not in everything


def test_what_is_redacted_is_gone_from_search_and_disk_at_once(store: Store, tmp_path: Path) -> None:
    about = register(store, text="我的身份证 abc12345secret 被扣了两次")
    entry = store.entries(about)[0]
    assert names(store, "branch", text="abc12345secret") == [about]
    place: Json = redaction(entry, "我的身份证 **** 被扣了两次")
    redacted: dict[str, Json] = {"entry": entry.id, "types": ["id"], "reason": "登记时漏掩"}
    act(store, about, ("case.redacted", redacted), ("data.erased", {"entries": [place], "why": "redacted"}))
    assert names(store, "branch", text="abc12345secret") == []
    assert names(store, "branch", text="身份证") == [about]
    assert ask.cases(store, "all", staff=None, now=NOW)[0].text == "我的身份证 **** 被扣了两次"
    store.forget_old_pages()
    store.close()
    assert b"abc12345secret" not in in_clear(tmp_path / "store.db")


def test_a_case_waits_for_its_target_and_for_what_two_sides_differ_in(store: Store) -> None:
    target, source = register(store, 1), register(store, 2)
    go_on(store, source, "case.merged", into=target)
    differs = register(store, 3)
    first = store.entries(differs)[0].id
    for number, to in enumerate(("s-li", "s-chen")):
        other = Writer(f"0195f000-0000-7000-8000-00000000001{number}", int(NOW.timestamp() * 1000))
        receive_from(store, other.write(differs, "case.assigned", {"to": to, "after": [first]}))
    close(store, differs, now=later(hours=1))
    confirm(store, timedelta(days=1))
    assert purge(store, later(days=200)) == NOTHING
    close(store, target, now=later(days=201))
    confirm(store, timedelta(days=201))
    assert purge(store, later(days=201 + KEEP - 1)) == NOTHING
    assert purge(store, later(days=201 + KEEP + 1)).cases == 2
    marks: list[Json] = [each.entry for each in ask.case_state(store, differs).unsettled]  # type: ignore[union-attr]
    act(store, differs, ("case.difference_settled", {"marks": marks, "note": "看过了"}), now=later(days=300))
    confirm(store, timedelta(days=300))
    assert purge(store, later(days=300 + KEEP + 1)).cases == 1


def test_what_another_terminal_forgot_goes_a_day_later_and_late_words_go_too(store: Store) -> None:
    writer = Writer(OTHER, int(NOW.timestamp() * 1000))
    receive_from(
        store,
        writer.write(case(1), "case.registered", registered(terminal=OTHER)),
        writer.write(case(1), "case.withdrawn", {"by": "customer", "way": "visit", "reason": "商户已退款"}),
    )
    assert purge(store, later(days=KEEP, hours=2)) == NOTHING
    assert purge(store, later(days=KEEP + 1, hours=2)).cases == 1
    late = writer.write(case(1), "case.noted", {"text": "张先生又来过"})
    receive_from(store, late)
    assert names(store, "all", text="又来过") == [case(1)]
    confirm(store, timedelta(days=KEEP + 1))
    assert purge(store, later(days=2 * KEEP + 3)).cases == 1
    assert names(store, "all", text="又来过") == []


def test_a_store_that_does_not_know_the_limit_erases_no_case(tmp_path: Path) -> None:

    store = new_store(tmp_path)
    close(store, register(store))
    confirm(store)
    assert purge(store, later(days=4000)) == NOTHING
    store.close()


def test_drafts_of_cases_live_a_day(store: Store) -> None:
    with store.act("s-wang", NOW) as each:
        each.save_draft("case_form/s-wang", "form", STORY)
        each.save_draft(case(1), "note", STORY)
    assert purge(store, later(hours=23)) == NOTHING
    assert purge(store, later(hours=25)).drafts == 2
    assert drafts(store, "case_form/s-wang") == {}


def test_looking_for_what_is_due_reads_only_what_is_old(store: Store) -> None:
    asked: list[tuple[str, object]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "case_row" in statement or "rating_row" in statement:
            asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    purge(store, NOW)
    event.remove(store.database.engine, "before_cursor_execute", note)
    with store.reading() as connection:
        plans = [
            str(row[3])
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        ]
    assert sum("_personal (" in plan for plan in plans) == 2, plans
