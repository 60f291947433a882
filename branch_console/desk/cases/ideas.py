"""Ideas on the board: evaluated, adopted or declined, done, told, supported. Each is one act on the suggestion's case.

Raises RuleError, FieldError, FieldErrors.
"""

import re
from datetime import date

from branch_console.desk.cases.core import CaseCounter, case_in, write
from branch_console.desk.cases.words import kept
from branch_console.desk.gifts.people import Person, people
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import Data
from data import queries

REASON, NOTE = 500, 1000
_DAY = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,2})-([0-9]{1,2})")
_SCOPES = ("phone", "person")


def evaluate(counter: CaseCounter, subject: str, note: str) -> None:
    """Somebody looks into it."""
    _write(counter, subject, "suggestion.evaluated", {"note": kept(counter, note, NOTE)})


def adopt(counter: CaseCounter, subject: str, reason: str, owner: str, due: str) -> None:
    """It will be done, by whom and until when; `due` as typed, empty for no day."""
    until = day_of(counter, due, "due")
    if until is not None and until < counter.today():
        raise FieldError("due", "due_past")
    data: Data = {
        "reason": needed(counter, reason, "reason", "reason_missing"),
        "owner": known_staff(counter, owner),
        "due": None if until is None else until.isoformat(),
    }
    _write(counter, subject, "suggestion.adopted", data)


def decline(counter: CaseCounter, subject: str, reason: str) -> None:
    """It will not be done."""
    said = needed(counter, reason, "reason", "reason_missing")
    _write(counter, subject, "suggestion.declined", {"reason": said})


def done(counter: CaseCounter, subject: str, what: str) -> None:
    """What was changed."""
    _write(counter, subject, "suggestion.done", {"what": needed(counter, what, "what", "text_missing")})


def told(counter: CaseCounter, subject: str, way: str, text: str) -> None:
    """The submitter knows; of somebody unknown the board says it."""
    if way not in {"phone", "sms", "visit", "letter", "board"}:
        raise FieldError("way", "way_missing")
    _write(counter, subject, "suggestion.told", {"way": way, "text": kept(counter, text, NOTE)})


def support(counter: CaseCounter, subject: str, who: str, contact: str) -> None:
    """Somebody else wants the same. Who is known counts once, by whichever number they show."""
    person = None if who != "customer" else person_of(counter, contact)
    with counter.desk.act() as act:
        state = case_in(act, subject)
        if who == "staff":
            if state.who == "staff" and state.registered_by == counter.desk.staff:
                raise RuleError("idea_own")
            key: str | None = f"staff:{counter.desk.staff}"
        else:
            key = None if person is None else key_of(person)
            _not_yet(state, person)
        data: Data = {"who": who, "key": key, "way": "none" if person is None else "phone"}
        write(counter, act, subject, "suggestion.supported", data)


def person_of(counter: CaseCounter, contact: str) -> Person | None:
    """The one customer whom the typed text means; None when nothing was typed.

    Raises FieldError `person_unknown`, `person_several`: then a whole number must be asked for.
    """
    if not contact.strip():
        return None
    try:
        found = [each for each in people(counter.desk, contact) if key_of(each) is not None]
    except RuleError as error:
        raise FieldError("contact", error.code, **error.params) from error
    if len(found) != 1:
        raise FieldError("contact", "person_several" if found else "person_unknown")
    return found[0]


def key_of(person: Person) -> str | None:
    """The one key by which somebody supports: that of the phone, else of the document."""
    return next((found for scope in _SCOPES if (found := person.key(scope)) is not None), None)


def _not_yet(state: CaseState, person: Person | None) -> None:
    """Raise when somebody who is known supports it twice, or their own idea, by any number that they have."""
    if person is None:
        return
    own = set(person.all_keys)
    if own & set(state.supporters):
        raise RuleError("supported_already")
    if state.customer is not None and own & set(state.customer.keys.values()):
        raise RuleError("idea_own")


def needed(counter: CaseCounter, typed: str, name: str, code: str) -> str:
    """Words that must be there, as they may be kept. Raises FieldError."""
    text = kept(counter, typed, REASON)
    if not text:
        raise FieldError(name, code)
    return text


def known_staff(counter: CaseCounter, staff: str) -> str:
    """A member of staff who works here. Raises FieldError `owner_missing`."""
    if not any(each.staff_id == staff and each.active for each in queries.staff_list(counter.store)):
        raise FieldError("owner", "owner_missing")
    return staff


def day_of(counter: CaseCounter, typed: str, name: str) -> date | None:
    """A day as YYYY-MM-DD or MM-DD (the next such day); None when nothing was typed. Raises FieldError `date_form`."""
    text = typed.strip()
    if not text:
        return None
    found, today = _DAY.fullmatch(text), counter.today()
    if found is None:
        raise FieldError(name, "date_form")
    try:
        if found[1] is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
        day = date(today.year, int(found[2]), int(found[3]))
        return day if day >= today else date(today.year + 1, int(found[2]), int(found[3]))
    except ValueError as error:
        raise FieldError(name, "date_form") from error


def _write(counter: CaseCounter, subject: str, kind: str, data: Data) -> None:
    with counter.desk.act() as act:
        write(counter, act, subject, kind, data)
