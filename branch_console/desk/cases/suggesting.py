"""Taking an idea down: a case like any other, with a topic and whose idea it is. What was not sent is kept, masked.

Raises RuleError, FieldErrors.
"""

from datetime import timedelta
from typing import NamedTuple

import orjson

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.form_reading import Filled
from branch_console.desk.cases.ideas import person_of
from branch_console.desk.cases.registering import register_in
from branch_console.desk.cases.words import kept
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.cases.limits import limit
from branch_console.rules.errors import FieldError, FieldErrors
from branch_console.rules.journal import format_at, parse_at
from data import queries

_NAME = "form"
_DRAFT = 500


class IdeaDraft(NamedTuple):
    """A suggestion that was not sent."""

    text: str = ""
    topic: str = ""
    who: str = ""


def suggest(counter: CaseCounter, said: Said, topic: str, who: str, contact: str) -> str:
    """Take an idea down; returns its subject. `who`: customer, staff, anonymous; a customer may stay unknown."""
    problems: list[FieldError] = []
    if who not in {"customer", "staff", "anonymous"}:
        problems.append(FieldError("who", "choice_missing"))
    if all(row.code != topic for row in counter.reference.codes("case_topics", "suggestion")):
        problems.append(FieldError("topic", "choice_missing"))
    person: Person | None = None
    try:
        person = person_of(counter, contact) if who == "customer" else None
    except FieldError as error:
        problems.append(error)
    if problems:
        raise FieldErrors(problems)
    form = CaseForm(
        kind="suggestion",
        category=topic,
        narrative=said,
        contact="none" if person is None else "phone" if "phone" in person.keys else "visit",
        who="staff" if who == "staff" else "",
    )
    with counter.desk.act() as act:
        subject = register_in(counter, act, Filled(form, person, anonymous=person is None))
        act.clear_drafts(draft_of(counter))
    return subject


def draft_of(counter: CaseCounter) -> str:
    """Under whom this terminal keeps the unsent suggestion of whoever works at it now."""
    return f"idea_form/{counter.desk.staff}"


def save_draft(counter: CaseCounter, draft: IdeaDraft) -> None:
    """Keep what was typed, masked; nothing typed forgets it. Who had the idea is not kept by any number."""
    counter.require("case.register")
    if not draft.text.strip():
        with counter.desk.act() as act:
            act.clear_drafts(draft_of(counter))
        return
    said = {"text": kept(counter, draft.text, _DRAFT), "topic": draft.topic[:64], "who": draft.who[:16]}
    with counter.desk.act() as act:
        act.save_draft(draft_of(counter), _NAME, orjson.dumps({**said, "at": format_at(counter.now())}).decode())


def draft(counter: CaseCounter) -> IdeaDraft:
    """What was left unsent; an empty one when there is nothing, or it is too old, in which case it is forgotten."""
    written = queries.drafts(counter.store, draft_of(counter)).get(_NAME)
    if written is None:
        return IdeaDraft()
    said = orjson.loads(written)
    if counter.now() - parse_at(said["at"]) <= timedelta(hours=limit(counter.reference, "draft_hours")):
        return IdeaDraft(said["text"], said["topic"], said["who"])
    with counter.desk.act() as act:
        act.clear_drafts(draft_of(counter))
    return IdeaDraft()
