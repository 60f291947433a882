"""Facts that staff see on the customer's phone, with the reference by which central can verify them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Weighed
from branch_console.desk.gifts.people import Person
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.fact_schema import fits
from branch_console.rules.eligibility.forbidden import resolves_to_balance
from branch_console.rules.eligibility.node import Node, good, leaves
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.identity import looks_like_card
from branch_console.rules.journal import format_at
from branch_console.security.text import clean
from data.identity import new_id

Kind: TypeAlias = Literal["yuan", "number", "yesno", "date"]

FACTS: Final[dict[str, Kind]] = {
    "payments": "yuan",
    "first_paid_on": "date",
    "wallet_opened_on": "date",
    "first_wallet": "yesno",
}
"""What a phone can show with a reference, and how it is typed. Of payments: one payment of today or before."""

_ASKING: Final[dict[str, tuple[str, ...]]] = {
    "spend_in_window": ("payments",),
    "txn_count_in_window": ("payments",),
    "distinct_merchants": ("payments",),
    "distinct_days": ("payments",),
    "first_txn": ("first_paid_on",),
    "first_wallet": ("first_wallet",),
    "within_days_of": ("wallet_opened_on",),
}
_YUAN = re.compile(r"([0-9]{1,9})(?:[.]([0-9]{1,2}))?")
_REFERENCE = re.compile(r"[A-Za-z0-9._/-]{4,64}")


class Attestable(NamedTuple):
    """A fact that would help here."""

    fact: str
    kind: Kind


def attestable(line: Weighed) -> list[Attestable]:
    """The facts that the phone may show and that conditions of this campaign still lack."""
    return [Attestable(name, FACTS[name]) for name in dict.fromkeys(_wanted(leaves(line.node)))]


def attest(booth: Booth, person: Person, fact: str, value: str, reference: str) -> None:
    """Write down what was seen. Raises FieldErrors (`value`, `reference`), RuleError `fact_not_attestable`."""
    booth.require("gift.hand_over")
    kind = FACTS.get(fact)
    if kind is None or resolves_to_balance(fact):
        raise RuleError("fact_not_attestable")
    if not person.keys:
        raise RuleError("recipient_unknown")
    wrong: list[FieldError] = []
    seen: Json = None
    try:
        seen = _read(booth, fact, kind, clean(value).strip())
    except RuleError as error:
        wrong.append(FieldError("value", error.code, **error.params))
    said = clean(reference).strip()
    if not _REFERENCE.fullmatch(said) or looks_like_card(said):
        wrong.append(FieldError("reference", "reference_form"))
    if wrong:
        raise FieldErrors(wrong)
    data: dict[str, Json] = {
        "recipient": person.recipient(),
        "fact": fact,
        "value": orjson.dumps(seen).decode(),
        "reference": said,
        "seen_at": format_at(booth.now().astimezone(booth.store.identity.zone)),
    }
    with booth.desk.act() as act:
        act.append("fact.attested", f"attestation/{new_id(int(booth.now().timestamp() * 1000))}", data)


def _wanted(found: Iterable[Node]) -> Iterable[str]:
    for node in found:
        if good(node) is not True and not {"merchants", "mcc"} & node.params.keys():  # no phone shows their numbers
            yield from _ASKING.get(node.code, ())


def _read(booth: Booth, fact: str, kind: Kind, text: str) -> Json:
    """What was typed, as the fact's schema wants it. Raises RuleError."""
    value: Json
    if kind == "yuan":
        value = [{"on": booth.today().isoformat(), "fen": _fen(text), "merchant": "", "mcc": "", "kind": "spend"}]
    elif kind == "date":
        value = _date(booth, text)
    else:
        if text not in {"yes", "no"}:
            raise RuleError("yesno_form")
        value = text == "yes"
    if not fits(fact, value):
        raise RuleError("fact_form")
    return value


def _fen(text: str) -> int:
    found = _YUAN.fullmatch(text.replace(",", ""))
    if found is None:
        raise RuleError("amount_form")
    fen = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if fen == 0:
        raise RuleError("amount_form")
    return fen


def _date(booth: Booth, text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise RuleError("date_form") from None
    if found > booth.today():
        raise RuleError("date_future")
    return found.isoformat()
