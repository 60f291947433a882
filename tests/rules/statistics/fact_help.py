"""From entries to the rows of figures, by the real folds and the real reference data."""

from collections.abc import Container, Iterable
from functools import cache
from typing import Any

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.deriving_all import derive
from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.linking import linked
from tests.rules.flow_help import documents


@cache
def reference() -> Reference:
    names = ("codes/", "sla/", "calendars/")
    return Reference.parse({name: text for name, text in documents().items() if name.startswith(names)})


def states(entries: Iterable[Entry]) -> dict[str, Any]:
    """The folded states by subject."""
    subjects: dict[str, list[Entry]] = {}
    for each in entries:
        subjects.setdefault(each.subject, []).append(each)
    found = {}
    for subject, own in subjects.items():
        state, unfolded = fold_subject(FOLDS[own[0].kind], own, Reference())
        assert unfolded == []
        found[subject] = state
    return found


def derived(entries: Iterable[Entry], confirmed: Container[str], days: Days) -> dict[str, Facts]:
    """The rows of each subject, unlinked, in an order that says nothing."""
    return {
        subject: derive(subject, state, days, reference(), confirmed=subject in confirmed)
        for subject, state in states(entries).items()
    }


def facts_of(entries: Iterable[Entry], confirmed: Container[str], days: Days) -> Facts:
    """All rows, linked."""
    return linked(joined(derived(entries, confirmed, days).values()))
