"""What staff typed into the fields of a step, as answers that may stand in an entry.

Numbers of people leave here only as mask and keyed hash. Whether the answers may be written now is checked by
`answer_checks.check_answers` inside the transaction.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from branch_console.rules.answer_checks import options
from branch_console.rules.codes import AgeTable, DocumentRow
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.flow import Field, Step
from branch_console.rules.free_text import scrub
from branch_console.rules.identity import (
    Valid,
    age,
    check_any_document,
    check_document,
    check_name,
    check_phone,
    looks_like_card,
    normalise,
)
from branch_console.rules.journey_entries import Answer, Hashed
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.masking import mask_wallet
from branch_console.rules.planning import fact
from branch_console.rules.reference import Reference

Typed: TypeAlias = Mapping[str, str]
Key: TypeAlias = Callable[[str, str], str]


class Read(NamedTuple):
    """Answers, and doubts by field (codes, msgid `hint.<code>`)."""

    answers: dict[str, Answer]
    hints: dict[str, tuple[str, ...]]


class Asking(NamedTuple):
    """What reading needs to know besides the text. `key` makes the keyed hash of (kind, normalised number)."""

    state: JourneyState
    reference: Reference
    on: date
    key: Key


def read_answers(step: Step, typed: Typed, asking: Asking) -> Read:
    """Read the fields of a step that were typed; text is already cleaned. An empty text is no answer.

    A document also answers `age_band` (and `doc_type` when the number says another kind). Raises FieldErrors.
    """
    answers: dict[str, Answer] = {}
    hints: dict[str, tuple[str, ...]] = {}
    wrong: list[FieldError] = []
    for name, text in typed.items():
        field = step.field(name)
        if field is None:
            raise RuleError("field_unknown", field=name)
        if not text.strip():
            continue
        try:
            if field.kind == "document":
                _document(name, text, typed, asking, answers, hints)
            else:
                answers[name] = _read(field, text, asking, hints)
        except RuleError as error:
            wrong.append(FieldError(name, error.code, **error.params))
    if wrong:
        raise FieldErrors(wrong)
    return Read(answers, hints)


def _read(field: Field, text: str, asking: Asking, hints: dict[str, tuple[str, ...]]) -> Answer:
    """One answer of any kind but a document. Raises RuleError."""
    answer: Answer
    match field.kind:
        case "choice":
            answer = _one_of(field, text.strip(), asking)
        case "choices":
            answer = [_one_of(field, each.strip(), asking) for each in text.split(",") if each.strip()]
        case "yesno":
            answer = _yes(text)
        case "number":
            answer = _number(field, text)
        case "phone":
            answer = _phone(field, text, asking, hints)
        case "last4":
            answer = _last4(text)
        case "wallet_tail":
            answer = _wallet(text)
        case "name":
            answer = check_name(text).value
        case _:
            answer = scrub(text.strip())
    return answer


def _one_of(field: Field, code: str, asking: Asking) -> str:
    if code not in options(field, asking.reference):
        raise RuleError("choice_unknown")
    return code


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in {"yes", "no"}:
        raise RuleError("choice_unknown")
    return word == "yes"


def _number(field: Field, text: str) -> int:
    digits = normalise(text)
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise RuleError("number_form")
    value = int(digits)
    if field.minimum is not None and value < field.minimum:
        raise RuleError("number_too_small", least=field.minimum)
    if field.maximum is not None and value > field.maximum:
        raise RuleError("number_too_large", most=field.maximum)
    return value


def _phone(field: Field, text: str, asking: Asking, hints: dict[str, tuple[str, ...]]) -> Answer:
    foreign = field.foreign_when is not None and field.foreign_when.holds(lambda name: fact(asking.state, name)) is True
    valid = check_phone(text, foreign=foreign)
    _note(hints, field.id, valid.hints)
    return Hashed(masked=valid.masked, key=asking.key("phone", valid.value))


def _last4(text: str) -> str:
    digits = normalise(text)
    if looks_like_card(digits):
        raise RuleError("card_number_typed")
    if not re.fullmatch(r"[0-9]{4}", digits):
        raise RuleError("last4_form")
    return digits


def _wallet(text: str) -> str:
    """First 6 and last 4 of a wallet's id; of a whole id that was typed the rest is discarded here."""
    digits = re.sub(r"[*＊\s-]", "", normalise(text))
    if not re.fullmatch(r"[0-9]{10,20}", digits):
        raise RuleError("wallet_form")
    if len(digits) > 10 and looks_like_card(digits) and not digits.startswith("00"):
        raise RuleError("card_number_typed")
    return mask_wallet(digits)


def _document(
    name: str,
    text: str,
    typed: Typed,
    asking: Asking,
    answers: dict[str, Answer],
    hints: dict[str, tuple[str, ...]],
) -> None:
    """A document: its keyed hash, and what follows from it. Its kind is that of `doc_type`, else that of its form."""
    chosen = typed.get("doc_type", "").strip() or asking.state.doc_type
    guessed = check_any_document(text, asking.on) if chosen is None else None
    row = asking.reference.row("documents", chosen or (guessed and guessed.doc_type) or "")
    if not isinstance(row, DocumentRow):
        raise RuleError("document_type_missing")
    valid = guessed or check_document(row.check, text, asking.on)
    answers[name] = Hashed(masked=valid.masked, key=asking.key("document", valid.value))
    answers["doc_type"] = row.code
    band = _band(valid, asking)
    doubts = list(valid.hints)
    if band is not None:
        answers["age_band"] = band
        if asking.state.age_band not in {None, band}:
            doubts.append("age_band_differs")
        if row.age_bands and band not in row.age_bands:
            raise RuleError("document_not_for_age")
    _note(hints, name, tuple(doubts))


def _band(valid: Valid, asking: Asking) -> str | None:
    table = asking.reference.tables.get("ages")
    if valid.born is None or not isinstance(table, AgeTable):
        return None
    return table.band(age(valid.born, asking.on))


def _note(hints: dict[str, tuple[str, ...]], field: str, codes: tuple[str, ...]) -> None:
    if codes:
        hints[field] = codes
