"""What is asked before a form is left or an older one is gone on with; to go on is the first answer."""

from branch_console.case_views.register import DraftView
from branch_console.locale import t
from screens.onboarding.pick_dialog import PickDialog
from screens.text import one_line
from screens.widgets.choices import Option

STAY, KEEP, DISCARD = "stay", "keep", "discard"


def leave_dialog() -> PickDialog:
    """Somebody leaves a form in which something stands."""
    options = [
        Option(STAY, t("register.leave.stay")),
        Option(KEEP, t("register.leave.keep")),
        Option(DISCARD, t("register.leave.discard")),
    ]
    return PickDialog(t("register.leave.title"), options)


def draft_dialog(draft: DraftView) -> PickDialog:
    """A form was begun and not sent."""
    told = [
        t(f"register.kind.{draft.form.kind}") if draft.form.kind else "",
        f"{draft.customer.name} {draft.customer.number}".strip() if draft.customer is not None else "",
        draft.form.narrative.text,
    ]
    lead = t("common.list_separator").join(one_line(each) for each in told if each)
    options = [
        Option(STAY, t("register.draft.go_on")),
        Option(DISCARD, t("register.draft.discard")),
    ]
    return PickDialog(t("register.draft.title", time=one_line(draft.since)), options, lead=lead)
