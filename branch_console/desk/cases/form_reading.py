"""A form as typed, read for its entry: masked once more, moments understood, all that is wrong said at once."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.cases.customers import customer_data
from branch_console.desk.cases.promising import default_promise, happened, pins, promised
from branch_console.desk.gifts.people import Person
from branch_console.desk.look_up import keys_of
from branch_console.rules.cases.acts_record import codes_of
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.parts import COMPLAINTS
from branch_console.rules.errors import FieldError, FieldErrors
from branch_console.rules.journal import format_at, parse_at
from branch_console.rules.narrative.duplicates import SHORTEST_REFERENCE
from branch_console.rules.narrative.exemptions import Exemption, checked, moved
from branch_console.rules.narrative.masking import added, mask
from branch_console.rules.numbers import normalise
from branch_console.security.text import clean

SHORT = 64
"""Characters of a reference or of a counterparty's name."""
_YUAN = re.compile(r"([0-9]{1,9})(?:[.]([0-9]{1,2}))?")
_GROUP = re.compile(r"[0-9]{1,5}")
_MOST_PEOPLE = 100_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """A form with whose case it is. `person` None: nobody was picked yet, unless the customer is `anonymous`."""

    form: CaseForm
    person: Person | None = None
    anonymous: bool = False
    from_journey: bool = False


class Kept(NamedTuple):
    """A text that may be kept. `counts`: how much was masked in it, while it was typed and now."""

    text: str
    counts: dict[str, int]
    exempt: tuple[Exemption, ...]


def keep(counter: CaseCounter, said: Said) -> Kept:
    """Cleaned, in one line, masked. Raises RuleError for exemptions that are none."""
    text, exempt = said.text, said.exempt
    for step in (clean, _in_one_line, str.strip):
        shorter = step(text)
        text, exempt = shorter, moved(exempt, text, shorter)
    checked(text, exempt)
    found = mask(text, masks(counter).patterns, exempt)
    return Kept(found.text, added(said.masked, found.counts), found.exempt)


def transaction_key(counter: CaseCounter, said: Said) -> str | None:
    """The keyed hash of a payment's whole reference; None for one too short to say anything, or masked already."""
    reference = normalise(clean(said.text))
    if len(reference) < SHORTEST_REFERENCE or "*" in reference:
        return None
    return keys_of(counter.store, "transaction", reference)[0]


@dataclass(slots=True)
class Reading:
    """One form being read. What is wrong is collected; `complete` raises it."""

    counter: CaseCounter
    form: CaseForm
    problems: list[FieldError] = field(default_factory=list)

    def complete(self) -> None:
        """Raise FieldErrors for everything that is wrong or missing."""
        if self.problems:
            raise FieldErrors(self.problems)

    def tried(self, work: Callable[[], T]) -> T | None:
        """What `work` gives; None when it refuses a field."""
        try:
            return work()
        except FieldError as error:
            self.problems.append(error)
            return None

    def wrong(self, name: str, code: str, **params: str | int) -> None:
        """Something about a field."""
        self.problems.append(FieldError(name, code, **params))

    def narrative(self) -> Kept:
        """What the customer told."""
        kept = keep(self.counter, self.form.narrative)
        least, most = (limit(self.counter.reference, f"narrative_{end}") for end in ("least", "most"))
        if len("".join(kept.text.split())) < least:
            self.wrong("narrative", "narrative_short", least=least)
        elif len(kept.text) > most:
            self.wrong("narrative", "narrative_long", most=most)
        return kept

    def short(self, name: str, said: Said) -> str:
        """A reference or a name."""
        kept = keep(self.counter, said).text
        if len(kept) > SHORT:
            self.wrong(name, "text_long", most=SHORT)
        return kept

    def transaction(self) -> dict[str, Any] | None:
        """The payment in dispute: its amount, and something by which it can be found."""
        if self.form.kind != "dispute" or self.form.payment_later:
            return None
        reference = self.short("reference", self.form.reference)
        counterparty = self.short("counterparty", self.form.counterparty)
        if not reference and not counterparty:
            self.wrong("reference", "transaction_unfindable")
        fen = self.tried(lambda: _fen(self.form.amount))
        return {
            "amount_fen": fen or 0,
            "at": None,
            "reference": reference,
            "counterparty": counterparty,
            "key": transaction_key(self.counter, self.form.reference),
        }

    def group_size(self) -> int:
        """How many people complain together; one when nothing was typed."""
        typed = "".join(self.form.group_size.split())
        if not typed:
            return 1
        size = int(typed) if _GROUP.fullmatch(typed) else 0
        if not 1 <= size <= _MOST_PEOPLE:
            self.wrong("group_size", "number_unreadable")
            return 1
        return size

    def promise(self, way: str) -> dict[str, Any] | None:
        """The next word: as typed, or as the policy has it; None where nothing was promised and nothing must be."""
        found = self.tried(self._promised)
        if found is None or (way == "none" and self.form.kind not in COMPLAINTS):
            return None
        return {"at": format_at(found), "way": way, "staff": self.counter.desk.staff}

    def _promised(self) -> datetime | None:
        if self.form.promise.strip():
            return promised(self.counter, self.form.promise)
        default = default_promise(self.counter, self.form.kind, self.form.source)
        return default[0] if default is not None else None

    def past(self, name: str, typed: str, otherwise: datetime) -> str:
        """A moment that was; `otherwise` when nothing was typed."""
        found = self.tried(lambda: happened(self.counter, typed, name)) if typed.strip() else otherwise
        return format_at(found or otherwise)


def read_form(counter: CaseCounter, filled: Filled) -> dict[str, Any]:
    """What `case.registered` says besides its number. Raises FieldErrors with all that is wrong."""
    form, person = filled.form, filled.person
    reading = Reading(counter, form)
    now = counter.now()
    opened = min(parse_at(form.opened_at), now) if form.opened_at else now
    if not form.kind:
        reading.wrong("kind", "kind_missing")
    if person is None and not filled.anonymous:
        reading.wrong("customer", "customer_missing")
    told = reading.narrative()
    regulator = None
    if any(row.code == form.source for row in counter.reference.codes("case_regulators", "regulator")):
        regulator = {
            "body": form.source,
            "reference": reading.short("regulator_reference", form.regulator_reference),
            "transferred_at": reading.past("transferred_at", form.transferred_at, opened),
        }
    codes = None
    if form.category and form.kind != "suggestion":
        codes = reading.tried(lambda: codes_of(counter.judged(), form.category))
    elif form.kind in COMPLAINTS:
        reading.wrong("category", "category_missing")
    pinned = pins(counter, form.kind, form.source, codes)
    data: dict[str, Any] = {
        "kind": form.kind,
        "codes": codes.model_dump() if codes is not None else None,
        "told": {
            "text": told.text,
            "masked": told.counts,
            "exemptions": {"order_number": len(told.exempt)} if told.exempt else {},
        },
        "customer": customer_data(person, from_journey=filled.from_journey),
        "want": form.want or None,
        "contact": form.contact or "none",
        "promise": reading.promise(form.contact or "none"),
        "policy": {"id": pinned.policy.id, "version": pinned.policy.version} if pinned else None,
        "calendar": {"id": pinned.calendar.id, "version": pinned.calendar.version} if pinned else None,
        "clock_sets": list(pinned.sets) if pinned else [],
        "received_at": reading.past("received_at", form.received_at, opened),
        "form_opened_at": format_at(opened),
        "saved_at": format_at(now),
        "source": form.source,
        "regulator": regulator,
        "transaction": reading.transaction(),
        "fast_track": form.kind == "dispute" and _fast(counter, form.category),
        "vulnerable": form.vulnerable,
        "group_size": reading.group_size(),
        "topic": form.category or None if form.kind == "suggestion" else None,
        "who": form.who or ("anonymous" if person is None else "customer"),
        "token": secrets.token_urlsafe(9),
    }
    reading.complete()
    return data


def _fast(counter: CaseCounter, category: str) -> bool:
    """Whether a loss may still be going on: the category is one of the fast track's."""
    return bool(getattr(counter.reference.row("case_categories", category), "fast_track", False))


def _fen(typed: str) -> int:
    found = _YUAN.fullmatch("".join(typed.replace(",", "").split()))
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
    if not fen:
        raise FieldError("amount", "amount_form")
    return fen


def _in_one_line(text: str) -> str:
    """Every character keeps its place."""
    return text.translate({ord(each): " " for each in "\n\t\u3000"})
