"""A form that is not sent yet, kept for the person who types it: one draft each, masked, gone after some hours."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import timedelta
from typing import Any

import orjson

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.form_reading import SHORT, Filled, keep
from branch_console.desk.cases.words import kept
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.cases.limits import limit
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.exemptions import Exemption
from data import queries

NAME = "form"
_TEXTS = ("narrative", "reference", "counterparty", "regulator_reference")
_READ = ("promise", "amount", "transferred_at", "group_size", "received_at")
"""What the program reads: somebody may still have typed a person's number there, into the wrong question."""


def draft_subject(counter: CaseCounter) -> str:
    """Under whom this terminal keeps the drafts of whoever works at it now."""
    return f"case_form/{counter.desk.staff}"


def save_form_draft(counter: CaseCounter, draft: Filled) -> None:
    """Keep the form as it stands. What could belong to a person is masked in it already, also what is half typed."""
    counter.require("case.register")
    texts: dict[str, Any] = {name: _kept(counter, getattr(draft.form, name)) for name in _TEXTS}
    texts |= {name: kept(counter, getattr(draft.form, name), SHORT) for name in _READ}
    masked = replace(draft.form, **texts)
    person = None
    if draft.person is not None:
        each = draft.person
        person = {
            "keys": {scope: list(keys) for scope, keys in each.keys.items()},
            "name": each.name,
            "phone": each.phone,
            "journey": each.journey,
            "wallet": each.wallet,
        }
    said = {
        "form": asdict(masked),
        "person": person,
        "anonymous": draft.anonymous,
        "from_journey": draft.from_journey,
    }
    with counter.desk.act() as act:
        act.save_draft(draft_subject(counter), NAME, orjson.dumps(said, default=tuple).decode())


def drop_form_draft(counter: CaseCounter) -> None:
    """The form was given up."""
    with counter.desk.act() as act:
        act.clear_drafts(draft_subject(counter), NAME)


def form_draft(counter: CaseCounter) -> Filled | None:
    """What was left unsent; None when there is nothing, or it is too old, in which case it is forgotten."""
    text = queries.drafts(counter.store, draft_subject(counter)).get(NAME)
    if text is None:
        return None
    found = _read(text)
    longest = timedelta(hours=limit(counter.reference, "draft_hours"))
    if found is None or counter.now() - parse_at(found.form.opened_at) > longest:
        drop_form_draft(counter)
        return None
    return found


def _kept(counter: CaseCounter, said: Said) -> Said:
    try:
        kept = keep(counter, said)
    except RuleError:  # an exemption that fits no more: without any, more is masked and never less
        kept = keep(counter, replace(said, exempt=()))
    return Said(kept.text, kept.exempt, kept.counts)


def _read(text: str) -> Filled | None:
    """A draft as it was written; None for one of another version of the program."""
    try:
        said = orjson.loads(text)
        form = said["form"]
        known = {each.name for each in fields(CaseForm)}
        values: dict[str, Any] = {
            name: _said(value) if name in _TEXTS else value for name, value in form.items() if name in known
        }
        found = CaseForm(**values)
        parse_at(found.opened_at)
        return Filled(found, _person(said["person"]), said["anonymous"], said["from_journey"])
    except (ValueError, KeyError, TypeError):
        return None


def _said(value: Mapping[str, Any]) -> Said:
    return Said(value["text"], tuple(Exemption(*span) for span in value["exempt"]), dict(value["masked"]))


def _person(value: Mapping[str, Any] | None) -> Person | None:
    if value is None:
        return None
    keys = {scope: tuple(found) for scope, found in value["keys"].items()}
    return Person(keys, value["name"], value["phone"], value["journey"], wallet=value["wallet"])
