"""Saving answers of a step: what was typed becomes answers, checked and written in one transaction."""

from collections.abc import Mapping

from branch_console.desk.desk import Desk, check, journey_in, write
from branch_console.desk.journeys import interrupt
from branch_console.desk.look_up import keys_of
from branch_console.rules.answers import Asking, read_answers
from branch_console.rules.canonical import Json
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Step
from branch_console.rules.journal import Data
from branch_console.rules.journey_entries import Answer
from branch_console.security.text import clean

Hints = dict[str, tuple[str, ...]]


def answer(desk: Desk, subject: str, step: str, typed: Mapping[str, str]) -> Hints:
    """Save the answers of a step, given as typed or chosen; return doubts by field (codes, msgid `hint.<code>`).

    Answers that only a consent allows to keep stand in entries of their own, so that taking the consent back erases
    exactly them. A step is written anew only where an answer differs. Raises FieldErrors, RuleError.
    """
    with desk.act() as act:
        state = journey_in(act, subject)
        flow = desk.flow_of(state)
        asked = flow.step(step)
        if asked is None:
            raise RuleError("step_unknown", step=step)
        asking = Asking(
            state, desk.store.reference, desk.today(), lambda kind, value: keys_of(desk.store, kind, value)[0]
        )
        # Whether answering is allowed at all comes before what is wrong with an answer.
        check(desk, state, "journey.answered", {"step": step, "answers": {}})
        read = read_answers(asked, {name: clean(text) for name, text in typed.items()}, asking)
        for answers in _by_consent(asked, read.answers):
            changed = {name: each for name, each in answers.items() if state.answer(step, name) != each}
            if changed:
                data: Data = {"step": step, "answers": {name: _json(each) for name, each in changed.items()}}
                write(desk, act, subject, "journey.answered", data)
        for name in typed:
            act.clear_drafts(subject, f"{step}.{name}")
        interrupt(desk, act, subject)
    return read.hints


def _by_consent(step: Step, answers: Mapping[str, Answer]) -> list[dict[str, Answer]]:
    """The answers in groups: those that anybody may keep, and those that need each scope of consent.

    What follows from a document (its kind, the age band) needs what the document needs.
    """
    document = next((each for each in step.fields if each.kind == "document"), None)
    groups: dict[str | None, dict[str, Answer]] = {}
    for name, each in answers.items():
        field = step.field(name) or document
        groups.setdefault(field.personal if field is not None else None, {})[name] = each
    return list(groups.values())


def _json(answer: Answer) -> Json:
    return {"masked": answer["masked"], "key": answer["key"]} if isinstance(answer, dict) else answer
