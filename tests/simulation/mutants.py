"""Switchable defects: each is one that a sync like this has had somewhere. The simulation must catch every one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

from branch_console.rules.journal import FIRST_PREV, Entry, entry_hash
from branch_console.sync import answers, core, reach, reports
from branch_console.sync.messages import (
    Acknowledge,
    Answer,
    Applied,
    ApplyPage,
    Batch,
    Command,
    Head,
    Now,
    RequestPush,
    ResetFeed,
)
from branch_console.sync.state import State
from tests.simulation import central as central_module
from tests.simulation import disk as disk_module
from tests.simulation.central import Central, Response
from tests.simulation.disk import Disk
from tests.simulation.journal import Chains, new_uuid
from tests.simulation.terminal import Terminal

Patches = list[tuple[object, str, Any]]


def acknowledge_on_send() -> Patches:
    """What was sent counts as received."""
    right = core._next_push

    def wrong(state: State, now: Now, rng: Random) -> list[Command]:
        commands = right(state, now, rng)
        for command in list(commands):
            if isinstance(command, RequestPush):
                batch = command.batch
                commands.append(Acknowledge(batch.last, batch.hashes[-1], (), state.epoch))
        return commands

    return [(core, "_next_push", wrong)]


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


def no_epoch_check() -> Patches:
    """A restore of central goes unnoticed: no epoch is looked at, and a heartbeat compares nothing."""
    right = answers._compare

    def wrong(state: State, head: Head) -> list[Command]:
        return right(state, head) if state.asked_alone else []

    return [(answers, "epoch_of", lambda _state, _epoch: "same"), (answers, "_compare", wrong)]


def answers_of_older_epoch() -> Patches:
    """A restore is noticed, but answers that were on their way still count, whatever their epoch."""
    right = reach.new_epoch

    def keep_waiting(state: State, epoch: str) -> list[Command]:
        waiting, batch = dict(state.waiting), state.batch
        right(state, epoch)
        state.waiting.update(waiting)
        state.batch = batch
        return []

    right_of = reach.epoch_of

    def wrong(state: State, epoch: str | None) -> str:
        relation = right_of(state, epoch)
        return "same" if relation == "older" else relation

    right_ask = core._ask_head

    def without_forgetting(state: State, rng: Random, *, alone: bool) -> list[Command]:
        waiting = dict(state.waiting)
        commands = right_ask(state, rng, alone=alone)
        state.waiting = {**waiting, **state.waiting}
        return commands

    return [
        (answers, "new_epoch", keep_waiting),
        (answers, "epoch_of", wrong),
        (core, "_ask_head", without_forgetting),
    ]


def no_nonce() -> Patches:
    """Whoever says 200 is central."""

    def wrong(answer: Answer) -> bool:
        return True

    def same(state: State, epoch: str | None) -> str:
        return "same" if epoch is None else right(state, epoch)

    right = reach.epoch_of
    return [(answers, "from_central", wrong), (answers, "epoch_of", same)]


def partial_taken_as_whole() -> Patches:
    """A 200 means that all of the batch has arrived."""
    right = answers._accepted

    def wrong(state: State, answer: Answer, batch: Batch, now: Now, rng: Random) -> list[Command]:
        body = {**answer.body, "accepted_through": batch.last, "head_hash": batch.hashes[-1]}
        return right(state, replace(answer, body=body), batch, now, rng)

    return [(answers, "_accepted", wrong)]


def gap_ignored() -> Patches:
    """What central misses is not sent again; neither does the comparison of heads go back."""

    def wrong(state: State, _answer: Answer, _batch: Batch) -> list[Command]:
        state.batch = None
        return []

    right = answers.agree

    def forward_only(state: State, head: Any) -> list[Command]:
        return right(state, head._replace(seq=max(head.seq, state.facts.acknowledged)))

    return [(answers, "_gap", wrong), (answers, "agree", forward_only)]


def pull_overwrites_unsent() -> Patches:
    """What comes from the feed replaces what the terminal has not sent yet."""
    right = Disk.apply

    def wrong(disk: Disk, entries: list[Entry]) -> list[str]:
        if entries and len(disk.own) > disk.acknowledged:
            disk.own.pop()
        return right(disk, entries)

    return [(Disk, "apply", wrong)]


def no_heartbeat() -> Patches:
    """Central is never told how a terminal stands when nothing happens."""
    right = core._ask_head

    def wrong(state: State, rng: Random, *, alone: bool) -> list[Command]:
        return right(state, rng, alone=True) if alone else []

    return [(core, "_ask_head", wrong)]


def fork_ignored() -> Patches:
    """A terminal does not notice that central holds another history of it."""
    right = answers._push

    def wrong(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
        commands = right(state, answer, now, rng)
        if state.person == "journal-fork":
            state.person = ""
            state.push_at = now.monotonic + 1.0
        return commands

    return [(answers, "_push", wrong), (reports, "hash_found", _agree_blindly), (answers, "_compare", _compare_blindly)]


def _agree_blindly(state: State, seq: int, _own: str | None) -> list[Command]:
    head = state.comparing
    return [] if head is None or head.seq != seq else answers.agree(state, head)


def _compare_blindly(state: State, head: Head) -> list[Command]:
    state.person = ""
    return answers.agree(state, head) if state.asked_alone else []


def fork_overwrites() -> Patches:
    """Nobody notices a second history of a terminal: central lets the later one replace the earlier one."""

    def wrong(central: Central, chain: list[Entry], entries: list[Entry]) -> Response | None:
        for entry in entries:
            if entry.seq <= len(chain) and chain[entry.seq - 1].hash != entry.hash:
                del chain[entry.seq - 1 :]
                listed = central.db.quarantined.get(entry.terminal, {})
                central.db.quarantined[entry.terminal] = {s: code for s, code in listed.items() if s < entry.seq}
                return None if entry is entries[0] or entry.seq <= len(chain) + 1 else right(central, chain, entries)
        return right(central, chain, entries)

    right = Central.misfit
    return [*fork_ignored(), (Central, "misfit", wrong)]


def too_large_for_ever() -> Patches:
    """A batch that is too large is sent again as it is."""
    right = answers._too_much

    def wrong(state: State, answer: Answer, batch: Batch) -> list[Command]:
        if answer.status == 413:
            state.push_at += 1.0
            return []
        return right(state, answer, batch)

    return [(answers, "_too_much", wrong), (Central, "upgrade", _stay_small)]


def _stay_small(central: Central) -> None:
    """Here central's limit stays low after the faults, as a real limit would."""
    central.version = 3
    central.max_entries = 3


def erasure_forgotten() -> Patches:
    """An erasure that comes before its entry erases nothing."""

    def wrong(disk: Disk, place: tuple[str, int]) -> None:
        if place[1] <= len(disk.chains.get(place[0], [])):
            right_here(disk, place)
            disk.erased.discard(place)

    def wrong_central(central: Central, branch: str, place: tuple[str, int]) -> None:
        if place[1] <= len(central.db.chains.get(place[0], [])):
            right(central, branch, place)
            central.db.erased.discard(place)

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


MUTANTS: dict[str, Callable[[], Patches]] = {
    make.__name__: make
    for make in (
        acknowledge_on_send,
        new_id_on_retry,
        effect_in_another_transaction,
        no_dedupe,
        cursor_ahead_of_rows,
        poison_blocks,
        poison_dropped,
        no_epoch_check,
        answers_of_older_epoch,
        no_nonce,
        partial_taken_as_whole,
        gap_ignored,
        pull_overwrites_unsent,
        no_heartbeat,
        fork_ignored,
        fork_overwrites,
        too_large_for_ever,
        erasure_forgotten,
        erasure_of_one_copy,
        feed_by_bare_position,
        carry_over_forgets,
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
