"""Finding journeys: by list, by what the customer says or shows, and the other journeys of the same person."""

from contextlib import suppress
from typing import Literal

from branch_console.desk.desk import Desk
from branch_console.rules.errors import RuleError
from branch_console.rules.identity import check_phone, normalise
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.masking import person_key
from branch_console.rules.roles import require
from branch_console.security.text import clean
from data import queries
from data.queries import JourneyRow
from data.store import Store

FOUND_AT_MOST = 50
_DIGITS_OF_A_NUMBER = 7
"""From so many digits on, a text is a phone or document number and not the last digits of one."""


def journey(desk: Desk, subject: str) -> JourneyState:
    """A journey. Raises RuleError `journey_unknown`, `role_may_not`."""
    require(desk.role, "journey.read")
    state = desk.store.state(subject)
    if not isinstance(state, JourneyState) or state.started_at is None:
        raise RuleError("journey_unknown")
    return state


def find(desk: Desk, text: str) -> tuple[str, list[JourneyRow]]:
    """Journeys of whoever the text names, and how it was understood: phone, document, name or digits.

    A whole number is never searched for as it stands: its keyed hash is. Raises RuleError.
    """
    require(desk.role, "journey.read")
    wanted = clean(text).strip()
    number = normalise(wanted)
    if sum(each.isdigit() for each in number) >= _DIGITS_OF_A_NUMBER:
        for kind, value in _numbers(number):
            rows = queries.journeys_of_person(desk.store, keys_of(desk.store, kind, value))
            if rows:
                return kind, rows[:FOUND_AT_MOST]
        return _numbers(number)[0][0], []
    rows = queries.search_people(desk.store, wanted, FOUND_AT_MOST)
    return ("digits" if number.isdigit() else "name"), rows


def keys_of(store: Store, kind: str, value: str) -> list[str]:
    """The keyed hashes of a number under every tenant key that this terminal knows, the newest first."""
    versions = sorted(store.identity.tenant_keys.items(), key=lambda each: int(each[0]), reverse=True)
    return [person_key(key, version, kind, value) for version, key in versions]


def others(desk: Desk, subject: str, state: JourneyState) -> list[JourneyRow]:
    """Earlier journeys of the same person, known by phone or document."""
    if not state.person_keys:
        return []
    return [row for row in queries.journeys_of_person(desk.store, state.person_keys) if row.subject != subject]


def page(desk: Desk, tab: str, offset: int, limit: int) -> list[JourneyRow]:
    """A page of a list. Raises RuleError."""
    require(desk.role, "journey.read")
    return queries.journeys(desk.store, tab=_tab(tab), staff=desk.staff, offset=offset, limit=limit)


def count(desk: Desk, tab: str) -> int:
    """The length of a list. Raises RuleError."""
    require(desk.role, "journey.read")
    return queries.count_journeys(desk.store, tab=_tab(tab), staff=desk.staff)


Tab = Literal["open", "mine", "branch", "finished"]


def _tab(name: str) -> Tab:
    if name == "open":
        return "open"
    if name == "mine":
        return "mine"
    if name == "finished":
        return "finished"
    return "branch"


def _numbers(number: str) -> list[tuple[str, str]]:
    """How a number may be meant: as a phone if it has that form, and as a document."""
    meant = [("document", number)]
    with suppress(RuleError):
        meant.insert(0, ("phone", check_phone(number, foreign=True).value))
    return meant
