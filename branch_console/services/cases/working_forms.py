"""The questions of the acts on a case: contacts, notes, who is to know and to handle it, what it waits for."""

from branch_console.case_views.working import Page, Question
from branch_console.desk.cases.working_extending import possible
from branch_console.desk.cases.working_possible import HIGHEST
from branch_console.locale import language, t
from branch_console.rules.cases.fold_work import APPROVALS
from branch_console.services.cases.working_asking import Asking, only


def contact_out(asking: Asking) -> tuple[Page, ...]:
    """We turn to the customer."""
    reached = (("yes", t("cases.reached.yes")), ("no", t("cases.reached.no")))
    return _page(asking.way(), asking.pick("reached", reached, "yes"), *_contact(asking))


def contact_in(asking: Asking) -> tuple[Page, ...]:
    """The customer turns to us."""
    return _page(asking.way(), *_contact(asking))


def interim_replied(asking: Asking) -> tuple[Page, ...]:
    """How far the matter is."""
    return _page(asking.way(), asking.long("text", "text_missing"), *asking.promise())


def noted(asking: Asking) -> tuple[Page, ...]:
    """For colleagues."""
    return _page(asking.long("text", "text_missing", t("cases.hint.masked")))


def escalated(asking: Asking) -> tuple[Page, ...]:
    """Higher up, and only higher."""
    levels = [(str(each), t(f"cases.level.{each}")) for each in range(asking.state.level + 1, HIGHEST + 1)]
    return _page(
        asking.pick("level", levels, levels[0][0] if levels else ""),
        asking.person("to", missing=""),
        asking.text("reason", "reason_missing"),
    )


def extended(asking: Asking) -> tuple[Page, ...]:
    """The stages that could come next."""
    stages = []
    for each in possible(asking.counter, asking.state):
        days = each.extension.total if each.extension.total is not None else each.extension.add
        told = "cases.stage.total" if each.extension.total is not None else "cases.stage.add"
        label = t(told, clock=each.reading.label.get(language()), stage=each.extension.stage, days=days or 0)
        stages.append((each.choice, label))
    approvals = [(each, t(f"case_slip.approval.{each}")) for each in APPROVALS]
    return _page(
        asking.pick("stage", stages, stages[0][0] if stages else ""),
        asking.text("reason", "reason_missing"),
        asking.pick("approval", approvals, approvals[0][0], hint=t("cases.hint.approval")),
        asking.pick("told_way", asking.words.ways(), asking.way().value[0], "customer_not_told"),
        asking.text("told_at", hint=t("cases.hint.told_at"), most=40),
    )


def assigned(asking: Asking) -> tuple[Page, ...]:
    """To somebody without interest; from somebody with a reason."""
    return _page(
        asking.workers("to", me=asking.state.owner != asking.counter.desk.staff),
        asking.text("reason", "reason_missing" if asking.state.owner else ""),
    )


def accepted(asking: Asking) -> tuple[Page, ...]:
    """The declaration."""
    return _page(asking.tick("no_interest", missing="case_own_interest"))


def paused(asking: Asking) -> tuple[Page, ...]:
    """What is waited for. Statutory time runs on, and the form says so."""
    whys = [(each, asking.words.code("case_states", each)) for each in ("waiting_customer", "external_appraisal")]
    return _page(
        asking.pick("why", whys, hint=t("cases.hint.pause")),
        asking.text("note", "reason_missing"),
        asking.text("until", hint=t("cases.hint.day"), most=10),
        *only(
            ("why", "external_appraisal"),
            asking.tick("told", t("cases.hint.pause_told")),
            asking.text("basis", hint=t("cases.hint.pause_basis")),
        ),
    )


def resumed(asking: Asking) -> tuple[Page, ...]:
    """Work goes on."""
    return _page(asking.text("note", most=2000))


def _contact(asking: Asking) -> tuple[Question, ...]:
    """What was said, and what it ended with: the next promise, or a decision where there is one."""
    ends = [("promise", t("cases.ends_with.promise"))]
    if asking.state.decision is not None or asking.state.ended:
        ends.append(("decision", t("cases.ends_with.decision")))
    hint = "" if len(ends) > 1 else t("cases.hint.no_decision")
    return (
        asking.long("text", "text_missing", t("cases.hint.masked")),
        asking.pick("ends_with", ends, "promise", hint=hint),
        *only(("ends_with", "promise"), *asking.promise()),
    )


def _page(*questions: Question) -> tuple[Page, ...]:
    return (Page("", questions),)
