"""With many cases: no question reads them all. How long 100,000 take is measured in tests/bench."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from data import case_queries as ask
from data.case_lists import TABS
from data.retention import purge
from data.store import Store
from tests.data.case_crowd import crowd, day_of_crowd
from tests.data.cases import PHONE, case_store
from tests.data.plans import plans
from tests.data.world import NOW

CASES = 3_000
OPEN = 200
SINCE = NOW - timedelta(days=2)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = case_store(tmp_path_factory.mktemp("store"))
    crowd(store, CASES, OPEN)
    yield store
    store.close()


def _page(tab: ask.Tab, **more: Any) -> Callable[[Store], Any]:
    return lambda store: (
        ask.cases(store, tab, staff="s-1", now=NOW, **more),
        ask.count_cases(store, tab, staff="s-1", now=NOW, **more),
    )


QUESTIONS: dict[str, Callable[[Store], Any]] = {
    **{tab: _page(tab) for tab in TABS},
    **{f"{tab}-text": _page(tab, text="重复扣款") for tab in TABS},
    **{f"{tab}-kind": _page(tab, kind="dispute") for tab in ("branch", "mine", "all")},
    "all-status": _page("all", status="received"),
    "all-both": _page("all", kind="dispute", status="closed"),
    "all-text-both": _page("all", kind="dispute", status="closed", text="重复"),
    "tabs": lambda store: ask.tab_counts(store, staff="s-1", now=NOW),
    "number": lambda store: ask.case_by_number(store, ask.cases(store, "branch", staff=None, now=NOW)[0].number),
    "candidates": lambda store: ask.candidates(store, [PHONE, "k1:p7"], "k1:t7", NOW.date(), "SZFT"),
    "promises": lambda store: ask.promises_until(store, NOW),
    "disputes": lambda store: ask.disputes_since(store, SINCE),
    "ideas": lambda store: (ask.ideas(store, "received"), ask.ideas(store, "all"), ask.count_ideas(store, "received")),
    "ratings": lambda store: ask.ratings(store, SINCE.date(), NOW.date()),
    "journeys": lambda store: ask.journeys_ended(store, SINCE.date(), NOW.date()),
    "closed": lambda store: ask.cases_closed(store, SINCE.date(), NOW.date()),
    "texts": lambda store: ask.told_texts(store, SINCE.date(), NOW.date()),
    "register": lambda store: list(ask.register_cases(store, SINCE.date(), NOW.date())),
    "next": lambda store: _in_act(store, lambda connection: ask.next_count(connection, NOW.date())),
    "rewards": lambda store: _in_act(store, lambda connection: ask.rewarded_fen(connection, "2026-03")),
    "purge": lambda store: purge(store, NOW - timedelta(days=4000)),
}


def _in_act(store: Store, question: Callable[[Any], Any]) -> None:
    with store.reading() as connection:
        question(connection)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_all_cases(full: Store, name: str) -> None:
    read = [
        step
        for statement, step in plans(full, QUESTIONS[name])
        if not (step == "SCAN c" and "ORDER BY c.id DESC LIMIT" in statement)  # stops after a page
    ]
    assert [each for each in read if _wide(each)] == []
    if name in {"branch-kind", "mine-kind"}:  # nor all cases of that kind
        assert not any("case_row_kind" in each for each in read)


NARROW = (
    "case_row_queue",
    "case_row_promise",
    "case_row_regulator",
    "case_row_own",
    "case_row_dispute",
    "case_row_personal",
    "rating_row_personal",
    "claim_row_reserved",
)
"""Indexes that hold only what is in the queue, or few rows for another reason: scanning one of these is no harm."""


def _wide(plan: str) -> bool:
    """Whether a step of a plan reads every row of a table that grows."""
    small = ("json_each", "CONSTANT", "meta", "person_facts", "(subquery", "idea", "i")
    return plan.startswith("SCAN") and not (
        plan.split()[1].startswith(small) or plan.endswith(NARROW) or "VIRTUAL TABLE INDEX" in plan
    )


def test_the_crowd_is_what_it_says(full: Store) -> None:
    counts = ask.tab_counts(full, staff="s-1", now=NOW)
    assert (counts["all"], counts["branch"]) == (CASES, OPEN)
    assert 0 < counts["overdue"] < OPEN
    assert ask.count_cases(full, "all", staff=None, now=NOW, text="重复扣款") > CASES // 10
    assert day_of_crowd(CASES - 1, CASES) <= NOW.date()
