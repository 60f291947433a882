"""What each answer of central means for the state."""

from collections.abc import Mapping, Sequence
from random import Random

from branch_console.rules.journal import FIRST_PREV, MAX_SEQ
from branch_console.sync.messages import (
    Acknowledge,
    Agree,
    Answer,
    Batch,
    Command,
    Head,
    KeepCheckpoint,
    LookUpHash,
    NoteQuarantined,
    Now,
    Page,
    ResetFeed,
)
from branch_console.sync.reach import (
    compare_anew,
    contact,
    epoch_of,
    from_central,
    good,
    lost,
    new_epoch,
    refused,
    restart_feed,
)
from branch_console.sync.state import State
from branch_console.sync.timing import backoff

TOKEN_MARGIN = 60.0


def take_answer(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    """An answer came. It counts only if somebody waits for it and central gave it, in its present epoch."""
    if state.waiting.get(answer.lane) != answer.nonce:
        return []
    del state.waiting[answer.lane]
    if not from_central(answer):
        lost(state, now, rng, "not-central", answer)
        return []
    relation = epoch_of(state, answer.epoch)
    if relation == "older":
        state.older += 1
        lost(state, now, rng, "older-epoch")
        return []
    contact(state, answer, now)
    if relation == "new":
        return new_epoch(state, str(answer.epoch))
    takers = {"token": _token, "head": _head, "push": _push, "feed": _feed}
    return takers[answer.lane](state, answer, now, rng)


def _token(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    if answer.status != 200:
        return refused(state, answer, now, rng)
    lasts = number(answer.body, "expires_in") or 0
    state.token_until = now.monotonic + max(lasts - TOKEN_MARGIN, lasts / 2)
    good(state, "token")
    return []


def _head(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
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
    return commands + _compare(state, head)


def _compare(state: State, head: Head) -> list[Command]:
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


def _push(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    batch = state.batch
    if batch is None:
        return []
    if answer.status == 200:
        return _accepted(state, answer, batch, now, rng)
    if answer.status == 409 and answer.code == "journal-gap":
        return _gap(state, answer, batch)
    if answer.status in (413, 422) and answer.code != "bad-checkpoint":
        return _too_much(state, answer, batch)
    if answer.code in ("journal-fork", "bad-checkpoint"):
        state.person = answer.code
        state.batch = None
        return []
    return refused(state, answer, now, rng)


def _accepted(state: State, answer: Answer, batch: Batch, now: Now, rng: Random) -> list[Command]:
    through, head_hash = number(answer.body, "accepted_through"), answer.body.get("head_hash")
    if through is None or not isinstance(head_hash, str):
        lost(state, now, rng, "not-central")
        return []
    upto = min(through, batch.last)
    known = batch.hashes[through - batch.first] if batch.first <= through <= batch.last else head_hash
    if through > state.facts.own_seq or through < batch.first - 1 or known != head_hash:
        compare_anew(state)
        return []
    good(state, "push")
    state.batch = None
    state.central_head = max(Head(through, head_hash), state.central_head or Head(0, ""))
    if upto < batch.first:
        state.push_at = now.monotonic + backoff(2, state.options.cap, rng)
        return []
    state.batch_limit = min(state.options.batch_limit, state.batch_limit * 2)
    state.batch_bytes = min(state.options.batch_bytes, state.batch_bytes * 2)
    state.push_busy = "acknowledging"
    return [Acknowledge(upto, batch.hashes[upto - batch.first], quarantined(answer.body), state.epoch)]


def _gap(state: State, answer: Answer, batch: Batch) -> list[Command]:
    """Central holds less than it once did: send from there. A gap that it cannot mean → compare heads."""
    expected = number(answer.body, "expected_seq")
    state.batch = None
    if expected is None or not 1 <= expected < batch.first:
        compare_anew(state)
        return []
    state.agreeing = True
    state.central_head = None
    return [Agree(expected - 1, state.epoch, state.past_epochs)]


def _too_much(state: State, answer: Answer, batch: Batch) -> list[Command]:
    """Too large, or something in it is bad: smaller batches bring what stands before it to central."""
    count = len(batch.hashes)
    state.batch = None
    if count == 1:
        state.person = "entry-too-large" if answer.status == 413 else answer.code or "bad-entry"
        return []
    state.batch_limit = count // 2
    if answer.status == 413:
        state.batch_bytes = max(1, state.batch_bytes // 2)
    return []


def _feed(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    if answer.status == 410 or (answer.status == 400 and state.cursor is not None):
        if state.cursor is None:
            return refused(state, answer, now, rng)
        restart_feed(state)
        return [ResetFeed(state.epoch)]
    if answer.status != 200:
        return refused(state, answer, now, rng)
    cursor, entries = answer.body.get("cursor"), answer.body.get("entries")
    if not isinstance(cursor, str) or not isinstance(entries, Sequence):
        lost(state, now, rng, "not-central")
        return []
    good(state, "feed")
    if entries or cursor != state.cursor:
        state.pages = (*state.pages, Page(entries, cursor))
        state.cursor = cursor
    more = answer.body.get("more") is True
    state.caught_up = not more
    pause = 0 if more else number(answer.body, "poll_after_ms") or 0
    state.poll_at = now.monotonic + min(max(pause, 0) / 1000, state.options.cap)
    return []


def number(body: Mapping[str, object], name: str) -> int | None:
    """An integer of an answer, None when it is absent or something else."""
    value = body.get(name)
    return value if type(value) is int else None


def quarantined(body: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """The entries that central keeps but could not fold."""
    found = body.get("quarantined")
    return tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, Sequence) else ()
