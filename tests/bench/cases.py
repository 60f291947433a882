"""The queue of cases, its search and an act, with many cases in the store of a terminal (issue 4: p95 under 50 ms)."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from data import case_queries as ask
from data.case_lists import TABS
from data.store import Store
from tests.bench.timed import quantiles
from tests.data.case_crowd import crowd
from tests.data.cases import case_store, go_on, register
from tests.data.world import NOW

CASES, OPEN = 100_000, 5_000
ROUNDS = 20
WORDS = ("重复", "早餐", "扣款", "wallet", "settle", "福田", "8000", "没有 钱包", "第77号", "热气球")
"""Some stand in every fourth case, some in one, the last one in none."""


def report(say: Callable[[str], None], cases: int = CASES) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = case_store(Path(folder))
        crowd(store, cases, cases * OPEN // CASES)
        say(f"| cases: {cases:,} in the store, {cases * OPEN // CASES:,} open | ms p50 / p95 |\n|---|---:|")
        for name, questions in _questions(store).items():
            say(_line(name, [_timed(question) for question in questions]))
        say("")
        store.close()


def _questions(store: Store) -> dict[str, list[Callable[[], object]]]:
    """What is asked and done, by what it is called in the table."""
    acts = range(3 * ROUNDS)
    noted = [register(store, f"noted-{number}") for number in acts]
    return {
        "a page of the queue and its length, any tab": [partial(_page, store, tab) for tab in TABS * ROUNDS],
        "how many each tab has": [partial(ask.tab_counts, store, staff="s-1", now=NOW)] * ROUNDS,
        "search in the queue": [partial(_page, store, "branch", word) for word in WORDS * ROUNDS],
        "search in what is overdue": [partial(_page, store, "overdue", word) for word in WORDS * ROUNDS],
        "search in all cases": [partial(_page, store, "all", word) for word in WORDS * ROUNDS],
        "what a new case may repeat": [partial(_alike, store, number) for number in acts],
        "a case is taken down, as one durable act": [partial(register, store, f"new-{each}") for each in acts],
        "a note, as one durable act": [partial(go_on, store, subject, "case.noted") for subject in noted],
    }


def _page(store: Store, tab: ask.Tab, text: str = "") -> None:
    ask.cases(store, tab, staff="s-1", now=NOW, text=text)
    ask.count_cases(store, tab, staff="s-1", now=NOW, text=text)


def _alike(store: Store, number: int) -> None:
    ask.candidates(store, [f"k1:p{number * 331}"], f"k1:t{number * 101}", NOW.date(), "SZFT")


def _timed(question: Callable[[], object]) -> float:
    begin = time.perf_counter()
    question()
    return (time.perf_counter() - begin) * 1000


def _line(name: str, took: list[float]) -> str:
    middle, high = quantiles(took)
    return f"| {name} | {middle:.2f} / {high:.2f} |"
