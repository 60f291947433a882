"""Folding a journey. Facts are always kept; what does not fit is marked, so that people see that two sides changed it.

The fold looks at entries only, never at reference data, so that a terminal without the newest flow and central agree.
"""

from collections.abc import Callable
from typing import Any

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import (
    Abandoned,
    Answered,
    ConsentGiven,
    ConsentWithdrawn,
    Finished,
    Started,
    StepDone,
    StepFailed,
    StepReopened,
    StepSkipped,
    StepStarted,
    TargetChanged,
)
from branch_console.rules.journey_holding import HOLDING_ACTS
from branch_console.rules.journey_marks import allowed, mark
from branch_console.rules.journey_state import ConsentState, JourneyState, StepState
from branch_console.rules.reference import Reference

__all__ = ["JOURNEY", "JourneyState", "StepState"]

Act = Callable[[JourneyState, Entry, Any], None]

# Answers that are facts about the whole journey: field → attribute of the state.
_FACTS = {
    "name": "name",
    "segment": "segment",
    "age_band": "age_band",
    "doc_type": "doc_type",
    "wallet_id": "wallet_masked",
}
_MASKED = {"phone": "phone_masked", "document": "doc_masked"}


def _started(state: JourneyState, entry: Entry, data: Started) -> None:
    if not _received(state, entry):
        return
    state.flow_id, state.flow_version = data.flow.id, data.flow.version
    state.target, state.name = data.target, data.name


def _received(state: JourneyState, entry: Entry) -> bool:
    """Take over what the envelope of the first entry says; False when the journey had started before."""
    if state.started_at is not None:
        mark(state, entry, "started_twice")
        return False
    state.started_at, state.started_by = entry.at, entry.staff
    state.branch, state.terminal = entry.branch, entry.terminal
    state.holder, state.holder_terminal = entry.staff, entry.terminal
    return True


def _step(state: JourneyState, entry: Entry, step: str) -> StepState:
    """The state of a step, made when it is touched for the first time."""
    found = state.steps.get(step)
    if found is None:
        found = state.steps[step] = StepState(started_at=entry.at)
    found.staff, found.at = entry.staff, entry.at
    return found


def _step_started(state: JourneyState, entry: Entry, data: StepStarted) -> None:
    if allowed(state, entry):
        found = _step(state, entry, data.step)
        if found.status != "in_progress":
            found.status, found.reason, found.note = "in_progress", None, None
            found.changed = state.entries
        state.current = data.step


def _answered(state: JourneyState, entry: Entry, data: Answered) -> None:
    if not allowed(state, entry):
        return
    found = _step(state, entry, data.step)
    found.changed = state.entries
    hashed = False
    for name, answer in data.answers.items():
        hashed = hashed or isinstance(answer, dict) or isinstance(found.answers.get(name), dict)
        found.answers[name] = answer
        if isinstance(answer, dict):
            if name in _MASKED:
                setattr(state, _MASKED[name], answer["masked"])
        elif name in _FACTS and isinstance(answer, str):
            setattr(state, _FACTS[name], answer)
    if hashed:
        state.person_keys = sorted(
            {
                answer["key"]
                for step in state.steps.values()
                for answer in step.answers.values()
                if isinstance(answer, dict)
            }
        )


def _outcome(state: JourneyState, entry: Entry, data: StepDone | StepSkipped | StepFailed, status: str) -> None:
    if not allowed(state, entry):
        return
    found = _step(state, entry, data.step)
    found.status, found.changed = status, state.entries
    found.reason = None if isinstance(data, StepDone) else data.reason
    found.note = None if isinstance(data, StepDone) else data.note
    found.active_ms += data.active_ms
    found.away_ms += data.away_ms
    if state.current == data.step:
        state.current = None


def _step_reopened(state: JourneyState, entry: Entry, data: StepReopened) -> None:
    if not allowed(state, entry):
        return
    found = _step(state, entry, data.step)
    found.status, found.reason, found.note = "in_progress", None, None
    found.changed = state.entries
    state.current = data.step
    if state.interruption is not None and state.interruption.step == data.step:
        state.cleared = [rule for rule in state.cleared if rule != state.interruption.rule]


def _target_changed(state: JourneyState, entry: Entry, data: TargetChanged) -> None:
    if allowed(state, entry):
        state.target = data.target


def _finished(state: JourneyState, entry: Entry, data: Finished) -> None:
    if allowed(state, entry):
        state.status, state.wallet_class, state.finished_at = "finished", data.wallet_class, entry.at
        state.current = state.offer = None


def _abandoned(state: JourneyState, entry: Entry, data: Abandoned) -> None:
    if allowed(state, entry, interrupted=True):
        state.status, state.abandoned_reason, state.abandoned_at = "abandoned", data.reason, entry.at
        state.current = state.offer = None


def _consent_given(state: JourneyState, entry: Entry, data: ConsentGiven) -> None:
    if not allowed(state, entry):
        return
    decision = ConsentState(
        scope=data.scope,
        given=data.given,
        policy_id=data.policy.id,
        policy_version=data.policy.version,
        sha256=data.policy.sha256,
        method=data.method,
        language=data.language,
        guardian=data.guardian,
        staff=entry.staff,
        at=entry.at,
    )
    state.consents = [*(each for each in state.consents if each.scope != data.scope), decision]


def _consent_withdrawn(state: JourneyState, entry: Entry, data: ConsentWithdrawn) -> None:
    """A withdrawal always counts, whoever writes it down and whenever (PIPL Art. 15)."""
    decision = state.consent(data.scope)
    if decision is None:
        mark(state, entry, "no_consent")
    elif decision.withdrawn_at is None:
        decision.withdrawn_at = entry.at


def _field_revealed(state: JourneyState, entry: Entry, data: EntryData) -> None:
    del entry, data
    state.revealed += 1


def _data_erased(state: JourneyState, entry: Entry, data: EntryData) -> None:
    del entry, data
    state.erased = True


_ACTS: dict[str, Act] = {
    "journey.started": _started,
    "journey.step_started": _step_started,
    "journey.answered": _answered,
    "journey.step_done": lambda state, entry, data: _outcome(state, entry, data, "done"),
    "journey.step_skipped": lambda state, entry, data: _outcome(state, entry, data, "skipped"),
    "journey.step_failed": lambda state, entry, data: _outcome(state, entry, data, "failed"),
    "journey.step_reopened": _step_reopened,
    "journey.target_changed": _target_changed,
    "journey.finished": _finished,
    "journey.abandoned": _abandoned,
    "consent.given": _consent_given,
    "consent.withdrawn": _consent_withdrawn,
    "field.revealed": _field_revealed,
    "data.erased": _data_erased,
    **HOLDING_ACTS,
}


def _apply(state: JourneyState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Fold one entry. An erased one keeps its place: who, when, and that it was there."""
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if data is not None:
        _ACTS[entry.type](state, entry, data)
        return
    state.erased = True
    if entry.type == "journey.started":
        _received(state, entry)


JOURNEY: Fold[JourneyState] = register(Fold("journey", JourneyState, version=1, apply=_apply))
