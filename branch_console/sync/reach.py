"""Reaching central: what an answer is worth, what to do when there is none, when to try again."""

from random import Random
from typing import Literal

from branch_console.sync.commands import Command, Erase, Forget
from branch_console.sync.messages import Answer, Lane, Now
from branch_console.sync.state import State
from branch_console.sync.timing import asked_to_wait, backoff, retry_after

STEADY = 5
"""So many good answers in a row forget earlier failures: one good answer in an overload says little."""
REMEMBERED_EPOCHS = 32
TOKEN_CLOCK_MS = 30_000
TOO_OLD_RETRY = 300.0
OLDER_LIMIT = 8
"""So many answers of a past epoch in a row: central has gone back to it for good."""
PLAIN_TROUBLE = frozenset({"timeout", "broken", "older-epoch"})
"""Troubles that one more try may settle; any other means that central is not there."""


def from_central(answer: Answer) -> bool:
    """Whether central gave this answer to this request: a captive portal also says 200."""
    return answer.epoch is not None and answer.echoed == answer.nonce


def epoch_of(state: State, epoch: str | None) -> Literal["same", "older", "new"]:
    """How an answer's epoch stands to the one that the journal was last compared under.

    An old server may still answer for a while after a fail-over; if it never stops, it is central again.
    """
    if epoch == state.epoch:
        return "same"
    return "older" if epoch in state.past_epochs and state.older < OLDER_LIMIT else "new"


def contact(state: State, answer: Answer, now: Now) -> None:
    """Central answered."""
    state.last_contact_ms = now.wall_ms
    if answer.server_ms is not None:
        state.clock_offset_ms = answer.server_ms - now.wall_ms
    state.down = False
    state.reached = True
    state.trouble = ""
    state.older = 0


def good(state: State, lane: Lane) -> None:
    """Central did what it was asked."""
    state.refusals.pop(lane, None)
    state.successes += 1
    if lane != "token":
        state.refusals.pop("token", None)
        state.token_refusals = 0
    if state.successes >= STEADY:
        state.failures = 0


def new_epoch(state: State, epoch: str) -> list[Command]:
    """Central's database was restored or replaced: nothing that it said before holds until heads are compared."""
    if state.epoch:
        state.past_epochs = (*state.past_epochs, state.epoch)[-REMEMBERED_EPOCHS:]
    state.epoch = epoch
    state.epoch_unsaved = True
    state.central_head = None
    compare_anew(state)
    restart_feed(state)
    return forget_all(state)


def forget_all(state: State) -> list[Command]:
    """Nobody waits for what was asked before."""
    forgotten: list[Command] = [Forget(lane, nonce) for lane, nonce in state.waiting.items()]
    state.waiting.clear()
    return forgotten


def restart_feed(state: State) -> None:
    """Read the feed from its beginning."""
    state.generation += 1
    state.pages = ()
    state.applying = False
    state.cursor = None
    state.committed_cursor = None
    state.caught_up = False


def compare_anew(state: State) -> None:
    """Before anything else is sent or believed, ask central where it stands."""
    state.compared = False
    state.comparing = None
    state.settling = False
    state.batch = None
    state.caught_up = False
    state.once_online = False


def lost(state: State, now: Now, rng: Random, reason: str, answer: Answer | None = None) -> None:
    """No answer that counts. What was asked may have been done or not: it will be asked again."""
    state.trouble = reason
    if now.monotonic < state.retry_at:
        return  # the same outage, seen by another request
    state.failures += 1
    state.successes = 0
    asked = None if answer is None else retry_after(answer.retry_after, now.wall_ms)
    if asked is not None:
        state.retry_at = now.monotonic + asked_to_wait(asked, rng)
    elif not state.down and state.reached and (reason not in PLAIN_TROUBLE or state.failures > 1):
        state.retry_at = now.monotonic + max(rng.uniform(0.0, state.options.spread), backoff(1, 1.0, rng))
    else:
        state.retry_at = now.monotonic + backoff(state.failures, state.options.cap, rng)
    if reason not in PLAIN_TROUBLE or state.failures > 1:
        state.down = True
        compare_anew(state)


def clock_is_off(state: State) -> bool:
    """Whether our clock is so wrong that central cannot accept what was signed by it."""
    return abs(state.clock_offset_ms or 0) > TOKEN_CLOCK_MS


def refused(state: State, answer: Answer, now: Now, rng: Random) -> list[Command]:
    """Central answered and did not do it, for a reason that is not the request's own."""
    lane = answer.lane
    if answer.status == 403 and answer.code == "terminal-revoked":
        state.ended = True
        state.person = "terminal-revoked"
        return [Erase()]
    if answer.status == 401:
        state.token_until = -1.0
        state.token_refusals += 1
        if state.token_refusals == 1 and (lane != "token" or clock_is_off(state)):
            return []  # a new token, once; then the same bytes. By now it is known what time it is at central
    if answer.code == "unknown-terminal":
        state.person = answer.code  # central was restored from before the enrolment; it must be let in again
    state.failures += 1
    state.successes = 0
    wall_ms = now.wall_ms if answer.server_ms is None else answer.server_ms
    asked = retry_after(answer.retry_after, wall_ms)
    if answer.status == 426:
        wait = TOO_OLD_RETRY + backoff(state.failures, state.options.cap, rng)
    elif asked is not None:
        wait = asked_to_wait(asked, rng)
    else:
        wait = backoff(state.failures, state.options.cap, rng)
    state.refusals[lane] = refusal_code(answer)
    if lane == "push" and answer.status not in (401, 426, 429, 503):
        state.push_at = now.monotonic + wait
    elif lane == "feed" and answer.status not in (401, 426, 429, 503):
        state.poll_at = now.monotonic + wait
    else:
        state.retry_at = max(state.retry_at, now.monotonic + wait)
    return []


def refusal_code(answer: Answer) -> str:
    """What the status line calls it."""
    if answer.status in (429, 503):
        return "busy"
    if answer.status == 426:
        return "client-too-old"
    if answer.status == 401:
        return answer.code or "unauthorized"
    return answer.code or "central-error"
