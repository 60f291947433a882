"""Defects of central: what it commits apart, takes twice, refuses, or forgets to say."""

from collections.abc import Sequence

from branch_console.central.decide import Held, Refused, place
from branch_console.rules.journal import Entry
from tests.simulation import central as central_module
from tests.simulation.central import Central, Response
from tests.simulation.mutants_core import Patches


def effect_in_another_transaction() -> Patches:
    """Central commits what an entry causes, and then the entry by which it would know that it has it."""

    def wrong(central: Central, terminal: str, fresh: list[Entry]) -> None:
        central.commit(lambda: central.put_effects(fresh), lambda: central.put_rows(terminal, fresh))

    return [(Central, "store", wrong)]


def no_dedupe() -> Patches:
    """Central's effects happen again for what it already holds."""

    def wrong(central: Central, _chain: list[Entry], entries: list[Entry]) -> list[Entry]:
        central.put_effects([entry for entry in entries if entry.seq <= len(_chain)])
        return [entry for entry in entries if entry.seq > len(_chain)]

    return [(Central, "fresh", wrong)]


def poison_blocks() -> Patches:
    """Central refuses a batch with an entry that it cannot fold."""
    right = Central.push

    def wrong(central: Central, terminal: str, entries: list[Entry]) -> Response:
        if any(entry.type == "sim.poison" for entry in entries):
            return central.answer(500, "internal-error")
        return right(central, terminal, entries)

    return [(Central, "push", wrong)]


def poison_dropped() -> Patches:
    """Central takes an entry that it cannot fold without telling anybody."""
    right = Central.put_rows

    def wrong(central: Central, terminal: str, fresh: list[Entry]) -> None:
        right(central, terminal, fresh)
        central.db.quarantined.pop(terminal, None)

    return [(Central, "put_rows", wrong)]


def central_forks_itself() -> Patches:
    """After a restore central goes on in a journal of which terminals hold more than it does."""
    return [(central_module, "later_writer", lambda branch, _epoch: f"central/{branch}")]


def resend_refused() -> Patches:
    """Central takes entries that it holds already for new ones, and finds that they do not fit."""

    def wrong(held: Held, entries: Sequence[Entry]) -> int | Refused:
        found = place(held, entries)
        return found if isinstance(found, Refused) else 0

    return [(central_module, "place", wrong)]
