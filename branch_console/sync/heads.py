"""Where central stands against the own journal: part of it, behind it, ahead of it, or another history."""

from collections.abc import Mapping
from random import Random

from branch_console.rules.journal import FIRST_PREV, MAX_SEQ
from branch_console.sync.bodies import number, quarantined
from branch_console.sync.commands import Agree, Command, KeepCheckpoint, LookUpHash, NoteQuarantined, ResetFeed
from branch_console.sync.messages import Answer, Head, Now
from branch_console.sync.reach import compare_anew, good, lost, refused
from branch_console.sync.state import State


def take_head(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    """Central says what it holds of the own journal, and what of it is quarantined now."""
    if answer.status != 200:
        return refused(state, answer, now, rng)
    seq, text = number(answer.body, "seq"), answer.body.get("hash")
    if seq is None or seq < 0 or not isinstance(text, str):
        lost(state, now, rng, "not-central")
        return []
    good(state, "head")
    head = Head(seq, text if seq else FIRST_PREV)
    state.heartbeat_at = now.monotonic + state.options.heartbeat
    state.central_head = head if state.central_head is None else max(head, state.central_head)
    listed = quarantined(answer.body)
    commands: list[Command] = []
    if "quarantined" in answer.body and len(listed) != state.facts.quarantined:
        commands.append(NoteQuarantined(MAX_SEQ if state.asked_alone else head.seq, listed))
    checkpoint = answer.body.get("checkpoint")
    if isinstance(checkpoint, Mapping) and head.seq and head != state.kept_head:
        state.kept_head = head
        commands.append(KeepCheckpoint(checkpoint))
    return commands + compare(state, head)


def compare(state: State, head: Head) -> list[Command]:
    """Central's head against the own journal: a heartbeat may find that heads must be compared, alone, again."""
    if not state.asked_alone:
        own = Head(state.facts.own_seq, state.facts.own_hash)
        if head.seq < state.asked_acknowledged or head.seq > own.seq or (head.seq == own.seq and head != own):
            compare_anew(state)
        return []
    state.central_head = head
    state.person = ""
    if head.seq > state.facts.own_seq:
        state.person = "journal-behind"
        state.compared = True
        return []
    if head.seq == 0:
        return agree(state, head)
    state.comparing = head
    return [LookUpHash(head.seq)]


def hash_found(state: State, seq: int, own: str | None) -> list[Command]:
    """The own hash at central's head is known: the same history, or a fork."""
    head = state.comparing
    if head is None or head.seq != seq:
        return []
    state.comparing = None
    if own != head.hash:
        state.person = "journal-fork"
        state.compared = True
        if head.seq > state.facts.acknowledged:
            return []
        state.agreeing = True  # what central once confirmed is gone there: all of it is to be carried over
        return [Agree(0, state.epoch, state.past_epochs)]
    return agree(state, head)


def agree(state: State, head: Head) -> list[Command]:
    """Central's head is part of the own journal: everything behind it waits to be sent (again)."""
    state.comparing = None
    if not state.epoch_unsaved and not state.unconfirmed and head.seq >= state.facts.acknowledged:
        state.compared = True
        return []
    state.agreeing = state.settling = True
    commands: list[Command] = [Agree(min(head.seq, state.facts.acknowledged), state.epoch, state.past_epochs)]
    if state.epoch_unsaved:
        commands.append(ResetFeed(state.epoch))
    return commands
