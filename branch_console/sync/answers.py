"""What each answer of central means for the state."""

from collections.abc import Sequence
from random import Random

from branch_console.sync.bodies import number, quarantined
from branch_console.sync.commands import Acknowledge, Agree, Command, ResetFeed
from branch_console.sync.heads import take_head
from branch_console.sync.messages import Answer, Batch, Head, Now, Page
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
    takers = {"token": _token, "head": take_head, "push": _push, "feed": _feed}
    return takers[answer.lane](state, answer, now, rng)


def _token(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    if answer.status != 200:
        return refused(state, answer, now, rng)
    lasts = number(answer.body, "expires_in") or 0
    state.token_until = now.monotonic + max(lasts - TOKEN_MARGIN, lasts / 2)
    good(state, "token")
    return []


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
