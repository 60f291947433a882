"""At the end of a shift, promises to customers go to somebody who will be there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branch_console.desk.cases.core import CaseCounter, case_in, masks, write
from branch_console.rules.errors import RuleError
from branch_console.rules.narrative.masking import mask
from branch_console.rules.staff import StaffState, subject_for
from branch_console.security.text import clean

Promises = Mapping[str, Sequence[str]]
"""The entries that made the promises, by the subject of their case."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was handed over: so many promises. `refused`: the subjects that stay as they are, each with its reason."""

    count: int
    refused: Mapping[str, RuleError]


def hand_over(counter: CaseCounter, promises: Promises, to: str, note: str = "") -> HandOver:
    """Hand open promises over to `to`, each case in a transaction of its own: a refusal keeps no other one back.

    What `to` keeps already stays as it is and is not counted. Raises RuleError when nothing can be handed over at all:
    by whoever works here, or to somebody who does not.
    """
    counter.require("case.work")
    _check_there(counter, to)
    kept = _kept(counter, note)
    count, refused = 0, {}
    for subject, entries in promises.items():
        try:
            count += _hand_over(counter, subject, entries, to, kept)
        except RuleError as error:
            refused[subject] = error
    return HandOver(count, refused)


def _hand_over(counter: CaseCounter, subject: str, entries: Sequence[str], to: str, note: str | None) -> int:
    """Those of one case; how many."""
    with counter.desk.act() as act:
        opened = {each.entry: each for each in case_in(act, subject).open_promises}
        other = [entry for entry in entries if entry not in opened or opened[entry].staff != to]
        if other:
            write(counter, act, subject, "case.promise_handed_over", {"promises": other, "to": to, "note": note})
    return len(other)


def _check_there(counter: CaseCounter, staff: str) -> None:
    """Raise unless somebody of that id works in the branch."""
    state = counter.store.state(subject_for("staff", staff))
    if not isinstance(state, StaffState) or not state.active:
        raise RuleError("receiver_not_here")


def _kept(counter: CaseCounter, note: str) -> str | None:
    """A note as it may be kept; None for none."""
    text = clean(note).strip()
    return mask(text, masks(counter).patterns).text if text else None
