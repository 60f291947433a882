"""What is added to a case's record or changed in it: kind, codes, details, staff, evidence, redaction, differences."""

from collections.abc import Mapping
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from branch_console.desk.cases.core import masks
from branch_console.desk.cases.form_reading import transaction_key
from branch_console.desk.cases.working_part import Working
from branch_console.rules.canonical import Json
from branch_console.rules.cases.acts_record import codes_of
from branch_console.rules.cases.clock_events import clock_facts
from branch_console.rules.cases.forgetting import redaction
from branch_console.rules.cases.form import Said
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.journal import Entry
from branch_console.rules.narrative.masking import mask
from branch_console.security.text import clean
from data.states import entries_of


def retyped(work: Working) -> None:
    """Another kind; of a complaint or dispute only with a supervisor, who is not the maker."""
    kind = work.said.picked("kind")
    work.write(
        "case.retyped",
        {
            "kind": kind,
            "reason": work.said.needed("reason"),
            "clock_sets": _sets(work, {"kind": kind}),
            **work.approved(),
        },
    )


def reclassified(work: Working) -> None:
    """Other codes, by one choice of the picker."""
    said = work.said
    category = said.picked("category", "category_missing")
    reason = said.needed("reason")
    said.complete()
    channel = work.state.codes.channel if work.state.codes is not None else "A01"
    codes = codes_of(work.counter.judged(), category, channel=channel)
    work.write("case.reclassified", {"codes": codes.model_dump(), "reason": reason})


def details_added(work: Working) -> None:
    """What became known later; what is left empty stays as it was."""
    said = work.said
    regulator = _regulator(work)
    body = None if regulator is None else str(regulator["body"])
    work.write(
        "case.details_added",
        {
            "transaction": _transaction(work, work.state),
            "regulator": regulator,
            "group_size": said.number("group_size"),
            "vulnerable": True if said.ticked("vulnerable") else None,
            "proxy": said.text("proxy", most=64) or None,
            "root_cause": said.one("root_cause") or None,
            "rectification": said.text("rectification") or None,
            "clock_sets": [] if body is None else _sets(work, {"source": body}),
        },
    )


def staff_named(work: Working) -> None:
    """Somebody of the staff has an interest in the matter."""
    work.write("case.staff_named", {"staff": work.said.picked("staff"), "why": work.said.picked("why")})


def evidence_added(work: Working) -> None:
    """A picture or paper exists: its hash, its kind, its size. The file itself stays where it is."""
    said = work.said
    path = said.one("path")
    kind, caption = said.picked("kind"), said.text("caption", most=64)
    if not path:
        said.problems.append(FieldError("path", "evidence_missing"))
    said.complete()
    digest, size = hashed(path)
    work.write("case.evidence_added", {"sha256": digest, "kind": kind, "size": size, "caption": caption})


def redacted(work: Working) -> None:
    """Text that should not have been kept goes out of an entry, with a supervisor who is not the maker.

    It goes in every store, with a trace of who, who agreed, and why.
    """
    said = work.said
    reason, text = said.needed("reason"), said.needed("text", "text_missing", most=2000)
    said.complete()
    entry = _entry(work)
    before = mask(clean(_text(entry)), masks(work.counter).patterns)
    types: list[Json] = [*sorted(before.counts)] or ["other"]
    try:
        place = redaction(entry, text)
    except ValueError as error:
        raise RuleError("entry_has_no_text") from error
    work.write("case.redacted", {"entry": entry.id, "types": types, "reason": reason, **work.approved()})
    work.act.append("data.erased", work.subject, {"entries": [place], "why": "redacted"})


def difference_settled(work: Working) -> None:
    """Somebody has looked at all that two sides changed at once."""
    marks: list[Json] = list(dict.fromkeys(each.entry for each in work.state.unsettled))
    if not marks:
        raise RuleError("nothing_to_settle")
    work.write("case.difference_settled", {"marks": marks, "note": work.said.needed("note", most=2000)})


def _sets(work: Working, changed: Mapping[str, str]) -> list[Json]:
    """The sets of clocks that the pinned policy has for the case as it will be, which it has not got yet."""
    policy = work.policy()
    if policy is None:
        return []
    chosen = policy.choose({**clock_facts(work.state), **changed}.get)
    return [each for each in chosen if each not in work.state.clock_sets]


def _transaction(work: Working, state: CaseState) -> dict[str, Json] | None:
    """The payment that is in dispute: what was typed, and what was known of it before."""
    said, before = work.said, state.transaction
    amount, reference = said.fen("amount"), said.text("reference", most=64)
    counterparty = said.text("counterparty", most=64)
    if amount is None and not reference and not counterparty:
        return None
    if amount is None and before is None:
        said.problems.append(FieldError("amount", "amount_missing"))
    return {
        "amount_fen": amount if amount is not None else before.amount_fen if before is not None else 0,
        "at": None if before is None else before.at,
        "reference": reference or ("" if before is None else before.reference),
        "counterparty": counterparty or ("" if before is None else before.counterparty),
        "key": payment_key(work, "reference") or (None if before is None else before.key),
    }


def payment_key(work: Working, name: str) -> str | None:
    """The keyed hash of the reference that was typed, by which another case of the same payment is found."""
    return transaction_key(work.counter, Said(work.said.one(name)))


def _regulator(work: Working) -> dict[str, Json] | None:
    body = work.said.one("regulator")
    if not body or body == "none":
        return None
    reference = work.said.text("regulator_reference", most=64)
    return {"body": body, "reference": reference, "transferred_at": work.said.ago("transferred_at")}


def hashed(path: str) -> tuple[str, int]:
    """SHA-256 and size of a file, in bytes. Raises FieldErrors for one that cannot be read."""
    with suppress(OSError, ValueError):
        file = Path(path).expanduser()
        if file.is_file():
            with file.open("rb") as opened:
                return file_digest(opened, "sha256").hexdigest(), file.stat().st_size
    raise FieldErrors([FieldError("path", "photo_unreadable")])


def _entry(work: Working) -> Entry:
    with work.act.reading() as connection:
        found = [each for each in entries_of(connection, work.subject) if each.id == work.about]
    if not found:
        raise RuleError("entry_unknown")
    return found[0]


def _text(entry: Entry) -> str:
    data = entry.data or {}
    told = data.get("told")
    return str(told.get("text", "") if isinstance(told, Mapping) else data.get("text", ""))
