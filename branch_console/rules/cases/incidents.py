"""Cases that come in numbers: several disputes of one pattern within a day may be one fault, not many customers'."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.rules.reference import Reference


class Incident(NamedTuple):
    """A cluster: the pattern that its cases share, and the cases (subjects), oldest first. `branch` "" = several."""

    branch: str
    category: str
    counterparty: str
    cases: tuple[str, ...]
    first_at: str
    last_at: str


def incidents(cases: Iterable[tuple[str, CaseState]], now: datetime, reference: Reference) -> list[Incident]:
    """The clusters up to `now`: so many disputes of one pattern at a branch, or at several, within the window.

    A pattern is the category and, if it is known, the counterparty. Merged and withdrawn cases count once and not.
    The limits are the bank's (table `case_limits`).
    """
    since = now - timedelta(hours=limit(reference, "incident_hours"))
    recent: dict[tuple[str, str], list[tuple[str, CaseState]]] = {}
    for subject, state in sorted(cases, key=lambda each: (each[1].received_at, each[0])):
        if state.kind == "dispute" and state.status not in {"merged", "withdrawn"} and _within(state, since, now):
            recent.setdefault(_pattern(state), []).append((subject, state))
    found: list[Incident] = []
    for pattern, members in sorted(recent.items()):
        branches = sorted({state.branch for _, state in members})
        for branch in branches:
            here = [each for each in members if each[1].branch == branch]
            if len(here) >= limit(reference, "incident_branch"):
                found.append(_incident(branch, pattern, here))
        if len(branches) > 1 and len(members) >= limit(reference, "incident_all"):
            found.append(_incident("", pattern, members))
    return found


def _pattern(state: CaseState) -> tuple[str, str]:
    category = state.codes.category if state.codes is not None else ""
    counterparty = state.transaction.counterparty if state.transaction is not None else ""
    return category, " ".join(unicodedata.normalize("NFKC", counterparty).casefold().split())


def _within(state: CaseState, since: datetime, now: datetime) -> bool:
    try:
        return since < parse_at(state.received_at) <= now
    except (ValueError, TypeError):  # no moment, or one without offset
        return False


def _incident(branch: str, pattern: tuple[str, str], members: list[tuple[str, CaseState]]) -> Incident:
    moments = [state.received_at for _, state in members]
    return Incident(branch, *pattern, tuple(subject for subject, _ in members), moments[0], moments[-1])
