"""When an entry of a journey does not fit it is marked; refusing is for the desk, before anything is written."""

from branch_console.rules.journal import Entry
from branch_console.rules.journey_state import JourneyState, Mark


def mark(state: JourneyState, entry: Entry, code: str) -> None:
    """Note that `entry` did not fit. The words for `code` are in the catalogues under `mark.<code>`."""
    state.marks.append(Mark(entry.id, code, entry.staff, entry.at))


def allowed(state: JourneyState, entry: Entry, *, interrupted: bool = False) -> bool:
    """Whether a fact may still change the journey; marks what does not fit.

    After the end nothing changes any more. What somebody other than the holder wrote is a fact all the same (it
    happened, on the other side of a cut network) and counts, with a mark. `interrupted` says that the act is one
    that an interruption does not stop.
    """
    if state.ended:
        mark(state, entry, "after_end")
        return False
    if state.started_at is None:
        mark(state, entry, "not_started")
    elif entry.staff != state.holder:
        mark(state, entry, "not_holder")
    else:
        state.holder_terminal = entry.terminal
    if state.status == "interrupted" and not interrupted:
        mark(state, entry, "while_interrupted")
    return True
