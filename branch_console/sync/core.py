"""The sync core: what to do next, without doing it. No I/O, no clock and no randomness of its own.

`step(state, message, now, rng)` gives the next state and the commands for the shell around it. The same code runs in
the terminal (process.py) and in the simulation (tests/simulation). Normative text: docs/protocol.md.
Commands for the store must be carried out in the order given, one after the other; requests may run side by side.
"""

from copy import copy
from random import Random

from branch_console.sync.answers import take_answer
from branch_console.sync.commands import (
    ApplyPage,
    Command,
    LoadBatch,
    Look,
    RequestFeed,
    RequestHead,
    RequestPush,
    RequestToken,
)
from branch_console.sync.messages import Answer, Facts, Failed, Message, Now, Tick, TryNow
from branch_console.sync.reach import compare_anew, forget_all, lost
from branch_console.sync.reports import store_said
from branch_console.sync.state import Options, State, problem

PAGES_AHEAD = 2
"""So many pages may wait for the store while the next is being asked for."""


def start(
    options: Options,
    facts: Facts,
    epoch: str,
    past_epochs: tuple[str, ...],
    cursor: str | None,
    *,
    unconfirmed: bool = False,
) -> State:
    """The state of a terminal that begins to sync, from what its store says."""
    return State(
        options,
        facts,
        epoch,
        past_epochs,
        committed_cursor=cursor,
        cursor=cursor,
        unconfirmed=unconfirmed,
        batch_limit=options.batch_limit,
        batch_bytes=options.batch_bytes,
    )


def step(state: State, message: Message, now: Now, rng: Random) -> tuple[State, list[Command]]:
    """Take one message in; the given state stays as it is."""
    state = copy(state)
    state.waiting = dict(state.waiting)
    state.refusals = dict(state.refusals)
    if state.ended:
        return state, []
    commands = _take(state, message, now, rng)
    if not state.ended:
        commands += _next(state, now, rng)
    return state, commands


def next_wake(state: State, now: Now) -> float:
    """When the core wants a Tick at the latest, in seconds of the monotonic clock."""
    later = (state.look_at, state.retry_at, state.heartbeat_at, state.push_at, state.poll_at, state.token_until)
    return min((moment for moment in later if moment > now.monotonic), default=now.monotonic + state.options.look)


def _take(state: State, message: Message, now: Now, rng: Random) -> list[Command]:
    match message:
        case Answer():
            return take_answer(state, message, now, rng)
        case Failed():
            if state.waiting.get(message.lane) == message.nonce:
                del state.waiting[message.lane]
                lost(state, now, rng, message.reason)
        case TryNow():
            state.retry_at = state.push_at = state.poll_at = 0.0
            state.failures = 0
            state.batch_limit, state.batch_bytes = state.options.batch_limit, state.options.batch_bytes
            if state.person or not state.compared:
                compare_anew(state)
        case Tick():
            pass
        case _:
            return store_said(state, message, now, rng)
    return []


def _next(state: State, now: Now, rng: Random) -> list[Command]:
    """Everything that can be begun now."""
    commands: list[Command] = []
    if state.pages and not state.applying:
        commands.append(ApplyPage(state.generation, state.pages[0], state.epoch))
        state.pages = state.pages[1:]
        state.applying = True
    if not state.looking and now.monotonic >= state.look_at:
        commands.append(Look())
        state.looking = True
        state.look_at = now.monotonic + state.options.look
    if now.monotonic < state.retry_at or "token" in state.waiting:
        return commands
    if now.monotonic >= state.token_until:
        state.waiting["token"] = nonce = _nonce(rng)
        return [*commands, RequestToken(nonce)]
    if not state.compared:
        return commands + _ask_head(state, rng, alone=True)
    if now.monotonic >= state.heartbeat_at or (state.epoch_unreported and not state.facts.pending):
        asked = _ask_head(state, rng, alone=False)
        state.epoch_unreported = state.epoch_unreported and not (asked and not state.facts.pending)
        commands += asked
    commands += _next_push(state, now, rng)
    if len(state.pages) < PAGES_AHEAD and "feed" not in state.waiting and now.monotonic >= state.poll_at:
        state.waiting["feed"] = nonce = _nonce(rng)
        wait = state.options.wait if state.caught_up else 0
        commands.append(RequestFeed(nonce, state.cursor, state.options.page_limit, wait))
    if state.caught_up and not state.pages and not state.applying and not state.facts.pending:
        state.once_online = True
    return commands


def _ask_head(state: State, rng: Random, *, alone: bool) -> list[Command]:
    """Ask where central stands. `alone`: nothing else may be under way, because both heads must stand still."""
    if "head" in state.waiting or state.comparing is not None or state.agreeing:
        return []
    if alone and state.push_busy:
        return []
    commands: list[Command] = []
    if alone:
        commands = forget_all(state)
    state.waiting["head"] = nonce = _nonce(rng)
    state.asked_alone = alone
    state.asked_acknowledged = state.facts.acknowledged
    return [*commands, RequestHead(nonce, _report(state))]


def _next_push(state: State, now: Now, rng: Random) -> list[Command]:
    if state.person or state.agreeing or state.push_busy or "push" in state.waiting or now.monotonic < state.push_at:
        return []
    if state.batch is not None:
        state.waiting["push"] = nonce = _nonce(rng)
        return [RequestPush(nonce, state.batch)]
    if state.facts.pending <= 0:
        return []
    state.push_busy = "loading"
    return [LoadBatch(state.batch_limit, state.batch_bytes)]


def _report(state: State) -> dict[str, int | str]:
    """What a heartbeat tells central of this terminal.

    No epoch before it has been agreed on: by it central begins to grant again, and what the store must give back of
    the epoch before is written when it agrees.
    """
    return {
        "seq": state.facts.own_seq,
        "hash": state.facts.own_hash,
        "pending": state.facts.pending,
        "quarantined": state.facts.quarantined,
        "epoch": "" if state.epoch_unsaved else state.epoch,
        "clock_offset_ms": state.clock_offset_ms or 0,
        "problem": problem(state),
    }


def _nonce(rng: Random) -> str:
    return f"{rng.getrandbits(128):032x}"
