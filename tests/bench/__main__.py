"""`make bench`: everything side by side in one run, printed as the tables of docs/performance.md.

`python -m tests.bench board cases` measures only these parts.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from data import queries
from data.statistics.catching_up import catch_up_all
from data.store import Store
from tests.bench import board, cases, claims, console, eligibility, gift_store, rates
from tests.bench.customers import fill
from tests.bench.stage import BRANCHES, Stage, stage
from tests.bench.timed import quantiles

SEARCHES = ("王芳", "李", "zw", "8000", "陈静", "yj", "12", "刘伟")
SEARCH_ROUNDS = 50
ALL, CENTRAL = "all", "central"
"""The part that has a central, and terminals with a console."""
STANDING_ALONE: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "eligibility": lambda _: eligibility.report(say),
    "gifts": lambda _: gift_store.report(say),
    "cases": lambda given: cases.report(say, given.cases),
    "board": lambda _: board.report(say),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = [ALL, *STANDING_ALONE, CENTRAL]
    parser.add_argument("parts", nargs="*", choices=parts, default=ALL, help="what to measure")
    parser.add_argument("--customers", type=int, default=100_000, help="customers in the store of the console")
    parser.add_argument("--cases", type=int, default=cases.CASES, help="cases in the store of the case desk")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of starts and of typing")
    given = parser.parse_args()
    say(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    for part, measure in STANDING_ALONE.items():
        if part in given.parts or ALL in given.parts:
            measure(given)
    if CENTRAL not in given.parts and ALL not in given.parts:
        return
    with stage() as made:
        measure_rates(made)
        measure_claims(made)
        measure_console(made, given.customers, given.rounds)


def measure_rates(made: Stage) -> None:
    """Append, push, pull."""
    one = rates.opened(made.terminal())
    say("| rate | a second |\n|---|---:|")
    say(f"| durable acts on a terminal (one entry, one commit) | {rates.append_rate(one.store):,.0f} |")
    rates.write_backlog(one.store)
    push = rates.push_rate([one])
    say(f"| push, one terminal, durable at central | {push:,.0f} |")
    raw = rates.raw_insert_rate(made.central_settings, one.store)
    say(f"| the same entries into a bare PostgreSQL table | {raw:,.0f} |")
    say(f"| resend of what central has already | {rates.resend_rate(one):,.0f} |")
    four = [one, *(rates.opened(made.terminal(branch)) for branch in BRANCHES[1:])]
    for each in four:
        rates.write_backlog(each.store, rates.ENTRIES // 2)
    say(f"| push, four terminals of four branches | {rates.push_rate(four):,.0f} |")
    pull, count = rates.pull_rate(made)
    say(f"| pull by a new terminal ({count:,} entries, enrolment included) | {pull:,.0f} |\n")
    for each in four:
        each.store.close()


def measure_claims(made: Stage) -> None:
    """Claims at central."""
    hot, leased = claims.claim_rates(made)
    say(f"| claims at central, {claims.CLAIMERS} at once | a second |\n|---|---:|")
    say(f"| hold and hand-over, all on one counter | {hot:,.0f} |")
    say(f"| person and lease, {claims.LEASES} leases | {leased:,.0f} |\n")


def measure_console(made: Stage, customers: int, rounds: int) -> None:
    """Start, keys, search, idle."""
    settings = made.terminal()
    bare, own = console.measure_starts(settings, rounds)
    say("| console, ms p50 / p95 | bare Textual | ours | ratio |\n|---|---:|---:|---:|")
    say(console.line("start to login", bare, own))
    terminal = rates.opened(settings)
    begin = time.perf_counter()
    entries = fill(terminal.store, customers)
    took = time.perf_counter() - begin
    begin = time.perf_counter()
    catch_up_all(terminal.store)
    counted = time.perf_counter() - begin
    bare, own, entered, cpu, memory = console.measure_keys(settings, rounds)
    say(console.line(f"key press in the look-up, {customers:,} customers, sync running", bare, own))
    say(f"\nEnter to Today: {console.median(entered):.0f} ms. Idle: {cpu:.2f} % CPU, {memory:.0f} MB.")
    say(f"Applying {entries:,} entries of a feed to the store: {entries / took:,.0f} a second.")
    say(f"Counting the figures of them for the first time: {counted:.0f} s.\n")
    search(terminal.store)
    terminal.store.close()


def search(store: Store) -> None:
    """The look-up over the full store, in this process."""
    say("| look-up | ms p50 / p95 |\n|---|---:|")
    for text in SEARCHES:
        times = []
        for _ in range(SEARCH_ROUNDS):
            begin = time.perf_counter()
            queries.search_people(store, text, 50)
            times.append((time.perf_counter() - begin) * 1000)
        middle, high = quantiles(times)
        say(f"| {text} | {middle:.2f} / {high:.2f} |")


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
