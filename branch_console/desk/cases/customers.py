"""Whose case it is: found by last digits, a whole number, a wallet, a name, or through a journey; or nobody known."""

from typing import Final

from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.gifts.people import Person, people, person_of
from branch_console.desk.look_up import keys_of
from branch_console.rules.canonical import Json
from branch_console.rules.masking import mask_wallet
from branch_console.rules.numbers import normalise
from branch_console.security.text import clean

TAIL: Final = 4
"""Last digits by which somebody may be taken down who is not known here."""


def find_customers(counter: CaseCounter, text: str) -> list[Person]:
    """Whoever the text may mean, the known ones first. Four last digits always mean somebody unknown too.

    A whole number leaves here as its keyed hash only. Raises RuleError.
    """
    counter.require("case.register")
    number = normalise(clean(text))
    if any(each.fullmatch(number) for each in masks(counter).patterns.wallets):
        keys = tuple(keys_of(counter.store, "wallet", number))
        return [Person({"wallet": keys}, wallet=mask_wallet(number))]
    found = people(counter.desk, text)
    if len(number) == TAIL and number.isdecimal():
        found.append(Person({}, phone=f"****{number}"))
    return found


def customer_of_journey(counter: CaseCounter, subject: str) -> Person:
    """The customer of a journey. Raises RuleError."""
    counter.require("case.register")
    return person_of(counter.desk, subject)


def customer_data(person: Person | None, *, from_journey: bool = False) -> dict[str, Json]:
    """As an entry names the customer; None: anonymous."""
    if person is None:
        return {"how": "anonymous"}
    return {
        "how": _how(person, from_journey=from_journey),
        "keys": dict(person.newest_keys),
        "name": person.name,
        "phone": person.phone,
        "wallet": person.wallet,
        "journey": person.journey,
    }


def _how(person: Person, *, from_journey: bool) -> str:
    if person.wallet:
        return "wallet"
    if from_journey and person.journey:
        return "journey"
    return "phone" if "phone" in person.keys or not person.keys else "document"
