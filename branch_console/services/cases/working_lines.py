"""The timeline of a case in words: every entry, what it said, and what two sides did without knowing of each other."""

from collections.abc import Callable
from typing import Final

from branch_console.case_views.working import DifferenceLine, EntryLine
from branch_console.locale import t
from branch_console.rules.cases.record import Item
from branch_console.rules.cases.states import CaseMark, CaseState
from branch_console.services.cases.working_words import CaseWords

Said = Callable[[CaseWords, str], str]

BOTH_SIDES: Final = "both_sides_changed"


def entry_lines(state: CaseState, words: CaseWords) -> tuple[EntryLine, ...]:
    """The timeline, the newest first. An entry that another one did not know of says so too, not only that other."""
    items = {each.entry: each for each in state.timeline}
    marks: dict[str, list[CaseMark]] = {}
    for each in state.marks:
        marks.setdefault(each.entry, []).append(each)
    against: dict[str, list[CaseMark]] = {}
    for each in state.marks:
        for other in each.against:
            against.setdefault(other, []).append(each)
    unsettled = {each.entry for each in state.unsettled}
    lines = []
    for item in reversed(state.timeline):
        own, others = marks.get(item.entry, []), against.get(item.entry, [])
        touched = [each for each in (*own, *others) if each.code == BOTH_SIDES]
        lines.append(
            EntryLine(
                id=item.entry,
                at=words.at(item.at),
                who=words.person(item.staff),
                terminal=words.terminal(item.terminal),
                label=t(f"entry.{item.type}"),
                text=item.text or "",
                details=details(item, words),
                marks=(
                    *(_mark(each, items, words) for each in own),
                    *(_unknown_to(items[each.entry], each.code, words) for each in others if each.entry in items),
                ),
                both_sides=bool(touched),
                unsettled=any(each.entry in unsettled for each in touched),
                erased=item.erased,
            )
        )
    return tuple(lines)


def _mark(mark: CaseMark, items: dict[str, Item], words: CaseWords) -> str:
    """What did not fit, and which entries its writer did not know."""
    said = t(f"mark.{mark.code}")
    known = [items[each] for each in mark.against if each in items]
    if not known:
        return said
    listed = t("common.list_separator").join(_named(each, words) for each in known)
    return t("cases.mark.against", mark=said, entries=listed)


def _unknown_to(other: Item, code: str, words: CaseWords) -> str:
    return t("cases.mark.beside" if code != BOTH_SIDES else "cases.mark.both", entry=_named(other, words))


def _named(item: Item, words: CaseWords) -> str:
    return t(
        "cases.mark.entry",
        what=t(f"entry.{item.type}"),
        who=words.person(item.staff),
        where=words.terminal(item.terminal),
        at=words.at(item.at),
    )


def details(item: Item, words: CaseWords) -> tuple[tuple[str, str], ...]:
    """What else an entry says, label and words; codes that nobody reads are left out."""
    found = []
    for name, value in item.detail.items():
        said = _SAID.get((item.type, name)) or _SAID_EVERYWHERE.get(name)
        if said is not None and value:
            found.append((t(f"cases.detail.{name}"), said(words, value)))
    return tuple(found)


def difference_lines(state: CaseState, words: CaseWords) -> tuple[DifferenceLine, ...]:
    """What two sides said differently, for as long as nobody has said more."""
    items = {each.entry: each for each in state.timeline}
    lines = []
    for each in state.differences:
        item = items.get(each.entry)
        lines.append(
            DifferenceLine(
                what=t(f"cases.what.{each.what.partition(' ')[0]}"),
                stands=_standing(state, each.what, words),
                other=_value(each.what, each.value, words),
                who="" if item is None else words.person(item.staff),
                at="" if item is None else words.at(item.at),
            )
        )
    return tuple(lines)


def _standing(state: CaseState, what: str, words: CaseWords) -> str:
    """The word that stands, as it is shown."""
    name, _, entry = what.partition(" ")
    payment, regulator, customer = state.transaction, state.regulator, state.customer
    standing: dict[str, str | None] = {
        "promise": next((each.staff for each in state.promises if each.entry == entry), None),
        "decision": None if state.decision is None else state.decision.outcome,
        "codes": None if state.codes is None else state.codes.category,
        "customer": None if customer is None else customer.name or customer.phone,
        "transaction": None if payment is None else str(payment.amount_fen),
        "regulator": None if regulator is None else regulator.body,
    }
    value = standing[name] if name in standing else getattr(state, name, None)
    return "" if value is None else _value(what, str(value), words)


def _value(what: str, value: str, words: CaseWords) -> str:
    name = what.partition(" ")[0]
    table = {
        "status": "case_states",
        "kind": "case_kinds",
        "decision": "case_decisions",
        "root_cause": "case_causes",
        "regulator": "case_regulators",
    }.get(name)
    if table is not None:
        return words.code(table, value)
    if name in {"owner", "promise"}:
        return words.person(value)
    if name == "codes":
        return words.code("case_categories", value.partition(" ")[0])
    if name == "transaction":
        fen, _, rest = value.partition(" ")
        return f"{words.amount(int(fen))} {rest}".strip() if fen.isdigit() else value
    return value


def _plain(words: CaseWords, value: str) -> str:
    del words
    return value


def _coded(prefix: str) -> Said:
    return lambda _words, value: t(f"{prefix}{value}")


def _listed(table: str) -> Said:
    return lambda words, value: words.code(table, value)


_person: Said = lambda words, value: words.person(value)  # noqa: E731
_moment: Said = lambda words, value: words.at(value)  # noqa: E731
_yes: Said = lambda _words, value: t("cases.yes" if value == "yes" else "cases.no")  # noqa: E731

_SAID_EVERYWHERE: Final[dict[str, Said]] = {
    "way": lambda words, value: words.way(value),
    "reached": _yes,
    "new_facts": _yes,
    "done": _yes,
    "ends_with": _coded("cases.ends_with."),
    "promise": _moment,
    "to": _person,
    "level": _coded("cases.level."),
    "stage": _plain,
    "approver": _person,
    "told_at": _moment,
    "until": _plain,
    "outcome": _listed("case_decisions"),
    "basis": _plain,
    "number": _plain,
    "reference": _plain,
    "category": _listed("case_categories"),
    "by": _coded("case_slip.by."),
    "root_cause": _listed("case_causes"),
    "rectification": _plain,
    "product": _plain,
    "proxy": _plain,
    "from": _listed("case_kinds"),
    "slip": _coded("case_slip.title."),
    "step": _listed("case_fast_track"),
    "sha256": lambda _words, value: f"{value[:12]}..",
}
_SAID: Final[dict[tuple[str, str], Said]] = {
    ("case.registered", "kind"): _listed("case_kinds"),
    ("case.retyped", "to"): _listed("case_kinds"),
    ("case.evidence_added", "kind"): _listed("case_topics"),
    ("case.paused", "why"): _listed("case_states"),
    ("case.staff_named", "why"): _coded("cases.interest."),
    ("case.not_accepted", "reason"): _listed("case_refusals"),
    ("case.review_applied", "to"): _plain,
    ("case.review_notified", "outcome"): _coded("cases.review."),
}
