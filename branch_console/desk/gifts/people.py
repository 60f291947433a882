"""Who stands at the gift desk: found by what they say or show, or through a journey. Numbers leave here as hashes."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from branch_console.desk.desk import FLOW, Desk
from branch_console.desk.look_up import find, journey, keys_of
from branch_console.rules.canonical import Json
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.identity import check_any_document, check_phone, normalise
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.masking import mask_name
from branch_console.rules.roles import require
from data import queries
from data.queries import JourneyRow

RECENT: Final = 20
_LOOKED_THROUGH: Final = 100
"""Of the newest journeys of the branch so many are looked through for those of one member of staff."""
_SCOPE_OF: Final[Mapping[str, str]] = {"document": "person", "phone": "phone"}


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A customer. `keys`: for each scope the keyed hashes, the newest tenant key first; name and phone are masked.

    `born` is known only when a document was typed that says it, and never leaves the session.
    """

    keys: Mapping[str, tuple[str, ...]]
    name: str = ""
    phone: str = ""
    journey: str | None = None
    born: date | None = None
    wallet: str = ""
    """Masked, like name and phone."""

    @property
    def all_keys(self) -> list[str]:
        """All hashes by which entries of this customer may be found."""
        return [key for keys in self.keys.values() for key in keys]

    def key(self, scope: str) -> str | None:
        """The hash that a right of that scope counts on."""
        keys = self.keys.get(scope)
        return None if keys is None else keys[0]

    @property
    def newest_keys(self) -> dict[str, str]:
        """By scope the hash under the newest tenant key: what claims and questions to central name."""
        return {scope: keys[0] for scope, keys in self.keys.items()}

    def recipient(self) -> dict[str, Json]:
        """As a claim names its customer."""
        return {
            "keys": dict(self.newest_keys),
            "name": self.name,
            "phone": self.phone,
            "journey": self.journey,
        }


def people(desk: Desk, text: str) -> list[Person]:
    """Whoever the text may mean: names, initials and last digits of known customers; a whole number means anybody.

    Raises RuleError.
    """
    require(desk.role, "gift.check")
    kind, rows = find(desk, text)
    found = _of_rows(desk, rows)
    typed = _typed(desk, text) if kind in {"phone", "document"} else None
    if typed is None:
        return found
    return [_with(each, typed) for each in found] or [typed]


def recent(desk: Desk) -> list[Person]:
    """The customers whom this person served last, the newest first. Raises RuleError."""
    require(desk.role, "gift.check")
    rows = queries.journeys(desk.store, tab="all", staff=desk.staff, limit=_LOOKED_THROUGH)
    return _of_rows(desk, (row for row in rows if row.holder == desk.staff))[:RECENT]


def person_of(desk: Desk, subject: str) -> Person:
    """The customer of a journey. Raises RuleError."""
    require(desk.role, "gift.check")
    return _of_journey(desk, subject, journey(desk, subject))


def _of_rows(desk: Desk, rows: Iterable[JourneyRow]) -> list[Person]:
    """The customers of journeys, each once, with the newest journey."""
    found: dict[str, Person] = {}
    for row in rows:
        person = _of_journey(desk, row.subject, journey(desk, row.subject))
        if person.keys:
            found.setdefault(person.key("person") or person.key("phone") or row.subject, person)
    return list(found.values())


def _of_journey(desk: Desk, subject: str, state: JourneyState) -> Person:
    flow = None
    with suppress(RuleError):  # a flow that is gone: the usual names of the fields say enough
        flow = desk.flow_of(state)
    keys: dict[str, tuple[str, ...]] = {}
    for step, done in sorted(state.steps.items(), key=lambda each: each[1].changed):
        for name, answer in done.answers.items():
            scope = _SCOPE_OF.get(_kind(flow, step, name))
            if scope is not None and isinstance(answer, dict):
                keys[scope] = (answer["key"],)
    return Person(
        keys=keys,
        name=mask_name(state.name) if state.name else "",
        phone=state.phone_masked or "",
        journey=subject,
    )


def _kind(flow: Flow | None, step: str, name: str) -> str:
    """What kind of field an answer belongs to."""
    asked = None if flow is None or flow.id != FLOW else flow.step(step)
    field = None if asked is None else asked.field(name)
    return name if field is None else field.kind


def _typed(desk: Desk, text: str) -> Person | None:
    """Whoever a whole number belongs to; None when it is the number of nobody."""
    with suppress(RuleError):
        phone = check_phone(text, foreign=True)
        return Person({"phone": tuple(keys_of(desk.store, "phone", phone.value))}, phone=phone.masked)
    with suppress(RuleError):
        document = check_any_document(normalise(text), desk.today())
        keys = tuple(keys_of(desk.store, "document", document.value))
        return Person({"person": keys}, name=document.masked, born=document.born)
    return None


def _with(known: Person, typed: Person) -> Person:
    """A known customer, with what the typed number adds."""
    return Person({**known.keys, **typed.keys}, known.name, known.phone or typed.phone, known.journey, typed.born)
