"""Some hundreds of seeds, and every mutant: a smoke test of the promises. `make soak` is the evidence."""

import pytest

from tests.simulation.mutants import MUTANTS, defect
from tests.simulation.run import simulate
from tests.simulation.world import ViolationError

SEEDS = 300
CHUNK = 50
MUTANT_SEEDS = 400
"""The rarest defect shows in about one seed of sixty."""


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_promises_hold(first: int) -> None:
    for seed in range(first, first + CHUNK):
        simulate(seed)


def test_a_seed_is_one_schedule() -> None:
    first: list[str] = []
    second: list[str] = []
    simulate(7, first)
    simulate(7, second)
    assert first == second
    assert first


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_is_caught(name: str) -> None:
    with defect(name):
        for seed in range(MUTANT_SEEDS):
            try:
                simulate(seed)
            except ViolationError as error:
                assert str(seed) in str(error)
                return
    pytest.fail(f"{MUTANT_SEEDS} seeds did not catch {name}")
