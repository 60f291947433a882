"""Defects of the core: what it believes, forgets or does too early."""

from dataclasses import replace
from random import Random
from typing import Any

from branch_console.sync import answers, core, heads, reach, reports
from branch_console.sync.commands import Acknowledge, Command, RequestPush
from branch_console.sync.messages import Answer, Batch, Head, Now
from branch_console.sync.state import State
from tests.simulation.central import Central

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


def no_epoch_check() -> Patches:
    """A restore of central goes unnoticed: no epoch is looked at, and a heartbeat compares nothing."""
    right = heads.compare

    def wrong(state: State, head: Head) -> list[Command]:
        return right(state, head) if state.asked_alone else []

    return [(answers, "epoch_of", lambda _state, _epoch: "same"), (heads, "compare", wrong)]


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

    right = heads.agree

    def forward_only(state: State, head: Any) -> list[Command]:
        return right(state, head._replace(seq=max(head.seq, state.facts.acknowledged)))

    return [(answers, "_gap", wrong), (heads, "agree", forward_only)]


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

    return [(answers, "_push", wrong), (reports, "hash_found", _agree_blindly), (heads, "compare", _compare_blindly)]


def _agree_blindly(state: State, seq: int, _own: str | None) -> list[Command]:
    head = state.comparing
    return [] if head is None or head.seq != seq else heads.agree(state, head)


def _compare_blindly(state: State, head: Head) -> list[Command]:
    state.person = ""
    return heads.agree(state, head) if state.asked_alone else []


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
