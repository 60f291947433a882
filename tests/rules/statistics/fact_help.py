"""From entries to the rows of figures, by the real folds and the real reference data."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.deriving import journey_fact, rating_fact, step_facts
from branch_console.rules.statistics.deriving_cases import case_fact, clock_facts, idea_fact
from branch_console.rules.statistics.deriving_claims import check_fact, claim_fact
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.linking import linked
from branch_console.rules.working_time import clocks
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


def facts_of(entries: Iterable[Entry], confirmed: dict[str, datetime], days: Days, now: datetime) -> Facts:
    """All rows, in an order that says nothing."""
    calendar, policy = reference().calendars["cn_branch", 1], reference().sla["cn_default", 1]
    found: dict[str, list[Any]] = {name: [] for name in ("journeys", "steps", "claims", "checks", "cases", "clocks")}
    found |= {"ratings": [], "ideas": []}
    for subject, state in states(entries).items():
        kind = subject.partition("/")[0]
        if kind == "journey":
            found["journeys"].append(journey_fact(subject, state, days, confirmed=confirmed.get(subject)))
            found["steps"] += step_facts(subject, state, days)
        elif kind == "claim":
            found["claims"].append(claim_fact(subject, state, days))
            found["checks"].append(check_fact(subject, state, days))
        elif kind == "rating":
            found["ratings"].append(rating_fact(subject, state, days))
        else:
            found["ideas"].append(idea_fact(subject, state, days))
            found["cases"].append(case_fact(subject, state, days, calendar))
            sets = state.clock_sets
            readings = clocks.history(policy, calendar, clock_events(state), now, sets=sets)
            found["clocks"] += clock_facts(subject, state, readings, policy.rules(tuple(sets)), days)
    rows: dict[str, Any] = {name: tuple(each for each in made if each is not None) for name, made in found.items()}
    return linked(Facts(**rows))
