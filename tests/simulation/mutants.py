"""Switchable defects: each is one that a sync like this has had somewhere. The simulation must catch every one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from tests.simulation import mutants_central, mutants_core, mutants_stores
from tests.simulation.mutants_core import Patches

MUTANTS: dict[str, Callable[[], Patches]] = {
    make.__name__: make
    for make in (
        mutants_core.acknowledge_on_send,
        mutants_stores.new_id_on_retry,
        mutants_central.effect_in_another_transaction,
        mutants_central.no_dedupe,
        mutants_stores.cursor_ahead_of_rows,
        mutants_central.poison_blocks,
        mutants_central.poison_dropped,
        mutants_core.no_epoch_check,
        mutants_core.answers_of_older_epoch,
        mutants_core.no_nonce,
        mutants_core.partial_taken_as_whole,
        mutants_core.gap_ignored,
        mutants_stores.pull_overwrites_unsent,
        mutants_core.no_heartbeat,
        mutants_core.fork_ignored,
        mutants_stores.fork_overwrites,
        mutants_core.too_large_for_ever,
        mutants_stores.erasure_forgotten,
        mutants_stores.erasure_of_one_copy,
        mutants_central.central_forks_itself,
        mutants_central.resend_refused,
        mutants_stores.feed_by_bare_position,
        mutants_stores.carry_over_forgets,
    )
}


@contextmanager
def defect(name: str) -> Iterator[None]:
    """The whole system with this defect, as long as the block lasts."""
    patches = [patch.object(target, attribute, new) for target, attribute, new in MUTANTS[name]()]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in reversed(patches):
            each.stop()
