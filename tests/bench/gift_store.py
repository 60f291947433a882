"""The gift desk's questions and a hand-over, with many claims in the store of a terminal."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from data import gift_queries
from tests.bench.timed import quantiles
from tests.data.gifts import about, fill, hand_over, reservation
from tests.data.test_gift_size import CLAIMS, QUESTIONS, full_store
from tests.data.world import NOW, act

ROUNDS = 20


def report(say: Callable[[str], None]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = full_store(Path(folder))
        say(f"| gift desk with {CLAIMS:,} claims | ms p50 / p95 |\n|---|---:|")
        for name, question in {**QUESTIONS, "signals": lambda store: gift_queries.signals(store, NOW)}.items():
            say(_line(name, [_timed(partial(question, store)) for _ in range(ROUNDS)]))
        fill(store, 500)
        took = []
        for number in range(60):
            subject = about("claim", f"timed-{number}")
            act(store, subject, ("claim.reserved", reservation()))
            took.append(_timed(partial(act, store, subject, ("claim.handed_over", hand_over()))))
        say(_line("claim, move, balance and receipt as one durable act", took) + "\n")
        store.close()


def _timed(question: Callable[[], object]) -> float:
    begin = time.perf_counter()
    question()
    return (time.perf_counter() - begin) * 1000


def _line(name: str, took: list[float]) -> str:
    middle, high = quantiles(took)
    return f"| {name} | {middle:.2f} / {high:.2f} |"
