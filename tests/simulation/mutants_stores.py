"""Defects of the stores on both sides: transactions cut in two, things done twice, things forgotten."""

from collections.abc import Callable
from typing import Any

from branch_console.rules.journal import FIRST_PREV, Entry, entry_hash
from branch_console.sync import reach
from branch_console.sync.commands import ApplyPage, Command, ResetFeed
from branch_console.sync.messages import Applied, Batch
from branch_console.sync.state import State
from tests.simulation import central as central_module
from tests.simulation import disk as disk_module
from tests.simulation.central import Central, Response
from tests.simulation.disk import Disk
from tests.simulation.journal import Chains, Place, new_uuid
from tests.simulation.mutants_core import Patches, fork_ignored
from tests.simulation.terminal import Terminal


def new_id_on_retry() -> Patches:
    """A batch that is sent again is made anew, with new ids."""
    right = Terminal.load

    def wrong(terminal: Terminal, limit: int) -> Batch | None:
        own, first = terminal.disk.own, terminal.disk.acknowledged
        batch = right(terminal, limit)
        if batch is not None and len(terminal.bodies) % 3 == 0:
            fresh: list[Entry] = own[:first]
            for entry in own[first:]:
                moved = entry._replace(id=new_uuid(terminal.world.rng))
                fresh.append(rechained(fresh, moved))
            own[:] = fresh
            return right(terminal, limit)
        return batch

    return [(Terminal, "load", wrong)]


def rechained(chain: list[Entry], entry: Entry) -> Entry:
    """The entry as the next of a chain."""
    moved = entry._replace(prev=chain[-1].hash if chain else FIRST_PREV)
    return moved._replace(hash=entry_hash(moved))


def cursor_ahead_of_rows() -> Patches:
    """The cursor of a page is durable before its entries are."""
    return [(Terminal, "apply", _apply_in_two(cursor_first=True))]


def _apply_in_two(*, cursor_first: bool) -> Callable[..., Any]:
    def wrong(terminal: Terminal, command: ApplyPage) -> Applied:
        disk, page = terminal.disk, command.page
        entries = page.entries
        assert isinstance(entries, list)
        broken: list[str] = []
        steps: list[Callable[[], object]] = [
            lambda: setattr(disk, "cursor", page.cursor),
            lambda: broken.extend(disk.apply(entries)),
        ]
        terminal.commit(*(steps if cursor_first else reversed(steps)))
        return Applied(command.generation, page.cursor, disk.facts(), tuple(broken))

    return wrong


def pull_overwrites_unsent() -> Patches:
    """What comes from the feed replaces what the terminal has not sent yet."""
    right = Disk.apply

    def wrong(disk: Disk, entries: list[Entry]) -> list[str]:
        if entries and len(disk.own) > disk.acknowledged:
            disk.own.pop()
        return right(disk, entries)

    return [(Disk, "apply", wrong)]


def fork_overwrites() -> Patches:
    """Nobody notices a second history of a terminal: central lets the later one replace the earlier one."""

    def wrong(central: Central, terminal: str, chain: list[Entry], entries: list[Entry]) -> Response | None:
        for entry in entries:
            if entry.seq <= len(chain) and chain[entry.seq - 1].hash != entry.hash:
                del chain[entry.seq - 1 :]
                listed = central.db.quarantined.get(entry.terminal, {})
                central.db.quarantined[entry.terminal] = {s: code for s, code in listed.items() if s < entry.seq}
                if entry is entries[0] or entry.seq <= len(chain) + 1:
                    return None
                break
        return right(central, terminal, chain, entries)

    right = Central.misfit
    return [*fork_ignored(), (Central, "misfit", wrong)]


def erasure_forgotten() -> Patches:
    """An erasure that comes before its entry erases nothing."""

    def wrong(disk: Disk, place: Place) -> None:
        if place[1] <= len(disk.chains.get(place[0], [])):
            right_here(disk, place)
            disk.erased.discard(place)

    def wrong_central(central: Central, feed: list[Entry], fresh: list[Entry]) -> None:
        right(central, feed, fresh)
        chains = central.db.chains
        central.db.erased = {each for each in central.db.erased if each[1] <= len(chains.get(each[0], []))}

    right, right_here = Central.erase, Disk.erase
    return [(Disk, "erase", wrong), (Central, "erase", wrong_central)]


def erasure_of_one_copy() -> Patches:
    """An act that was carried over keeps its data in the journal that the erasure does not name."""
    return [(module, "erase_acts", _erase_named_alone) for module in (disk_module, central_module)]


def _erase_named_alone(chains: Chains, acts: set[str]) -> None:
    """Only the first copy."""
    seen: set[str] = set()
    for chain in chains.values():
        for index, entry in enumerate(chain):
            if entry.id in acts and entry.id not in seen:
                seen.add(entry.id)
                chain[index] = entry._replace(data=None)


def feed_by_bare_position() -> Patches:
    """The cursor is a bare number: after a restore it points somewhere else."""
    right = Central.feed

    def wrong(central: Central, terminal: str, cursor: str | None, limit: int) -> Response:
        if cursor is not None:
            position = int(cursor.partition(":")[2])
            branch = central.db.branches.get(terminal, "")
            cursor = f"{central.db.epoch}:{min(position, len(central.db.feeds.get(branch, [])))}"
        return right(central, terminal, cursor, limit)

    def no_restart(_state: State) -> None:
        return None

    right_commit = Terminal.carry_out_commit

    def no_reset(terminal: Terminal, command: Command) -> Any:
        return None if isinstance(command, ResetFeed) else right_commit(terminal, command)

    return [(Central, "feed", wrong), (reach, "restart_feed", no_restart), (Terminal, "carry_out_commit", no_reset)]


def carry_over_forgets() -> Patches:
    """A terminal that continues in a new journal leaves behind what it had not sent."""
    right = Disk.continue_in_new_journal

    def wrong(disk: Disk, terminal: str, epoch: str, common: int) -> None:
        del disk.own[common:]
        right(disk, terminal, epoch, common)

    return [(Disk, "continue_in_new_journal", wrong)]
