"""What the store's reports mean for the state."""

from random import Random
from typing import TypeAlias

from branch_console.sync.commands import Command
from branch_console.sync.heads import hash_found
from branch_console.sync.messages import Acknowledged, Agreed, Applied, BatchLoaded, HashFound, Now, Seen, StoreFailed
from branch_console.sync.state import State
from branch_console.sync.timing import backoff

Report: TypeAlias = Seen | BatchLoaded | Acknowledged | Agreed | HashFound | Applied | StoreFailed


def store_said(state: State, message: Report, now: Now, rng: Random) -> list[Command]:
    """The store has done what it was told, or could not."""
    match message:
        case Seen():
            state.facts = message.facts
            state.looking = False
        case BatchLoaded():
            state.facts = message.facts
            state.push_busy = ""
            state.batch = message.batch if state.compared else None
            if message.batch is None:
                state.push_at = now.monotonic + state.options.look
        case Acknowledged():
            state.facts = message.facts
            state.push_busy = ""
        case Agreed():
            _agreed(state, message)
        case HashFound():
            return hash_found(state, message.seq, message.hash)
        case Applied():
            _applied(state, message)
        case StoreFailed():
            _store_failed(state, message, now, rng)
    return []


def _agreed(state: State, message: Agreed) -> None:
    state.facts = message.facts
    state.agreeing = False
    if state.settling and message.epoch == state.epoch:
        state.settling = False
        state.epoch_unreported = state.epoch_unreported or state.epoch_unsaved
        state.epoch_unsaved = False
        state.unconfirmed = False
        state.compared = True


def _applied(state: State, message: Applied) -> None:
    state.facts = message.facts
    state.broken = (*state.broken, *(each for each in message.broken if each not in state.broken))
    if message.generation == state.generation:
        state.applying = False
        state.committed_cursor = message.cursor


def _store_failed(state: State, message: StoreFailed, now: Now, rng: Random) -> None:
    """Disk full and the like: go back to what is durable and try again later."""
    wait = backoff(5, state.options.cap, rng)
    if message.what == "look":
        state.looking = False
    elif message.what == "feed":
        state.refusals["feed"] = message.code
        state.generation += 1
        state.pages = ()
        state.applying = False
        state.cursor = state.committed_cursor
        state.poll_at = now.monotonic + wait
    elif message.what == "push":
        if message.code == "journal-fork":
            state.person = message.code
        state.refusals["push"] = message.code
        state.push_busy = ""
        state.push_at = now.monotonic + wait
    else:
        state.refusals["head"] = message.code
        state.agreeing = False
        state.comparing = None
        state.retry_at = now.monotonic + wait
