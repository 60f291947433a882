"""The checklist as rows: sign, number, title, when it was through, how long it took and how long it should."""

from collections.abc import Callable

from branch_console.case_views.deduction import StepView, TrackView
from branch_console.locale import t
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column

SIGNS = {"done": "done", "late": "overdue", "left_out": "skipped", "open": "not_started"}
TONES = {"done": "success", "late": "warning", "left_out": "muted", "open": ""}


def columns() -> list[Column]:
    """Without titles: they are sentences."""
    return [Column(width=4), Column(), Column(width=30, right=True), Column(width=12, right=True)]


def cells(view: TrackView, step: StepView, running: Callable[[StepView], int | None]) -> list[Cell]:
    """One step. `running` says how many seconds the step is under way now, None when it is not."""
    number = next((at for at, each in enumerate(view.steps, 1) if each.code == step.code), 0)
    seconds = running(step)
    mark = sign("in_progress" if seconds is not None else SIGNS[step.state])
    tone = TONES[step.state] or ("accent" if seconds is not None else "")
    return [
        (f"{mark} {number}", tone),
        (step.title, tone if step.state != "done" else ""),
        _when(view, step, seconds),
        (t("deduction.target", time=step.target), "muted"),
    ]


def _when(view: TrackView, step: StepView, seconds: int | None) -> Cell:
    if step.state in {"done", "late"}:
        took = t("deduction.took", at=step.at, took=step.took)
        return (f"{took} {t('deduction.late')}", "warning") if step.state == "late" else (took, "muted")
    if step.state == "left_out":
        return (t("deduction.left_out", at=step.at), "muted")
    if step.code == "call_back" and view.promise.when:
        words = t("deduction.promised", at=view.promise.when, way=view.promise.way_words)
        return (words, "error" if view.promise.overdue else "")
    if seconds is None:
        return ""
    late = seconds > step.target_seconds
    words = t("deduction.running", time=f"{seconds // 60}:{seconds % 60:02}")
    return (f"{words} {t('deduction.late')}" if late else words, "warning" if late else "accent")


def more(view: TrackView, step: StepView) -> str:
    """What is known of a step, and what Enter would do."""
    proof, promise = view.proof, view.promise
    known = [proof.amount, proof.at, proof.counterparty, proof.reference, *proof.pictures]
    said = {
        "verify": t("deduction.more.known", who=view.customer) if view.identified else t("deduction.more.unknown"),
        "contain": view.contain.ask or view.contain.why_not,
        "evidence": f" {sign('separator')} ".join(each for each in known if each) or t("deduction.more.no_proof"),
        "register": t("deduction.more.registered", number=view.number, at=view.received, by=view.by),
        "slip": t("deduction.more.slip"),
        "call_back": t("deduction.promise.none")
        if not promise.when
        else t("deduction.more.promise", at=promise.when, way=promise.way_words, staff=promise.staff),
    }
    return "  ".join(each for each in (step.note, said.get(step.code, "")) if each)
