"""`python -m tests.simulation --seeds N [--first S]` runs many seeds; `--seed S` one alone.

A seed that fails alone prints its history.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count

from tests.simulation.run import simulate
from tests.simulation.world import ViolationError

CHUNK = 50


def run_chunk(first: int, count: int) -> tuple[int, list[str]]:
    """Events and violations of some seeds."""
    events, found = 0, []
    for seed in range(first, first + count):
        try:
            events += simulate(seed).events
        except ViolationError as error:
            found.append(str(error))
    return events, found


def replay(seed: int) -> int:
    """One seed alone. Prints its history when it fails."""
    history: list[str] = []
    try:
        world = simulate(seed, history)
    except ViolationError as error:
        print("\n".join(history))  # noqa: T201
        print(error)  # noqa: T201
        return 1
    print(f"seed {seed}: nothing wrong in {world.events} events")  # noqa: T201
    return 0


def soak(seeds: int, first: int, processes: int) -> int:
    """Many seeds on some processes."""
    began = time.monotonic()
    events, violations = 0, []
    chunks = [(first + at, min(CHUNK, seeds - at)) for at in range(0, seeds, CHUNK)]
    with ProcessPoolExecutor(processes) as pool:
        for count, found in pool.map(_star, chunks):
            events += count
            violations += found
            for each in found:
                print(each, flush=True)  # noqa: T201
    took = time.monotonic() - began
    print(  # noqa: T201
        f"{seeds} seeds from {first}: {len(violations)} violations, {events} events, {took:.0f} s, "
        f"{seeds / max(took, 0.001):.0f} seeds/s"
    )
    return 1 if violations else 0


def _star(chunk: tuple[int, int]) -> tuple[int, list[str]]:
    return run_chunk(*chunk)


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many seeds")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--seed", type=int, help="replay just this one, with its history")
    parser.add_argument("--processes", type=int, default=cpu_count() or 1)
    given = parser.parse_args()
    if given.seed is not None:
        return replay(given.seed)
    return soak(given.seeds, given.first, given.processes)


if __name__ == "__main__":
    sys.exit(main())
