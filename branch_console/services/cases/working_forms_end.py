"""The questions of the acts that end a case or change what it is: decision, notice, closing, merging, kind, record."""

from branch_console.case_views.working import Page, Question
from branch_console.desk.cases.working_deciding import LATER
from branch_console.locale import t
from branch_console.rules.cases.acts_ending import required_remedies
from branch_console.services.cases.working_asking import Asking, only
from branch_console.services.cases.working_words import WAYS

MONEY = ("redress", "refund", "compensation", "fee_waiver", "gift", "other")
"""Kinds of redress that have an amount."""


def decided(asking: Asking) -> tuple[Page, ...]:
    """The wizard: what was found, on which basis and with which ways left open, what the customer gets and is told."""
    state, words = asking.state, asking.words
    payment: tuple[Question, ...] = ()
    if state.kind == "dispute" and state.transaction is None:
        payment = (asking.text("disputed", "transaction_missing", t("cases.hint.yuan"), most=20),
                   asking.text("payment", hint=t("cases.hint.payment"), most=64))  # fmt: skip
    redress = (("none", t("cases.redress.none")), *words.options("case_wants", "redress"))
    told = (*words.ways(), (LATER, t("cases.told.later")))
    return (
        Page(
            t("cases.wizard.facts"),
            (
                asking.pick("outcome", words.options("case_decisions")),
                asking.long("facts", "facts_missing", t("cases.hint.facts")),
                *payment,
            ),
        ),
        Page(
            t("cases.wizard.basis"),
            (
                asking.long("basis", "basis_missing", t("cases.hint.basis")),
                asking.many(
                    "remedies",
                    words.options("case_remedies", state.kind),
                    required_remedies(asking.counter.judged(), state),
                    "remedies_untold" if state.is_complaint else "",
                ),
            ),
        ),
        Page(
            t("cases.wizard.told"),
            (
                asking.pick("redress", redress, "none"),
                *only(MONEY, asking.text("amount", hint=t("cases.hint.redress"), most=20)),
                asking.pick("told_way", told, missing="told_way_missing", hint=t("cases.hint.told")),
                *only(
                    ("told_way", *WAYS),
                    asking.tick("remedies_told", t("cases.hint.remedies_told")),
                    asking.text("told_note", most=2000),
                ),
            ),
        ),
    )


def notified(asking: Asking) -> tuple[Page, ...]:
    """How the customer was told, and that the remedies were."""
    missing = "remedies_untold" if asking.state.is_complaint else ""
    return _page(asking.way(), asking.tick("remedies_told", missing=missing), asking.text("note", most=2000))


def closed(asking: Asking) -> tuple[Page, ...]:
    """What came of it, what made it happen, what was done about that."""
    return _page(
        asking.long("result", "result_missing"),
        asking.pick("root_cause", asking.words.options("case_causes"), asking.state.root_cause or "", missing=""),
        asking.text("rectification", most=2000),
    )


def withdrawn(asking: Asking) -> tuple[Page, ...]:
    """By whom, how, why."""
    whom = [(each, t(f"case_slip.by.{each}")) for each in ("customer", "proxy")]
    return _page(asking.pick("by", whom, "customer"), asking.way(), asking.text("reason", "reason_missing", most=2000))


def not_accepted(asking: Asking) -> tuple[Page, ...]:
    """Why not, and that the person knows."""
    return _page(
        asking.pick("reason", asking.words.options("case_refusals", asking.state.kind)),
        asking.text("note", "reason_missing", most=2000),
        asking.tick("told", missing="customer_not_told"),
    )


def reopened(asking: Asking) -> tuple[Page, ...]:
    """Why; new facts make a new matter for the clocks."""
    return _page(asking.text("reason", "reason_missing"), asking.tick("new_facts", t("cases.hint.new_facts")))


def review_applied(asking: Asking) -> tuple[Page, ...]:
    """To which institution, in writing."""
    return _page(
        asking.text("to", "review_to_missing", most=64),
        asking.tick("written", missing="review_not_written"),
        asking.text("reference", most=64),
    )


def review_notified(asking: Asking) -> tuple[Page, ...]:
    """What the superior found."""
    outcomes = [(each, t(f"cases.review.{each}")) for each in ("upheld", "changed", "refused")]
    return _page(asking.pick("outcome", outcomes), asking.way(), asking.long("note", "text_missing"))


def merged(asking: Asking) -> tuple[Page, ...]:
    """Why both are one matter; the target was chosen before."""
    return _page(asking.text("reason", "reason_missing"))


def unmerged(asking: Asking) -> tuple[Page, ...]:
    """Why they are not."""
    return _page(asking.text("reason", "reason_missing"))


def retyped(asking: Asking) -> tuple[Page, ...]:
    """What it is instead."""
    kinds = [each for each in asking.words.options("case_kinds") if each[0] != asking.state.kind]
    return _page(asking.pick("kind", kinds), asking.text("reason", "reason_missing"))


def reclassified(asking: Asking) -> tuple[Page, ...]:
    """What it is about instead."""
    before = asking.state.codes.category if asking.state.codes is not None else ""
    found = asking.words.options("case_categories", asking.state.kind)
    return _page(asking.pick("category", [each for each in found if each[0] != before], missing="category_missing"),
                 asking.text("reason", "reason_missing"))  # fmt: skip


def details_added(asking: Asking) -> tuple[Page, ...]:
    """What became known; what is left empty stays."""
    regulators = (("none", t("cases.regulator.none")), *asking.words.options("case_regulators", "regulator"))
    return (
        Page(
            "",
            (
                asking.text("amount", hint=t("cases.hint.yuan"), most=20),
                asking.text("reference", hint=t("cases.hint.payment"), most=64),
                asking.text("counterparty", most=64),
                asking.text("group_size", hint=t("cases.hint.group"), most=6),
                asking.tick("vulnerable"),
                asking.text("proxy", hint=t("cases.hint.proxy"), most=64),
                asking.pick("root_cause", asking.words.options("case_causes"), missing=""),
                asking.pick("regulator", regulators, "none", missing=""),
                *only(
                    ("regulator", *(code for code, _ in regulators[1:])),
                    asking.text("regulator_reference", most=64),
                    asking.text("transferred_at", hint=t("cases.hint.told_at"), most=40),
                ),
            ),
        ),
    )


def staff_named(asking: Asking) -> tuple[Page, ...]:
    """Who must not handle it, and why."""
    whys = [(each, t(f"cases.interest.{each}")) for each in ("complained_about", "took_part", "related")]
    return _page(asking.person("staff", me=True), asking.pick("why", whys))


def evidence_added(asking: Asking) -> tuple[Page, ...]:
    """A file of which the hash is kept."""
    return _page(
        asking.pick("kind", asking.words.options("case_topics", "evidence")),
        asking.text("path", "evidence_missing", t("cases.hint.path")),
        asking.text("caption", most=64),
    )


def redacted(asking: Asking) -> tuple[Page, ...]:
    """What stands there instead."""
    item = next((each for each in asking.state.timeline if each.entry == asking.about), None)
    text = "" if item is None else item.text or ""
    return _page(
        asking.long("text", "text_missing", t("cases.hint.redact"), text), asking.text("reason", "reason_missing")
    )


def difference_settled(asking: Asking) -> tuple[Page, ...]:
    """What somebody found who has looked at both sides."""
    return _page(asking.long("note", "reason_missing"))


def _page(*questions: Question) -> tuple[Page, ...]:
    return (Page("", questions),)
