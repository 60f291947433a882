"""What an empty form offers: kinds with their questions, the picker's rows, defaults by the policy of the moment."""

from branch_console.case_views.register import CategoryView, DraftView, KindView, RegisterView
from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.cases.promising import default_promise
from branch_console.locale import language, t
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.parts import COMPLAINTS
from branch_console.rules.cases.tables import CategoryRow
from branch_console.rules.cases.when import short
from branch_console.rules.codes import CodeRow
from branch_console.rules.journal import format_at

_ALWAYS = frozenset({"kind", "customer", "category", "narrative", "source", "received_at", "vulnerable"})
_OF_AUTHORITIES = frozenset({"regulator_reference", "transferred_at"})
_ASKS = {
    "complaint": _ALWAYS | _OF_AUTHORITIES | {"want", "contact", "promise", "group_size"},
    "dispute": _ALWAYS
    | _OF_AUTHORITIES
    | {"want", "contact", "promise", "group_size", "amount", "reference", "counterparty"},
    "inquiry": _ALWAYS | {"contact", "promise"},
    "report": _ALWAYS | _OF_AUTHORITIES | {"contact", "promise"},
    "suggestion": _ALWAYS | {"contact", "promise"},
    "praise": _ALWAYS,
}
"""The fields of each kind; what is not asked is not sent."""
_ANSWERED = frozenset({"complaint", "dispute", "inquiry"})
"""Kinds in which somebody waits for an answer, so that we call unless they say otherwise."""
_WAYS = ("phone", "sms", "visit", "letter")


def empty_form(counter: CaseCounter, draft: DraftView | None) -> RegisterView:
    """A form that was opened now. Raises RuleError `case_tables_missing` on a terminal that has no tables yet."""
    reference = counter.reference
    return RegisterView(
        opened_at=format_at(counter.now()),
        kinds=tuple(_kind(counter, row.code) for row in reference.codes("case_kinds")),
        wants=_options(counter, "case_wants", "want"),
        sources=_options(counter, "case_regulators"),
        regulators=frozenset(row.code for row in reference.codes("case_regulators", "regulator")),
        narrative_most=limit(reference, "narrative_most"),
        patterns=masks(counter).patterns,
        draft=draft,
    )


def _kind(counter: CaseCounter, kind: str) -> KindView:
    default = default_promise(counter, kind)
    table = "case_topics" if kind == "suggestion" else "case_categories"
    return KindView(
        code=kind,
        label=t(f"register.kind.{kind}"),
        categories=tuple(_category(row) for row in counter.reference.codes(table, kind)),
        asks=_ASKS.get(kind, _ALWAYS),
        ways=tuple((way, t(f"case.way.{way}")) for way in (_WAYS if kind in COMPLAINTS else (*_WAYS, "none"))),
        contact="phone" if kind in _ANSWERED else "none",
        promise=short(default[0], counter.store.identity.zone) if default else "",
        promise_why=_clock(counter, default[1]) if default else "",
    )


def _clock(counter: CaseCounter, clock: str) -> str:
    """What a clock of the policy of today is called."""
    policies = (policy for policy in counter.reference.sla.values() for rule in policy.clock if rule.id == clock)
    newest = max(policies, key=lambda each: each.version)
    return next(rule.label.get(language()) for rule in newest.clock if rule.id == clock)


def _category(row: CodeRow) -> CategoryView:
    shown = (row.label.get(language()), row.label.zh, row.label.en)
    if not isinstance(row, CategoryRow):
        return CategoryView(row.code, *shown)
    codes = " ".join(each for each in (row.channel or "A01", row.business, row.reason) if each)
    return CategoryView(row.code, *shown, codes, row.want, row.fast_track)


def _options(counter: CaseCounter, table: str, use: str | None = None) -> tuple[tuple[str, str], ...]:
    return tuple((row.code, row.label.get(language())) for row in counter.reference.codes(table, use))
