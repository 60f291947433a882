"""The customers of a session under handles that say nothing, so that no screen ever holds a number or its hash."""

import secrets
import threading

from branch_console.desk.gifts.people import Person
from branch_console.gift_views import PersonView
from branch_console.locale import t
from branch_console.rules.errors import RuleError


class Customers:
    """Handles of this session; gone with it. Safe to use from any thread."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._lock = threading.Lock()
        self._people: dict[str, Person] = {}
        self._handles: dict[frozenset[str], str] = {}

    def view(self, person: Person) -> PersonView:
        """A customer as screens see them; the same customer keeps the handle."""
        known = frozenset(person.all_keys) or frozenset({person.journey or person.phone})
        with self._lock:
            handle = self._handles.setdefault(known, secrets.token_urlsafe(12))
            self._people[handle] = person
        return PersonView(
            id=handle,
            name=person.name,
            phone=person.phone,
            known_by=tuple(t(f"gift.known_by.{scope}") for scope in person.keys),
            journey=person.journey,
        )

    def get(self, handle: str) -> Person:
        """The customer behind a handle. Raises RuleError `person_unknown`."""
        with self._lock:
            found = self._people.get(handle)
        if found is None:
            raise RuleError("person_unknown")
        return found
